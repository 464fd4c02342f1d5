"""The whole search, from fingerprints to survivors."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.candidates import find_candidates
from cleaner.duplicates.common_shingles import discount, source_hashes
from cleaner.duplicates.dedup_data import Entries, dedup_result
from cleaner.duplicates.order import total_order
from cleaner.duplicates.store import ShingleStore
from cleaner.duplicates.survival import settle
from cleaner.duplicates.verification import Verifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from cleaner.duplicates.arrays import Offsets
    from cleaner.duplicates.decide import Decisions
    from cleaner.duplicates.dedup_data import DedupResult, Entry
    from cleaner.duplicates.fingerprints import Fingerprints
    from cleaner.duplicates.index import Addition, Index
    from cleaner.options import Options


def find_duplicates(  # noqa: PLR0913 - the corpus, and what it is compared with
    entries: Sequence[Entry],
    batches: Iterable[Fingerprints],
    options: Options,
    folder: Path | None = None,
    *,
    against: Sequence[Index] = (),
    addition: Addition | None = None,
) -> DedupResult:
    """Apply the rule of dropping; see `cleaner.duplicates.find_duplicates`."""
    segments = [segment for index in against for segment in index.segments]
    with ShingleStore(batches, folder) as store:
        if len(store) != len(entries):
            raise ValueError(f"{len(entries)} entries, but fingerprints of {len(store)}")
        entries = entries if isinstance(entries, Entries) else Entries(entries)
        common = np.zeros(0, np.uint64)
        if options.recurrence:
            sources = source_hashes(entries.sources)
            common = discount(store, sources, options.recurrence, segments)
        by_rank = total_order(entries, store.words - store.discounted, options)
        candidates = find_candidates(store, by_rank, options, folder, segments)
        verifier = Verifier(store, by_rank, options, candidates, segments)
        indexed = verifier.indexed
        links, kept = settle(verifier.decisions(candidates), verifier, indexed + len(entries))
        if addition:
            documents = by_rank[kept[indexed:]]
            addition.fill(entries, store, documents, common)
    places = np.concatenate([len(entries) + np.arange(indexed), by_rank])
    known = entries.followed_by(entry for index in against for entry in index.entries)
    return _verdicts(known, places, links, kept, len(candidates))


def _verdicts(
    entries: Entries, by_rank: Offsets, links: Decisions, kept: NDArray[np.bool_], candidates: int
) -> DedupResult:
    """Name for each dropped document its match: of greatest containment, then first in the order."""
    chosen = links.where(links.may_drop & kept[links.earlier] & ~kept[links.later])
    order = np.lexsort((chosen.earlier, -chosen.containment, chosen.later))
    _, first = np.unique(chosen.later[order], return_index=True)
    matches = {
        int(by_rank[chosen.later[at]]): chosen.kept_match(at, int(by_rank[chosen.earlier[at]]))
        for at in order[first].tolist()
    }
    counts = {"candidates": candidates, "verified": len(links)}
    return dedup_result(entries, matches, partial(links.pairs, by_rank), counts)
