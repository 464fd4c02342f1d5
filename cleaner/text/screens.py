"""Screens: what a text must hold for a stage to find anything in it.

A stage declares its screen, and the pipeline asks it before it calls the stage; most articles hold nothing of
what most stages look for. Each screen is a question to the whole text, told by characters or strings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from cleaner.text import alphabet
from cleaner.text.prefilter import Prefilter


class Screen(Protocol):
    """Whether a stage may find anything in *text*; False promises that it finds nothing."""

    def __call__(self, text: str, /) -> bool:
        """Return False only where the stage finds nothing."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Texts that hold suspects of one of these kinds of `cleaner.text.alphabet`, or-ed together."""

    kinds: int

    def __call__(self, text: str, /) -> bool:
        """Return whether *text* holds one."""
        return bool(alphabet.kinds(text) & self.kinds)


@dataclass(frozen=True, slots=True)
class Suspects:
    """Texts in which one of these characters stands where it seldom does (`alphabet.suspects`)."""

    characters: frozenset[str]

    def __call__(self, text: str, /) -> bool:
        """Return whether one does."""
        return not alphabet.suspects(text).isdisjoint(self.characters)


class Strings:
    """Texts that hold one of some strings."""

    def __init__(self, *strings: str) -> None:
        self._prefilter = Prefilter(strings)

    def __call__(self, text: str, /) -> bool:
        """Return whether *text* holds one."""
        return self._prefilter.stand_in(text)


@dataclass(frozen=True, slots=True)
class OddSpaces:
    """Texts with two spaces side by side, or with white space that is neither a space nor a line feed."""

    def __call__(self, text: str, /) -> bool:
        """Return whether *text* has such."""
        return "  " in text or any(map(str.isspace, alphabet.suspects(text)))


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Texts that pass one of several screens."""

    screens: tuple[Screen, ...]

    def __call__(self, text: str, /) -> bool:
        """Return whether *text* passes one."""
        return any(screen(text) for screen in self.screens)
