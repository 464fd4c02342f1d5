"""Files that appear whole: written under a temporary name, synced to disk, renamed.

What is no file on a disk (a device, a pipe, what stands behind /dev/stdout) is written to as it is.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
import hashlib
import os
import re
from typing import IO, TYPE_CHECKING

from cleaner.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEMPORARY = re.compile(r"\.cleaner-(\d+)-[0-9a-f]{16}\.partial")
"""The temporary names; the number is that of the process."""

_STANDARD = re.compile(r"/dev/(stdin|stdout|stderr|fd/\d+)|/proc/(self|\d+)/fd/\d+")


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file that is synced and takes the name *path* when the block is left without an error.

    What killed processes left of earlier ones goes.
    """
    # A name of its own length: that of *path* may be as long as names can be.
    mark = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]
    for left in path.parent.glob(f".cleaner-*-{mark}.partial"):
        if is_left_over(left.name):
            left.unlink(missing_ok=True)
    temporary = path.with_name(f".cleaner-{os.getpid()}-{mark}.partial")
    try:
        with temporary.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        if error.filename == os.fspath(temporary):  # which nobody has named
            error.filename, error.filename2 = os.fspath(path), None
        raise
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


@contextmanager
def destination(path: Path) -> Iterator[IO[bytes]]:
    """Yield what is to be written to *path*: a `whole_file`, behind links if there are any, or a stream.

    An error of the system names *path*.
    """
    with naming(path):
        if is_stream(path):
            with path.open("ab") as stream:  # as a shell would that had opened it before us
                yield stream
        else:
            with whole_file(path.resolve()) as stream:
                yield stream


@contextmanager
def naming(place: Path | str) -> Iterator[None]:
    """Let an error of the system name *place* if it names no file: a full disk says not where it is."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(place)
        raise


def refuse_unwritable(path: Path, what: str) -> None:
    """Raise `InputError` if there can be no file at *path*, for *what* the user wants there."""
    if path.is_dir():
        raise InputError(f"{path} is a folder; {what} are a file")
    if not is_stream(path) and not os.access(path.absolute().parent, os.W_OK | os.X_OK):
        raise InputError(f"{path}: cannot write to that folder, or there is none")


def is_stream(path: Path) -> bool:
    """Return whether *path* is nothing that could be replaced: a device, a pipe, a standard stream."""
    is_standard = _STANDARD.fullmatch(os.path.abspath(path))  # noqa: PTH100 - behind the link is any file
    return path.exists() and not path.is_dir() and (bool(is_standard) or not path.is_file())


def is_left_over(name: str) -> bool:
    """Return whether *name* is that of a temporary file whose process is gone."""
    match = TEMPORARY.fullmatch(name)
    if not match or os.name != "posix":
        return False
    try:
        os.kill(int(match[1]), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):  # it is another user's; no process has such a number
        pass
    return False


def sync_folder(folder: Path) -> None:
    """Make renames in *folder* last through a power cut, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
