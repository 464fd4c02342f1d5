"""What a run has finished: who reads it sees the files of one run, or is told why not."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from cleaner.errors import InputError
from cleaner.output.folder import COMPLETE, KEPT, REPORT, WORK_FOLDER, work_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@contextmanager
def finished(out: Path) -> Iterator[None]:
    """Let the block open files of the run in the folder *out*, all of them of one run.

    Raises `InputError` if the run has not come to its end and cannot be brought to it, or if another one has
    let its files appear while the block was at work.
    """
    bring_to_end([out])
    seal = _seal(out)
    try:
        yield
    finally:
        if _seal(out) != seal:
            raise InputError(f"{out}: another run has written there meanwhile; call this again")


def bring_to_end(folders: Iterable[Path]) -> None:
    """Let the rest of the files appear in each of *folders* where a run was killed while they did.

    Raises `InputError` where that cannot be done.
    """
    for out in folders:
        work = out / WORK_FOLDER
        if (work / COMPLETE).exists():
            is_search = (out / KEPT).exists() or (work / KEPT).exists()
            try:
                with work_folder(out, [], "dedup" if is_search else "run"):
                    pass
            except (InputError, OSError) as error:
                reason = f"not all files of the last run have appeared in {out}, and now they cannot: {error}"
                raise InputError(reason) from error


def _seal(out: Path) -> tuple[int, int]:
    """Return what tells the report in *out*, which comes last of all files, from that of any other run."""
    try:
        status = (out / REPORT).stat()
    except OSError as error:
        raise InputError(
            f"{out / REPORT}: {error.strerror}; is this the folder of a run? One that did not come to its "
            "end must be called again"
        ) from error
    return status.st_ino, status.st_mtime_ns
