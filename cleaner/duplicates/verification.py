"""Verification: how many shingles two documents really share, counted exactly, and what that decides."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.duplicates.arrays import is_first, offsets_of, ranges
from cleaner.duplicates.candidates import unpack
from cleaner.duplicates.decide import Decisions, PairCounts, decide, join, numbers_agree
from cleaner.duplicates.fingerprints import DISCOUNTED
from cleaner.duplicates.specification import CERTAIN
from cleaner.duplicates.store import picked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cleaner.duplicates.arrays import Hashes, Mask, Offsets
    from cleaner.duplicates.store import IndexSegment, ShingleStore
    from cleaner.options import Options

_TAG_BITS = 10
"""Pairs are verified 1,024 at a time: ten bits of a sorted number say which pair, 53 compare shingles, and
one is the discount mark. Two different shingles of a pair agree in 53 bits once in 100 billion pairs."""

_SAMPLED = 1 << 14
"""Pairs whose samples are compared at a time."""

_WINDOW = 1 << 25
"""Shingles on disk, 256 MB, of which two windows are looked at before their memory is released: pairs of the
same two come together, since it takes time to reach what was not looked at just before."""

_SAMPLE = 32
"""Shingles that a linked pair shares on average in the sample that decides whether to verify it."""

_CHUNK = 1 << 19
"""Shingles that are sorted at a time: 4 MB."""


class Verifier:
    """Counts exactly what pairs of documents share, and decides them.

    Documents are numbered in the total order: first the *indexed* ones, which are those of the *segments* of
    indexes; then the store's own, by their place in *by_rank*. The sets of those indexed documents that are
    among the packed *candidates* are copied from their segments into the store.
    """

    def __init__(
        self,
        store: ShingleStore,
        by_rank: Offsets,
        options: Options,
        candidates: Hashes,
        segments: Sequence[IndexSegment] = (),
    ) -> None:
        def column(name: str) -> NDArray[Any]:
            known = (getattr(segment, name) for segment in segments)
            return np.concatenate([*known, getattr(store, name)[by_rank]])

        self._store = store
        self._options = options
        self.indexed = sum(len(segment) for segment in segments)
        nowhere = np.zeros(self.indexed, np.int64)
        self._starts = np.concatenate([nowhere, store.offsets[:-1][by_rank]])
        self._sizes: Offsets = column("sizes")
        self._counted: Offsets = column("counted")
        self._number_starts = np.concatenate([nowhere, store.number_offsets[:-1][by_rank]])
        self._number_sizes: Offsets = column("number_sizes")
        self._keys: Hashes = column("keys")
        if self.indexed:
            self._fetch(segments, unpack(candidates)[0])

    def _fetch(self, segments: Sequence[IndexSegment], earlier: Offsets) -> None:
        """Copy the sets of the indexed documents among *earlier* from their *segments* into the store."""
        wanted = np.unique(earlier[earlier < self.indexed])
        bounds = offsets_of(np.array([len(segment) for segment in segments], np.int64)).tolist()
        at, numbers_at = self._store.append(
            sets
            for segment, (start, end) in zip(segments, pairwise(bounds), strict=True)
            for sets in picked(segment, wanted[(wanted >= start) & (wanted < end)] - start)
        )
        self._starts[wanted] = at + offsets_of(self._sizes[wanted])[:-1]
        self._number_starts[wanted] = numbers_at + offsets_of(self._number_sizes[wanted])[:-1]

    def decisions(self, pairs: Hashes) -> Decisions:
        """Return the linked ones of packed *pairs*."""
        earlier, later = unpack(pairs)
        windows = self._starts[earlier] // _WINDOW, self._starts[later] // _WINDOW
        order = np.lexsort((self._starts[later], *windows))
        changes = is_first(windows[0][order]) | is_first(windows[1][order])
        found = [self._decide(earlier[:0], later[:0])]
        for near in np.split(order, np.flatnonzero(changes)[1:]):
            for start in range(0, len(near), _SAMPLED):
                some = near[start : start + _SAMPLED]
                found += self._linked(earlier[some], later[some])
            self._store.release()
        return join(found)

    def _linked(self, earlier: Offsets, later: Offsets) -> Iterator[Decisions]:
        promising = self._promising(earlier, later)
        earlier, later = earlier[promising], later[promising]
        for part in _chunks(self._sizes[earlier] + self._sizes[later]):
            yield self._decide(earlier[part], later[part])

    def _promising(self, earlier: Offsets, later: Offsets) -> Mask:
        """Say which pairs share so much of a sample that they may be linked.

        The sample of a set are its hashes under a bound, in which a pair that is just linked shares
        `_SAMPLE` on average. One that shares four standard deviations less is given up: most candidates of
        a large corpus are, at a tenth of the cost.
        """
        counted = np.minimum(self._counted[earlier], self._counted[later])
        whole = CERTAIN * np.minimum(self._sizes[earlier], self._sizes[later])
        linked = np.where(counted > 0, np.minimum(self._options.threshold * counted, whole), whole)
        promising = self._equal(earlier, later) | (linked <= 2 * _SAMPLE)  # little is saved
        at = np.flatnonzero(~promising)
        bound = (2.0**64 * _SAMPLE / linked[at]).astype(np.uint64)
        sizes = self._under(earlier[at], bound), self._under(later[at], bound)
        for part in _chunks(sizes[0] + sizes[1]):
            shared, _ = self._shared(earlier[at[part]], later[at[part]], sizes[0][part], sizes[1][part])
            promising[at[part]] = shared >= _SAMPLE - 4 * _SAMPLE**0.5
        return promising

    def _equal(self, earlier: Offsets, later: Offsets) -> Mask:
        """Say which pairs have equal keys: all their shingles are the same, and need not be looked at."""
        equal: Mask = (self._keys[earlier] == self._keys[later]).all(axis=1)
        return equal

    def _under(self, documents: Offsets, bound: Hashes) -> Offsets:
        """Return how many shingles of each of *documents* are under its *bound*, by binary search."""
        low = self._starts[documents]
        size = self._sizes[documents]
        while size.any():
            half = size // 2
            below = (size > 0) & (self._store.shingles.take(low + half, mode="clip") < bound)
            low = np.where(below, low + half + 1, low)
            size = np.where(below, size - half - 1, half)
        under: Offsets = low - self._starts[documents]
        return under

    def _shared(
        self, earlier: Offsets, later: Offsets, size_earlier: Offsets, size_later: Offsets
    ) -> tuple[Offsets, Offsets]:
        """Return how many of its first shingles each pair shares, and how many of these count in both."""
        starts = self._starts[earlier], self._starts[later]
        tagged = _tagged(self._store.shingles, *starts, size_earlier, size_later)
        at = np.flatnonzero(tagged[1:] >> np.uint64(1) == tagged[:-1] >> np.uint64(1))
        pair = (tagged[at] >> np.uint64(64 - _TAG_BITS)).astype(np.int64)
        counts = ((tagged[at] | tagged[at + 1]) & DISCOUNTED) == 0
        return np.bincount(pair, minlength=len(earlier)), np.bincount(pair[counts], minlength=len(earlier))

    def _decide(self, earlier: Offsets, later: Offsets) -> Decisions:
        """Return the linked ones of these pairs, whose shingles are counted at a time."""
        exact = self._equal(earlier, later)
        sizes = np.stack([self._sizes[earlier], self._sizes[later]])
        counted = np.stack([self._counted[earlier], self._counted[later]])
        shared, shared_counted = sizes[0].copy(), counted.min(axis=0)  # of equal keys
        shared[~exact], shared_counted[~exact] = self._shared(
            earlier[~exact], later[~exact], *sizes[:, ~exact]
        )
        pairs = PairCounts(earlier, later, exact, shared, shared_counted, sizes, counted)
        decided = decide(pairs, self._options)
        return decided.where(decided.exact | self._numbers_agree(decided.earlier, decided.later))

    def _numbers_agree(self, earlier: Offsets, later: Offsets) -> Mask:
        """Say of which pairs the text with fewer numbers shares enough of them."""
        sizes = self._number_sizes[earlier], self._number_sizes[later]
        starts = self._number_starts[earlier], self._number_starts[later]
        shared = np.zeros(len(earlier), np.int64)
        for part in _chunks(sizes[0] + sizes[1]):
            columns = (column[part] for column in (*starts, *sizes))
            tagged = _tagged(self._store.numbers, *columns)
            pair = tagged[1:][tagged[1:] == tagged[:-1]] >> np.uint64(64 - _TAG_BITS)
            shared[part] = np.bincount(pair.astype(np.int64), minlength=part.stop - part.start)
        return numbers_agree(np.minimum(*sizes), shared, self._options)


def _chunks(sizes: Offsets) -> Iterator[slice]:
    """Cut pairs of so many shingles into slices that are verified at a time."""
    totals = np.cumsum(sizes)
    start = 0
    while start < len(totals):
        before = totals[start - 1] if start else 0
        end = int(np.searchsorted(totals, before + _CHUNK, "right"))
        end = min(max(end, start + 1), start + (1 << _TAG_BITS), len(totals))
        yield slice(start, end)
        start = end


def _tagged(
    values: Hashes, starts: Offsets, other_starts: Offsets, sizes: Offsets, other_sizes: Offsets
) -> Hashes:
    """Return the values of both members of each pair, sorted, the pair's number in the first bits."""
    lengths = np.concatenate([sizes, other_sizes])
    chosen = values[ranges(np.concatenate([starts, other_starts]), lengths)]
    tags = np.repeat(np.tile(np.arange(len(starts), dtype=np.uint64), 2), lengths)
    tagged = (tags << np.uint64(64 - _TAG_BITS)) | (chosen >> np.uint64(_TAG_BITS + 1) << np.uint64(1))
    tagged |= chosen & DISCOUNTED  # of numbers, the bit says nothing, and is the same in equal ones
    tagged.sort()
    return tagged
