"""The engine of `cleaner run`: it moves data between pure functions and decides nothing.

files ─▶ batches of pieces ─▶ workers: count what recurs ─▶ recurrences of each source
      ─▶ batches of pieces ─▶ workers: clean, fingerprint ─▶ ledger: edits, rejects, drafts of rows
                                              └─▶ search ─▶ drafts become clean and duplicates
"""

from __future__ import annotations

from functools import partial
import time
from typing import TYPE_CHECKING

from cleaner.engine.count_pass import count_recurrences, is_needed, keep
from cleaner.engine.pool import ordered_map
from cleaner.engine.preflight import untold
from cleaner.engine.report import Report
from cleaner.engine.search import Texts, search
from cleaner.engine.shard_writer import DRAFTS, open_shard_writer, spooled_fingerprints
from cleaner.engine.steps import Finish, compared, finish, noted_batches, opened, unwatched, watched
from cleaner.engine.work import check_stage_names, clean_batch
from cleaner.errors import UsageError
from cleaner.output.atomic import whole_file
from cleaner.output.folder import CORPUS, DUPLICATES, EDITS, REJECTS
from cleaner.output.rows import unreadable_row, with_cluster, with_duplicate
from cleaner.page.own_rules import own_reasons
from cleaner.stages import NEAR_DUPLICATES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cleaner.duplicates import Entries
    from cleaner.engine.count_pass import Knowledge
    from cleaner.engine.preflight import Tell
    from cleaner.engine.search import SearchResult
    from cleaner.engine.steps import Watcher
    from cleaner.options import Options
    from cleaner.reading import Inputs


def run(  # noqa: PLR0913 - these are the command's arguments
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
    """Clean the files and folders *raws* into the folder *out* and return what report.json says.

    Raises `UsageError` or `InputError` where nothing can be done; then *out* is left as it was. *tell* gets a
    line for each file and folder that is passed over.
    """
    started, report = time.perf_counter(), Report(options)
    check_stage_names(options)
    report.own_rules = own_reasons(options.rules)
    if (pairs or against or index) and NEAR_DUPLICATES in options.without:
        raise UsageError(f"there is nothing to compare without {NEAR_DUPLICATES}: no pairs and no index")
    watch = watch or unwatched
    with opened(
        raws,
        out,
        report,
        command="run",
        pairs=pairs,
        passages=passages,
        against=against,
        index=index,
        tell=tell,
    ) as (inputs, work, indexes, added):
        knowledge = _learn(inputs, work, report, jobs, watch)
        entries = _clean_all(inputs, work, report, jobs, watch, knowledge)
        found = None
        if NEAR_DUPLICATES not in options.without:
            watch("comparing", 0, 0)
            outputs = [out / name for name in (CORPUS, DUPLICATES, EDITS, REJECTS)]
            chosen = compared(indexes, added, report, outputs, pairs)
            found = search(entries, spooled_fingerprints(work), options, work, chosen, added)
            report.note_duplicates(found)
        _write(entries, found, work, report, watch)
        texts = partial(Texts.of_file, work / DRAFTS, lambda row: str(row["text"])) if passages else None
        finish(Finish(work, out, started, jobs, pairs, passages, texts), report, found, added)
    return report


def _learn(inputs: Inputs, work: Path, report: Report, jobs: int, watch: Watcher) -> Knowledge | None:
    """Read the input a first time, if that can tell anything, and keep what was learned for the workers."""
    if not is_needed(inputs.files, report.options):
        return None
    read = watched(inputs, report.options, watch, "counting", lambda *_: None)
    recurrences = count_recurrences(read, work, report.options, jobs)
    report.recurring = {"sources": len(recurrences.articles), "passages": recurrences.size}
    return keep(recurrences, work) if recurrences.size else None


def _clean_all(  # noqa: PLR0913, PLR0917 - what a run has
    inputs: Inputs, work: Path, report: Report, jobs: int, watch: Watcher, knowledge: Knowledge | None
) -> Entries:
    """Clean every record, enter what became of it, and return the entries of the documents that are left."""
    clean = partial(clean_batch, options=report.options, knowledge=knowledge)
    with open_shard_writer(work, report) as ledger:
        for place, error in inputs.unreadable:
            ledger.rejects.write(unreadable_row(place, error) + b"\n")
        for batch in ordered_map(clean, noted_batches(inputs, report, watch), jobs):
            ledger.enter(batch)
    return ledger.entries


def _write(entries: Entries, found: SearchResult | None, work: Path, report: Report, watch: Watcher) -> None:
    """Let drafts become rows of the corpus or of the duplicates."""
    matches = found.result.matches if found else {}
    with (
        (work / DRAFTS).open("rb") as drafts,
        whole_file(work / CORPUS) as corpus,
        whole_file(work / DUPLICATES) as dropped,
    ):
        for index, (draft, source) in enumerate(zip(drafts, entries.sources, strict=True)):
            row = draft[:-1]
            is_dropped = index in matches
            if found and (is_dropped or index in found.result.clusters):
                row = with_cluster(row, *found.cluster(index))
            if found and is_dropped:
                row = with_duplicate(row, found.duplicate(index))
            (dropped if is_dropped else corpus).write(row + b"\n")
            fate = "duplicates" if is_dropped else "kept"
            report.documents[fate] += 1
            report.counts["sources", source, fate] += 1
            if index % 1000 == 0:
                watch("writing", index, len(entries))
