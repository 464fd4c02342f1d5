"""What is counted, and the shares that follow from it. Counts are added up, shares never averaged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Words:
    """How many words of boilerplate went and stayed, and how many of the article."""

    removed: int = 0  # boilerplate that went
    left: int = 0  # boilerplate that stayed
    lost: int = 0  # of the article
    kept: int = 0  # of the article

    def __add__(self, other: Words) -> Words:
        return Words(
            self.removed + other.removed,
            self.left + other.left,
            self.lost + other.lost,
            self.kept + other.kept,
        )

    @property
    def wrong(self) -> int:
        """Boilerplate that stayed, and words of the article that went."""
        return self.left + self.lost

    @property
    def recall(self) -> float:
        """The share of the boilerplate that went."""
        return self.removed / max(1, self.removed + self.left)

    @property
    def precision(self) -> float:
        """The share of boilerplate in what went."""
        return self.removed / max(1, self.removed + self.lost)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where nothing had to go and nothing went."""
        return 2 * self.removed / (2 * self.removed + self.wrong) if self.removed or self.wrong else 1.0

    @property
    def share_lost(self) -> float:
        """The share of the article's words that went."""
        return self.lost / max(1, self.lost + self.kept)


@dataclass(frozen=True, slots=True)
class Found:
    """How many things the labels name, how many were found, and how many of those are right."""

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
