"""Let the outputs of a run appear whole, the report last, where they do no harm.

A run that is killed leaves the files of the run before it, or none; never half of one. If it is killed while
its files appear, which is a matter of a moment, whoever comes next lets the rest of them appear, too.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
import os
import shutil
from typing import IO, TYPE_CHECKING

import msgspec

from cleaner.errors import InputError
from cleaner.output.atomic import is_stream, naming, refuse_unwritable, sync_folder, whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

CORPUS, DUPLICATES, EDITS, REJECTS = "clean.jsonl", "duplicates.jsonl", "edits.jsonl", "rejects.jsonl"
KEPT = "kept.jsonl"
REPORT = "report.json"
COMMANDS = {CORPUS: "run", EDITS: "run", KEPT: "dedup"}
"""The command that alone writes a file of this name."""
WORK_FOLDER = ".cleaner-work"
"""Where a run writes until it is complete; what a killed run left there is removed by the next."""

LOCK = "lock"
COMPLETE = "complete"
"""Stands in the work folder from the moment when all files in it are to appear, until all have."""

REPORT_KEYS = {"cleaner", "options", "inputs", "documents", "run"}
"""Keys by which a report in OUT is known to be ours."""

_ROW = {"id", "text", "source", "added", "created", "metadata"}
_REJECT = {"file", "rule", "error"}
_REJECT_MAY_HAVE = {"id", "line", "byte_offset", "raw", "raw_base64", "text"}

_CLUSTER = {"minhash_cluster_id", "minhash_cluster_size", "duplicates"}
"""Keys that `cleaner dedup` adds to rows, which have others of their own."""

ROW_KEYS = {CORPUS: _ROW, DUPLICATES: _ROW | {"duplicate"}, EDITS: {"id", "sha256", "revisions"}}
"""The same for the other files, by their first row; it has these keys and no others."""

PAIR_KEYS = {"a", "b", "containment", "jaccard", "kind"}
PAIR_MAY_HAVE = {"index", "passages"}
"""The same for `--pairs`, which may have any name."""


@contextmanager
def work_folder(
    out: Path, raws: Sequence[Path], command: str, pairs: Path | None = None, index: Path | None = None
) -> Iterator[Path]:
    """Make OUT if need be and yield a folder in it to write to; the folder goes when the block is left.

    Raises `InputError` where writing could harm what is not ours: OUT is a RAW or lies inside of one, holds
    a RAW, or holds anything that *command* of cleaner did not write; or another run is writing there. Then no
    folder is made that was not there before. A run that was killed while its files appeared is brought to
    its end first.
    """
    refuse_unsafe(out, raws, command, pairs, index)
    work = out / WORK_FOLDER
    absent = [folder for folder in (out, *out.parents) if not folder.exists()]
    try:
        with naming(out), _locked(out):
            try:
                if (work / COMPLETE).exists():
                    _appear(work, out)
                    refuse_unsafe(out, raws, command, pairs, index)  # now that there is more in it
                _empty(work)  # of what a killed run left
                yield work
            finally:  # the lock goes last, and while it holds
                with suppress(OSError):
                    if (work / COMPLETE).exists():
                        _appear(work, out)
                    _empty(work)
                if not (work / COMPLETE).exists():  # else the rest appears when that is possible again
                    shutil.rmtree(work, ignore_errors=True)
    finally:
        with suppress(OSError):  # folders go only if the run came to nothing, and left them empty
            for folder in absent:
                folder.rmdir()


def refuse_unsafe(
    out: Path, raws: Sequence[Path], command: str, pairs: Path | None = None, index: Path | None = None
) -> None:
    """Raise `InputError` if *command* must not write to *out*, pairs to *pairs*, or an index to *index*."""
    target = _real(out)
    beside = {_real(pairs), *_real(pairs).parents} if pairs else set()
    for raw in raws:
        source = _real(raw)
        if target == source or source in target.parents:
            raise InputError(f"{out} lies inside {raw}: the next run would read its own output")
        if target in source.parents:
            raise InputError(f"{raw} lies inside {out}: the run would overwrite its input")
        if source in beside:
            raise InputError(f"{pairs} lies inside {raw}: the next run would read its own output")
    if index:
        _refuse_index(_real(index), [*raws, out], beside)
    if pairs:
        _refuse_pairs(pairs, target)
    for path in _entries(out):
        _refuse_output(path, command)
        is_fine = _is_work_folder(path) if path.name == WORK_FOLDER else _is_ours(path)
        if not is_fine and os.path.lexists(path):  # another run may remove what it made
            raise InputError(f"{path} was not written by cleaner; give another folder, or move it away")


def _refuse_index(index: Path, folders: Sequence[Path], beside: AbstractSet[Path]) -> None:
    """Raise `InputError` if *index* is part of one of *folders*, or one of these or the pairs part of it."""
    if index in beside:
        raise InputError(f"the pairs lie inside {index}; an index is a folder of its own")
    for folder in folders:
        if _real(folder) in (index, *index.parents):
            raise InputError(f"{index} lies inside {folder}; an index is a folder of its own")


def _refuse_output(path: Path, command: str) -> None:
    """Raise `InputError` if *path*, in a folder that *command* is to write to, is what another run wrote."""
    inner = [path / name for name in COMMANDS] if path.is_dir() and path.name != WORK_FOLDER else []
    for file in (path, *inner):
        writer = COMMANDS.get(file.name, command)
        if (writer != command or file in inner) and os.path.lexists(file) and _is_ours(file):
            raise InputError(f"{file.parent} holds the output of `cleaner {writer}`; name another folder")


def refuse_inside(out: Path, path: Path) -> None:
    """Raise `InputError` if *path* lies in *out*: it would overwrite a run, or stop the next."""
    if _real(out) in (_real(path), *_real(path).parents):
        raise InputError(f"{path} lies inside {out}, which is for the files of a run; write it elsewhere")


def _refuse_pairs(pairs: Path, out: Path) -> None:
    """Raise `InputError` if no file can be written at *pairs*, or not without harm to a run in *out*."""
    target = _real(pairs)
    if is_stream(pairs):
        return
    if out in (target, *target.parents):
        if target.parent != out or target.is_dir():
            raise InputError(f"{pairs}: OUT is a folder, and there are none in it")
        if target.name in (*ROW_KEYS, KEPT, REJECTS) or target.suffix != ".jsonl":
            raise InputError(f"{pairs}: inside OUT, call the pairs something else that ends in .jsonl")
        return
    refuse_unwritable(target, "the pairs")
    if os.path.lexists(pairs) and not _begins_with(pairs, _is_pair):
        raise InputError(f"{pairs} is there already, and holds no pairs of cleaner; give another name")


def publish(work: Path, out: Path) -> None:
    """Move the finished files from *work* to *out*: all of them, for what is begun the next command ends."""
    with whole_file(work / COMPLETE):
        pass
    _appear(work, out)


def _appear(work: Path, out: Path) -> None:
    """Move the `COMPLETE` files in *work* to *out*; the report goes first and comes last, as the seal."""
    if (work / REPORT).exists():  # else it has come already, and all before it
        (out / REPORT).unlink(missing_ok=True)
        names = sorted(path.name for path in work.glob("*.json*") if path.name != REPORT)
        for name in (*names, REPORT):
            (work / name).replace(out / name)
    sync_folder(out)
    (work / COMPLETE).unlink()


def _locked(out: Path) -> IO[bytes]:
    """Return a lock on *out*, which holds until it is closed; the work folder is made for it.

    Who is at work removes the work folder, and the lock in it, before letting go. So a lock counts only if
    it is still in its place when it is taken; otherwise it was that of a run which has ended since.
    """
    path = out / WORK_FOLDER / LOCK
    for _ in range(_ATTEMPTS):
        with ExitStack() as stack:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                lock = stack.enter_context(path.open("ab"))
                _take(lock, out)
                if os.path.samestat(path.stat(), os.fstat(lock.fileno())):
                    stack.pop_all()
                    return lock
            except (FileNotFoundError, FileExistsError):
                pass  # removed a moment ago, while we were making it
            except OSError as error:
                raise InputError(f"{out}: cannot write there: {error.strerror}") from error
    raise InputError(f"{out}: no folder can be made there, or run after run is writing there")


_ATTEMPTS = 1000


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let nobody else into this block for the same *folder*, which stays. Raises `InputError` if one is."""
    with naming(folder), (folder / LOCK).open("ab") as lock:
        _take(lock, folder)
        yield


def _take(lock: IO[bytes], out: Path) -> None:
    if os.name == "posix":
        import fcntl  # noqa: PLC0415 - not on every system

        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(f"{out}: another run is writing there") from None


def _empty(work: Path) -> None:
    """Remove everything but the lock."""
    for path in work.iterdir():
        if path.name != LOCK:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _real(path: Path) -> Path:
    """Return *path* without links; also if they lead in a circle, where `Path.resolve` gives up."""
    return path.__class__(os.path.realpath(path))


def _is_work_folder(path: Path) -> bool:
    """Return whether a run made the folder *path*: then it holds a lock, or nothing yet."""
    if path.is_symlink() or not path.is_dir():
        return False
    lock, entries = path / LOCK, _entries(path)
    # Looked for twice: where runs come and go, a listing may miss it.
    return (not entries or lock in entries or os.path.lexists(lock)) and not lock.is_symlink()


def _entries(folder: Path) -> list[Path]:
    """Return what is in *folder*, sorted; nothing if it is not there."""
    try:
        return sorted(folder.iterdir())
    except FileNotFoundError:
        return []
    except NotADirectoryError:
        raise InputError(f"{folder} is a file; the output is a folder") from None


def _is_ours(path: Path) -> bool:
    is_known = path.name in (*ROW_KEYS, REJECTS, REPORT) or path.suffix == ".jsonl"
    return is_known and _begins_with(path, lambda keys: _has_our_keys(keys, path.name))


def _begins_with(path: Path, is_fine: Callable[[AbstractSet[str]], bool]) -> bool:
    """Return whether *path* is a file that is empty or begins with a row whose keys are fine."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            first = stream.read() if path.name == REPORT else stream.readline()
        row = msgspec.json.decode(first) if first else {}
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return isinstance(row, dict) and (not first or is_fine(row.keys()))


def is_output(path: Path) -> bool:
    """Return whether *path* is a file that cleaner wrote, by its name and first row; an empty file is not."""
    return _begins_with(path, lambda keys: _has_our_keys(keys, path.name)) and path.stat().st_size > 0


def _has_our_keys(keys: AbstractSet[str], name: str) -> bool:
    if name == REPORT:
        return keys >= REPORT_KEYS
    if name in (KEPT, DUPLICATES) and keys >= _CLUSTER:
        return True
    if name == REJECTS:
        return _REJECT <= keys <= _REJECT | _REJECT_MAY_HAVE
    if name in ROW_KEYS:
        return keys == ROW_KEYS[name]
    return _is_pair(keys)


def _is_pair(keys: AbstractSet[str]) -> bool:
    return PAIR_KEYS <= keys <= PAIR_KEYS | PAIR_MAY_HAVE
