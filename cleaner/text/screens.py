"""Screens: what a text must hold for a stage to find anything in it.

A stage declares its screen, and the pipeline asks it before it calls the stage, for most articles hold
nothing that most stages look for. A screen examines the whole text, for characters or strings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from cleaner.text import alphabet
from cleaner.text.prefilter import Prefilter


class Screen(Protocol):
    """A test of a text; False promises that the stage finds nothing in it."""

    def __call__(self, text: str, /) -> bool:
        """Return False only where the stage finds nothing."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Screen for suspects of one of some kinds: or-ed flags of `cleaner.text.alphabet`."""

    kinds: int

    def __call__(self, text: str, /) -> bool:
        """Return whether *text* holds one."""
        return bool(alphabet.kinds(text) & self.kinds)


@dataclass(frozen=True, slots=True)
class Suspects:
    """Screen for some characters in unusual places (`alphabet.suspects`)."""

    characters: frozenset[str]

    def __call__(self, text: str, /) -> bool:
        """Return whether *text* holds one."""
        return not alphabet.suspects(text).isdisjoint(self.characters)


class Strings:
    """Screen for some strings."""

    def __init__(self, *strings: str) -> None:
        self._prefilter = Prefilter(strings)

    def __call__(self, text: str, /) -> bool:
        """Return whether *text* holds one."""
        return self._prefilter.stand_in(text)


@dataclass(frozen=True, slots=True)
class OddSpaces:
    """Screen for two spaces side by side, and for white space that is neither a space nor a line feed."""

    def __call__(self, text: str, /) -> bool:
        """Return whether *text* holds such spaces."""
        return "  " in text or any(map(str.isspace, alphabet.suspects(text)))


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Screen for texts that pass one of several screens."""

    screens: tuple[Screen, ...]

    def __call__(self, text: str, /) -> bool:
        """Return whether *text* passes one."""
        return any(screen(text) for screen in self.screens)
