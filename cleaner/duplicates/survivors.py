"""Who survives: the whole search, from fingerprints over candidates and decisions to the kept documents.

Documents are numbered in one total order; decided pairs point up it, so that the survivors are unique.
"""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.arrays import once, ranges, source_hashes
from cleaner.duplicates.candidates import BUCKET, find_candidates, pack
from cleaner.duplicates.common_shingles import discount
from cleaner.duplicates.decide import join
from cleaner.duplicates.dedup_data import DIGEST, Entries, dedup_result
from cleaner.duplicates.specification import source_rank
from cleaner.duplicates.store import ShingleStore
from cleaner.duplicates.verification import Verifier
from cleaner.output.atomic import naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from cleaner.duplicates.arrays import Hashes, Mask, Offsets
    from cleaner.duplicates.decide import Decisions
    from cleaner.duplicates.dedup_data import DedupResult, Entry, KeptMatch
    from cleaner.duplicates.duplicate_index import DuplicateIndex, IndexAddition
    from cleaner.duplicates.fingerprints import Fingerprints
    from cleaner.options import Options

ROUNDS = 8
"""A bound on comparing further what was left; two rounds settle real corpora."""


def search(  # noqa: PLR0913 - the corpus, and what it is compared with
    entries: Sequence[Entry],
    batches: Iterable[Fingerprints],
    options: Options,
    folder: Path | None = None,
    *,
    against: Sequence[DuplicateIndex] = (),
    addition: IndexAddition | None = None,
) -> DedupResult:
    """Apply the rule of dropping; see `cleaner.duplicates.find_duplicates`."""
    segments = [segment for index in against for segment in index.segments]
    with closing(ShingleStore(batches, folder)) as store:
        if len(store) != len(entries):
            raise ValueError(f"{len(entries)} entries, but fingerprints of {len(store)}")
        entries = entries if isinstance(entries, Entries) else Entries(entries)
        common = np.zeros(0, np.uint64)
        if options.recurrence:
            common = discount(store, source_hashes(entries.sources), options.recurrence, segments)
        by_rank = total_order(entries, store.words - store.discounted, options)
        candidates = find_candidates(store, by_rank, options, folder, segments)
        verifier = Verifier(store, by_rank, options, candidates, segments)
        indexed = verifier.indexed
        decided, kept = settle(verifier.decisions(candidates), verifier, indexed + len(entries))
        if addition:
            with naming(addition.folder):
                addition.fill(entries, store, by_rank[kept[indexed:]], common)
    places = np.concatenate([len(entries) + np.arange(indexed), by_rank])
    known = entries.followed_by(entry for index in against for entry in index.entries)
    counts = {"candidates": len(candidates), "verified": len(decided)}
    matches = kept_matches(decided, kept, places)
    return dedup_result(known, matches, partial(decided.pairs, places), counts)


def total_order(entries: Entries, counted_words: Offsets, options: Options) -> Offsets:
    """Return the places of n *entries* sorted by `specification.precedence`, for millions of them.

    *counted_words* and the result: int64, length n.
    """
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
    changes = np.diff(np.concatenate([[False], tied, [False]]).astype(np.int8))
    for start, end in zip(*(np.flatnonzero(changes == change).tolist() for change in (1, -1)), strict=True):
        order[start : end + 1] = sorted(order[start : end + 1].tolist(), key=lambda at: _rest(entries[at]))
    return order


def _rest(entry: Entry) -> tuple[bytes, bytes, str]:
    return entry.text_digest, entry.raw_digest, entry.id


def survivors(decided: Decisions, count: int) -> Mask:
    """Say of each of *count* documents whether it is kept: bool, by its number in the total order.

    Going down the order, a document is kept unless a kept one may replace it.
    """
    kept = np.ones(count, np.bool_)
    later, earlier = decided.later[decided.may_drop], decided.earlier[decided.may_drop]
    order = np.argsort(later, kind="stable")
    for document, replacer in zip(later[order].tolist(), earlier[order].tolist(), strict=True):
        if kept[replacer]:
            kept[document] = False
    return kept


def settle(decided: Decisions, verifier: Verifier, count: int) -> tuple[Decisions, Mask]:
    """Return the pairs *decided* with those that were overlooked, and who survives by all of them.

    Buckets are cut, bands miss, and most copies only follow their first. So a kept document that is linked
    to a dropped one is compared with what that one was dropped for, until nothing new comes up.
    """
    known = pack(decided.earlier, decided.later)
    kept = survivors(decided, count)
    for _ in range(ROUNDS):
        further = _overlooked(decided, kept)
        further = further[~np.isin(further, known)]
        if not len(further):
            break
        known = np.append(known, further)
        decided = join([decided, verifier.decisions(further)])
        kept = survivors(decided, count)
    return decided, kept


def _overlooked(decided: Decisions, kept: Mask) -> Hashes:
    """Return packed pairs of kept documents: one is linked to a dropped document, the other replaced it."""
    drops = decided.where(decided.may_drop)
    replaced = drops.where(kept[drops.earlier])
    in_vain = drops.where(kept[drops.later])  # the later one is kept: the earlier one must have been dropped
    order = np.argsort(replaced.later, kind="stable")
    dropped, replacers = replaced.later[order], replaced.earlier[order]
    start = np.searchsorted(dropped, in_vain.earlier)
    sizes = np.minimum(np.searchsorted(dropped, in_vain.earlier, "right") - start, BUCKET)
    replacer, document = replacers[ranges(start, sizes)], np.repeat(in_vain.later, sizes)
    return once(pack(np.minimum(replacer, document), np.maximum(replacer, document)))


def kept_matches(decided: Decisions, kept: Mask, by_rank: Offsets) -> dict[int, KeptMatch]:
    """Name for each dropped document its match: of greatest containment, then first in the order.

    *kept*: bool, *by_rank*: int64, the entries that the numbers of documents stand for; as many.
    """
    chosen = decided.where(decided.may_drop & kept[decided.earlier] & ~kept[decided.later])
    order = np.lexsort((chosen.earlier, -chosen.containment, chosen.later))
    _, first = np.unique(chosen.later[order], return_index=True)
    return {
        int(by_rank[chosen.later[at]]): chosen.kept_match(at, int(by_rank[chosen.earlier[at]]))
        for at in order[first].tolist()
    }
