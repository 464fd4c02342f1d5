"""Shingles: the set of runs of *k* words that a text is compared by, as sorted 64-bit hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.words import mix

if TYPE_CHECKING:
    from cleaner.duplicates.words import Hashes, Offsets, WordHashes

DISCOUNTED = np.uint64(1)
"""The lowest bit of a shingle hash is free: it marks a shingle that does not count in this document."""

_BASE = np.uint64(0xD6E8FEB86659FD93)  # odd


def shingle_sets(words: WordHashes, size: int) -> tuple[Hashes, Offsets]:
    """Return the sorted, distinct shingle hashes of each text, one after the other, and their offsets.

    A shingle is *size* consecutive words; a text of fewer words has none. The lowest bit of a hash is 0.
    """
    hashes, offsets = words
    shingles = hashes[: max(0, len(hashes) - size + 1)].copy()
    for step in range(1, size):
        shingles *= _BASE
        shingles += hashes[step : step + len(shingles)]
    shingles = mix(shingles) & ~DISCOUNTED
    ends = np.maximum(offsets[1:] - (size - 1), offsets[:-1])
    _sort_each(shingles, offsets[:-1], ends)
    inside = np.zeros(len(shingles) + 1, np.int8)
    np.add.at(inside, offsets[:-1][ends > offsets[:-1]], 1)
    np.add.at(inside, ends[ends > offsets[:-1]], -1)
    keep = np.cumsum(inside[:-1], dtype=np.int8).astype(np.bool_)
    repeated = np.zeros(len(shingles), np.bool_)
    repeated[1:] = shingles[1:] == shingles[:-1]
    repeated[offsets[:-1][offsets[:-1] < len(shingles)]] = False
    keep &= ~repeated
    kept = np.concatenate([np.zeros(1, np.int64), np.cumsum(keep)])
    return shingles[keep], kept[np.minimum(offsets, len(shingles))]


def _sort_each(values: Hashes, starts: Offsets, ends: Offsets) -> None:
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        values[start:end].sort()
