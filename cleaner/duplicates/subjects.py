"""What verification has to know of every document, numbered in the total order, those of indexes first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.arrays import offsets_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.duplicates.arrays import Hashes, Offsets
    from cleaner.duplicates.segments import Segment
    from cleaner.duplicates.store import ShingleStore


@dataclass(frozen=True, slots=True)
class Subjects:
    """Columns, a row for each document: where its sets stand in the store, and how large they are.

    *indexed* counts the documents of indexes. Their sets are not in the store until `fetch` puts them there.
    """

    indexed: int
    starts: Offsets
    sizes: Offsets
    counted: Offsets
    number_starts: Offsets
    number_sizes: Offsets
    keys: Hashes

    def fetch(self, store: ShingleStore, segments: Sequence[Segment], wanted: Offsets) -> None:
        """Copy the sets of the indexed documents *wanted*, sorted, from their *segments* into *store*."""
        bounds = offsets_of(np.array([len(segment) for segment in segments], np.int64)).tolist()
        at, numbers_at = store.append(
            sets
            for segment, (start, end) in zip(segments, pairwise(bounds), strict=True)
            for sets in segment.pick(wanted[(wanted >= start) & (wanted < end)] - start)
        )
        self.starts[wanted] = at + offsets_of(self.sizes[wanted])[:-1]
        self.number_starts[wanted] = numbers_at + offsets_of(self.number_sizes[wanted])[:-1]


def subjects(store: ShingleStore, by_rank: Offsets, segments: Sequence[Segment]) -> Subjects:
    """Return the documents of *segments*, and behind them those of *store*, by their rank."""

    def column(name: str, own: Offsets) -> Offsets:
        return np.concatenate([*(getattr(segment, name) for segment in segments), own[by_rank]])

    indexed = sum(len(segment) for segment in segments)
    nowhere = np.zeros(indexed, np.int64)
    return Subjects(
        indexed,
        np.concatenate([nowhere, store.offsets[:-1][by_rank]]),
        column("sizes", np.diff(store.offsets)),
        column("counted", store.counted),
        np.concatenate([nowhere, store.number_offsets[:-1][by_rank]]),
        column("number_sizes", np.diff(store.number_offsets)),
        np.concatenate([*(segment.keys for segment in segments), store.keys[by_rank]]),
    )
