"""Candidates: documents that meet in a bucket of some band, without the square of large buckets."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.arrays import is_first, once, ranges
from cleaner.duplicates.signatures import SignatureStore, band_keys, band_layouts, sign
from cleaner.duplicates.specification import CERTAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from cleaner.duplicates.arrays import Hashes, Mask, Offsets
    from cleaner.duplicates.store import IndexSegment, ShingleStore
    from cleaner.options import Options

BUCKET = 64
"""Up to so many members all pairs of a bucket are candidates; in a larger one each member is paired with
the first and the one before it. 5,000 near-identical pages otherwise make 12.5 million pairs."""

_PENDING = 1 << 24
"""Packed pairs (8 bytes each) that are gathered before repeated ones are dropped."""


def find_candidates(
    store: ShingleStore,
    by_rank: Offsets,
    options: Options,
    folder: Path | None = None,
    segments: Sequence[IndexSegment] = (),
) -> Hashes:
    """Return the candidates of all bands: uint64, packed pairs, sorted, each once.

    Documents are numbered in the total order: those of the *segments* of indexes first, which are no
    candidates among themselves; behind them the store's, by their place in *by_rank*.
    """
    pending = [np.zeros(0, np.uint64)]
    size = 0
    for pairs in _bands(store, by_rank, options, folder, segments):
        pending.append(pairs)
        size += len(pairs)
        if size > _PENDING:
            pending, size = [once(np.concatenate(pending))], 0
    return once(np.concatenate(pending))


def _bands(
    store: ShingleStore,
    by_rank: Offsets,
    options: Options,
    folder: Path | None,
    segments: Sequence[IndexSegment],
) -> Iterator[Hashes]:
    """Yield the packed candidates of each band.

    The first band is equal keys. Of more than `BUCKET` documents with the same key, only the first meet
    others in the further bands: what these are dropped for, the rest is compared with later.
    """
    indexed = sum(len(segment) for segment in segments)
    ranks = np.empty(len(by_rank), np.int64)
    ranks[by_rank] = indexed + np.arange(len(by_rank))
    known = np.concatenate([np.zeros((0, 2), np.uint64), *(segment.keys for segment in segments)])
    yield _band_pairs(store.keys[:, 0] ^ store.keys[:, 1], ranks, known[:, 0] ^ known[:, 1])
    first = _first_of_key(store.keys, by_rank)
    sizes = store.sizes
    least = options.threshold * options.minimum_shingles  # that count in a document linked by these
    whole = first & (sizes > 0)
    if not indexed and not store.discounted.any():  # then who has enough that count needs no bands over all
        whole &= sizes * CERTAIN < least
    over_all, over_counted = band_layouts(options)
    with closing(SignatureStore(len(store), folder)) as signatures:
        for start, shingles, offsets in store.sets(first):
            signatures.write(start, sign(shingles, offsets, options))
        for bands, members in (over_all, whole), (over_counted, first & (store.counted >= max(least, 1))):
            member_ranks = ranks[members]
            for band in bands.tolist() if len(member_ranks) else ():
                own = band_keys([signatures.row(number) for number in band])[members]
                theirs = [band_keys([segment.signatures[number] for number in band]) for segment in segments]
                yield _band_pairs(own, member_ranks, np.concatenate([np.zeros(0, np.uint64), *theirs]))


def _first_of_key(keys: Hashes, by_rank: Offsets) -> Mask:
    """Say which documents are among the first `BUCKET` of their key, in the order *by_rank*."""
    ranked = keys[by_rank]
    order = np.lexsort((ranked[:, 1], ranked[:, 0]))
    starts = np.flatnonzero(is_first(ranked[order, 0]) | is_first(ranked[order, 1]))
    sizes = np.diff(starts, append=len(keys))
    place = ranges(np.zeros_like(sizes), sizes)
    first = np.empty(len(keys), np.bool_)
    first[by_rank[order]] = place < BUCKET
    return first


def _band_pairs(own: Hashes, ranks: Offsets, theirs: Hashes) -> Hashes:
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


def bucket_pairs(keys: Hashes, documents: Offsets) -> Hashes:
    """Return the pairs of *documents* that have equal *keys*: uint64, each `earlier << 32 | later`.

    *keys*: uint64, hashes; *documents*: int64, numbers in the total order, as many. Buckets are cut in that
    order, so the pairs depend on the documents only. Keys are compared by the first bits, as many as a sort
    of 64-bit numbers has left beside the document number: a chance meeting costs one verification.
    """
    bits = np.uint64(int(documents.max(initial=0)).bit_length())
    low = (np.uint64(1) << bits) - np.uint64(1)
    packed = keys & ~low
    packed |= documents.astype(np.uint64, copy=False)
    packed.sort()
    equal = np.flatnonzero((packed[1:] ^ packed[:-1]) <= low)  # to the next; most are alone
    meeting = np.append(equal, equal + 1)
    meeting.sort()
    packed = packed[meeting[is_first(meeting)]]
    buckets, members = packed >> bits, packed & low
    starts = np.flatnonzero(is_first(buckets))
    sizes = np.diff(starts, append=len(buckets))
    small = np.repeat(sizes <= BUCKET, sizes)
    pairs = [*_all_pairs(buckets[small], members[small])]
    for start, size in zip(starts[sizes > BUCKET].tolist(), sizes[sizes > BUCKET].tolist(), strict=True):
        bucket = members[start : start + size]
        pairs += pack(np.full(size - 1, bucket[0]), bucket[1:]), pack(bucket[1:-1], bucket[2:])
    return np.concatenate([np.zeros(0, np.uint64), *pairs])


def _all_pairs(buckets: Hashes, members: Hashes) -> Iterable[Hashes]:
    at = np.arange(len(buckets))
    for gap in range(1, BUCKET):
        at = at[at + gap < len(buckets)]
        at = at[buckets[at] == buckets[at + gap]]
        if not len(at):
            return
        yield pack(members[at], members[at + gap])


def pack(earlier: Hashes | Offsets, later: Hashes | Offsets) -> Hashes:
    """Return pairs of document numbers as one number each; sorted, they are in the total order."""
    return (earlier.astype(np.uint64) << np.uint64(32)) | later.astype(np.uint64)


def unpack(pairs: Hashes) -> tuple[Offsets, Offsets]:
    """Return the earlier and the later documents of packed *pairs*."""
    return (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
