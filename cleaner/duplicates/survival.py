"""Who survives, given what resembles what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.arrays import once, ranges
from cleaner.duplicates.candidates import BUCKET, pack
from cleaner.duplicates.decide import Decisions, join

if TYPE_CHECKING:
    from cleaner.duplicates.arrays import Hashes, Mask, Offsets
    from cleaner.duplicates.verification import Verifier

ROUNDS = 8
"""A bound on comparing further what was left; two rounds settle real corpora."""


def survivors(count: int, later: Offsets, earlier: Offsets) -> Mask:
    """Say of each of *count* documents, numbered in the total order, whether it is kept.

    `later[i]` may be dropped for `earlier[i]`, which precedes it. Going down the order, a document is kept
    unless a kept one may replace it.
    """
    kept = np.ones(count, np.bool_)
    order = np.argsort(later, kind="stable")
    for document, replacer in zip(later[order].tolist(), earlier[order].tolist(), strict=True):
        if kept[replacer]:
            kept[document] = False
    return kept


def settle(links: Decisions, verifier: Verifier, count: int) -> tuple[Decisions, Mask]:
    """Return *links* with those that were overlooked, and who survives by all of them.

    Buckets are cut, bands miss, and most copies only follow their first. So a kept document that is linked
    to a dropped one is compared with what that one was dropped for, until nothing new comes up.
    """
    known = pack(links.earlier, links.later)
    kept = survivors(count, links.later[links.may_drop], links.earlier[links.may_drop])
    for _ in range(ROUNDS):
        further = _overlooked(links, kept)
        further = further[~np.isin(further, known)]
        if not len(further):
            break
        known = np.append(known, further)
        links = join([links, verifier.decisions(further)])
        kept = survivors(count, links.later[links.may_drop], links.earlier[links.may_drop])
    return links, kept


def _overlooked(links: Decisions, kept: Mask) -> Hashes:
    """Return packed pairs of kept documents: one is linked to a dropped document, the other replaced it."""
    drops = links.where(links.may_drop)
    replaced = drops.where(kept[drops.earlier])
    in_vain = drops.where(kept[drops.later])  # the later one is kept: the earlier one must have been dropped
    order = np.argsort(replaced.later, kind="stable")
    dropped, replacers = replaced.later[order], replaced.earlier[order]
    start = np.searchsorted(dropped, in_vain.earlier)
    sizes = np.minimum(np.searchsorted(dropped, in_vain.earlier, "right") - start, BUCKET)
    replacer, document = replacers[ranges(start, sizes)], np.repeat(in_vain.later, sizes)
    return once(pack(np.minimum(replacer, document), np.maximum(replacer, document)))
