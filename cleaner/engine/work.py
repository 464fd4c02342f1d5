"""What one process does with one batch: pieces of files in, finished rows and fingerprints out.

Pure: the same pieces, the same bytes, whichever process it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cleaner.duplicates import fingerprint
from cleaner.engine.count_pass import Knowledge, recall
from cleaner.errors import RecordError, internal_error, unknown
from cleaner.output.rows import bad_row, corpus_row, edits_row, moment, rejected_row
from cleaner.reading import Piece, RawRecord, records
from cleaner.records import given_id, read_fields, to_document
from cleaner.stages import NEAR_DUPLICATES, news_pipeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.document import Document
    from cleaner.duplicates.fingerprints import Fingerprints
    from cleaner.options import Options
    from cleaner.pipeline import Pipeline

Counts: TypeAlias = "Counter[tuple[str, ...]]"
"""How often something happened, by the path at which report.json says it."""


class Outcome(NamedTuple):
    """What became of one document: *row* belongs into rejects.jsonl if it was *rejected*, else the corpus.

    *doubts* are the rules and texts of what was seen and was not safe to change.
    """

    id: str
    rejected: str
    row: bytes
    edits: bytes
    source: str
    is_child: bool
    date: str
    text_digest: bytes
    raw_digest: bytes
    doubts: tuple[tuple[str, str], ...]


class Family(NamedTuple):
    """One record: the document and the second articles found in it, or else the row of a bad record."""

    place_id: str
    outcomes: tuple[Outcome, ...]
    bad_rule: str = ""
    bad_row: bytes = b""


@dataclass(slots=True)
class CleanedBatch:
    """The outcome of a batch, in input order, the fingerprints of what was kept in it, and counts."""

    families: list[Family] = field(default_factory=list)
    fingerprints: Fingerprints | None = None
    counts: Counts = field(default_factory=Counter)


def check_stage_names(options: Options) -> None:
    """Raise `UsageError` if *options* leave out what is not there, or name rules that are none."""
    known = {*news_pipeline(replace(options, without=())).stages, NEAR_DUPLICATES}
    for name in options.without:
        if name not in known:
            raise unknown("stage", name, known)


def clean_batch(batch: Sequence[Piece], options: Options, knowledge: Knowledge | None = None) -> CleanedBatch:
    """Clean every record of *batch*; a bad one becomes a row for rejects.jsonl and stops nothing.

    *knowledge* is what a count pass over the whole input has told.
    """
    pipeline = _pipeline(options, knowledge, tuple(Path(rules).read_bytes() for rules in options.rules))
    found = [record for piece in batch for record in records(piece)]
    try:
        return _gathered([_clean(record, options, pipeline) for record in found], options)
    except Exception:  # noqa: BLE001 - one text cannot be fingerprinted: the same again, to find and lose only it
        return _gathered([_clean(record, options, pipeline, alone=True) for record in found], options)


def _gathered(cleaned: Sequence[tuple[Family, list[Document]]], options: Options) -> CleanedBatch:
    """Return *cleaned* as a batch: counted, and the texts that are left fingerprinted all at once."""
    batch = CleanedBatch()
    for family, members in cleaned:
        batch.families.append(family)
        if family.bad_rule:
            batch.counts["bad records", family.bad_rule] += 1
        for member in members:
            _count(member, batch.counts)
    batch.fingerprints = _fingerprints([member for _, members in cleaned for member in members], options)
    return batch


def _fingerprints(documents: Sequence[Document], options: Options) -> Fingerprints | None:
    if NEAR_DUPLICATES in options.without:
        return None
    return fingerprint([document.text for document in documents if not document.rejection], options)


@cache
def _pipeline(options: Options, knowledge: Knowledge | None, rules: tuple[bytes, ...]) -> Pipeline:  # noqa: ARG001 - files may have changed
    return news_pipeline(options, recall(knowledge))


def _clean(
    record: RawRecord, options: Options, pipeline: Pipeline, *, alone: bool = False
) -> tuple[Family, list[Document]]:
    """Return what became of *record*, and its documents; *alone*, they must have fingerprints too."""
    identifier = None
    try:
        fields = read_fields(record)
        identifier = given_id(fields, options)
        document = to_document(fields, record, options)
        members = pipeline.clean_all(document)
        if alone:
            _fingerprints(members, options)
        outcomes = tuple(_outcome(member, document, record) for member in members)
    except RecordError as reason:
        error = reason
    except Exception as fault:  # noqa: BLE001 - a fault of ours costs one document, and is reported, but no run
        error = internal_error(fault)
    else:
        return Family(record.place_id, outcomes), members
    return Family(record.place_id, (), error.rule, bad_row(record, error.rule, str(error), identifier)), []


def _outcome(document: Document, page: Document, record: RawRecord) -> Outcome:
    raw = document.original_text() if document.origin else page.text
    raw_digest = _digest(raw)
    rejection = document.rejection
    return Outcome(
        document.id,
        rejection.rule if rejection else "",
        rejected_row(record, document, rejection, raw) if rejection else corpus_row(document),
        edits_row(document, raw_digest),
        str(document.metadata.get("source", "")),
        document.origin is not None,
        moment(document.metadata.get("date")) or document.fact("date"),
        raw_digest if raw == document.text else _digest(document.text),
        raw_digest,
        tuple((fact.rule, fact.value) for fact in document.facts("doubt")),
    )


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _count(document: Document, counts: Counts) -> None:
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
