"""Let outputs appear whole: written under a temporary name, synced to disk, renamed; the report last.

A run that is killed leaves the files of the run before it, or none; never half of one.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
import os
import shutil
from typing import IO, TYPE_CHECKING

import msgspec

from cleaner.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

CORPUS, DUPLICATES, EDITS, REJECTS = "clean.jsonl", "duplicates.jsonl", "edits.jsonl", "rejects.jsonl"
REPORT = "report.json"
WORK_FOLDER = ".cleaner-work"
"""Where a run writes until it is complete; what a killed run left there is removed by the next."""

LOCK = "lock"

FIRST_KEYS = {CORPUS: {"id", "text", "metadata"}, DUPLICATES: {"id", "text", "duplicate"}}
FIRST_KEYS |= {EDITS: {"id", "sha256", "revisions"}, REJECTS: {"file", "rule", "error"}, REPORT: {"cleaner"}}
"""Keys by which a file in OUT is known to be ours."""

PAIR_KEYS = {"a", "b", "containment", "jaccard", "kind"}
"""The same for `--pairs`, which may have any name."""


@contextmanager
def work_folder(out: Path, raws: Sequence[Path], pairs: Path | None = None) -> Iterator[Path]:
    """Make OUT if need be and yield a folder in it to write to; the folder goes when the block is left.

    Raises `InputError` where writing could harm what is not ours: OUT is a RAW or lies inside of one, holds
    a RAW, or holds anything that cleaner did not write; or another run is writing there.
    """
    refuse_unsafe(out, raws, pairs)
    work = out / WORK_FOLDER
    ours = made = not out.exists()
    try:
        with _lock(out) as lock:
            _take(lock, out)
            ours = True
            for path in work.iterdir():  # what a killed run left
                if path.name != LOCK:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
            yield work
    finally:
        if ours:
            shutil.rmtree(work, ignore_errors=True)
        if made:
            with suppress(OSError):  # only if the run came to nothing, and left it empty
                out.rmdir()


def refuse_unsafe(out: Path, raws: Sequence[Path], pairs: Path | None = None) -> None:
    """Raise `InputError` if a run must not write to *out*, or its pairs to *pairs*."""
    target = out.resolve()
    for raw in raws:
        source = raw.resolve()
        if target == source or source in target.parents:
            raise InputError(f"{out} lies inside {raw}: the next run would read its own output")
        if target in source.parents:
            raise InputError(f"{raw} lies inside {out}: the run would overwrite its input")
        if pairs and source in (pairs.resolve(), *pairs.resolve().parents):
            raise InputError(f"{pairs} lies inside {raw}: the next run would read its own output")
    if pairs and pairs.resolve().parent == target and (pairs.name in FIRST_KEYS or pairs.suffix != ".jsonl"):
        raise InputError(f"{pairs}: inside {out}, call the pairs something else that ends in .jsonl")
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file; the output is a folder")
    for path in sorted(out.iterdir()) if out.exists() else ():
        if path.name != WORK_FOLDER and not _is_ours(path):
            raise InputError(f"{path} was not written by cleaner; give another folder, or move it away")


def publish(work: Path, out: Path) -> None:
    """Move the finished files from *work* to *out*; the report goes first and comes last, as the seal."""
    (out / REPORT).unlink(missing_ok=True)
    names = sorted(path.name for path in work.glob("*.json*") if path.name != REPORT)
    for name in (*names, REPORT):
        (work / name).replace(out / name)
    _sync_folder(out)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file that is synced and takes the name *path* when the block is left without an error."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with temporary.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _lock(out: Path) -> IO[bytes]:
    try:
        (out / WORK_FOLDER).mkdir(parents=True, exist_ok=True)
        return (out / WORK_FOLDER / LOCK).open("wb")
    except OSError as error:
        raise InputError(f"{out}: cannot write there: {error.strerror}") from error


def _take(lock: IO[bytes], out: Path) -> None:
    if os.name == "posix":
        import fcntl  # noqa: PLC0415 - not on every system

        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(f"{out}: another run is writing there") from None


def _is_ours(path: Path) -> bool:
    keys = FIRST_KEYS.get(path.name, PAIR_KEYS if path.suffix == ".jsonl" else None)
    if keys is None or not path.is_file():
        return False
    with path.open("rb") as stream:
        first = stream.read() if path.name == REPORT else stream.readline()
    try:
        row = msgspec.json.decode(first) if first.strip() else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return row is None or (isinstance(row, dict) and row.keys() >= keys)


def _sync_folder(folder: Path) -> None:
    """Make renames in *folder* last through a power cut, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
