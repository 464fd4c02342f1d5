"""Files to be read, and what is read of them."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import zstandard

from cleaner.reading import InputFile, find_files, pieces, recognize, records

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.reading import RawRecord


TEXT = "افتتحت البلدية حديقة جديدة"


def write(path: Path, content: bytes | str) -> Path:
    """Write *content* to *path*, whose folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def places(*raws: Path) -> list[str]:
    """Return the places of the files found in *raws*."""
    return [file.place for file in find_files(raws).files]


def input_file(path: Path) -> InputFile:
    """Return *path* as an input file in its own place."""
    file = recognize(path, path.name)
    assert file is not None
    return file


def read(path: Path, encoding: str = "utf-8") -> list[RawRecord]:
    """Return all records of the file *path*."""
    return [record for piece in pieces(input_file(path), encoding) for record in records(piece)]


def data(path: Path, encoding: str = "utf-8") -> list[bytes]:
    """Return the bytes of all records of the file *path*."""
    return [record.data for record in read(path, encoding)]


def packed(name: str, content: bytes) -> bytes:
    """Return *content* as the compression of *name* stores it; with a checksum, as its program does."""
    if name.endswith(".gz"):
        return gzip.compress(content, mtime=0)
    return zstandard.ZstdCompressor(write_checksum=True).compress(content)
