"""What the engines of `cleaner run` and `cleaner dedup` have in common: how they read, and how they end."""

from __future__ import annotations

from contextlib import contextmanager
import hashlib
import os
import time
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import msgspec

from cleaner.engine.preflight import preflight
from cleaner.engine.search import comparison
from cleaner.errors import NothingToDo, UsageError
from cleaner.output.atomic import naming, whole_file
from cleaner.output.finished import bring_to_end
from cleaner.output.folder import REPORT, publish, work_folder
from cleaner.output.rows import encode
from cleaner.reading import batches, find_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from cleaner.duplicates.duplicate_index import DuplicateIndex, IndexAddition
    from cleaner.engine.preflight import Tell
    from cleaner.engine.report import Report
    from cleaner.engine.search import SearchResult, Texts
    from cleaner.options import Options
    from cleaner.reading import InputFile, Inputs, Piece


class Opened(NamedTuple):
    """What a run reads, where it writes until it is complete, and what it compares with and adds to."""

    inputs: Inputs
    work: Path
    indexes: Sequence[DuplicateIndex]
    added: IndexAddition | None


@contextmanager
def opened(  # noqa: PLR0913 - what the commands are given
    raws: Sequence[Path],
    out: Path,
    report: Report,
    *,
    command: str,
    pairs: Path | None,
    passages: int,
    against: Sequence[Path],
    index: Path | None,
    tell: Tell,
) -> Iterator[Opened]:
    """Yield what a run needs; raise `UsageError` or `InputError` where it would come to nothing."""
    if passages and not pairs:
        raise UsageError("passages are listed in --pairs; name a file for them")
    bring_to_end(raw if raw.is_dir() else raw.parent for raw in raws)  # it may be what another run wrote
    inputs = find_files(raws)
    with (
        work_folder(out, [*raws, *inputs.links], command, pairs, index) as work,
        comparison(report.options, against, index) as (indexes, added),
    ):
        preflight(inputs, report.options, tell)
        report.skip(inputs)
        yield Opened(inputs, work, indexes, added)


class Watcher(Protocol):
    """Is told how far a run has come."""

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Note how much of *phase* is done: bytes while it is `reading`, 0 of 0 if not known."""


def unwatched(phase: str, done: int, total: int) -> None:
    """Let a run go on unseen."""


def noted_batches(inputs: Inputs, report: Report, watch: Watcher) -> Iterator[list[Piece]]:
    """Yield the pieces of all files in batches, and note each file's size and digest."""
    digests = {file: hashlib.sha256() for file in inputs.files}  # their places may be alike
    lengths = dict.fromkeys(digests, 0)

    def tap(file: InputFile, block: bytes) -> None:
        digests[file].update(block)
        lengths[file] += len(block)

    yield from watched(inputs, report.options, watch, "reading", tap)
    report.files += (
        {"file": file.place, "bytes": lengths[file], "sha256": digest.hexdigest()}
        for file, digest in digests.items()
    )


def watched(
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


def compared(
    indexes: Sequence[DuplicateIndex],
    added: IndexAddition | None,
    report: Report,
    outputs: Sequence[Path],
    pairs: Path | None,
) -> Sequence[DuplicateIndex]:
    """Return what the input, of which all is read, is to be compared with: *indexes*, most times.

    If it is in the one already that it would be *added* to, then in place of that what it was before, and
    nothing is added: so *outputs* or *pairs* that were lost are made again, byte for byte. Raises
    `NothingToDo` if they are there: the run was killed after its last deed, or is made twice.
    """
    made = added.segment(report.inputs_digest) if added else ""
    if not added or not made:
        return indexes
    are_there = all(path.is_file() for path in (*outputs, pairs) if path)
    if are_there and _is_like(report, outputs[0].parent / REPORT):
        raise NothingToDo(
            f"{outputs[0]} is complete, and {added.folder} holds it: nothing is left to be done"
        )
    added.made = made
    place = added.folder.resolve()
    earlier = (
        index.before(report.inputs_digest) if index.folder.resolve() == place else index for index in indexes
    )
    return [index for index in earlier if index.segments]  # one that was not there had no part in anything


def _is_like(report: Report, path: Path) -> bool:
    """Return whether the report at *path* is that of the same input, options and versions."""
    try:
        there = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return False
    here = msgspec.json.decode(encode(report.as_dict()))
    return all(there.get(key) == here[key] for key in ("cleaner", "options", "inputs"))


class Finish(NamedTuple):
    """How a run is to end: from which folder its files go where, and what it cost since when."""

    work: Path
    out: Path
    started: float
    jobs: int
    pairs: Path | None
    passages: int
    texts: Callable[[], Texts] | None


def finish(end: Finish, report: Report, found: SearchResult | None, added: IndexAddition | None) -> None:
    """Write the report and the pairs, and let all files appear; then let the index know."""
    with whole_file(end.work / REPORT) as stream:
        expense = _expense(time.perf_counter() - end.started, end.jobs)
        stream.write(encode(report.as_dict() | {"run": expense}) + b"\n")
    if end.pairs and found:
        is_output = end.pairs.resolve().parent == end.out.resolve()  # then it appears with the others
        target = end.work / end.pairs.name if is_output else end.pairs
        found.write_pairs(target, end.texts() if end.texts else None, end.passages)
    publish(end.work, end.out)
    if added:  # last: should this fail, the next run finds the index as it was, and comes to the same result
        with naming(added.folder):
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
