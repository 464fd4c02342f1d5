"""Near-duplicates: fingerprint texts in batches, find who repeats whom, keep the best of each.

    fingerprints = fingerprint(texts, options)             # in any process, any cut into batches
    result = find_duplicates(entries, [fingerprints], options)

    fingerprints ─▶ signatures ─▶ candidates ─▶ verification ─▶ decide ─▶ survivors
                        common_shingles ──▲        store, duplicate_index ──▲

Importing this package costs nothing: numpy is loaded by the first call, datasketch where a search starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.duplicates.dedup_data import (
    DedupResult,
    Entries,
    Entry,
    KeptMatch,
    Kind,
    Pair,
    SuspiciousCluster,
    cluster_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from cleaner.duplicates.duplicate_index import DuplicateIndex, IndexAddition
    from cleaner.duplicates.fingerprints import Fingerprints
    from cleaner.options import Options

__all__ = [
    "DedupResult",
    "Entries",
    "Entry",
    "KeptMatch",
    "Kind",
    "Pair",
    "SuspiciousCluster",
    "cluster_id",
    "find_duplicates",
    "fingerprint",
    "open_addition",
    "open_index",
]


def fingerprint(texts: Sequence[str], options: Options) -> Fingerprints:
    """Return the sets of shingles and numbers of *texts* as arrays: pure, picklable, for worker processes.

    Of a few hundred texts at a time; a batch of 256 kB to 1 MB is fastest.
    """
    from cleaner.duplicates import fingerprints  # noqa: PLC0415 - loads numpy

    return fingerprints.fingerprint(texts, options)


def open_index(folder: Path, options: Options) -> DuplicateIndex:
    """Return the index in *folder*.

    Raises `InputError` if there is none, or a damaged one, or one made with other options or permutations.
    """
    from cleaner.duplicates import duplicate_index  # noqa: PLC0415 - loads numpy

    return duplicate_index.DuplicateIndex(folder, options)


def open_addition(folder: Path, options: Options, *, extends: bool) -> AbstractContextManager[IndexAddition]:
    """Make the index *folder*, or add to it if it *extends* one; `find_duplicates` fills what is added.

    It counts when it is committed, and else leaves nothing. Raises `InputError` where no index can be.
    """
    from cleaner.duplicates import duplicate_index  # noqa: PLC0415 - loads numpy

    return duplicate_index.open_addition(folder, options, extends=extends)


def find_duplicates(  # noqa: PLR0913 - the corpus, and what it is compared with
    entries: Sequence[Entry],
    batches: Iterable[Fingerprints],
    options: Options,
    folder: Path | None = None,
    *,
    against: Sequence[DuplicateIndex] = (),
    addition: IndexAddition | None = None,
) -> DedupResult:
    """Apply the rule of dropping to *entries*, whose fingerprints come in the same order in *batches*.

    The documents of the indexes *against* are kept and precede all entries; in the result they are numbered
    behind the entries, one index after the other. What is kept of the entries goes into *addition*.

    The result depends on the set of entries only: not on their order, the cut into batches, the process or
    the day. Time is linear. Shingles and signatures lie in temporary files in *folder*, 2 kB a document of
    usual length; memory holds 1.1 GB at most and 0.5 kB a document. Raises `ValueError` if the batches do
    not hold one fingerprint for each entry.
    """
    from cleaner.duplicates import survivors  # noqa: PLC0415 - loads numpy

    return survivors.search(entries, batches, options, folder, against=against, addition=addition)
