"""Give back the raw texts from what a run wrote: its texts, with every edit undone, last to first."""

from __future__ import annotations

from contextlib import ExitStack
import hashlib
from typing import IO, TYPE_CHECKING, Any, TypeVar

import msgspec

from cleaner.document import Revision  # noqa: TC001 - msgspec reads the annotations
from cleaner.errors import InputError
from cleaner.output.finished import finished
from cleaner.output.folder import CORPUS, DUPLICATES, EDITS, REJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


Row = TypeVar("Row")


class EditsRow(msgspec.Struct):
    """A row of edits.jsonl."""

    id: str
    sha256: str
    revisions: list[Revision]


class Restored(msgspec.Struct):
    """A raw text, or None and why it cannot be given back."""

    id: str
    text: str | None
    error: str = ""


def undo(text: str, revisions: list[Revision]) -> str:
    """Return the text that was read from the *text* that was written."""
    for revision in reversed(revisions):
        text = revision.undo(text)
    return text


def restore(out: Path) -> Iterator[Restored]:
    """Yield the raw text of every document of the run in the folder *out*, in input order.

    All files of a run are in input order, so they are read side by side, in constant memory. Raises
    `InputError` if *out* does not hold a run, or if a row is none that cleaner writes.
    """
    with ExitStack() as stack:
        with finished(out):  # what is open then stays as it is
            edits, *files = (
                stack.enter_context(_opened(out / name)) for name in (EDITS, CORPUS, DUPLICATES, REJECTS)
            )
        texts = [_Texts(file) for file in files]
        for row in _rows(edits, EditsRow):
            text = next((stream.take() for stream in texts if stream.id == row.id), None)
            if text is None:
                yield Restored(row.id, None, "its text stands in no file, or not in its place")
                continue
            raw = undo(text, row.revisions)
            if hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest() == row.sha256:
                yield Restored(row.id, raw)
            else:
                yield Restored(row.id, None, "its text or its edits were changed after the run")


class _Texts:
    """The documents of one output file, one at a time; what was never a document is passed over."""

    def __init__(self, file: IO[bytes]) -> None:
        self._rows = _rows(file, dict[str, Any])
        self.id: str | None = None
        self._text = ""
        self.take()

    def take(self) -> str:
        """Return the text of the document at hand and go on to the next."""
        text = self._text
        self.id = None
        for row in self._rows:
            if "text" in row:
                self.id, self._text = str(row.get("id")), str(row["text"])
                break
        return text


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; is this the folder of a run?") from error


def _rows(file: IO[bytes], kind: type[Row]) -> Iterator[Row]:
    for number, line in enumerate(file, 1):
        yield decode_row(line, kind, f"{file.name}:{number}")


def decode_row(line: bytes, kind: type[Row], place: str) -> Row:
    """Return the row that *line* holds. Raises `InputError`, naming *place*, where it is damaged."""
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"{place}: this row was damaged after the run: {error}") from error
