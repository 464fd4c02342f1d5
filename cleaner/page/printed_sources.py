"""Whom a page names as the source of its story: names as printed, without a place or reporter beside them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import regex

from cleaner.page import agencies
from cleaner.rules import table
from cleaner.text.folding import fold, offsets
from cleaner.text.prefilter import Proposals

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEVERAL = regex.compile(r"\s*[+؛]\s*|\s+&\s+")
_BESIDE = regex.compile(r"\s+[-–—ـ|/]+\s+|\s*[()\[\]]\s*|\s*[،,]\s+")
_EDGES = " \t:.،,-–—ـ|>»…"
LONGEST_CREDIT = 5
"""Words of a line below the article that is only the name of a paper."""


def printed(value: str) -> Iterator[str]:
    """Yield the sources in the *value* of a label: each as it is printed, then without a place behind it.

    A place before the name is always left out, and so is a part that names a reporter instead of a source.
    """
    for part in _SEVERAL.split(value):
        name = part.strip(_EDGES)
        if not name or reporter(name):
            continue
        parts = [piece.strip(_EDGES) for piece in _BESIDE.split(name)]
        named = [piece for piece in parts if piece and not is_place(piece)]
        if not named:
            yield name
            continue
        start, end = name.index(named[0]), name.rindex(named[-1]) + len(named[-1])
        yield from dict.fromkeys((name[start:], name[start:end]))


def reporter(value: str) -> str:
    """Return the name of the reporter that is printed, behind a place, instead of a source, or ""."""
    parts = [part for part in _BESIDE.split(value) if part.strip(_EDGES)]
    if len(parts) == 2 and is_place(parts[0]) and _is_person(parts[1]):
        return str(parts[1]).strip(_EDGES)
    return ""


def _is_person(text: str) -> bool:
    words = fold(text).split()
    return (
        2 <= len(words) <= 4 and not is_medium(text) and not agencies.canonical(text) and not is_place(text)
    )


def is_place(text: str) -> bool:
    """Return whether *text* is the name of a country or city."""
    return agencies.key(text) in _places()


@cache
def _places() -> frozenset[str]:
    return frozenset(agencies.key(name) for name in table("sources")["places"]["names"])


@cache
def _media() -> frozenset[str]:
    return frozenset(fold(word) for word in table("sources")["media"]["words"])


def is_medium(line: str) -> bool:
    """Return whether a short *line* has a word that a paper or station calls itself: «صحيفة», «قناة»."""
    words = fold(line).split()
    return len(words) <= LONGEST_CREDIT and any(word in _media() for word in words)


def is_known(text: str) -> bool:
    """Return whether *text* is exactly the known name of a paper, a station, a site or an agency."""
    return agencies.key(text) in _outlets() or agencies.is_agency(text)


def is_outlet(text: str) -> bool:
    """Return whether *text* is a known name (`is_known`), or may be an unknown one: «صحيفة …», «قناة …»."""
    words = text.split()
    return is_known(text) or (1 < len(words) <= LONGEST_CREDIT and fold(words[0]) in _media())


@cache
def _outlets() -> frozenset[str]:
    return frozenset(agencies.key(name) for name in table("sources")["outlets"]["names"])


@cache
def _phrases(what: str) -> tuple[Proposals, tuple[regex.Pattern[str], ...]]:
    every = [(row["anchors"], regex.compile(fold(row["pattern"]))) for row in table("sources")["phrase"]]
    telling = [(anchors, pattern) for anchors, pattern in every if what in pattern.groupindex]
    return Proposals(anchors for anchors, _ in telling), tuple(pattern for _, pattern in telling)


def may_tell(folded: str, what: str) -> bool:
    """Return whether a line of a *folded* page may tell *what*: most pages hold none of the words for it."""
    return bool(_phrases(what)[0].of(folded))


def told(line: str, what: str = "source") -> str:
    """Return the source, or *what* else a removed *line* tells without a label, or "".

    *what* is the name of a group in the patterns of the table `sources`.
    """
    folded = fold(line).lower()
    proposals, patterns = _phrases(what)
    for number in proposals.of(folded):
        match = patterns[number].search(folded)
        if match:
            places = offsets(line)
            start, end = match.span(what)
            return str(line[places[start] : places[end]]).strip(_EDGES)
    return ""
