"""The engine of `cleaner dedup`: rows pass through as they are, and learn whom they repeat.

files ─▶ batches of pieces ─▶ workers: read, fingerprint ─▶ rows in a spool, who they are in a list
                                              └─▶ search ─▶ rows become kept and duplicates
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from itertools import chain, count
import time
from typing import TYPE_CHECKING, Any

from cleaner.atomic import whole_file
from cleaner.duplicates import Entries, fingerprint
from cleaner.engine.ledger import DRAFTS
from cleaner.engine.report import Report
from cleaner.engine.steps import Finish, finish, noted_batches, opened, refuse_repeated, unwatched
from cleaner.engine.verdicts import Texts, search
from cleaner.errors import RecordError
from cleaner.pool import ordered_map
from cleaner.reading import BLOCK, place_id, records
from cleaner.records import Alike, read_fields, read_text, text_and_provenance
from cleaner.rows import (
    CLUSTER_KEYS,
    bad_row,
    cluster_fields,
    encode,
    moment,
    unreadable_row,
    with_twin,
)
from cleaner.writing import DUPLICATES, KEPT, REJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from cleaner.duplicates.fingerprints import Fingerprints
    from cleaner.engine.steps import Watcher
    from cleaner.engine.verdicts import Verdicts
    from cleaner.options import Options
    from cleaner.reading import InputFile, Inputs, Piece, RawRecord
    from cleaner.records import Columns


def dedup(  # noqa: PLR0913 - these are the command's arguments
    raws: Sequence[Path],
    out: Path,
    options: Options,
    *,
    jobs: int = 1,
    pairs: Path | None = None,
    passages: int = 0,
    against: Sequence[Path] = (),
    index: Path | None = None,
    watch: Watcher | None = None,
) -> Report:
    """Sort the rows of the files and folders *raws* into kept ones and duplicates, in the folder *out*.

    Raises `UsageError` or `InputError` where nothing can be done; then *out* is left as it was.
    """
    started, report = time.perf_counter(), Report(options)
    watch = watch or unwatched
    with opened(
        raws, out, report, command="dedup", pairs=pairs, passages=passages, against=against, index=index
    ) as (inputs, work, indexes, added):
        entries = Entries()

        def fingerprints() -> Iterator[Fingerprints]:
            yield from _read_all(inputs, work, report, entries, jobs, watch)
            refuse_repeated(added, report, out / KEPT)
            watch("comparing", 0, 0)

        verdicts = search(entries, fingerprints(), options, work, indexes, added)
        report.note_duplicates(verdicts)
        _write(entries, verdicts, work, report)
        texts = partial(Texts, work / DRAFTS, lambda row: read_text(row, options)[1]) if passages else None
        finish(Finish(work, out, started, jobs, pairs, passages, texts), report, verdicts, added)
    return report


@dataclass(slots=True)
class Batch:
    """What one process read: the rows as lines, who they are and where they stood, and what is bad.

    *places* are files and numbers of some rows each.
    """

    rows: list[bytes] = field(default_factory=list)
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


def _enter_records(piece: Piece, options: Options, batch: Batch) -> list[str]:
    """Put into *batch* what the records of *piece* say, one by one, and return their texts."""
    texts: list[str] = []
    entries = batch.entries
    for record in records(piece):
        try:
            fields = read_fields(record)
            text, said = text_and_provenance(fields, options)
        except RecordError as error:
            batch.bad.append((error.rule, bad_row(record, error.rule, str(error))))
            continue
        texts.append(text)
        entries.ids.append(said.id or record.place_id)
        entries.sources.append(said.source)
        entries.dates.append(moment(said.date))
        entries.children.append(said.is_child)
        batch.places.append((record.file, (record.number,)))
        batch.rows += _row(record, fields), b"\n"
    return texts


def _row(record: RawRecord, fields: Mapping[str, Any]) -> bytes:
    """Return the record as one line: its own bytes, if they are one."""
    if record.file.kind == "txt":
        return encode({"id": record.place_id, **fields})
    if not CLUSTER_KEYS.isdisjoint(fields):  # of an earlier search
        return encode({key: value for key, value in fields.items() if key not in CLUSTER_KEYS})
    if record.encoding != "utf-8" or b"\n" in record.data or b"\r" in record.data:
        return encode(fields)
    return record.data.strip()


def _read_all(  # noqa: PLR0913, PLR0917 - what a run has
    inputs: Inputs, work: Path, report: Report, entries: Entries, jobs: int, watch: Watcher
) -> Iterator[Fingerprints]:
    """Spool every row, enter who it is into *entries*, under an id of its own, and yield the fingerprints."""
    taken: set[str] = set()
    with whole_file(work / REJECTS) as rejects, (work / DRAFTS).open("wb") as rows:
        for place, error in inputs.unreadable:
            rejects.write(unreadable_row(place, error) + b"\n")
        read = partial(read_batch, options=report.options)
        for batch in ordered_map(read, noted_batches(inputs, report, watch), jobs):
            for rule, row in batch.bad:
                rejects.write(row + b"\n")
                report.counts["bad records", rule] += 1
            report.documents["bad"] += len(batch.bad)
            report.documents["repeated_ids"] += _settle_ids(batch, taken)
            entries.extend(batch.entries)
            rows.writelines(batch.rows)
            yield batch.fingerprints
    report.documents["read"] = len(entries)
    report.documents["records"] = len(entries) + report.documents["bad"]


def _settle_ids(batch: Batch, taken: set[str]) -> int:
    """Give each document of *batch* whose id is *taken* the one of its place, and return how many did."""
    ids = batch.entries.ids
    if taken.isdisjoint(ids) and len(set(ids)) == len(ids):
        taken.update(ids)
        return 0
    places = ((file, number) for file, numbers in batch.places for number in numbers)
    repeated = 0
    for at, (file, number) in enumerate(places):
        if ids[at] in taken:
            ids[at] = _free_id(place_id(file, number), taken)
            repeated += 1
        taken.add(ids[at])
    return repeated


def _free_id(place: str, taken: AbstractSet[str]) -> str:
    return next(
        name for name in chain([place], (f"{place}~{number}" for number in count(2))) if name not in taken
    )


def _write(entries: Entries, verdicts: Verdicts, work: Path, report: Report) -> None:
    """Let the rows become kept ones and duplicates, with what is known of their clusters."""
    twins, clusters = verdicts.duplicates.twins, verdicts.duplicates.clusters
    alone = cluster_fields(-1, 1, ()) + b"}\n"
    told = sorted(twins.keys() | clusters.keys(), reverse=True)
    first = 0
    with (
        (work / DRAFTS).open("rb") as rows,
        whole_file(work / KEPT) as kept,
        whole_file(work / DUPLICATES) as dropped,
    ):
        while lines := rows.readlines(BLOCK):
            ends = [alone] * len(lines)
            while told and told[-1] < first + len(lines):
                at = told.pop()
                row, of_cluster = lines[at - first][:-2], cluster_fields(*verdicts.cluster(at))
                if at in twins:
                    dropped.write(with_twin(row + of_cluster + b"}", verdicts.twin(at)) + b"\n")
                    lines[at - first] = ends[at - first] = b""
                else:
                    ends[at - first] = of_cluster + b"}\n"
            first += len(lines)
            kept.write(
                b"".join([part for line, end in zip(lines, ends, strict=True) for part in (line[:-2], end)])
            )
    repeating = Counter(entries.sources[at] for at in twins)
    for fate, sources in ("duplicates", repeating), ("kept", Counter(entries.sources) - repeating):
        report.documents[fate] += sources.total()
        for source, number in sources.items():
            report.counts["sources", source, fate] = number
