"""The engine of `cleaner dedup`: rows pass through as they are, and learn whom they repeat.

files ─▶ batches of pieces ─▶ workers: read, fingerprint ─▶ rows in a spool, who they are in a list
                                              └─▶ search ─▶ rows become kept and duplicates
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from itertools import chain, count
import time
from typing import TYPE_CHECKING, Any

from cleaner.atomic import whole_file
from cleaner.duplicates import Entry, fingerprint
from cleaner.engine.ledger import DRAFTS
from cleaner.engine.report import Report
from cleaner.engine.steps import Finish, finish, noted_batches, opened, refuse_repeated, unwatched
from cleaner.engine.verdicts import Texts, search
from cleaner.errors import RecordError
from cleaner.pool import ordered_map
from cleaner.reading import BLOCK, place_id, records
from cleaner.records import Witness, read_fields, read_text
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
        entries: list[Entry] = []

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
    """What one process read: the rows as bytes, who they are and where they stood, and what is bad."""

    rows: list[bytes] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    places: list[tuple[InputFile, int]] = field(default_factory=list)
    bad: list[tuple[str, bytes]] = field(default_factory=list)
    fingerprints: Fingerprints = field(init=False)


def read_batch(pieces: Sequence[Piece], options: Options) -> Batch:
    """Read every record of *pieces*; pure, for worker processes."""
    batch, witness = Batch(), Witness(options)
    texts: list[str] = []
    for record in (record for piece in pieces for record in records(piece)):
        try:
            fields = read_fields(record)
            text, said = witness(fields)
        except RecordError as error:
            batch.bad.append((error.rule, bad_row(record, error.rule, str(error))))
            continue
        digest = sha256(text.encode()).digest()
        identifier, date = said.id or record.place_id, moment(said.date)
        batch.rows.append(_row(record, fields))
        batch.entries.append(Entry(identifier, said.source, said.is_child, date, digest, digest))
        batch.places.append((record.file, record.number))
        texts.append(text)
    batch.fingerprints = fingerprint(texts, options)
    return batch


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
    inputs: Inputs, work: Path, report: Report, entries: list[Entry], jobs: int, watch: Watcher
) -> Iterator[Fingerprints]:
    """Spool every row, enter who it is into *entries*, under an id of its own, and yield the fingerprints."""
    taken: set[str] = set()
    documents = report.documents
    with whole_file(work / REJECTS) as rejects, (work / DRAFTS).open("wb") as rows:
        for place, error in inputs.unreadable:
            rejects.write(unreadable_row(place, error) + b"\n")
        read = partial(read_batch, options=report.options)
        for batch in ordered_map(read, noted_batches(inputs, report, watch), jobs):
            for rule, row in batch.bad:
                rejects.write(row + b"\n")
                report.counts["bad records", rule] += 1
            documents["bad"] += len(batch.bad)
            for entry, (file, number) in zip(batch.entries, batch.places, strict=True):
                if entry.id in taken:
                    documents["repeated_ids"] += 1
                    entry = replace(entry, id=_free_id(place_id(file, number), taken))  # noqa: PLW2901 - it is the same
                taken.add(entry.id)
                entries.append(entry)
            rows.write(b"".join([line for row in batch.rows for line in (row, b"\n")]))
            yield batch.fingerprints
    documents["read"] = len(entries)
    documents["records"] = documents["read"] + documents["bad"]


def _free_id(place: str, taken: AbstractSet[str]) -> str:
    return next(
        name for name in chain([place], (f"{place}~{number}" for number in count(2))) if name not in taken
    )


def _write(entries: Sequence[Entry], verdicts: Verdicts, work: Path, report: Report) -> None:
    found = verdicts.duplicates
    alone = cluster_fields(-1, 1, ()) + b"}\n"
    at = 0
    with (
        (work / DRAFTS).open("rb") as rows,
        whole_file(work / KEPT) as kept,
        whole_file(work / DUPLICATES) as dropped,
    ):
        while lines := rows.readlines(BLOCK):
            stay: list[bytes] = []
            for at, line in enumerate(lines, at):  # noqa: B020 - it goes on
                if at in found.twins:
                    row = line[:-2] + cluster_fields(*verdicts.cluster(at)) + b"}"
                    dropped.write(with_twin(row, verdicts.twin(at)) + b"\n")
                else:
                    is_alone = at not in found.clusters
                    stay += line[:-2], alone if is_alone else cluster_fields(*verdicts.cluster(at)) + b"}\n"
            at += 1
            kept.write(b"".join(stay))
    fates = Counter(
        (entry.source, "duplicates" if at in found.twins else "kept") for at, entry in enumerate(entries)
    )
    for (source, fate), number in fates.items():
        report.documents[fate] += number
        report.counts["sources", source, fate] = number
