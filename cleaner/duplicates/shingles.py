"""Shingles: the set of runs of *k* words that a text is compared by, as sorted 64-bit hashes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.arrays import is_first, mix, offsets_of, ranges

if TYPE_CHECKING:
    from cleaner.duplicates.arrays import Hashes, Offsets
    from cleaner.duplicates.words import WordHashes

DISCOUNTED = np.uint64(1)
"""The lowest bit of a shingle hash is free: it marks a shingle that does not count in this document."""

_BASE = np.uint64(0xD6E8FEB86659FD93)  # odd


def shingle_sets(words: WordHashes, size: int) -> tuple[Hashes, Offsets]:
    """Return the sorted, distinct shingle hashes of each text, one after the other, and their offsets.

    A shingle is *size* consecutive words; a text of fewer words has none. The lowest bit of a hash is 0.
    """
    hashes, offsets = words
    runs = hashes[: max(0, len(hashes) - size + 1)].copy()  # also those that reach into the next text
    for step in range(1, size):
        runs *= _BASE
        runs += hashes[step : step + len(runs)]
    counts = np.maximum(np.diff(offsets) - size + 1, 0)
    bounds = offsets_of(counts)
    shingles = mix(runs[ranges(offsets[:-1], counts)]) & ~DISCOUNTED
    for start, end in pairwise(bounds.tolist()):
        shingles[start:end].sort()
    first = is_first(shingles)
    first[bounds[:-1][counts > 0]] = True
    return shingles[first], offsets_of(first)[bounds]
