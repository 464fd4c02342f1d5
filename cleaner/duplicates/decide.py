"""Decisions on pairs of documents, from counts of what they share: pure functions over columns.

They know no store and no engine: whoever has the counts gets the same decisions, which are those of
`cleaner.duplicates.specification`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from cleaner.duplicates.dedup_data import KeptMatch, Pair
from cleaner.duplicates.specification import CERTAIN, CONTAINED_BELOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cleaner.duplicates.arrays import Mask, Offsets
    from cleaner.duplicates.dedup_data import Kind
    from cleaner.options import Options

    Shares: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PairCounts:
    """What is counted of n pairs of documents, as columns.

    *earlier*, *later*: int64, length n, the documents' numbers in the total order. *exact*: bool, length n,
    whether their comparison keys are equal. *shared*, *shared_counted*: int64, length n, the shingles that
    both have, and those of them that count in both. *sizes*, *counted*: int64, shape (2, n), the shingles of
    the earlier and of the later document, and those of them that count.
    """

    earlier: Offsets
    later: Offsets
    exact: Mask
    shared: Offsets
    shared_counted: Offsets
    sizes: Offsets
    counted: Offsets


@dataclass(frozen=True, slots=True)
class Decisions:
    """The n pairs that are linked, as columns of length n.

    *earlier*, *later*: int64, the documents' numbers in the total order. *exact*, *contained*: bool, the
    kind; *may_drop*: bool, whether the earlier document may replace the later one. *containment*: float64,
    of the later document in the earlier (what the rule asks); *overlap*: float64, of the one with fewer
    shingles in the other (what is reported of a pair); *jaccard*: float64, over all shingles.
    """

    earlier: Offsets
    later: Offsets
    exact: Mask
    contained: Mask
    may_drop: Mask
    containment: Shares
    overlap: Shares
    jaccard: Shares

    def __len__(self) -> int:
        return len(self.earlier)

    def where(self, chosen: Mask) -> Decisions:
        """Return the *chosen* pairs."""
        return Decisions(*(getattr(self, column.name)[chosen] for column in fields(self)))

    def kind(self, at: int) -> Kind:
        """Return what kind of duplicates pair *at* is."""
        if self.exact[at]:
            return "exact"
        return "contained" if self.contained[at] else "near"

    def kept_match(self, at: int, kept: int) -> KeptMatch:
        """Return pair *at* as the later document's match, which is entry *kept*."""
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


def join(parts: Sequence[Decisions]) -> Decisions:
    """Return all *parts* in one table."""
    columns = ([getattr(part, column.name) for part in parts] for column in fields(Decisions))
    return Decisions(*map(np.concatenate, columns))


def decide(pairs: PairCounts, options: Options) -> Decisions:
    """Return which of *pairs* are linked, and how; their numbers are not looked at, see `numbers_agree`."""
    whole = pairs.counted
    if options.measure == "jaccard":
        whole = np.broadcast_to(pairs.counted.sum(axis=0) - pairs.shared_counted, pairs.counted.shape)
    enough = _share(pairs.shared_counted, whole) >= options.threshold
    enough &= pairs.counted >= options.minimum_shingles
    forward, by_count = enough[1], enough.any(axis=0)
    jaccard = np.where(pairs.exact, 1.0, _share(pairs.shared, pairs.sizes.sum(axis=0) - pairs.shared))
    certain = jaccard >= max(CERTAIN, options.threshold)
    sizes = np.sort(np.where(by_count, pairs.counted, pairs.sizes), axis=0)
    overlap = _share(np.where(by_count, pairs.shared_counted, pairs.shared), sizes[0])
    containment = np.where(
        forward, _share(pairs.shared_counted, pairs.counted[1]), _share(pairs.shared, pairs.sizes[1])
    )
    decided = Decisions(
        pairs.earlier,
        pairs.later,
        pairs.exact,
        _share(*sizes) < CONTAINED_BELOW,
        certain | forward,
        np.where(pairs.exact, 1.0, containment),
        np.where(pairs.exact, 1.0, overlap),
        jaccard,
    )
    return decided.where(certain | by_count)


def numbers_agree(fewer: Offsets, shared: Offsets, options: Options) -> Mask:
    """Say of which pairs the text with fewer numbers shares enough of them with the other.

    *fewer*, *shared*: int64, its numbers, and those that stand in both. Equal keys need not be asked.
    """
    agree: Mask = (fewer == 0) | (_share(shared, fewer) >= options.numbers)
    return agree


def _share(part: Offsets, whole: Offsets) -> Shares:
    """Return *part* ÷ *whole*, 0 of nothing.

    A correctly rounded quotient meets a decimal threshold exactly: 7 ÷ 25 is 0.28, but 0.28 · 25 is more
    than 7.
    """
    share: Shares = part / np.maximum(whole, 1)
    return share
