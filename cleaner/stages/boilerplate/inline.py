"""Furniture inside a line: behind its last sentence, before its first, or glued to one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import regex

from cleaner.folding import fold, offsets
from cleaner.rules import table
from cleaner.stages.boilerplate import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.stages.boilerplate.page import Line

LONGEST_HEADLINE = 26
"""Words behind an invitation to another article; more are a headline and the sentence that follows it."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Code points of the line, and the rule that removes them."""

    start: int
    end: int
    rule: str
    value: str  # what is cut, as it stands


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    anchors: tuple[str, ...]
    pattern: regex.Pattern[str]
    headline: bool


@cache
def rows() -> tuple[_Row, ...]:
    """Return the rows of the table `inline`."""
    content = table("inline")
    boundary = content["boundary"]["pattern"]
    return tuple(
        _Row(
            f"inline.{row['id']}",
            tuple(fold(anchor) for anchor in row["anchors"]),
            regex.compile(fold(row["pattern"].replace("{boundary}", boundary))),
            row.get("headline", False),
        )
        for row in content["inline"]
    )


def find(line: Line) -> Iterator[Cut]:
    """Yield what goes from a *line* whose other words stay."""
    folded = line.folded
    for row in rows():
        if not any(anchor in folded for anchor in row.anchors):
            continue
        match = row.pattern.search(folded)
        if not match:
            continue
        start, end = match.span("cut")
        if row.headline:
            end = start + _headline_end(folded[start:end])
        if end > start and (start > 0 or end < len(folded)):
            yield _unfolded(line, start, end, row.id)


def _headline_end(text: str) -> int:
    """Return where the headline ends that *text* opens with, or 0 if it cannot be told from a sentence.

    Where the sentence that follows is glued to it or only a space away, its opening word tells.
    """
    words = list(_WORD.finditer(text))
    pause = _PAUSE.search(text)
    for number, word in enumerate(words[: LONGEST_HEADLINE - 6]):
        if pause and pause.start() < word.start():
            break  # a headline has no comma: this one ended somewhere before, nobody knows where
        if number >= 2 and word.group() in _long_openers():
            return int(word.start())
        if number >= 4 and (glued := _glued_opener().search(word.group())):
            return int(word.start() + glued.start())
    if pause and len(words) > 12:
        return 0
    ends_as_sentence = text.rstrip().endswith((".", "»."))
    return len(text) if len(words) <= LONGEST_HEADLINE and not ends_as_sentence else 0


_WORD = regex.compile(r"\w+")
_PAUSE = regex.compile(r"[،؛]|(?<=\w\w\w)[.؟!]\s")


@cache
def _long_openers() -> frozenset[str]:
    return frozenset(word for word in vocabulary.openers() if len(word) >= 4 and word.startswith("و"))


@cache
def _glued_opener() -> regex.Pattern[str]:
    long = sorted((word for word in vocabulary.openers() if len(word) >= 4), key=len, reverse=True)
    return regex.compile(rf"(?<=\w\w)(?:{'|'.join(map(regex.escape, long))})$")


def _unfolded(line: Line, start: int, end: int, rule: str) -> Cut:
    places = offsets(line.text)
    lead = len(fold(line.text)) - len(fold(line.text).lstrip())
    first, last = places[lead + start], places[lead + end]
    return Cut(first, last, rule, line.text[first:last])
