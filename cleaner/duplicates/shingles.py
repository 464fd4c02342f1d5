"""Shingles: the set of runs of *k* words that a text is compared by, as sorted 64-bit hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.arrays import is_first, mix, offsets_of

if TYPE_CHECKING:
    from cleaner.duplicates.arrays import Hashes, Offsets
    from cleaner.duplicates.words import WordHashes

DISCOUNTED = np.uint64(1)
"""The lowest bit of a shingle hash is free: it marks a shingle that does not count in this document."""

_BASE = np.uint64(0x9FB21C651E98DF25)  # odd


def runs(words: WordHashes, size: int) -> Hashes:
    """Return the hash of the *size* words from each word on, also where these reach into the next text."""
    hashes = words.hashes
    found = hashes[: max(0, len(hashes) - size + 1)].copy()
    for step in range(1, size):
        found *= _BASE
        found += hashes[step : step + len(found)]
    return mix(found)


def shingle_sets(found: Hashes, offsets: Offsets, size: int) -> tuple[Hashes, Offsets]:
    """Return the sorted, distinct shingle hashes of each text, one after the other, and their offsets.

    A shingle is *size* consecutive words; a text of fewer words has none. The lowest bit of a hash is 0.
    They are sorted where they are: in the `runs` *found*, which are lost.
    """
    starts, ends = offsets[:-1], np.maximum(offsets[1:] - size + 1, offsets[:-1])
    found &= ~DISCOUNTED
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        found[start:end].sort()
    stays = is_first(found)
    stays[starts[starts < ends]] = True
    for start, end in zip(ends.tolist(), offsets[1:].tolist(), strict=True):
        stays[start:end] = False
    bounds = offsets_of(stays)[np.minimum(offsets, len(found))]
    return found[stays], bounds
