"""Verification: how many shingles two documents really share, and whether that makes them the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from cleaner.duplicates.arrays import is_first, ranges
from cleaner.duplicates.candidates import unpack
from cleaner.duplicates.fingerprints import DISCOUNTED
from cleaner.duplicates.links import Links, join
from cleaner.duplicates.specification import CERTAIN, CONTAINED_BELOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cleaner.duplicates.arrays import Hashes, Mask, Offsets
    from cleaner.duplicates.store import ShingleStore
    from cleaner.duplicates.subjects import Subjects
    from cleaner.options import Options

    Shares: TypeAlias = NDArray[np.float64]

_TAG_BITS = 10
"""Pairs are verified 1,024 at a time: ten bits of a sorted number say which pair, 53 compare shingles, and
one is the discount mark. Two different shingles of a pair agree in 53 bits once in 100 billion pairs."""

_SEGMENT = 1 << 14
"""Pairs whose samples are compared at a time."""

_WINDOW = 1 << 25
"""Shingles on disk, 256 MB, of which two windows are looked at before their memory is released: pairs of the
same two come together, since it takes time to reach what was not looked at just before."""

_SAMPLE = 32
"""Shingles that a linked pair shares on average in the sample that decides whether to verify it."""

_CHUNK = 1 << 19
"""Shingles that are sorted at a time: 4 MB."""


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


class Verifier:
    """Counts exactly what pairs of documents share, and keeps those that the rule links."""

    def __init__(self, store: ShingleStore, subjects: Subjects, options: Options) -> None:
        self._store = store
        self._subjects = subjects
        self._options = options

    def links(self, pairs: Hashes) -> Links:
        """Return the linked ones of packed *pairs*, whose documents are numbered in the total order."""
        earlier, later = unpack(pairs)
        starts = self._subjects.starts
        windows = starts[earlier] // _WINDOW, starts[later] // _WINDOW
        order = np.lexsort((starts[later], *windows))
        changes = is_first(windows[0][order]) | is_first(windows[1][order])
        found = [self._judge(earlier[:0], later[:0])]
        for near in np.split(order, np.flatnonzero(changes)[1:]):
            for start in range(0, len(near), _SEGMENT):
                segment = near[start : start + _SEGMENT]
                found += self._linked(earlier[segment], later[segment])
            self._store.release()
        return join(found)

    def _linked(self, earlier: Offsets, later: Offsets) -> Iterator[Links]:
        promising = self._promising(earlier, later)
        earlier, later = earlier[promising], later[promising]
        sizes = self._subjects.sizes
        for part in _chunks(sizes[earlier] + sizes[later]):
            yield self._judge(earlier[part], later[part])

    def _promising(self, earlier: Offsets, later: Offsets) -> Mask:
        """Say which pairs share so much of a sample that the rule may link them.

        The sample of a set are its hashes under a bound, in which a pair that is just linked shares
        `_SAMPLE` on average. One that shares four standard deviations less is given up: most candidates of
        a large corpus are, at a tenth of the cost.
        """
        subjects = self._subjects
        counted = np.minimum(subjects.counted[earlier], subjects.counted[later])
        whole = CERTAIN * np.minimum(subjects.sizes[earlier], subjects.sizes[later])
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
        keys = self._subjects.keys
        equal: Mask = (keys[earlier] == keys[later]).all(axis=1)
        return equal

    def _under(self, documents: Offsets, bound: Hashes) -> Offsets:
        """Return how many shingles of each of *documents* are under its *bound*, by binary search."""
        shingles = self._store.shingles
        low = self._subjects.starts[documents]
        size = self._subjects.sizes[documents]
        while size.any():
            half = size // 2
            below = (size > 0) & (shingles.take(low + half, mode="clip") < bound)
            low = np.where(below, low + half + 1, low)
            size = np.where(below, size - half - 1, half)
        return low - self._subjects.starts[documents]

    def _shared(
        self, earlier: Offsets, later: Offsets, size_earlier: Offsets, size_later: Offsets
    ) -> tuple[Offsets, Offsets]:
        """Return how many of its first shingles each pair shares, and how many of these count in both."""
        starts = self._subjects.starts
        tagged = _tagged(self._store.shingles, starts[earlier], starts[later], size_earlier, size_later)
        at = np.flatnonzero(tagged[1:] >> np.uint64(1) == tagged[:-1] >> np.uint64(1))
        pair = (tagged[at] >> np.uint64(64 - _TAG_BITS)).astype(np.int64)
        counts = ((tagged[at] | tagged[at + 1]) & DISCOUNTED) == 0
        return np.bincount(pair, minlength=len(earlier)), np.bincount(pair[counts], minlength=len(earlier))

    def _numbers_agree(self, earlier: Offsets, later: Offsets) -> Mask:
        """Say of which pairs the text with fewer numbers shares enough of them, as `decide_pair` asks."""
        starts, sizes = self._subjects.number_starts, self._subjects.number_sizes
        fewer = np.minimum(sizes[earlier], sizes[later])
        agree: Mask = fewer == 0
        for part in _chunks(sizes[earlier] + sizes[later]):
            one, other = earlier[part], later[part]
            tagged = _tagged(self._store.numbers, starts[one], starts[other], sizes[one], sizes[other])
            pair = tagged[1:][tagged[1:] == tagged[:-1]] >> np.uint64(64 - _TAG_BITS)
            shared = np.bincount(pair.astype(np.int64), minlength=len(one))
            agree[part] |= shared / np.maximum(fewer[part], 1) >= self._options.figures
        return agree

    def _judge(self, earlier: Offsets, later: Offsets) -> Links:
        options = self._options
        sizes, counted = self._subjects.sizes, self._subjects.counted
        exact = self._equal(earlier, later)
        shared, shared_counted = sizes[earlier], np.minimum(counted[earlier], counted[later])
        one, other = earlier[~exact], later[~exact]
        shared[~exact], shared_counted[~exact] = self._shared(one, other, sizes[one], sizes[other])
        whole = _Overlap(shared, sizes[earlier], sizes[later])
        part = _Overlap(shared_counted, counted[earlier], counted[later])
        jaccard = np.where(exact, 1.0, whole.jaccard)
        certain = jaccard >= max(CERTAIN, options.threshold)
        by_jaccard = options.measure == "jaccard"
        forward = (part.jaccard if by_jaccard else part.of_later) >= options.threshold
        backward = (part.jaccard if by_jaccard else part.of_earlier) >= options.threshold
        forward &= part.later >= options.minimum_shingles
        by_count = forward | (backward & (part.earlier >= options.minimum_shingles))
        judged = Links(
            earlier,
            later,
            exact,
            np.where(by_count, part.size_ratio, whole.size_ratio) < CONTAINED_BELOW,
            certain | forward,
            np.where(exact, 1.0, np.where(forward, part.of_later, whole.of_later)),
            np.where(exact, 1.0, np.where(by_count, part.of_smaller, whole.of_smaller)),
            jaccard,
        )
        linked = judged.where(certain | by_count)
        return linked.where(linked.exact | self._numbers_agree(linked.earlier, linked.later))


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


@dataclass(frozen=True, slots=True)
class _Overlap:
    """What pairs share, and the sizes of their sets; 0 of nothing.

    A correctly rounded quotient meets a decimal threshold exactly: 7 ÷ 25 is 0.28, but 0.28 · 25 is more
    than 7.
    """

    shared: Offsets
    earlier: Offsets
    later: Offsets

    @property
    def jaccard(self) -> Shares:
        shares: Shares = self.shared / np.maximum(self.earlier + self.later - self.shared, 1)
        return shares

    @property
    def of_earlier(self) -> Shares:
        return self.shared / np.maximum(self.earlier, 1)

    @property
    def of_later(self) -> Shares:
        return self.shared / np.maximum(self.later, 1)

    @property
    def of_smaller(self) -> Shares:
        shares: Shares = self.shared / np.maximum(np.minimum(self.earlier, self.later), 1)
        return shares

    @property
    def size_ratio(self) -> Shares:
        ratio: Shares = np.minimum(self.earlier, self.later) / np.maximum(
            np.maximum(self.earlier, self.later), 1
        )
        return ratio
