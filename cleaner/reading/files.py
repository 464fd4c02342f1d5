"""Find the input files in what the user names, in an order that does not depend on the machine."""

from __future__ import annotations

from dataclasses import dataclass, field
import os
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.errors import InputError
from cleaner.printable import file_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KINDS = {
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""What a file holds, by its suffix: one text, one page, an object or an array, or one record a line."""

ONE_RECORD = ("txt", "html")
"""Kinds of files that are one record, whatever is in them."""

COMPRESSIONS = (".gz", ".zst")
READ = f"{', '.join(KINDS)}, also {' and '.join(COMPRESSIONS)}"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to be read.

    *place* is its path relative to the RAW it was found in, with `/`; it is the same on every machine, so
    it and not *path* stands in the output.
    """

    path: Path
    place: str
    kind: str
    compression: str = ""

    @property
    def base_id(self) -> str:
        """The place without the suffixes that only name the format."""
        stem = self.place.removesuffix(self.compression)
        return stem[: stem.rindex(".")]


@dataclass(slots=True)
class Inputs:
    """What was found: files in reading order, and how much was passed over."""

    files: list[InputFile] = field(default_factory=list)
    hidden: int = 0
    repeated: int = 0
    unknown: list[str] = field(default_factory=list)
    """The places of what is of no kind that is read."""
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    """Folders that could not be listed: their places and the system's words."""
    links: list[Path] = field(default_factory=list)
    """Symbolic links met on the way: what they lead to is read too, or would be if it were there."""


def recognize(path: Path, place: str) -> InputFile | None:
    """Return *path* as an input file, or None if its name has no known suffix."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    compression = path.suffix if suffixes and suffixes[-1] in COMPRESSIONS else ""
    kind = KINDS.get(Path(path.name.removesuffix(compression)).suffix.lower())
    return InputFile(path, place, kind, compression) if kind else None


def find_files(raws: Sequence[Path]) -> Inputs:
    """Return the input files in the files and folders *raws*: in the order given, each folder sorted by path.

    Folders are searched through; links are followed, but never round in a circle. A file that is reached
    twice under the same path is read once. Raises `InputError` where a RAW does not exist, would block, or is
    a file of no kind that is read.
    """
    inputs = Inputs()
    seen: set[str] = set()
    several = sum(raw.is_dir() for raw in raws) > 1
    for raw in raws:
        if raw.is_dir():
            prefix = f"{file_name(raw.resolve().name)}/" if several else ""
            found = sorted(_walk(raw, prefix, (), inputs))
        elif not os.path.lexists(raw):
            raise InputError(f"{raw}: there is no such file or folder")
        elif raw.exists() and not raw.is_file():
            raise InputError(f"{raw} is neither a file nor a folder")  # a pipe or a device
        else:
            found = [(file_name(raw.name), raw)]
            if not recognize(raw, raw.name):
                raise InputError(f"{raw}: such a file is not read; read are {READ}")
        for place, path in found:
            absolute = os.path.abspath(path)  # noqa: PTH100 - resolve() would take two links for one file
            file = recognize(path, place)
            if file is None:
                inputs.unknown.append(place)
            elif absolute in seen:
                inputs.repeated += 1
            else:
                seen.add(absolute)
                inputs.files.append(file)
    return inputs


def _walk(folder: Path, prefix: str, above: tuple[str, ...], inputs: Inputs) -> Iterator[tuple[str, Path]]:
    """Yield place and path of each file under *folder*; *above* are the real paths of the folders over it."""
    real = os.path.realpath(folder)
    if real in above:
        return  # a link back to where we came from
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        inputs.unreadable.append((prefix.rstrip("/") or file_name(folder.name), str(error.strerror)))
        return
    for entry in entries:
        place = prefix + file_name(entry.name)
        if entry.name.startswith("."):
            inputs.hidden += 1
            continue
        if entry.is_symlink():
            inputs.links.append(Path(entry.path))
        if (kind := _kind(entry)) == "folder":
            yield from _walk(Path(entry.path), f"{place}/", (*above, real), inputs)
        elif kind == "file":
            yield place, Path(entry.path)
        else:
            inputs.unknown.append(place)  # a pipe or a device would block


def _kind(entry: os.DirEntry[str]) -> str:
    try:
        if entry.is_dir():
            return "folder"
        if entry.is_file():
            return "file"
    except OSError:  # a link to itself
        pass
    # A broken link is reported when it cannot be opened.
    return "file" if entry.is_symlink() and not os.path.exists(entry.path) else "other"  # noqa: PTH110 - a string
