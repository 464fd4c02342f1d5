"""Which documents meet in a bucket of some band, and are therefore candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.arrays import is_first, ranges
from cleaner.duplicates.candidates import BUCKET, bucket_pairs
from cleaner.duplicates.law import CERTAIN
from cleaner.duplicates.signatures import SignatureStore, minhash

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cleaner.duplicates.arrays import Hashes, Mask, Offsets
    from cleaner.duplicates.store import ShingleStore
    from cleaner.options import Options

CERTAIN_BANDS, CERTAIN_ROWS = 12, 3
"""Bands over all shingles, for documents of which few count: they miss one pair in 90,000 of Jaccard .85."""


def bands(
    store: ShingleStore, by_rank: Offsets, options: Options, folder: Path | None = None
) -> Iterator[Hashes]:
    """Yield the packed candidates of each band; documents are numbered by their place in *by_rank*.

    The first band is equal keys. Of more than `BUCKET` documents with the same key, only the first meet
    others in the further bands: what these are dropped for, the rest is compared with later.
    """
    keys = store.keys[by_rank]
    yield bucket_pairs(keys[:, 0] ^ keys[:, 1], np.arange(len(by_rank)))
    leads = _leads(keys)
    sizes, counted = np.diff(store.offsets)[by_rank], store.counted[by_rank]
    least = options.threshold * options.minimum_shingles
    certain = leads & (sizes > 0)
    if not store.discounted.any():  # then only documents too short to count need bands of their own
        certain &= sizes * CERTAIN < least
    yield from _meetings(store, by_rank, certain, (CERTAIN_BANDS, CERTAIN_ROWS), folder)
    shape = options.bands, options.permutations // options.bands
    yield from _meetings(store, by_rank, leads & (counted >= max(least, 1)), shape, folder, counted=True)


def _meetings(  # noqa: PLR0913 - what is banded, and how
    store: ShingleStore,
    by_rank: Offsets,
    members: Mask,
    shape: tuple[int, int],
    folder: Path | None,
    *,
    counted: bool = False,
) -> Iterator[Hashes]:
    """Yield the candidates among *members* of so many bands and rows over all shingles or the counted."""
    if not members.any():
        return
    count, rows = shape
    chosen = np.empty(len(members), np.bool_)
    chosen[by_rank] = members
    ranks = np.flatnonzero(members)
    documents = by_rank[members]
    with SignatureStore(count * rows, len(members), folder) as signatures:
        for start, shingles, offsets in store.sets(chosen, counted=counted):
            signatures.write(start, minhash(shingles, offsets, count * rows))
        for band in range(count):
            yield bucket_pairs(signatures.band(band, rows)[documents], ranks)


def _leads(keys: Hashes) -> Mask:
    """Say which documents are among the first `BUCKET` of their key."""
    order = np.lexsort((keys[:, 1], keys[:, 0]))
    starts = np.flatnonzero(is_first(keys[order, 0]) | is_first(keys[order, 1]))
    sizes = np.diff(starts, append=len(keys))
    place = ranges(np.zeros_like(sizes), sizes)
    leads = np.empty(len(keys), np.bool_)
    leads[order] = place < BUCKET
    return leads
