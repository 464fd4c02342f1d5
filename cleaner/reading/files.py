"""Find the input files in what the user names, in an order that does not depend on the machine."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from operator import attrgetter
import os
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.errors import InputError
from cleaner.text.printable import file_name

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
    passed_over: list[tuple[Path, str]] = field(default_factory=list)
    """What may hold input and is not read, and why: such folders; links that lead nowhere or back; pipes."""
    textless: list[tuple[str, str]] = field(default_factory=list)
    """The places of files that were left out for want of texts, and what is in them; noted by who looks."""
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
            found = sorted(_walk(raw, prefix, inputs))
        elif not os.path.lexists(raw):
            raise InputError(f"{raw}: there is no such file or folder")
        elif raw.exists() and not raw.is_file():
            raise InputError(f"{raw} is neither a file nor a folder")  # a pipe or a device
        else:
            found = [(file_name(raw.name), raw)]
            if not recognize(raw, raw.name):
                if not raw.exists():
                    raise InputError(f"{raw} is a link that leads nowhere")
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
    inputs.unreadable.sort()
    inputs.passed_over.sort()
    return inputs


MOST_VISITS = 100
"""Times that a folder is read under other names: of links to folders of links, there is soon no end."""


def _walk(raw: Path, prefix: str, inputs: Inputs) -> Iterator[tuple[str, Path]]:
    """Yield place and path of each file under the folder *raw*; *prefix* stands before the places."""
    waiting: list[tuple[Path, str, tuple[tuple[int, int], ...]]] = [(raw, prefix, ())]
    visits: Counter[tuple[int, int]] = Counter()
    while waiting:  # no recursion: there may be more folders in one another than Python allows calls
        folder, prefix, above = waiting.pop()
        try:
            status = folder.stat()  # not the real path, which takes a look at every folder above
            this = status.st_dev, status.st_ino
            visits[this] += 1
            if this in above or visits[this] > MOST_VISITS:
                inputs.passed_over.append((folder, "a link to a folder that is read already"))
                continue
            entries = sorted(os.scandir(folder), key=attrgetter("name"))
        except OSError as error:
            inputs.unreadable.append((prefix.rstrip("/") or file_name(folder.name), str(error.strerror)))
            inputs.passed_over.append((folder, str(error.strerror)))
            continue
        for entry in entries:
            place = prefix + file_name(entry.name)
            if entry.name.startswith("."):
                inputs.hidden += 1
                continue
            if entry.is_symlink():
                inputs.links.append(Path(entry.path))
            if _kind(entry) == "folder":
                waiting.append((Path(entry.path), f"{place}/", (*above, this)))
            elif _is_file(entry, place, inputs):
                yield place, Path(entry.path)


def _is_file(entry: os.DirEntry[str], place: str, inputs: Inputs) -> bool:
    """Return whether *entry* is a file, or a link named like one: it is reported when it cannot be opened.

    If not, it is noted in *inputs*: a pipe or a device would block.
    """
    path, kind = Path(entry.path), _kind(entry)
    is_named = recognize(path, place) is not None
    if kind == "file" or (kind == "nothing" and is_named):
        return True
    inputs.unknown.append(place)
    if kind == "nothing":
        inputs.passed_over.append((path, "a link that leads nowhere"))
    elif is_named:
        inputs.passed_over.append((path, "neither a file nor a folder"))
    return False


def _kind(entry: os.DirEntry[str]) -> str:
    try:
        if entry.is_dir():
            return "folder"
        if entry.is_file():
            return "file"
    except OSError:  # a link to itself
        pass
    is_link_to_nothing = entry.is_symlink() and not os.path.exists(entry.path)  # noqa: PTH110 - a string
    return "nothing" if is_link_to_nothing else "other"
