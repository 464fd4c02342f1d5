"""The whole search, from fingerprints to survivors."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.candidates import BUCKET, bucket_pairs, distinct, pack
from cleaner.duplicates.order import survivors, total_order
from cleaner.duplicates.recurrence import discount
from cleaner.duplicates.results import gather
from cleaner.duplicates.signatures import SignatureStore, band_key, minhash
from cleaner.duplicates.store import ShingleStore
from cleaner.duplicates.verification import Links, Verifier, join

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from cleaner.duplicates.fingerprints import Fingerprints
    from cleaner.duplicates.results import Duplicates, Entry
    from cleaner.duplicates.words import Hashes, Offsets
    from cleaner.options import Options

CERTAIN_BANDS, CERTAIN_ROWS = 12, 3
"""Bands over all shingles, where few count: one pair in 90,000 of Jaccard .85 is missed."""

ROUNDS = 8
"""A bound; two or three rounds settle real corpora."""


def find_duplicates(
    entries: Sequence[Entry],
    batches: Iterable[Fingerprints],
    options: Options,
    folder: Path | None = None,
) -> Duplicates:
    """Apply the law of dropping; see `cleaner.duplicates.find_duplicates`."""
    with ShingleStore(batches, folder) as store:
        if len(store) != len(entries):
            raise ValueError(f"{len(entries)} entries, but fingerprints of {len(store)}")
        discount(store, _source_numbers(entries), options.recurrence)
        by_rank = total_order(entries, store.words - store.discounted, options.keep)
        candidates = distinct(_bands(store, by_rank, options, folder))
        verifier = Verifier(store, by_rank, options)
        links = verifier.links(candidates)
        links, kept = _settle(links, verifier, len(entries))
    return _verdicts(entries, by_rank, links, kept, len(candidates))


def _source_numbers(entries: Sequence[Entry]) -> Offsets:
    numbers: dict[str, int] = {"": -1}
    return np.fromiter(
        (numbers.setdefault(entry.source, len(numbers) - 1) for entry in entries), np.int64, len(entries)
    )


def _bands(store: ShingleStore, by_rank: Offsets, options: Options, folder: Path | None) -> Iterator[Hashes]:
    """Yield the candidates of each band: equal keys, all shingles, counted shingles."""
    ranks = np.arange(len(by_rank))
    keys = store.keys[by_rank]
    yield bucket_pairs(keys[:, 0] ^ keys[:, 1], ranks)
    lead = _leads(keys)
    counted = store.counted[by_rank]
    filled = lead & (np.diff(store.offsets)[by_rank] > 0)
    rows = options.permutations // options.bands
    enough = lead & (counted >= max(1.0, options.threshold * options.minimum_shingles))
    with (
        SignatureStore(CERTAIN_BANDS * CERTAIN_ROWS, len(store), folder) as whole,
        SignatureStore(options.permutations, len(store), folder) as discounted,
    ):
        for start, end in store.blocks():
            offsets = store.offsets[start : end + 1]
            shingles = store.shingles[offsets[0] : offsets[-1]]
            whole.write(start, minhash(shingles, offsets - offsets[0], CERTAIN_BANDS * CERTAIN_ROWS))
            discounted.write(start, minhash(*store.counted_sets(start, end), options.permutations))
        for first in range(0, CERTAIN_BANDS * CERTAIN_ROWS, CERTAIN_ROWS):
            key = band_key(whole.rows(first, CERTAIN_ROWS))[by_rank]
            yield bucket_pairs(key[filled], ranks[filled])
        for first in range(0, options.permutations, rows):
            key = band_key(discounted.rows(first, rows))[by_rank]
            yield bucket_pairs(key[enough], ranks[enough])


def _leads(keys: Hashes) -> NDArray[np.bool_]:
    """Say which documents are among the first `BUCKET` of their key; the others only follow the first."""
    order = np.lexsort((keys[:, 1], keys[:, 0]))
    borders = np.ones(len(keys), np.bool_)
    borders[1:] = (keys[order[1:]] != keys[order[:-1]]).any(axis=1)
    starts = np.flatnonzero(borders)
    place = np.arange(len(keys)) - np.repeat(starts, np.diff(np.append(starts, len(keys))))
    leads = np.empty(len(keys), np.bool_)
    leads[order] = place < BUCKET
    return leads


def _settle(links: Links, verifier: Verifier, count: int) -> tuple[Links, NDArray[np.bool_]]:
    """Return all links and the survivors.

    A kept document whose link was to a dropped one is compared with what that one was dropped for: buckets
    are cut, bands miss, and copies follow only their first.
    """
    known = pack(links.earlier.astype(np.uint64), links.later.astype(np.uint64))
    kept = survivors(count, links.later[links.drops], links.earlier[links.drops])
    for _ in range(ROUNDS):
        further = np.setdiff1d(_inherited(links, kept), known)
        if not len(further):
            break
        known = np.union1d(known, further)
        links = join([links, verifier.links(further)])
        kept = survivors(count, links.later[links.drops], links.earlier[links.drops])
    return links, kept


def _inherited(links: Links, kept: NDArray[np.bool_]) -> Hashes:
    """Return packed pairs of kept documents: one is linked to a dropped document, the other replaced it."""
    drops = links.where(links.drops)
    replaced = drops.where(kept[drops.earlier])
    open_links = drops.where(kept[drops.later])  # their earlier ones were dropped
    order = np.argsort(replaced.later, kind="stable")
    later, earlier = replaced.later[order], replaced.earlier[order]
    start = np.searchsorted(later, open_links.earlier)
    sizes = np.minimum(np.searchsorted(later, open_links.earlier, "right") - start, BUCKET)
    places = np.repeat(start - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
    replacer = earlier[places]
    document = np.repeat(open_links.later, sizes)
    first, second = np.minimum(replacer, document), np.maximum(replacer, document)
    return np.unique(pack(first.astype(np.uint64), second.astype(np.uint64)))


def _verdicts(
    entries: Sequence[Entry], by_rank: Offsets, links: Links, kept: NDArray[np.bool_], candidates: int
) -> Duplicates:
    """Name for each dropped document its twin: of greatest containment, then first in the order."""
    chosen = links.where(links.drops & kept[links.earlier] & ~kept[links.later])
    order = np.lexsort((chosen.earlier, -chosen.containment, chosen.later))
    _, first = np.unique(chosen.later[order], return_index=True)
    twins = {
        int(by_rank[chosen.later[at]]): chosen.twin(at, int(by_rank[chosen.earlier[at]]))
        for at in order[first].tolist()
    }
    counts = {"candidates": candidates, "verified": len(links)}
    return gather(entries, twins, partial(links.pairs, by_rank), counts)
