"""The engine of `cleaner run`: it moves data between pure functions and decides nothing.

files ─▶ batches of pieces ─▶ workers: count what recurs ─▶ furniture of each source
      ─▶ batches of pieces ─▶ workers: clean, fingerprint ─▶ ledger: edits, rejects, drafts of rows
                                              └─▶ search ─▶ drafts become clean and duplicates
"""

from __future__ import annotations

from functools import partial
import hashlib
import os
import time
from typing import TYPE_CHECKING, NamedTuple, Protocol

from cleaner.errors import InputError, UsageError
from cleaner.first_pass import count, is_needed, keep
from cleaner.ledger import DRAFTS, open_ledger, spooled_fingerprints
from cleaner.pool import ordered_map
from cleaner.reading import batches, find_files
from cleaner.report import Report
from cleaner.rows import encode, unreadable_row, with_cluster, with_twin
from cleaner.stages import NEAR_DUPLICATES
from cleaner.stages.boilerplate.own_rules import own_reasons
from cleaner.survey import survey
from cleaner.verdicts import comparison, search
from cleaner.worker import check_stage_names, clean_batch
from cleaner.writing import CORPUS, DUPLICATES, REPORT, publish, whole_file, work_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from cleaner.duplicates import Entry
    from cleaner.duplicates.index import Addition
    from cleaner.first_pass import Knowledge
    from cleaner.options import Options
    from cleaner.reading import InputFile, Inputs, Piece
    from cleaner.verdicts import Verdicts


class Watcher(Protocol):
    """Is told how far a run has come."""

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Note how much of *phase* is done: bytes while it is `reading`, 0 of 0 if not known."""


def run(  # noqa: PLR0913 - these are the command's arguments
    raws: Sequence[Path],
    out: Path,
    options: Options,
    *,
    jobs: int = 1,
    pairs: Path | None = None,
    against: Sequence[Path] = (),
    index: Path | None = None,
    watch: Watcher | None = None,
) -> Report:
    """Clean the files and folders *raws* into the folder *out* and return what report.json says.

    Raises `UsageError` or `InputError` where nothing can be done; then *out* is left as it was.
    """
    started, report = time.perf_counter(), Report(options)
    check_stage_names(options)
    report.own_rules = own_reasons(options.rules)
    if (pairs or against or index) and NEAR_DUPLICATES in options.without:
        raise UsageError(f"there is nothing to compare without {NEAR_DUPLICATES}: no pairs and no index")
    watch = watch or unwatched
    inputs = find_files(raws)
    with (
        work_folder(out, [*raws, *inputs.links], pairs, index) as work,
        comparison(options, against, index) as (indexes, added),
    ):
        survey(inputs, options)
        report.skip(inputs)
        knowledge = _learn(inputs, work, report, jobs, watch)
        entries = _clean_all(inputs, work, report, jobs, watch, knowledge)
        verdicts = None
        if NEAR_DUPLICATES not in options.without:
            watch("comparing", 0, 0)
            refuse_repeated(added, report)
            verdicts = search(entries, spooled_fingerprints(work), options, work, indexes, added)
            report.note_duplicates(verdicts)
        _write(entries, verdicts, work, report, watch)
        finish(Finish(work, out, started, jobs, pairs), report, verdicts, added)
    return report


def unwatched(phase: str, done: int, total: int) -> None:
    """Let a run go on unseen."""


def noted_batches(inputs: Inputs, report: Report, watch: Watcher) -> Iterator[list[Piece]]:
    """Yield the pieces of all files in batches, and note each file's size and digest."""
    digests = {file.place: hashlib.sha256() for file in inputs.files}
    lengths = dict.fromkeys(digests, 0)

    def tap(file: InputFile, block: bytes) -> None:
        digests[file.place].update(block)
        lengths[file.place] += len(block)

    yield from _watched(inputs, report.options, watch, "reading", tap)
    report.files += (
        {"file": place, "bytes": lengths[place], "sha256": digest.hexdigest()}
        for place, digest in digests.items()
    )


def _watched(
    inputs: Inputs, options: Options, watch: Watcher, phase: str, tap: Callable[[InputFile, bytes], object]
) -> Iterator[list[Piece]]:
    """Yield the pieces of all files in batches, *watch* is told how many bytes of them are read."""
    total = sum(_size(file) for file in inputs.files)
    done = 0

    def counting(file: InputFile, block: bytes) -> None:
        nonlocal done
        done += len(block)
        tap(file, block)

    for batch in batches(inputs.files, options.encoding, counting):
        yield batch
        watch(phase, done, total)


def _size(file: InputFile) -> int:
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def _learn(inputs: Inputs, work: Path, report: Report, jobs: int, watch: Watcher) -> Knowledge | None:
    """Read the input a first time, if that can tell anything, and keep what was learned for the workers."""
    if not is_needed(inputs.files, report.options):
        return None
    read = _watched(inputs, report.options, watch, "counting", lambda *_: None)
    furniture = count(read, work, report.options, jobs)
    report.recurring = {"sources": len(furniture.articles), "passages": furniture.size}
    return keep(furniture, work) if furniture.size else None


def _clean_all(  # noqa: PLR0913, PLR0917 - what a run has
    inputs: Inputs, work: Path, report: Report, jobs: int, watch: Watcher, knowledge: Knowledge | None
) -> list[Entry]:
    """Clean every record, enter what became of it, and return the entries of the documents that are left."""
    clean = partial(clean_batch, options=report.options, knowledge=knowledge)
    with open_ledger(work, report) as ledger:
        for place, error in inputs.unreadable:
            ledger.rejects.write(unreadable_row(place, error) + b"\n")
        for batch in ordered_map(clean, noted_batches(inputs, report, watch), jobs):
            ledger.enter(batch)
    return ledger.entries


def refuse_repeated(added: Addition | None, report: Report) -> None:
    """Raise `InputError` if the input is in the index already that it would be *added* to."""
    if added and added.has(report.inputs_digest):
        raise InputError(f"{added.folder}: what is in this input was put into the index before")


def _write(
    entries: Sequence[Entry], verdicts: Verdicts | None, work: Path, report: Report, watch: Watcher
) -> None:
    """Let drafts become rows of the corpus or of the duplicates."""
    with (
        (work / DRAFTS).open("rb") as drafts,
        whole_file(work / CORPUS) as corpus,
        whole_file(work / DUPLICATES) as dropped,
    ):
        for index, (draft, entry) in enumerate(zip(drafts, entries, strict=True)):
            row = draft[:-1]
            twin = verdicts.twin(index) if verdicts else None
            if verdicts and (cluster := verdicts.cluster(index)):
                row = with_cluster(row, *cluster)
            if twin:
                row = with_twin(row, twin)
            (dropped if twin else corpus).write(row + b"\n")
            fate = "duplicates" if twin else "kept"
            report.documents[fate] += 1
            report.counts["sources", entry.source, fate] += 1
            if index % 1000 == 0:
                watch("writing", index, len(entries))


class Finish(NamedTuple):
    """How a run is to end: from which folder its files go where, and what it cost since when."""

    work: Path
    out: Path
    started: float
    jobs: int
    pairs: Path | None


def finish(end: Finish, report: Report, verdicts: Verdicts | None, added: Addition | None) -> None:
    """Write the report and the pairs, and let all files appear; then let the index know."""
    with whole_file(end.work / REPORT) as stream:
        expense = _expense(time.perf_counter() - end.started, end.jobs)
        stream.write(encode(report.as_dict() | {"run": expense}) + b"\n")
    if end.pairs and verdicts:
        is_output = end.pairs.resolve().parent == end.out.resolve()  # then it appears with the others
        verdicts.write_pairs(end.work / end.pairs.name if is_output else end.pairs)
    publish(end.work, end.out)
    if added:  # last: should this fail, the next run finds the index as it was, and comes to the same result
        added.commit(report.inputs_digest)


def _expense(seconds: float, jobs: int) -> dict[str, object]:
    """Return what this process and those that it started cost; the memory is that of the largest of them."""
    expense: dict[str, object] = {"seconds": round(seconds, 3), "jobs": jobs}
    if os.name == "posix":
        import resource  # noqa: PLC0415 - not on every system

        usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        expense["cpu_seconds"] = round(sum(usage.ru_utime + usage.ru_stime for usage in usages), 3)
        expense["peak_memory_kb"] = max(usage.ru_maxrss for usage in usages)
    return expense
