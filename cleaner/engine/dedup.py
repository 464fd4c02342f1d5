"""The engine of `cleaner dedup`: rows pass through as they are, and learn whom they repeat.

files ─▶ batches of pieces ─▶ workers: read, fingerprint ─▶ rows in a spool, who they are in a list
                                              └─▶ search ─▶ rows become kept and duplicates
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import chain
import time
from typing import TYPE_CHECKING

from cleaner.engine.pool import ordered_map
from cleaner.engine.preflight import untold
from cleaner.engine.report import Report
from cleaner.engine.row_batches import read_batch
from cleaner.engine.row_spool import RowSpool
from cleaner.engine.search import search
from cleaner.engine.shard_writer import DRAFTS, spooled
from cleaner.engine.steps import Finish, compared, finish, noted_batches, opened, unwatched
from cleaner.output.atomic import whole_file
from cleaner.output.folder import DUPLICATES, KEPT, REJECTS
from cleaner.output.rows import cluster_fields, unreadable_row, with_duplicate
from cleaner.reading import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cleaner.duplicates.fingerprints import Fingerprints
    from cleaner.engine.preflight import Tell
    from cleaner.engine.search import SearchResult
    from cleaner.engine.steps import Watcher
    from cleaner.options import Options
    from cleaner.reading import Inputs


def dedup(  # noqa: PLR0913 - these are the command's arguments
    raws: Sequence[Path],
    out: Path,
    options: Options,
    *,
    jobs: int = 1,
    pairs: Path | None = None,
    passages: int = 0,
    against: Sequence[Path] = (),
    index: Path | None = None,
    watch: Watcher | None = None,
    tell: Tell = untold,
) -> Report:
    """Sort the rows of the files and folders *raws* into kept ones and duplicates, in the folder *out*.

    Raises `UsageError` or `InputError` where nothing can be done; then *out* is left as it was. *tell* gets a
    line for each file and folder that is passed over.
    """
    started, report = time.perf_counter(), Report(options)
    watch = watch or unwatched
    with opened(
        raws,
        out,
        report,
        command="dedup",
        pairs=pairs,
        passages=passages,
        against=against,
        index=index,
        tell=tell,
    ) as (inputs, work, indexes, added):
        spool = RowSpool(work / DRAFTS, options)
        fingerprints = _read_all(inputs, work, report, spool, jobs, watch)
        if added and added.extends:  # what is compared is known when all is read
            fingerprints = spooled(fingerprints, work)
        outputs = [out / name for name in (KEPT, DUPLICATES, REJECTS)]
        chosen = compared(indexes, added, report, outputs, pairs)
        found = search(spool.entries, fingerprints, options, work, chosen, added)
        report.note_duplicates(found)
        _write(spool, found, work, report)
        texts = (lambda: spool.texts) if passages else None
        finish(Finish(work, out, started, jobs, pairs, passages, texts), report, found, added)
    return report


def _read_all(  # noqa: PLR0913, PLR0917 - what a run has
    inputs: Inputs, work: Path, report: Report, spool: RowSpool, jobs: int, watch: Watcher
) -> Iterator[Fingerprints]:
    """Put every row into *spool*, under an id of its own, and yield the fingerprints."""
    with whole_file(work / REJECTS) as rejects, spool.path.open("wb") as rows:
        for place, error in inputs.unreadable:
            rejects.write(unreadable_row(place, error) + b"\n")
        read = partial(read_batch, options=report.options)
        for batch in ordered_map(read, noted_batches(inputs, report, watch), jobs):
            for rule, row in batch.bad:
                rejects.write(row + b"\n")
                report.counts["bad records", rule] += 1
            report.documents["bad"] += len(batch.bad)
            report.documents["repeated_ids"] += spool.add(batch, rows)
            yield batch.fingerprints
    report.documents["read"] = len(spool.entries)
    report.documents["records"] = len(spool.entries) + report.documents["bad"]
    watch("comparing", 0, 0)


def _write(spool: RowSpool, found: SearchResult, work: Path, report: Report) -> None:
    """Let the rows become kept ones and duplicates, with what is known of their clusters."""
    matches, clusters = found.result.matches, found.result.clusters
    alone = cluster_fields(-1, 1, ()) + b"}\n"
    told = sorted(matches.keys() | clusters.keys(), reverse=True)
    first = 0
    with (
        spool.path.open("rb") as rows,
        whole_file(work / KEPT) as kept,
        whole_file(work / DUPLICATES) as dropped,
    ):
        while lines := rows.readlines(BLOCK):
            open_rows, ends = [line[:-2] for line in lines], [alone] * len(lines)  # without the last brace
            while told and told[-1] < first + len(lines):
                at = told.pop() - first
                of_cluster = cluster_fields(*found.cluster(first + at)) + b"}"
                if first + at in matches:
                    duplicate = found.duplicate(first + at)
                    dropped.write(with_duplicate(open_rows[at] + of_cluster, duplicate) + b"\n")
                    open_rows[at] = ends[at] = b""
                else:
                    ends[at] = of_cluster + b"\n"
            first += len(lines)
            kept.write(b"".join(chain.from_iterable(zip(open_rows, ends, strict=True))))
    entries = spool.entries
    repeating = Counter(entries.sources[at] for at in matches)
    for fate, sources in ("duplicates", repeating), ("kept", Counter(entries.sources) - repeating):
        report.documents[fate] += sources.total()
        for source, number in sources.items():
            report.counts["sources", source, fate] = number
