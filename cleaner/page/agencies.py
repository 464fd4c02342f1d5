"""News agencies: their canonical names, and lines that only credit one."""

from __future__ import annotations

from functools import cache

import regex

from cleaner.rules import table
from cleaner.text.folding import fold

RULE = "agencies"
"""The rule by which a line tells an agency, whatever else it is."""
_SIGNS = regex.compile(r"[^\w\s]+")
_PARTS = regex.compile(r"\s*(?:[+/،,;|()]|\s[-–—]\s)\s*|\s+و(?=وكال)")
_CREDITED = regex.compile(r"[+/،,;|()\[\]]|\s[-–—]\s|[-–—]{2,}")
_WORD = regex.compile(r"[^\s\d()\[\]/،,:|+–—-]+")


def key(name: str) -> str:
    """Return *name* as a comparison key: folded, in lower case, with one space for each run of signs."""
    return " ".join(_SIGNS.sub(" ", fold(name).lower()).split())


@cache
def _by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in table("agencies")["agency"]:
        for alias in (row["name"], *row["aliases"], *row["alone"]):
            names[key(alias)] = row["name"]
    return names


@cache
def _unnamed() -> frozenset[str]:
    return frozenset(key(word) for word in table("agencies")["unnamed"]["words"])


def canonical(source: str) -> list[str]:
    """Return the canonical names of the agencies that a printed *source* names, in order, each once."""
    parts = [source, *_PARTS.split(source)]
    found = [name for part in parts if (name := _by_name().get(key(part)))]
    return list(dict.fromkeys(found))


def is_agency(name: str) -> bool:
    """Return whether *name* is the name of an agency, or its initials."""
    return key(name) in _by_name()


def named(line: str) -> list[str]:
    """Return the canonical names of agencies in a line of metadata, in order, each once.

    The line may also hold a date or a person's name. Single words of one or two letters do not count.
    """
    found = canonical(line)
    for word in _WORD.findall(line):
        name = _by_name().get(key(word))
        if name and name not in found and len(key(word)) > 2:
            found.append(name)
    return found


def is_credit(line: str) -> bool:
    """Return whether *line* says nothing but which agencies the text is from."""
    parts = [key(part) for part in _CREDITED.split(line)]
    named = [part for part in parts if part]
    return bool(named) and all(part in _by_name() or part in _unnamed() for part in named)
