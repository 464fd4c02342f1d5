"""The engine of `cleaner dedup`: rows pass through as they are, and learn whom they repeat.

files ─▶ batches of pieces ─▶ workers: read, fingerprint ─▶ rows in a spool
                                              └─▶ search ─▶ rows become kept and duplicates
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
import hashlib
import time
from typing import TYPE_CHECKING, Any

from cleaner.atomic import whole_file
from cleaner.duplicates import Entry, fingerprint
from cleaner.engine.ledger import DRAFTS, FINGERPRINTS, spool_fingerprints, spooled_fingerprints
from cleaner.engine.report import Report
from cleaner.engine.steps import Finish, finish, noted_batches, refuse_repeated, unwatched
from cleaner.engine.survey import survey
from cleaner.engine.verdicts import Texts, comparison, search
from cleaner.errors import RecordError, UsageError
from cleaner.pool import ordered_map
from cleaner.reading import find_files, records
from cleaner.records import provenance, read_fields, read_text
from cleaner.rows import (
    CLUSTER_KEYS,
    bad_row,
    certain_date,
    cluster_fields,
    encode,
    unreadable_row,
    with_twin,
)
from cleaner.writing import DUPLICATES, KEPT, REJECTS, work_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cleaner.duplicates.fingerprints import Fingerprints
    from cleaner.engine.steps import Watcher
    from cleaner.engine.verdicts import Verdicts
    from cleaner.options import Options
    from cleaner.reading import Inputs, Piece, RawRecord


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
    if passages and not pairs:
        raise UsageError("passages are listed in --pairs; name a file for them")
    watch = watch or unwatched
    inputs = find_files(raws)
    with (
        work_folder(out, [*raws, *inputs.links], pairs, index) as work,
        comparison(options, against, index) as (indexes, added),
    ):
        survey(inputs, options)
        report.skip(inputs)
        entries = _read_all(inputs, work, report, jobs, watch)
        refuse_repeated(added, report, out / KEPT)
        watch("comparing", 0, 0)
        verdicts = search(entries, spooled_fingerprints(work), options, work, indexes, added)
        report.note_duplicates(verdicts)
        _write(entries, verdicts, work, report)
        texts = partial(Texts, work / DRAFTS, lambda row: read_text(row, options)[1]) if passages else None
        finish(Finish(work, out, started, jobs, pairs, passages, texts), report, verdicts, added)
    return report


@dataclass(slots=True)
class Batch:
    """What one process read: the rows as bytes, who they are, and what is bad."""

    rows: list[bytes] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    bad: list[tuple[str, bytes]] = field(default_factory=list)
    fingerprints: Fingerprints = field(init=False)


def read_batch(pieces: Sequence[Piece], options: Options) -> Batch:
    """Read every record of *pieces*; pure, for worker processes."""
    batch = Batch()
    texts: list[str] = []
    for record in (record for piece in pieces for record in records(piece)):
        try:
            fields = read_fields(record)
            _, text = read_text(fields, options)
        except RecordError as error:
            batch.bad.append((error.rule, bad_row(record, error.rule, str(error))))
            continue
        batch.rows.append(_row(record, fields))
        batch.entries.append(_entry(record, fields, text, options))
        batch.places.append(record.place_id)
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


def _entry(record: RawRecord, fields: Mapping[str, Any], text: str, options: Options) -> Entry:
    said = provenance(fields, options)
    digest = hashlib.sha256(text.encode()).digest()
    date = (certain_date(said.date) or "") if said.date else ""
    return Entry(said.id or record.place_id, said.source, said.is_child, date, digest, digest)


def _read_all(inputs: Inputs, work: Path, report: Report, jobs: int, watch: Watcher) -> list[Entry]:
    """Spool every row and its fingerprint, and return who the rows are; an id of its own for each."""
    entries: list[Entry] = []
    taken: set[str] = set()
    documents = report.documents
    with ExitStack() as stack:
        rejects = stack.enter_context(whole_file(work / REJECTS))
        rows = stack.enter_context((work / DRAFTS).open("wb"))
        spool = stack.enter_context((work / FINGERPRINTS).open("wb"))
        for place, error in inputs.unreadable:
            rejects.write(unreadable_row(place, error) + b"\n")
        read = partial(read_batch, options=report.options)
        for batch in ordered_map(read, noted_batches(inputs, report, watch), jobs):
            for rule, row in batch.bad:
                rejects.write(row + b"\n")
                report.counts["bad records", rule] += 1
            documents["bad"] += len(batch.bad)
            for entry, place in zip(batch.entries, batch.places, strict=True):
                name, number = entry.id, 1
                while name in taken:
                    name, number = place if number == 1 else f"{place}~{number}", number + 1
                documents["repeated_ids"] += name != entry.id
                taken.add(name)
                entries.append(entry if name == entry.id else replace(entry, id=name))
            rows.writelines(row + b"\n" for row in batch.rows)
            spool_fingerprints(batch.fingerprints, spool)
    documents["read"] = len(entries)
    documents["records"] = documents["read"] + documents["bad"]
    return entries


def _write(entries: Sequence[Entry], verdicts: Verdicts, work: Path, report: Report) -> None:
    found = verdicts.duplicates
    alone = cluster_fields(-1, 1, ()) + b"}\n"
    fates: Counter[tuple[str, str]] = Counter()
    with (
        (work / DRAFTS).open("rb") as rows,
        whole_file(work / KEPT) as kept,
        whole_file(work / DUPLICATES) as dropped,
    ):
        for at, (line, entry) in enumerate(zip(rows, entries, strict=True)):
            if at in found.twins:
                row = line[:-2] + cluster_fields(*verdicts.cluster(at)) + b"}"
                dropped.write(with_twin(row, verdicts.twin(at)) + b"\n")
                fates[entry.source, "duplicates"] += 1
                continue
            cluster = cluster_fields(*verdicts.cluster(at)) + b"}\n" if at in found.clusters else alone
            kept.write(line[:-2] + cluster)
            fates[entry.source, "kept"] += 1
    for (source, fate), number in fates.items():
        report.documents[fate] += number
        report.counts["sources", source, fate] = number
