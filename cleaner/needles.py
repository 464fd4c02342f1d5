"""Look for many strings in one pass over a text, so that few places need the closer look of a pattern."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from ahocorasick_rs import BytesAhoCorasick, Implementation

from cleaner.literals import required

if TYPE_CHECKING:
    from collections.abc import Iterable


FEW = 8
"""Strings. So few are found sooner one by one, without the text encoded."""


class Needles:
    """A set of strings; where they stand does not matter, only whether (Aho and Corasick's automaton)."""

    def __init__(self, needles: Iterable[str]) -> None:
        self._needles = tuple(dict.fromkeys(needles))
        encoded = [_encoded(needle) for needle in self._needles]
        self._automaton = BytesAhoCorasick(encoded, implementation=Implementation.DFA)  # by far the fastest

    def stand_in(self, text: str) -> bool:
        """Tell whether one of them at least stands in *text*."""
        if len(self._needles) <= FEW:
            return any(needle in text for needle in self._needles)
        return bool(self._automaton.find_matches_as_indexes(_encoded(text)))

    def found_in(self, text: str) -> frozenset[str]:
        """Return those that stand in *text*."""
        return frozenset([self._needles[number] for number in self.numbers_in(text)])

    def numbers_in(self, text: str) -> set[int]:
        """Return the numbers of those that stand in *text*, counted as they were given, each once."""
        if len(self._needles) <= FEW:
            return {number for number, needle in enumerate(self._needles) if needle in text}
        found = self._automaton.find_matches_as_indexes(_encoded(text), overlapping=True)
        return {number for number, _, _ in found}


class Proposals:
    """Several patterns, and for each the strings without which it cannot match."""

    def __init__(self, patterns: Iterable[str]) -> None:
        needed = [_telling(required(pattern)) for pattern in patterns]
        self._always = [number for number, strings in enumerate(needed) if not strings]
        users: dict[str, list[int]] = {}
        for number, strings in enumerate(needed):
            for string in strings:
                users.setdefault(string, []).append(number)
        self._needles, self._users = Needles(users), list(users.values())

    def of(self, text: str) -> list[int]:
        """Return the numbers of the patterns that may match in *text*, in order."""
        found = self._needles.numbers_in(text)
        if not found:
            return self._always
        return sorted({*self._always, *chain.from_iterable([self._users[needle] for needle in found])})


def _telling(strings: frozenset[str]) -> frozenset[str]:
    """Return *strings*, or none if one of them is a letter: that stands in every text."""
    return frozenset() if any(len(string) == 1 and string.isalnum() for string in strings) else strings


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # half a character is no reason to fail
