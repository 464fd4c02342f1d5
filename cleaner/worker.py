"""What one process does with one batch: pieces of files in, finished rows and fingerprints out.

Pure: the same pieces, the same bytes, whichever process it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
import hashlib
from typing import TYPE_CHECKING, NamedTuple

from cleaner.duplicates import fingerprint
from cleaner.errors import RecordError
from cleaner.reading import Piece, RawRecord, records
from cleaner.records import read_fields, to_document
from cleaner.rows import certain_date, corpus_row, edits_row, rejects_row
from cleaner.stages import news_pipeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.document import Document
    from cleaner.duplicates.fingerprints import Fingerprints
    from cleaner.options import Options
    from cleaner.pipeline import Pipeline

NEAR_DUPLICATES = "near-duplicates"
"""The name under which the search over the whole corpus is left out, as if it were a stage."""


class Outcome(NamedTuple):
    """What became of one document: *row* belongs into rejects.jsonl if it was *rejected*, else the corpus."""

    id: str
    rejected: str
    row: bytes
    edits: bytes
    source: str
    is_child: bool
    date: str
    text_digest: bytes
    raw_digest: bytes


class Family(NamedTuple):
    """One record: the document and the second articles found in it; none of them if the record is bad."""

    place_id: str
    bad_row: bytes
    outcomes: tuple[Outcome, ...] = ()


@dataclass(slots=True)
class CleanedBatch:
    """The outcome of a batch, in input order, the fingerprints of what was kept in it, and counts."""

    families: list[Family] = field(default_factory=list)
    fingerprints: Fingerprints | None = None
    counts: Counter[tuple[str, ...]] = field(default_factory=Counter)


def clean_batch(batch: Sequence[Piece], options: Options) -> CleanedBatch:
    """Clean every record of *batch*; a bad one becomes a row for rejects.jsonl and stops nothing."""
    pipeline = _pipeline(options)
    cleaned = CleanedBatch()
    texts: list[str] = []
    for record in (record for piece in batch for record in records(piece)):
        try:
            document = to_document(read_fields(record), record, options)
            family = _clean(document, record, pipeline, cleaned.counts, texts)
        except RecordError as error:
            family = _bad(record, error.rule, str(error), cleaned.counts)
        except Exception as error:  # noqa: BLE001 - a fault of ours costs one document, and is reported, but no run
            family = _bad(record, "internal-error", f"{type(error).__name__}: {error}", cleaned.counts)
        cleaned.families.append(family)
    if NEAR_DUPLICATES not in options.without:
        cleaned.fingerprints = fingerprint(texts, options)
    return cleaned


@cache
def _pipeline(options: Options) -> Pipeline:
    return news_pipeline(options)


def _bad(record: RawRecord, rule: str, error: str, counts: Counter[tuple[str, ...]]) -> Family:
    counts["bad records", rule] += 1
    return Family(record.place_id, rejects_row(record, rule, error))


def _clean(
    document: Document,
    record: RawRecord,
    pipeline: Pipeline,
    counts: Counter[tuple[str, ...]],
    texts: list[str],
) -> Family:
    raws = {document.id: document.text}
    members = pipeline.clean_all(document)
    outcomes: list[Outcome] = []
    for member in members:
        raw = raws.get(member.id)
        outcomes.append(_outcome(member, member.original_text() if raw is None else raw, record))
    for member in members:
        _count(member, counts)
    texts += (member.text for member in members if not member.rejection)
    return Family(record.place_id, b"", tuple(outcomes))


def _outcome(document: Document, raw: str, record: RawRecord) -> Outcome:
    raw_digest = _digest(raw)
    rejection = document.rejection
    if rejection:
        part = raw if document.origin else None
        row = rejects_row(record, rejection.rule, rejection.detail, document, part)
    else:
        row = corpus_row(document)
    return Outcome(
        document.id,
        rejection.rule if rejection else "",
        row,
        edits_row(document, raw_digest),
        str(document.metadata.get("source", "")),
        document.origin is not None,
        certain_date(document.metadata.get("date")) or document.fact("date"),
        raw_digest if raw == document.text else _digest(document.text),
        raw_digest,
    )


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _count(document: Document, counts: Counter[tuple[str, ...]]) -> None:
    """Count what was found in *document*, for the report."""
    counts["sources", str(document.metadata.get("source", "")), "read"] += 1
    if document.rejection:
        counts["rejected", document.rejection.rule] += 1
    if document.origin:
        counts["children",] += 1
    for revision in document.revisions:
        if revision.edits:
            counts["stages", revision.stage, "documents"] += 1
        for edit in revision.edits:
            counts["stages", revision.stage, "edits"] += 1
            counts["rules", revision.stage, edit.rule, "edits"] += 1
            counts["rules", revision.stage, edit.rule, "removed"] += len(edit.before)
            counts["rules", revision.stage, edit.rule, "added"] += len(edit.after)
        for fact in revision.facts:
            counts["facts", fact.name] += 1
    counts["characters", "kept" if not document.rejection else "rejected"] += len(document.text)
