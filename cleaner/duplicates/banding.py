"""Which documents meet in a bucket of some band, and are therefore candidates."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.arrays import is_first, ranges
from cleaner.duplicates.candidates import BUCKET, bucket_pairs, unpack
from cleaner.duplicates.fingerprints import DISCOUNTED
from cleaner.duplicates.signatures import SignatureStore, band_keys, layout, minhash, permutations
from cleaner.duplicates.specification import CERTAIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cleaner.duplicates.arrays import Hashes, Mask, Offsets
    from cleaner.duplicates.segments import Segment
    from cleaner.duplicates.signatures import Signatures
    from cleaner.duplicates.store import ShingleStore
    from cleaner.options import Options

CERTAIN_SLOTS, CERTAIN_BANDS = 36, 12
"""Of the bands over all shingles, for documents of which few count: one pair in 90,000 of Jaccard .85 is
missed."""


def bands(
    store: ShingleStore,
    by_rank: Offsets,
    options: Options,
    folder: Path | None = None,
    segments: Sequence[Segment] = (),
) -> Iterator[Hashes]:
    """Yield the packed candidates of each band; documents are numbered in the total order.

    Those of the *segments* of indexes come first and are no candidates among themselves; behind them come
    the store's, by their place in *by_rank*. The first band is equal keys. Of more than `BUCKET` documents
    with the same key, only the first meet others in the further bands: what these are dropped for, the rest
    is compared with later.
    """
    indexed = sum(len(segment) for segment in segments)
    ranks = np.empty(len(by_rank), np.int64)
    ranks[by_rank] = indexed + np.arange(len(by_rank))
    known = np.concatenate([np.zeros((0, 2), np.uint64), *(segment.keys for segment in segments)])
    yield _pairs(store.keys[:, 0] ^ store.keys[:, 1], ranks, known[:, 0] ^ known[:, 1])
    leads = _leads(store.keys, by_rank)
    sizes = np.diff(store.offsets)
    whole = leads & (sizes > 0)
    if not indexed and not store.discounted.any():  # then who has enough that count needs no bands over all
        whole &= sizes * CERTAIN < _least(options)
    certain, counted = _layouts(options)
    with SignatureStore(slots(options), len(store), folder) as signatures:
        for start, shingles, offsets in store.sets(leads):
            signatures.write(start, sign(shingles, offsets, options))
        shapes = (certain, whole), (counted, leads & (store.counted >= max(_least(options), 1)))
        for slots_of_bands, members in shapes:
            member_ranks = ranks[members]
            for band in slots_of_bands if len(member_ranks) else ():
                own = band_keys([signatures.slot(slot) for slot in band.tolist()])[members]
                theirs = [band_keys([segment.signatures[slot] for slot in band]) for segment in segments]
                yield _pairs(own, member_ranks, np.concatenate([np.zeros(0, np.uint64), *theirs]))


def slots(options: Options) -> int:
    """Return how many numbers a signature has."""
    return _slots_of_counted(options) + (CERTAIN_SLOTS if options.recurrence else 0)


def _slots_of_counted(options: Options) -> int:
    """Return how many of these are over the shingles that count; where all do, bands over all share them."""
    needed = CERTAIN_SLOTS if options.recurrence or options.minimum_shingles else 0
    return max(options.permutations, needed)


def sign(shingles: Hashes, offsets: Offsets, options: Options) -> Signatures:
    """Return the signatures of sets of shingles: over those that count and, behind that, over all.

    What a slot holds of all is the least of what it holds of those that count and of the others.
    """
    drawn = permutations(_slots_of_counted(options))
    if not options.recurrence:
        return minhash(shingles, offsets, drawn)
    marked = (shingles & DISCOUNTED).astype(np.bool_)
    at = np.flatnonzero(marked)
    before = np.searchsorted(at, offsets)
    counted = minhash(shingles[~marked], offsets - before, drawn)
    others = minhash(shingles[at], before, drawn[:, :CERTAIN_SLOTS])
    return np.concatenate([counted, np.minimum(counted[:CERTAIN_SLOTS], others)])


def permutations_digest(options: Options) -> str:
    """Return a digest of the permutations that signatures are made with, 16 hexadecimal digits."""
    drawn = permutations(_slots_of_counted(options)).astype("<u4")
    return blake2b(drawn.tobytes(), digest_size=8).hexdigest()


def _layouts(options: Options) -> tuple[Offsets, Offsets]:
    """Return the slots of each band over all shingles, and over those that count."""
    first = _slots_of_counted(options) if options.recurrence else 0
    return first + layout(CERTAIN_SLOTS, CERTAIN_BANDS), layout(options.permutations, options.bands)


def _least(options: Options) -> float:
    """Return how many shingles must count in a document that is linked by these."""
    return options.threshold * options.minimum_shingles


def _pairs(own: Hashes, ranks: Offsets, theirs: Hashes) -> Hashes:
    """Return the candidates that have equal keys: of the documents *ranks*, and of these with indexed ones.

    *theirs* are the keys of the indexed documents, whose ranks are their places.
    """
    if not len(theirs) or not len(own):
        return bucket_pairs(own, ranks)
    shift = np.uint64(61 - len(own).bit_length())
    seen = np.zeros(1 << 64 - int(shift), np.bool_)
    seen[(own >> shift).astype(np.int64)] = True  # most that have no equal here are not looked at any further
    met = np.flatnonzero(seen.take((theirs >> shift).astype(np.int64)))
    pairs = bucket_pairs(np.concatenate([theirs[met], own]), np.concatenate([met, ranks]))
    return pairs[unpack(pairs)[1] >= len(theirs)]


def _leads(keys: Hashes, by_rank: Offsets) -> Mask:
    """Say which documents are among the first `BUCKET` of their key, in the order *by_rank*."""
    ranked = keys[by_rank]
    order = np.lexsort((ranked[:, 1], ranked[:, 0]))
    starts = np.flatnonzero(is_first(ranked[order, 0]) | is_first(ranked[order, 1]))
    sizes = np.diff(starts, append=len(keys))
    place = ranges(np.zeros_like(sizes), sizes)
    leads = np.empty(len(keys), np.bool_)
    leads[by_rank[order]] = place < BUCKET
    return leads
