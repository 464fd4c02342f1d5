"""The comparison key: the words of a text, with every spelling that newspapers vary made equal.

Its numbers, and the passages that two texts share, are those of the key. This is the definition, in plain
Python; `cleaner.duplicates.words` computes hashes of the same words from whole batches, and a test holds the
two together. Why so heavy a folding: an article and its respelled reprint share 30 % of their shingles as
they stand and all of them folded, while unrelated articles go from .1 % to .3 % only.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import decimal

import regex

from cleaner.rules import table
from cleaner.text.folding import fold, normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

LETTER = r"\p{L}\p{Mc}\p{Nl}\p{No}\p{Cs}"
THOUSANDS_SEPARATORS = ",\u060c\u066c"  # COMMA, ARABIC COMMA, ARABIC THOUSANDS SEPARATOR

_DROPPED = regex.compile(r"[\p{Mn}\p{Me}\p{Cf}\u0640]+")  # marks, format characters, TATWEEL
_DIGIT = re.compile(r"[^\D0-9]")  # `re` and `decimal` know the same digits; `regex` knows newer ones
_THOUSANDS = regex.compile(f"(?<=[0-9])[{THOUSANDS_SEPARATORS}](?=[0-9]{{3}}(?![0-9]))")
_WORD = regex.compile(f"[{LETTER}]+|[0-9]+")


@cache
def _letters() -> dict[int, str]:
    return {ord(letter): row["by"] for row in table("comparison")["fold"] for letter in row["letters"]}


def fold_for_comparison(text: str) -> str:
    """Return *text* as the comparison key sees it: case, compatibility forms, marks and look-alikes folded.

    Every character is folded for itself, so the result for a text is that of its characters, joined.
    """
    text = normalize("NFKD", normalize("NFKD", text).casefold())
    text = _DROPPED.sub("", fold(text).translate(_letters()))
    folded: str = _DIGIT.sub(lambda digit: str(decimal(digit[0])), text)
    return folded


def words(text: str) -> list[str]:
    """Return the words of the comparison key: runs of letters or of digits, 1,500 read as 1500."""
    found: list[str] = _WORD.findall(_THOUSANDS.sub("", fold_for_comparison(text)))
    return found


@cache
def named_numbers() -> dict[str, str]:
    """Return the words that count as numbers without having digits, and what each stands for."""
    dates, rows = table("dates"), table("comparison")["number"]
    spelled = [
        name for group in ("months", "hijri", "weekdays") for names in dates[group].values() for name in names
    ]
    spelled += [word for row in rows for word in row.get("words", ())]
    ordinary = {key for row in rows for word in row.get("ordinary", ()) for key in words(word)}
    folded = [words(name) for name in spelled]
    named = {key[0]: key[0] for key in folded if len(key) == 1 and key[0] not in ordinary}
    pairs = [pair for row in rows for pair in row.get("spelled", {}).items()]
    return named | {words(name)[0]: number for number, names in pairs for name in names}


def numbers(key: Sequence[str]) -> set[str]:
    """Return the numbers among the words of a key: what notices change from one day to the next."""
    named = named_numbers()
    return {named.get(word, word) for word in key if word in named or word[0] in "0123456789"}


class SharedPassage(NamedTuple):
    """So many *words* of the comparison key, from and to code points of one text and of the other."""

    start: int
    end: int
    other_start: int
    other_end: int
    words: int


def shared_passages(text: str, other: str, least: int) -> list[SharedPassage]:
    """Return the longest sequences of at least *least* words that *text* has in common with *other*.

    They are sought from left to right in *other* and do not overlap there. A passage begins and ends with
    whole words as they are printed.
    """
    key, spans = _printed_words(text)
    other_key, other_spans = _printed_words(other)
    starts: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(key) - least + 1):
        starts[tuple(key[at : at + least])].append(at)
    found = []
    at = 0
    while at + least <= len(other_key):
        places = starts.get(tuple(other_key[at : at + least]), ())
        length, first = max(
            ((_common(key, other_key, place, at), -place) for place in places), default=(0, 0)
        )
        if length:
            start, end = spans[-first][0], spans[length - 1 - first][1]
            other_start, other_end = other_spans[at][0], other_spans[at + length - 1][1]
            found.append(SharedPassage(start, end, other_start, other_end, length))
        at += max(1, length)
    return found


_CHUNK = re.compile(r"\S+")


def _printed_words(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the words of the comparison key and where what they are printed in stands in *text*."""
    key: list[str] = []
    spans: list[tuple[int, int]] = []
    for chunk in _CHUNK.finditer(text):
        found = words(chunk[0])
        key += found
        spans += [chunk.span()] * len(found)
    return key, spans


def _common(one: list[str], other: list[str], at: int, other_at: int) -> int:
    """Return how many words of *one* from *at* on are those of *other* from *other_at* on."""
    most = min(len(one) - at, len(other) - other_at)
    return next((step for step in range(most) if one[at + step] != other[other_at + step]), most)
