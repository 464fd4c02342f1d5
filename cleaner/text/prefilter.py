"""Search a text for many strings in one pass, so that slow patterns are tried only where they may match."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from ahocorasick_rs import BytesAhoCorasick, Implementation

from cleaner.literals import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet


LONGEST_OPENING = 4
"""Code points of an opening. Fewer make twice as many patterns be tried in vain; more hardly help."""
FEW = 8
"""Strings. Up to this number they are found faster one by one, without encoding the text."""


class Prefilter:
    """A set of strings, searched for together; it tells which of them stand in a text, not where.

    More than `FEW` strings are searched for by an Aho-Corasick automaton.
    """

    def __init__(self, needles: Iterable[str]) -> None:
        self._prefilter = tuple(dict.fromkeys(needles))
        encoded = [_encoded(needle) for needle in self._prefilter]
        self._automaton = BytesAhoCorasick(encoded, implementation=Implementation.DFA)  # by far the fastest

    def __iter__(self) -> Iterator[str]:
        return iter(self._prefilter)

    def stand_in(self, text: str) -> bool:
        """Return whether at least one of the strings stands in *text*."""
        if len(self._prefilter) <= FEW:
            return any(needle in text for needle in self._prefilter)
        return bool(self._automaton.find_matches_as_indexes(_encoded(text)))

    def found_in(self, text: str) -> frozenset[str]:
        """Return the strings that stand in *text*."""
        return frozenset([self._prefilter[number] for number in self.numbers_in(text)])

    def numbers_in(self, text: str) -> set[int]:
        """Return the numbers of the strings that stand in *text*, counted from 0 in the order given.

        A string that was given twice counts once.
        """
        if len(self._prefilter) <= FEW:
            return {number for number, needle in enumerate(self._prefilter) if needle in text}
        found = self._automaton.find_matches_as_indexes(_encoded(text), overlapping=True)
        return {number for number, _, _ in found}


class Proposals:
    """Which of several patterns may match in a text, by the strings that each needs (`literals.required`).

    Patterns are numbered from 0 in the order given. One that needs no string is always proposed.
    """

    def __init__(self, every: Iterable[frozenset[str]]) -> None:
        needed = [*map(_telling, every)]
        self._always = [number for number, strings in enumerate(needed) if not strings]
        users: dict[str, list[int]] = {}
        for number, strings in enumerate(needed):
            for string in strings:
                users.setdefault(string, []).append(number)
        self.strings, self._users = Prefilter(users), users

    def of(self, text: str) -> list[int]:
        """Return the numbers of the patterns that may match in *text*, ascending."""
        return self.among(self.strings.found_in(text))

    def among(self, found: AbstractSet[str]) -> list[int]:
        """Return the numbers of the patterns that may match where the strings *found* stand, ascending."""
        users = [self._users[string] for string in found if string in self._users]
        return sorted({*self._always, *chain.from_iterable(users)}) if users else self._always


class Openings:
    """Which of several patterns may match at the beginning of a line, by how their matches begin.

    Patterns are numbered from 0 in the order given. An alternative of a pattern that may begin with anything
    is proposed by the strings that it needs.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._users: dict[str, set[int]] = {}
        free: list[tuple[int, frozenset[str]]] = []
        for number, pattern in enumerate(patterns):
            for alternative in alternatives(pattern, LONGEST_OPENING):
                if "" in alternative.openings:
                    free.append((number, alternative.required))
                    continue
                for opening in alternative.openings:
                    self._users.setdefault(opening, set()).add(number)
        self._sizes = sorted({len(opening) for opening in self._users})
        self._free = [number for number, _ in free]
        self._proposals = Proposals(strings for _, strings in free)
        self.strings = self._proposals.strings

    def anywhere(self, found: AbstractSet[str]) -> set[int]:
        """Return the numbers of the patterns that may match in a line of a text, whatever it begins with.

        *found* are those of `strings` that stand in the text.
        """
        return {self._free[number] for number in self._proposals.among(found)}

    def at(self, line: str, anywhere: set[int]) -> list[int]:
        """Return the numbers of the patterns that may match at the beginning of *line*, ascending.

        They are those in *anywhere*, which fit any line of its text, and those whose matches begin as the
        line does.
        """
        found = anywhere
        for size in self._sizes:
            if users := self._users.get(line[:size]):
                found = found | users
        return sorted(found)


def _telling(strings: frozenset[str]) -> frozenset[str]:
    """Return *strings*, or none if one of them is a single letter or digit: that stands in every text."""
    return frozenset() if any(len(string) == 1 and string.isalnum() for string in strings) else strings


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # a lone surrogate must not raise
