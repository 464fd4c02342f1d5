"""Counts, and the shares computed from them. Counts of pages are added up; shares are not averaged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Words:
    """Numbers of words of a page or of many, by what they are and whether they were removed."""

    removed: int = 0  # boilerplate that was removed
    left: int = 0  # boilerplate that stayed
    lost: int = 0  # words of the article that were removed
    kept: int = 0  # words of the article that stayed

    def __add__(self, other: Words) -> Words:
        return Words(
            self.removed + other.removed,
            self.left + other.left,
            self.lost + other.lost,
            self.kept + other.kept,
        )

    @property
    def wrong(self) -> int:
        """The number of boilerplate words that stayed and of article words that were removed."""
        return self.left + self.lost

    @property
    def recall(self) -> float:
        """The share of the boilerplate's words that were removed."""
        return self.removed / max(1, self.removed + self.left)

    @property
    def precision(self) -> float:
        """The share of boilerplate in the words that were removed."""
        return self.removed / max(1, self.removed + self.lost)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 if nothing had to be removed and nothing was."""
        return 2 * self.removed / (2 * self.removed + self.wrong) if self.removed or self.wrong else 1.0

    @property
    def share_lost(self) -> float:
        """The share of the article's words that were removed."""
        return self.lost / max(1, self.lost + self.kept)


@dataclass(frozen=True, slots=True)
class Found:
    """How many values the labels give, how many were found, and how many of those are right."""

    given: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: Found) -> Found:
        return Found(self.given + other.given, self.found + other.found, self.right + other.right)


Counts = TypeVar("Counts", Words, Found)


def by_name(pairs: Iterable[tuple[str, Counts]]) -> dict[str, Counts]:
    """Return the sum of the counts of each name."""
    sums: dict[str, Counts] = {}
    for name, counts in pairs:
        sums[name] = sums[name] + counts if name in sums else counts
    return sums
