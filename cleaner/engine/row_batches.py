"""What a worker process of `cleaner dedup` does: records become rows, entries and fingerprints."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from cleaner.duplicates import Entries, fingerprint
from cleaner.errors import RecordError, internal_error
from cleaner.output.rows import CLUSTER_KEYS, bad_row, encode, moment
from cleaner.reading import ONE_RECORD, place_id, records
from cleaner.records import Alike, read_fields, text_and_provenance, without_dedup_result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.duplicates.fingerprints import Fingerprints
    from cleaner.options import Options
    from cleaner.reading import InputFile, Piece, RawRecord
    from cleaner.records import Columns


@dataclass(slots=True)
class Batch:
    """What one process read: the rows as lines, who they are and where they stood, and what is bad.

    *sizes* are the bytes of each row, *places* files and numbers of some rows each.
    """

    rows: list[bytes] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    entries: Entries = field(default_factory=Entries)
    places: list[tuple[InputFile, Sequence[int]]] = field(default_factory=list)
    bad: list[tuple[str, bytes]] = field(default_factory=list)
    fingerprints: Fingerprints = field(init=False)


def read_batch(pieces: Sequence[Piece], options: Options) -> Batch:
    """Read every record of *pieces*; pure, for worker processes."""
    batch, alike = Batch(), _alike(options)
    texts: list[str] = []
    for piece in pieces:
        if columns := alike(piece):
            texts += columns.texts
            _enter_columns(columns, piece, batch)
        else:
            texts += _enter_records(piece, options, batch)
    digests = b"".join([sha256(text.encode()).digest() for text in texts])
    batch.entries.text_digests += digests
    batch.entries.raw_digests += digests
    batch.fingerprints = fingerprint(texts, options)
    return batch


@cache
def _alike(options: Options) -> Alike:
    """Return the one of this process: what it learns of a file serves for the next batch of it."""
    return Alike(options, CLUSTER_KEYS)


def _enter_columns(columns: Columns, piece: Piece, batch: Batch) -> None:
    """Put into *batch* what is known of *piece*, each line of which is a row."""
    numbers = range(piece.number, piece.number + len(columns.texts))
    ids = columns.ids
    if not all(ids):
        ids = [name or place_id(piece.file, number) for name, number in zip(ids, numbers, strict=True)]
    batch.entries.ids += ids
    batch.entries.sources += columns.sources
    batch.entries.dates += map(moment, columns.dates)
    batch.entries.children += bytes(len(ids))
    batch.places.append((piece.file, numbers))
    batch.rows.append(piece.data if piece.data.endswith(b"\n") else piece.data + b"\n")
    batch.sizes += [len(line) + 1 for line in columns.lines]


def _enter_records(piece: Piece, options: Options, batch: Batch) -> list[str]:
    """Put into *batch* what the records of *piece* say, one by one, and return their texts."""
    texts: list[str] = []
    entries = batch.entries
    for record in records(piece):
        try:
            fields = read_fields(record)
            text, said = text_and_provenance(fields, options)
            row = _row(record, fields) + b"\n"
        except Exception as fault:  # noqa: BLE001 - a fault of ours costs one row, and is reported, but no run
            error = fault if isinstance(fault, RecordError) else internal_error(fault)
            batch.bad.append((error.rule, bad_row(record, error.rule, str(error))))
            continue
        texts.append(text)
        entries.ids.append(said.id or record.place_id)
        entries.sources.append(said.source)
        entries.dates.append(moment(said.date))
        entries.children.append(said.is_child)
        batch.places.append((record.file, (record.number,)))
        batch.rows.append(row)
        batch.sizes.append(len(row))
    return texts


def _row(record: RawRecord, fields: Mapping[str, Any]) -> bytes:
    """Return the record as one line: its own bytes if they are one, of a text or a page what it becomes."""
    if record.file.kind in ONE_RECORD:
        return encode({"id": record.place_id, **fields})
    if not fields.keys().isdisjoint(CLUSTER_KEYS):
        return encode(without_dedup_result(fields, CLUSTER_KEYS))
    row = record.data.strip()
    if record.encoding != "utf-8" or b"\n" in row or b"\r" in row:
        return encode(fields)
    return row
