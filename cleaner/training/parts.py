"""The parts of which the tables of boilerplate are made, and tables that lack some of them.

A part is the smallest thing that may have been added because one page had it: a phrase, a word, a pattern,
one alternative in a pattern.
"""

from __future__ import annotations

from copy import deepcopy
import json
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

from cleaner.page import markers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TABLES = (*markers.TABLES, "inline", "embeds", "vocabulary", "agencies")
LISTS = ("phrases", "strong", "weak", "aliases", "alone")
"""Keys of rows that hold lists of parts."""
PROTECTING = {"prose_openers"}
"""Vocabularies that keep a line: they were not gathered from boilerplate."""
NEVER = "(?!)"
"""The pattern that matches nowhere."""


class Part(NamedTuple):
    """A string of a table: the row that the keys *row* lead to, the key in it, and the place in a list.

    Of a pattern, *start* and *end* say where the part stands in it; it may be all of it.
    """

    table: str
    row: tuple[str | int, ...]
    key: str
    number: int = -1
    start: int = -1
    end: int = -1


def rows(tables: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str | int, ...], Mapping[str, Any]]]:
    """Yield every row of *tables* that has parts, with its table and the keys that lead to it."""
    for table in TABLES:
        for key, value in tables[table].items():
            if isinstance(value, dict) and key not in PROTECTING:
                yield table, (key,), value
            elif isinstance(value, list):
                for number, row in enumerate(value):
                    if isinstance(row, dict):
                        yield table, (key, number), row


def alternatives(pattern: str) -> list[tuple[int, int]]:
    """Return start and end of each alternative in *pattern*, at every depth."""
    flags = _FLAGS.match(pattern)[0]
    found: list[tuple[int, int]] = []
    opened = [[len(flags)]]  # for each open group where its alternatives begin
    at = len(flags)
    while at < len(pattern):
        step = 1
        match pattern[at]:
            case "\\":
                step = 2
            case "[":
                step = len(_SET.match(pattern, at)[0])
            case "#" if "x" in flags:
                step = len(_COMMENT.match(pattern, at)[0])
            case "(":
                step = len(_OPENING.match(pattern, at)[0])
                opened.append([at + step])
            case "|":
                opened[-1].append(at + 1)
            case ")":
                found += _between(opened.pop(), at)
        at += step
    return sorted(found + _between(opened[0], len(pattern)))


_FLAGS = regex.compile(r"(?:\(\?[a-z]+\))?")
_SET = regex.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", regex.DOTALL)
_COMMENT = regex.compile(r".*")
_OPENING = regex.compile(r"\((?:\?(?:[:=!>|]|<[=!]|P?<\w+>|[a-z]+[:)]))?")


def _between(starts: list[int], end: int) -> list[tuple[int, int]]:
    ends = [start - 1 for start in starts[1:]] + [end]
    return list(zip(starts, ends, strict=True)) if len(starts) > 1 else []


def without(tables: Mapping[str, Any], off: Iterable[Part]) -> dict[str, Any]:
    """Return a copy of *tables* that lacks the parts *off*."""
    copied = deepcopy(dict(tables))
    # From the last to the first, so that places hold.
    for part in sorted(_outermost(off), key=lambda part: (part.number, part.start), reverse=True):
        row = _row(copied, part)
        if part.number >= 0:
            del row[part.key][part.number]
        else:
            row[part.key] = row[part.key][: part.start] + NEVER + row[part.key][part.end :]
    return copied


def _outermost(off: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts of *off* that stand in no other."""
    last: Part | None = None
    for part in sorted(off, key=lambda part: (part[:4], part.start, -part.end)):
        if last is None or part[:4] != last[:4] or part.number >= 0 or part.end > last.end:
            yield part
            last = part


def text(tables: Mapping[str, Any], part: Part) -> str:
    """Return what *part* says."""
    value = _row(tables, part)[part.key]
    return str(value[part.number] if part.number >= 0 else value[part.start : part.end])


def _row(tables: Mapping[str, Any], part: Part) -> dict[str, Any]:
    row: Any = tables[part.table]
    for key in part.row:
        row = row[key]
    found: dict[str, Any] = row
    return found


def as_toml(table: Mapping[str, Any]) -> str:
    """Return *table* as a TOML document; of what the tables of rules hold, nothing is beyond it."""
    plain = [f"{_value(key)} = {_value(value)}" for key, value in table.items() if not _is_row(value)]
    for key, value in table.items():
        if _is_row(value):
            head = f"[{_value(key)}]" if isinstance(value, dict) else f"[[{_value(key)}]]"
            for row in [value] if isinstance(value, dict) else value:
                plain += ["", head, *(f"{_value(name)} = {_value(said)}" for name, said in row.items())]
    return "\n".join(plain) + "\n"


def _is_row(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(item, dict) for item in value)
    )


def _value(value: object) -> str:
    """Return *value* as TOML; strings of JSON, arrays and numbers are the same in both."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_value(key)} = {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
