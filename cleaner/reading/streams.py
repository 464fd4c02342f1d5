"""Open an input file: decompress it, tell its encoding, and keep what could be read of a damaged one."""

from __future__ import annotations

import codecs
from io import BytesIO
from typing import TYPE_CHECKING, Protocol
import zlib

from cleaner.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.reading.files import InputFile

BLOCK = 1 << 18
"""Bytes read at a time. Batches of about this size fit a processor's cache (measured: 300 MB/s hashing)."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

COMPRESSED_BLOCK = 1 << 14
"""The same for compressed files."""
PART = {".gz": 1 << 14, ".zst": 1 << 8}
"""Bytes that are inflated at a time: where a file is damaged, no more than these are lost before it.

To 16 MB at most: gzip stores a thousand times as much, and Zstandard 32,000 times, 128 KB in four bytes.
"""
ZSTD_BUFFER = 1 << 14
"""Bytes of memory that a part is inflated to at first: enough for nearly all, and quickly had."""


class Decompressor(Protocol):
    """What zlib and zstandard have in common."""

    @property
    def eof(self) -> bool:
        """Whether a member or frame is complete."""

    @property
    def unused_data(self) -> bytes:
        """What stands behind it."""

    def decompress(self, data: bytes, /) -> bytes:
        """Return what *data* adds to the decompressed bytes."""


def blocks(file: InputFile, tap: Callable[[bytes], object] = len) -> Iterator[bytes]:
    """Yield the decompressed bytes of *file*; *tap* sees the bytes as they are stored.

    Raises `RecordError` where the file cannot be read on, behind everything that could be read.
    """
    try:
        with file.path.open("rb") as stream:
            compression = file.compression.lower()
            size = COMPRESSED_BLOCK if compression else BLOCK
            stored = _tapped(iter(lambda: stream.read(size), b""), tap)
            yield from _gathered(_decompress(stored, compression)) if compression else stored
    except OSError as error:
        raise RecordError("unreadable", error.strerror or str(error)) from error


def _tapped(stored: Iterator[bytes], tap: Callable[[bytes], object]) -> Iterator[bytes]:
    for block in stored:
        tap(block)
        yield block


def _gathered(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield *parts* joined to blocks, also those before an error."""
    gathered = BytesIO()
    error: Exception | None = None
    try:
        for part in parts:
            gathered.write(part)
            if gathered.tell() >= BLOCK:
                yield gathered.getvalue()
                gathered = BytesIO()
    except (RecordError, OSError) as reason:
        error = reason
    if gathered.tell():
        yield gathered.getvalue()
    if error:
        raise error


def _decompress(stored: Iterator[bytes], compression: str) -> Iterator[bytes]:
    """Decompress one or more gzip members or Zstandard frames, as their command line tools do."""
    import zstandard  # noqa: PLC0415 - most inputs are not compressed

    decompressor: Decompressor | None = None
    try:
        for part in _parts(stored, PART[compression]):
            rest = part
            while rest:
                if decompressor is None:
                    decompressor = _decompressor(compression)
                if data := decompressor.decompress(rest):
                    yield data
                rest = b""
                if decompressor.eof:
                    rest = decompressor.unused_data
                    if compression == ".gz":
                        rest = rest.lstrip(b"\0")  # padding that tar and tapes leave
                    decompressor = None
    except (zlib.error, zstandard.ZstdError) as error:
        raise RecordError("damaged", f"the compressed data is damaged: {error}") from error
    if decompressor is not None:
        raise RecordError("damaged", "the compressed data ends too early")


def _parts(blocks: Iterator[bytes], size: int) -> Iterator[bytes]:
    for block in blocks:
        yield from (block[at : at + size] for at in range(0, len(block), size))


def _decompressor(compression: str) -> Decompressor:
    if compression == ".gz":
        return zlib.decompressobj(zlib.MAX_WBITS | 16)  # with header and checksum
    import zstandard  # noqa: PLC0415 - most inputs are not compressed

    inflating = zstandard.ZstdDecompressor(max_window_size=1 << 31)
    decompressor: Decompressor = inflating.decompressobj(write_size=ZSTD_BUFFER)
    return decompressor


def detect_encoding(head: bytes, encoding: str) -> tuple[str, int]:
    """Return the encoding of a file that begins with *head*, and the length of its byte order mark.

    *encoding* is what the user said, a name that `Options` let pass; a byte order mark wins.
    """
    for mark, name in MARKS:
        if head.startswith(mark):
            return name, len(mark)
    name = codecs.lookup(encoding).name
    return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(name, name), 0
