"""Cut files into pieces of whole records, and pieces into records.

Cutting is cheap and is done by the process that reads; the records of a piece are told apart by the process
that cleans them.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import chain, islice
from typing import TYPE_CHECKING

from cleaner.errors import RecordError
from cleaner.reading.files import ONE_RECORD
from cleaner.reading.json_values import ARRAY, value_spans
from cleaner.reading.streams import BLOCK, blocks, detect_encoding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.reading.files import InputFile


LARGEST_RECORD = 1 << 28
"""Bytes of a record after decompression, from which it is refused: a megabyte of zeros packs a gigabyte."""

LARGEST_ARRAY = 1 << 31
"""The same of a .json file, which is held in memory as a whole; .jsonl may be of any size."""

SHOWN = 1 << 12
"""Bytes of a refused record that are kept aside, to know it by."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """The bytes of one record and where they stand.

    *offset* counts bytes of the decompressed file; *number* is that of the line or of the array's element,
    from 1, and 0 for a file that is one record. *error* says why the record is cut off.
    """

    file: InputFile
    encoding: str
    data: bytes
    offset: int = 0
    number: int = 0
    error: RecordError | None = None

    @property
    def place_id(self) -> str:
        """The id of a record that does not carry one."""
        return place_id(self.file, self.number)

    @property
    def line(self) -> int:
        """The line, from 1; 0 where the format does not go by lines."""
        return self.number if self.file.kind == "jsonl" else 0


def place_id(file: InputFile, number: int) -> str:
    """Return the id of record *number* of *file*, or of the only one, if that is 0."""
    return f"{file.base_id}:{number}" if number else file.base_id


class Piece(RawRecord):
    """Some whole records of a file, one after the other; what is said of them holds for the first.

    *error* says why nothing could be read behind the piece: its last record is cut off.
    """

    __slots__ = ()


def pieces(file: InputFile, encoding: str, tap: Callable[[bytes], object] = len) -> Iterator[Piece]:
    """Yield *file* in pieces of about 256 KB; longer only where a record is. *tap* sees the stored bytes."""
    return (_pieces_of_lines if file.kind == "jsonl" else _pieces_of_whole)(file, encoding, tap)


def records(piece: Piece) -> Iterator[RawRecord]:
    """Yield the records of *piece*; a blank line is none."""
    spans = [(0, len(piece.data))]
    if piece.file.kind == "jsonl":
        spans = list(_line_spans(piece.data, "\n".encode(piece.encoding)))
    elif piece.number and not piece.error:
        spans = list(value_spans(piece.data))
    for number, (start, end) in enumerate(spans, piece.number):
        data = piece.data[start:end]
        error = piece.error if end == len(piece.data) else None
        if end - start > LARGEST_RECORD:
            data, error = data[:SHOWN], too_large(LARGEST_RECORD)
        if error or not piece.number or data.strip(_BLANK if piece.encoding == "utf-8" else _WIDE_BLANK):
            yield RawRecord(piece.file, piece.encoding, data, piece.offset + start, number, error)


def too_large(limit: int, consequence: str = "") -> RecordError:
    """Say that a record or file has more than *limit* bytes, and what that means for the others."""
    message = f"more than {limit >> 20} MiB; only the first {SHOWN >> 10} KiB are kept here{consequence}"
    return RecordError("too-large", message)


_BLANK = b" \t\r\n"
_WIDE_BLANK = _BLANK + b"\0"  # half of a UTF-16 space; elsewhere a NUL is damage


def _pieces_of_lines(file: InputFile, encoding: str, tap: Callable[[bytes], object]) -> Iterator[Piece]:
    buffered = BytesIO()  # whose bytes are had without a copy
    offset, number, newline = -1, 1, b"\n"
    for block in _blocks_and_error(file, tap):
        if isinstance(block, RecordError):
            yield Piece(file, encoding, buffered.getvalue(), max(offset, 0), number, block)
            return
        if offset < 0:
            encoding, offset = detect_encoding(block, encoding)
            newline = "\n".encode(encoding)
            block = block[offset:]  # noqa: PLW2901 - the byte order mark is no part of the first line
        buffered.write(block)
        size = buffered.tell()
        if size <= LARGEST_RECORD and (size < BLOCK or newline not in block):
            continue
        data = buffered.getvalue()
        ends = _line_ends(data, newline) if len(newline) > 1 else [data.rfind(newline) + 1]
        end = max(ends, default=0)
        if end:
            yield Piece(file, encoding, data[:end], offset, number)
            number += sum(1 for _ in _line_ends(data, newline)) if len(newline) > 1 else data.count(newline)
            offset += end
            buffered = BytesIO()
            buffered.write(data[end:])
        if size - end > LARGEST_RECORD:  # and the line does not end here
            yield Piece(
                file,
                encoding,
                data[end : end + SHOWN],
                offset,
                number,
                too_large(LARGEST_RECORD, "; no line behind it was read"),
            )
            return
    if buffered.tell():
        yield Piece(file, encoding, buffered.getvalue(), offset, number)


def _pieces_of_whole(file: InputFile, encoding: str, tap: Callable[[bytes], object]) -> Iterator[Piece]:
    """Yield a file that must be held in memory as a whole: a text, an object or an array."""
    whole = _whole(file, encoding, tap)
    if file.kind in ONE_RECORD or whole.error:
        yield whole
        return
    if len("\n".encode(whole.encoding)) > 1:
        try:
            whole = Piece(file, "utf-8", whole.data.decode(whole.encoding).encode())
        except UnicodeError:  # the record will be refused for it
            yield whole
            return
    yield from _pieces_of_values(whole)


def _whole(file: InputFile, encoding: str, tap: Callable[[bytes], object]) -> Piece:
    """Return all there is in *file*, or what could be read of it, or the beginning of what is too large."""
    buffered = BytesIO()  # whose bytes are had without a copy
    offset, limit = -1, LARGEST_RECORD if file.kind in ONE_RECORD else LARGEST_ARRAY
    error: RecordError | None = None
    for block in _blocks_and_error(file, tap):
        if isinstance(block, RecordError):
            error = block
            break
        if offset < 0:
            encoding, offset = detect_encoding(block, encoding)
            block = block[offset:]  # noqa: PLW2901 - the byte order mark is no part of the text
        buffered.write(block)
        if buffered.tell() > limit:
            buffered.truncate(SHOWN)
            error = too_large(limit)
            break
    return Piece(file, encoding, buffered.getvalue(), max(offset, 0), 0, error)


def _pieces_of_values(whole: Piece) -> Iterator[Piece]:
    """Yield the elements of an array, or several values that stand one behind the other, in pieces."""
    opening = ARRAY.match(whole.data)
    spans = value_spans(whole.data, opening.end() if opening else 0)
    first = list(islice(spans, 2))
    if not opening and len(first) <= 1:
        yield _bounded(whole, 0, len(whole.data), 0)
        return
    number, start, end = 1, *(first[0] if first else (0, 0))
    for place, (begin, until) in enumerate(chain(first[1:], spans), 2):
        if until - start > BLOCK:
            yield _bounded(whole, start, end, number)
            number, start = place, begin
        end = until
    if first:
        yield _bounded(whole, start, end, number)


def _bounded(whole: Piece, start: int, end: int, number: int) -> Piece:
    """Return the values of *whole* from *start* to *end* as a piece; of a too large one, its beginning."""
    error = too_large(LARGEST_RECORD) if end - start > LARGEST_RECORD else None
    data = whole.data[start : start + SHOWN if error else end]
    return Piece(whole.file, whole.encoding, data, whole.offset + start, number, error)


def _blocks_and_error(file: InputFile, tap: Callable[[bytes], object]) -> Iterator[bytes | RecordError]:
    """Yield what can be read of *file* and then, if that is not all, why."""
    try:
        yield from blocks(file, tap)
    except RecordError as error:
        yield error


def _line_spans(data: bytes, newline: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _line_ends(data, newline):
        yield start, end - len(newline)
        start = end
    yield start, len(data)


def _line_ends(data: bytes, newline: bytes) -> Iterator[int]:
    """Yield where each line ends, behind its *newline*; in wide encodings only whole code units count."""
    at = data.find(newline)
    while at >= 0:
        if at % len(newline):
            at = data.find(newline, at + 1)
            continue
        at += len(newline)
        yield at
        at = data.find(newline, at)
