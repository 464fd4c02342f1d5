"""Search a text for many strings in one pass, so that slow patterns are tried only where they may match."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from ahocorasick_rs import BytesAhoCorasick, Implementation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


FEW = 8
"""Strings. Up to this number they are found faster one by one, without encoding the text."""


class Prefilter:
    """A set of strings, searched for together; it tells which of them stand in a text, not where.

    More than `FEW` strings are searched for by an Aho-Corasick automaton.
    """

    def __init__(self, strings: Iterable[str]) -> None:
        self._strings = tuple(dict.fromkeys(strings))
        encoded = [_encoded(string) for string in self._strings]
        self._automaton = BytesAhoCorasick(encoded, implementation=Implementation.DFA)  # by far the fastest

    def stand_in(self, text: str) -> bool:
        """Return whether at least one of the strings stands in *text*."""
        if len(self._strings) <= FEW:
            return any(string in text for string in self._strings)
        return bool(self._automaton.find_matches_as_indexes(_encoded(text)))

    def found_in(self, text: str) -> frozenset[str]:
        """Return the strings that stand in *text*."""
        return frozenset([self._strings[number] for number in self.numbers_in(text)])

    def numbers_in(self, text: str) -> set[int]:
        """Return the numbers of the strings that stand in *text*, counted from 0 in the order given.

        A string that was given twice counts once.
        """
        if len(self._strings) <= FEW:
            return {number for number, string in enumerate(self._strings) if string in text}
        found = self._automaton.find_matches_as_indexes(_encoded(text), overlapping=True)
        return {number for number, _, _ in found}


class Proposals:
    """Several patterns by their anchors: strings one of which stands in whatever a pattern matches.

    An anchor with `^` before it opens the text: it is for a pattern that is matched there. A pattern without
    anchors may match anywhere.
    """

    def __init__(self, every: Iterable[Iterable[str]]) -> None:
        users: dict[str, list[int]] = {}
        self._always: list[int] = []
        for number, anchors in enumerate(every):
            strings = [f"\n{anchor[1:]}" if anchor.startswith("^") else anchor for anchor in anchors]
            if not strings:
                self._always.append(number)
            for string in strings:
                users.setdefault(string, []).append(number)
        self._prefilter, self._users = Prefilter(users), users

    def of(self, text: str) -> list[int]:
        """Return the numbers of the patterns that may match in *text*, in order."""
        return self.of_each([text])[0]

    def of_each(self, lines: Sequence[str]) -> list[list[int]]:
        """Return the same for each of *lines*; all are looked through at once, for most hold no anchor."""
        found = self._prefilter.found_in("\n" + "\n".join(lines))
        return [self._among(found, f"\n{line}") for line in lines] if found else [self._always] * len(lines)

    def _among(self, found: Iterable[str], line: str) -> list[int]:
        users = [self._users[string] for string in found if string in line]
        return sorted({*self._always, *chain.from_iterable(users)}) if users else self._always


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # a lone surrogate must not raise
