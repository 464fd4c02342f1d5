"""What is valid in an index: the segments that its manifest names, each file of them by size and digest.

Nothing else in the folder of an index is read, and nothing else is removed: it may be a user's.
"""

from __future__ import annotations

from contextlib import suppress
import hashlib
import os
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from cleaner.errors import InputError
from cleaner.output.atomic import is_left_over, whole_file
from cleaner.output.folder import LOCK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MANIFEST, PARTIAL = "index.json", ".partial"

ARRAYS = ("documents", "figures", "furniture", "printed", "shingles", "signatures")
FILES = {"entries.jsonl", *(f"{name}.npy" for name in ARRAYS)}
"""The files of a segment. Numbers are called figures there, and common shingles furniture: a file keeps its
name as long as it holds the same."""

Name = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4,9}$")]


class SegmentRow(msgspec.Struct):
    """A segment: how many documents it holds, the digest of what they were read from, its files."""

    name: Name
    documents: int
    inputs: str
    files: dict[str, tuple[int, str]] = {}


class Manifest(msgspec.Struct, forbid_unknown_fields=True):
    """What was said to all searches, and the segments that count."""

    index: dict[str, Any]
    segments: list[SegmentRow]

    @classmethod
    def read(cls, folder: Path) -> Manifest | None:
        """Return that of the index *folder*, None if it is none. Raises `InputError` if it is damaged."""
        path = folder / MANIFEST
        try:
            return msgspec.json.decode(path.read_bytes(), type=cls)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OSError) as error:
            raise InputError(f"the index is damaged: {path}: {error}") from error

    def write(self, folder: Path) -> None:
        """Let *folder* be the index that this describes."""
        with whole_file(folder / MANIFEST) as stream:
            stream.write(msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n")

    def free_name(self, folder: Path) -> str:
        """Return a name for another segment in *folder*; what a killed run left under it is removed."""
        number = max(map(int, self.names), default=0)
        while True:
            number += 1
            place = folder / f"{number:04}"
            if _is_segment(place):
                remove_segment(place)
            if not os.path.lexists(place):
                return place.name

    def refuse_other(self, folder: Path, identity: Mapping[str, object]) -> None:
        """Raise `InputError` if the index *folder*, which this describes, has another *identity*."""
        differing = [
            f"{name.replace('_', '-')} {self.index.get(name, 'not said')} there, {value} here"
            for name, value in identity.items()
            if self.index.get(name) != value
        ]
        if differing:
            raise InputError(
                f"{folder} was made otherwise: {'; '.join(differing)}. Give the same options, or make it anew"
            )

    @property
    def names(self) -> list[str]:
        """Return the names of the segments."""
        return [segment.name for segment in self.segments]


def seal(segment: Path) -> dict[str, tuple[int, str]]:
    """Sync the files of *segment* to disk, and return their sizes and digests."""
    sealed = {}
    for path in sorted(segment.iterdir()):
        with path.open("rb") as stream:
            os.fsync(stream.fileno())
        sealed[path.name] = _described(path)
    return sealed


def verify(folder: Path, segment: SegmentRow) -> None:
    """Raise `InputError` if a file of *segment* is not what was written.

    All files are read once, 1.4 GB a second where they are in memory: a wrong byte gives wrong decisions.
    """
    if segment.files.keys() != FILES:
        raise InputError(f"the index is damaged: {folder / MANIFEST}: not all files of {segment.name}")
    for name, described in segment.files.items():
        path = folder / segment.name / name
        try:
            is_whole = (
                path.is_file() and path.stat().st_size == described[0] and _described(path) == described
            )
        except OSError:
            is_whole = False
        if not is_whole:
            raise InputError(f"the index is damaged: {path} is not as it was written; make it anew")


def remove_segment(path: Path) -> None:
    """Remove the files of the segment at *path*, and the folder if there are no others in it."""
    for name in FILES:
        (path / name).unlink(missing_ok=True)
    with suppress(OSError):
        path.rmdir()


def _is_unfinished(folder: Path) -> bool:
    """Return whether nothing is in *folder* but what a run leaves that was killed over its first segment."""
    names = {path.name for path in folder.iterdir()}
    names -= {name for name in names if is_left_over(name)}
    is_ours = LOCK in names and names <= {LOCK, PARTIAL, "0001"}
    return not names or (is_ours and ("0001" not in names or _is_segment(folder / "0001")))


def refuse_unfit(folder: Path, *, extends: bool) -> None:
    """Raise `InputError` if *folder* can be no index, or is one already and nothing *extends* it."""
    if above := index_above(folder):
        raise InputError(f"{folder} lies inside the index {above}; an index is a folder of its own")
    manifest = Manifest.read(folder)
    if manifest is None and folder.exists() and not _is_unfinished(folder):
        raise InputError(f"{folder} is no index, and not empty; give another folder for the index")
    if manifest and not extends:
        raise InputError(
            f"{folder} holds an index already; give --against {folder} too to extend it, or another folder"
        )
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is no folder; give another one for the index")


def index_above(path: Path) -> Path | None:
    """Return the index that *path* lies in."""
    for above in path.__class__(os.path.realpath(path)).parents:  # also of a link to itself
        with suppress(InputError):  # index.json is a name that others use
            if Manifest.read(above):
                return above
    return None


def _is_segment(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and {entry.name for entry in path.iterdir()} == FILES


def _described(path: Path) -> tuple[int, str]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return stream.tell(), digest
