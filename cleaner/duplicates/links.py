"""Links: the pairs that the rule takes for the same, as columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.dedup_data import KeptMatch, Pair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cleaner.duplicates.arrays import Mask, Offsets
    from cleaner.duplicates.dedup_data import Kind


@dataclass(frozen=True, slots=True)
class Links:
    """Verified pairs as columns; documents are numbered in the total order.

    *containment* is of the later document in the earlier (what the rule asks), *overlap* of the one with
    fewer shingles in the other (what is reported of a pair). *drops* says that the earlier may replace the
    later.
    """

    earlier: Offsets
    later: Offsets
    exact: Mask
    contained: Mask
    drops: Mask
    containment: NDArray[np.float64]
    overlap: NDArray[np.float64]
    jaccard: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.earlier)

    def where(self, chosen: Mask) -> Links:
        """Return the *chosen* pairs."""
        return Links(*(getattr(self, column)[chosen] for column in Links.__slots__))

    def kind(self, at: int) -> Kind:
        """Return what kind of duplicates pair *at* is."""
        if self.exact[at]:
            return "exact"
        return "contained" if self.contained[at] else "near"

    def match(self, at: int, kept: int) -> KeptMatch:
        """Return pair *at* as the later document's verdict, its replacer being entry *kept*."""
        return KeptMatch(kept, self.kind(at), float(self.containment[at]), float(self.jaccard[at]))

    def pairs(self, by_rank: Offsets) -> Iterator[Pair]:
        """Yield the pairs in the total order, as entries `by_rank[number]`."""
        for at in np.lexsort((self.later, self.earlier)).tolist():
            yield Pair(
                int(by_rank[self.earlier[at]]),
                int(by_rank[self.later[at]]),
                float(self.overlap[at]),
                float(self.jaccard[at]),
                self.kind(at),
            )


def join(links: Sequence[Links]) -> Links:
    """Return all *links* in one table."""
    return Links(*(np.concatenate([getattr(part, column) for part in links]) for column in Links.__slots__))
