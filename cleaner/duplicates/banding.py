"""Which documents meet in a bucket of some band, and are therefore candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.arrays import is_first, ranges
from cleaner.duplicates.candidates import BUCKET, bucket_pairs, unpack
from cleaner.duplicates.law import CERTAIN
from cleaner.duplicates.lookup import Lookup
from cleaner.duplicates.signatures import SignatureStore, minhash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cleaner.duplicates.arrays import Hashes, Mask, Offsets
    from cleaner.duplicates.segments import Segment
    from cleaner.duplicates.store import ShingleStore
    from cleaner.options import Options

KEPT_BITS = np.uint64(32)
"""So many bits of a band's key an index does not keep: a chance meeting costs one verification."""

CERTAIN_SHAPE = 12, 3
"""Bands and rows over all shingles, for documents of which few count: one pair in 90,000 of Jaccard .85 is
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
    keys = store.keys[by_rank]
    indexed = sum(len(segment) for segment in segments)
    ranks = indexed + np.arange(len(by_rank))
    known = np.concatenate([np.zeros((0, 2), np.uint64), *(segment.keys for segment in segments)])
    yield _pairs(keys[:, 0] ^ keys[:, 1], ranks, known[:, 0] ^ known[:, 1])
    leads = _leads(keys)
    sizes, counted = np.diff(store.offsets)[by_rank], store.counted[by_rank]
    certain = leads & (sizes > 0)
    if (
        not indexed and not store.discounted.any()
    ):  # then only documents too short to count need their own bands
        certain &= sizes * CERTAIN < _least(options)
    shapes = {
        "certain": (certain, CERTAIN_SHAPE),
        "counted": (leads & by_count(counted, options), shape(options)),
    }
    for name, (members, (count, rows)) in shapes.items():
        if not members.any():
            continue
        chosen = np.empty(len(members), np.bool_)
        chosen[by_rank] = members
        documents = by_rank[members]
        with SignatureStore(count * rows, len(members), folder) as signatures:
            for start, shingles, offsets in store.sets(chosen, counted=name == "counted"):
                signatures.write(start, minhash(shingles, offsets, count * rows))
            for band in range(count):
                own = signatures.band(band, rows)[documents]
                theirs = [segment.bands(name, band) for segment in segments]
                if segments:
                    own >>= KEPT_BITS
                yield _pairs(own, ranks[members], np.concatenate([np.zeros(0, np.uint32), *theirs]))


def shape(options: Options) -> tuple[int, int]:
    """Return the number of bands over counted shingles, and of slots in each."""
    return options.bands, options.permutations // options.bands


def by_count(counted: Offsets, options: Options) -> Mask:
    """Say which documents have shingles enough to be linked by those that count."""
    return counted >= max(_least(options), 1)


def _least(options: Options) -> float:
    return options.threshold * options.minimum_shingles


def _pairs(own: Hashes, ranks: Offsets, theirs: Hashes) -> Hashes:
    """Return the candidates that have equal keys: of the documents *ranks*, and of these with indexed ones.

    *theirs* are the keys of the indexed documents, whose ranks are their places; 0 is none.
    """
    if not len(theirs) or not len(own):
        return bucket_pairs(own, ranks)
    met = Lookup(np.unique(own))(theirs.astype(np.uint64))
    met = met[theirs[met] > 0]
    pairs = bucket_pairs(np.concatenate([theirs[met].astype(np.uint64), own]), np.concatenate([met, ranks]))
    return pairs[unpack(pairs)[1] >= len(theirs)]


def _leads(keys: Hashes) -> Mask:
    """Say which documents are among the first `BUCKET` of their key."""
    order = np.lexsort((keys[:, 1], keys[:, 0]))
    starts = np.flatnonzero(is_first(keys[order, 0]) | is_first(keys[order, 1]))
    sizes = np.diff(starts, append=len(keys))
    place = ranges(np.zeros_like(sizes), sizes)
    leads = np.empty(len(keys), np.bool_)
    leads[order] = place < BUCKET
    return leads
