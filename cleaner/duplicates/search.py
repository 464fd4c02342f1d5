"""The whole search, from fingerprints to survivors."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.banding import bands
from cleaner.duplicates.candidates import distinct
from cleaner.duplicates.order import total_order
from cleaner.duplicates.recurrence import discount
from cleaner.duplicates.results import gather
from cleaner.duplicates.store import ShingleStore
from cleaner.duplicates.survival import settle
from cleaner.duplicates.verification import Verifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from cleaner.duplicates.arrays import Offsets
    from cleaner.duplicates.fingerprints import Fingerprints
    from cleaner.duplicates.links import Links
    from cleaner.duplicates.results import Duplicates, Entry
    from cleaner.options import Options


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
        if options.recurrence:
            discount(store, _source_numbers(entries), options.recurrence)
        by_rank = total_order(entries, store.words - store.discounted, options)
        candidates = distinct(bands(store, by_rank, options, folder))
        verifier = Verifier(store, by_rank, options)
        links, kept = settle(verifier.links(candidates), verifier, len(entries))
    return _verdicts(entries, by_rank, links, kept, len(candidates))


def _source_numbers(entries: Sequence[Entry]) -> Offsets:
    numbers: dict[str, int] = {"": -1}
    return np.fromiter(
        (numbers.setdefault(entry.source, len(numbers) - 1) for entry in entries), np.int64, len(entries)
    )


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
