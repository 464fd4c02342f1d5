"""Give back the raw texts from what a run wrote: its texts, with every edit undone, last to first."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from cleaner.document import Revision  # noqa: TC001 - msgspec reads the annotations
from cleaner.errors import InputError
from cleaner.writing import CORPUS, DUPLICATES, EDITS, REJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
    `InputError` if *out* does not hold a run.
    """
    streams = [_Texts(out / name) for name in (CORPUS, DUPLICATES, REJECTS)]
    decoder = msgspec.json.Decoder(EditsRow)
    for line in _lines(out / EDITS):
        row = decoder.decode(line)
        text = next((stream.take() for stream in streams if stream.id == row.id), None)
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

    def __init__(self, path: Path) -> None:
        self._rows = _lines(path)
        self._decode = msgspec.json.Decoder(dict[str, Any]).decode
        self.id: str | None = None
        self._text = ""
        self.take()

    def take(self) -> str:
        """Return the text of the document at hand and go on to the next."""
        text = self._text
        self.id = None
        for line in self._rows:
            row = self._decode(line)
            if "text" in row:
                self.id, self._text = row["id"], row["text"]
                break
        return text


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as stream:
            yield from stream
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; is this the folder of a run?") from error
