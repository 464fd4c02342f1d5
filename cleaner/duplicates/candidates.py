"""Candidates: documents that meet in a bucket of some band, without the square of large buckets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.arrays import is_first

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.duplicates.arrays import Hashes, Offsets

BUCKET = 64
"""Up to so many members all pairs of a bucket are candidates; in a larger one each member is paired with
the first and the one before it. 5,000 near-identical pages otherwise make 12.5 million pairs."""

_PENDING = 1 << 24
"""Packed pairs (8 bytes each) that are gathered before repeated ones are dropped."""


def bucket_pairs(keys: Hashes, documents: Offsets) -> Hashes:
    """Return the pairs of *documents* that have equal *keys*, packed, each `earlier << 32 | later`.

    Documents are numbered in the total order, and buckets are cut in that order; so the pairs depend on the
    documents only. Keys are hashes, compared by the first bits, as many as a sort of 64-bit numbers has left
    beside the document number: a chance meeting costs one verification.
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
        pairs += _chained_pairs(members[start : start + size])
    return np.concatenate([np.zeros(0, np.uint64), *pairs])


def _all_pairs(buckets: Hashes, members: Hashes) -> Iterable[Hashes]:
    at = np.arange(len(buckets))
    for gap in range(1, BUCKET):
        at = at[at + gap < len(buckets)]
        at = at[buckets[at] == buckets[at + gap]]
        if not len(at):
            return
        yield pack(members[at], members[at + gap])


def _chained_pairs(bucket: Hashes) -> tuple[Hashes, Hashes]:
    return pack(np.full(len(bucket) - 1, bucket[0]), bucket[1:]), pack(bucket[1:-1], bucket[2:])


def pack(earlier: Hashes | Offsets, later: Hashes | Offsets) -> Hashes:
    """Return pairs of document numbers as one number each; sorted, they are in the total order."""
    return (earlier.astype(np.uint64) << np.uint64(32)) | later.astype(np.uint64)


def unpack(pairs: Hashes) -> tuple[Offsets, Offsets]:
    """Return the earlier and the later documents of packed *pairs*."""
    return (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)


def distinct(bands: Iterable[Hashes]) -> Hashes:
    """Return the packed pairs of all *bands*, sorted, each once."""
    pending = [np.zeros(0, np.uint64)]
    size = 0
    for pairs in bands:
        pending.append(pairs)
        size += len(pairs)
        if size > _PENDING:
            pending, size = [_sorted_once(pending)], 0
    return _sorted_once(pending)


def _sorted_once(parts: list[Hashes]) -> Hashes:
    pairs = np.concatenate(parts)
    pairs.sort()  # several times as fast as numpy.unique
    once: Hashes = pairs[is_first(pairs)]
    return once
