"""Passages: long word sequences that two texts share, and where they stand in both."""

from __future__ import annotations

from collections import defaultdict
import re
from typing import NamedTuple

from cleaner.duplicates.key import words

_CHUNK = re.compile(r"\S+")


class Passage(NamedTuple):
    """So many *words* of the comparison key, from and to code points of one text and of the other."""

    start: int
    end: int
    other_start: int
    other_end: int
    words: int


def passages(text: str, other: str, least: int) -> list[Passage]:
    """Return the longest sequences of at least *least* words that *text* has in common with *other*.

    They are sought from left to right in *other* and do not overlap there. A passage begins and ends with
    whole words as they are printed.
    """
    key, spans = _words(text)
    other_key, other_spans = _words(other)
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
            last = length - 1
            found.append(
                Passage(
                    spans[-first][0],
                    spans[last - first][1],
                    other_spans[at][0],
                    other_spans[at + last][1],
                    length,
                )
            )
        at += max(1, length)
    return found


def _words(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the words of the comparison key and where what they are printed in stands in *text*."""
    key: list[str] = []
    spans: list[tuple[int, int]] = []
    for chunk in _CHUNK.finditer(text):
        found = words(chunk[0])
        key += found
        spans += [chunk.span()] * len(found)
    return key, spans


def _common(one: list[str], other: list[str], at: int, other_at: int) -> int:
    length = 0
    while (
        at + length < len(one)
        and other_at + length < len(other)
        and one[at + length] == other[other_at + length]
    ):
        length += 1
    return length
