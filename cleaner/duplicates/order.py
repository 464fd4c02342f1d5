"""The total order of `cleaner.duplicates.specification`, for millions of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.dedup_data import DIGEST
from cleaner.duplicates.specification import source_rank

if TYPE_CHECKING:
    from cleaner.duplicates.arrays import Mask, Offsets
    from cleaner.duplicates.dedup_data import Entries, Entry
    from cleaner.options import Options


def total_order(entries: Entries, counted_words: Offsets, options: Options) -> Offsets:
    """Return the indexes of *entries* sorted by `specification.precedence`."""
    count = len(entries)
    last = "\U0010ffff"  # behind every date
    dates = {date: rank for rank, date in enumerate(sorted({date or last for date in entries.dates}))}
    date = np.fromiter((dates[date or last] for date in entries.dates), np.int64, count)
    child = np.frombuffer(bytes(entries.children), np.uint8).astype(np.int64)
    first_bytes = np.frombuffer(bytes(entries.text_digests), ">u8")[:: DIGEST // 8]
    digest = first_bytes.astype(np.uint64)
    criteria = [child, -counted_words, date]
    if options.keep == "earliest":
        criteria.insert(0, date)
    elif options.keep == "source-order":
        ranks = (source_rank(source, options) for source in entries.sources)
        criteria.insert(0, np.fromiter(ranks, np.int64, count))
    criteria.append(digest.view(np.int64) ^ np.int64(-(2**63)))  # as signed numbers in the same order
    order: Offsets = np.lexsort(criteria[::-1])
    tied = np.ones(max(0, count - 1), np.bool_)
    for criterion in criteria:
        tied &= criterion[order[1:]] == criterion[order[:-1]]
    for start, end in _runs(tied):
        order[start:end] = sorted(order[start:end].tolist(), key=lambda i: _last_criteria(entries[i]))
    return order


def _last_criteria(entry: Entry) -> tuple[bytes, bytes, str]:
    return entry.text_digest, entry.raw_digest, entry.id


def _runs(tied: Mask) -> list[tuple[int, int]]:
    """Return the ranges of places each of which is tied with the next."""
    changes = np.diff(np.concatenate([[False], tied, [False]]).astype(np.int8))
    starts, ends = np.flatnonzero(changes == 1), np.flatnonzero(changes == -1) + 1
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
