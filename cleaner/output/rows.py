"""A document becomes rows: of the corpus, the edits, the rejects. Here stands every key that is written."""

from __future__ import annotations

import base64
import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import msgspec

from cleaner.text.dates import find_dates
from cleaner.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cleaner.document import Document, Rejection, Revision
    from cleaner.reading import RawRecord

SAID_ONCE = ("title", "date_text", "category", "author", "url")
"""What is known of a document as one string: the input's value, else the fact of that name."""

SAID_OFTEN = {"sources": ("source",), "agencies": ("agency",), "keywords": ("keyword", "keywords")}
"""What is known of it as a list, and the facts that are collected in it."""

# fmt: off
METADATA_KEYS = (
    "title", "date", "date_text", "sources", "agencies", "keywords", "category", "author", "url", "language",
    "file_path", "parent_id", "origin", "original_id",
)
# fmt: on
"""The keys that every document has, in the order in which they are written."""

encode = msgspec.json.Encoder().encode


def corpus_row(document: Document) -> bytes:
    """Return the row of clean.jsonl as far as it is known before duplicates are: as if there were none."""
    metadata = _metadata(document)
    row = {
        "id": document.id,
        "text": document.text,
        "source": document.metadata.get("source") or None,
        "added": _string(document.metadata.get("added")),
        "created": metadata["date"],
        "metadata": metadata,
    }
    return encode(row).removesuffix(b"}}") + cluster_fields(-1, 1, ()) + b"}}"


def with_cluster(row: bytes, cluster_id: int, size: int, duplicates: Sequence[str]) -> bytes:
    """Return a row of `corpus_row` with its cluster filled in; *duplicates* are the ids it stands for."""
    return row.removesuffix(_ALONE) + cluster_fields(cluster_id, size, duplicates) + b"}}"


def with_duplicate(row: bytes, duplicate: Mapping[str, object]) -> bytes:
    """Return a row of `corpus_row` as that of a document that is dropped; *duplicate* names the kept one."""
    return row.removesuffix(b"}") + b',"duplicate":' + encode(duplicate) + b"}"


def pair_row(  # noqa: PLR0913, PLR0917 - the columns
    a: str, b: str, containment: float, jaccard: float, kind: str, others: Mapping[str, object]
) -> bytes:
    """Return the row of a verified pair of near-duplicates for `--pairs`; shares to six places."""
    shares = {"containment": round(containment, 6), "jaccard": round(jaccard, 6)}
    return encode({"a": a, "b": b, **shares, "kind": kind, **others})


def edits_row(document: Document, raw_digest: bytes) -> bytes:
    """Return the row of edits.jsonl; *raw_digest* is the sha256 of the raw text's UTF-8."""
    revisions = [_revision(revision) for revision in document.revisions]
    return encode({"id": document.id, "sha256": raw_digest.hex(), "revisions": revisions})


def bad_row(record: RawRecord, rule: str, error: str, identifier: str | None = None) -> bytes:
    """Return the row of rejects.jsonl for a *record* that is no document; with its id if it shows one."""
    row: dict[str, object] = {"id": identifier} if identifier else {}
    return encode(row | _where(record) | {"rule": rule, "error": error} | _raw(record, rule))


def rejected_row(record: RawRecord, document: Document, rejection: Rejection, raw: str) -> bytes:
    """Return the row of rejects.jsonl for a *document* from *record*, whose text was *raw*.

    It holds the record, or the raw text where the document is only a part of it; and the text as far as it
    was cleaned, so that `cleaner restore` can undo the edits.
    """
    row: dict[str, object] = (
        {"id": document.id} | _where(record) | {"rule": rejection.rule, "error": rejection.detail}
    )
    row |= {"raw": raw} if document.origin else _raw(record, rejection.rule)
    return encode(row | {"text": document.text})


def unreadable_row(place: str, error: str) -> bytes:
    """Return the row of rejects.jsonl for a file or folder of which nothing could be read."""
    return encode({"file": place, "rule": "unreadable", "error": error, "raw": ""})


def rename(rows: Iterable[bytes], names: Mapping[str, str]) -> list[bytes]:
    """Return *rows* with the ids *names* replaced, wherever a row names a document; the given id is noted."""
    renamed = []
    for encoded in rows:
        row = msgspec.json.decode(encoded)
        given = row["id"]
        row["id"] = names.get(given, given)
        for revision in row.get("revisions", ()):
            for edit in revision["edits"]:
                if "child" in edit:
                    edit["child"] = names.get(edit["child"], edit["child"])
        if metadata := row.get("metadata"):
            metadata["original_id"] = given
            if origin := metadata["origin"]:
                origin["id"] = metadata["parent_id"] = names.get(origin["id"], origin["id"])
        renamed.append(encode(row))
    return renamed


def certain_date(said: object) -> str | None:
    """Return the day that a date field names as YYYY-MM-DD, or None if it is not certain."""
    if not isinstance(said, str):
        return None
    if match := _ISO.match(said):
        try:
            return dt.date.fromisoformat(match[1]).isoformat() if match[1] >= FIRST_DAY else None
        except ValueError:
            return None
    return next((date.iso for date in find_dates(fold(said)) if date.iso), None)


_ISO = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?!\d)")

FIRST_DAY = "1700-01-01"
"""Before there were newspapers, a day is one of another calendar: 1436 is 2015 by the Hijri one."""


def moment(said: object) -> str:
    """Return what documents are sorted by: the day that a date field names, empty if it is not certain.

    And the time behind it, if the field gives one: in UTC, if it says how far it is from that. A day alone
    sorts as its beginning.
    """
    if not isinstance(said, str):
        return ""
    if len(said) == 19 and said[4::3] in {"-- ::", "--T::"} and said >= FIRST_DAY:
        try:
            return dt.datetime.fromisoformat(said).isoformat()  # the usual form, and a fifth of the time
        except ValueError:
            pass
    if (match := _TIME.match(said)) and match[1] >= FIRST_DAY:
        try:
            day, hour, distance = match.groups("")
            time = dt.datetime.fromisoformat(f"{day}T{hour}{distance}")
            return (time.astimezone(dt.UTC) if distance else time).isoformat()[:19]
        except (ValueError, OverflowError):
            pass
    return certain_date(said) or ""


_TIME = re.compile(
    r"\s*(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|[+-]\d\d(?::?\d\d)?)?(?![\d:])"
)


def _metadata(document: Document) -> dict[str, Any]:
    """Return what the input says of *document* and, where it says nothing, what was found in the text."""
    given = document.metadata
    found: dict[str, list[str]] = {}
    for revision in document.revisions:
        for fact in revision.facts:
            found.setdefault(fact.name, []).append(fact.value)
    first = {name: values[0] for name, values in found.items()}
    known: dict[str, Any] = {name: given.get(name) or first.get(name) or None for name in SAID_ONCE}
    known["date"] = certain_date(given.get("date")) or first.get("date") or None
    known["date_text"] = given.get("date_text") or given.get("date") or known["date_text"]
    # Here the text is right: it was judged, and treated accordingly.
    known["language"] = first.get("language") or given.get("language") or None
    for name, facts in SAID_OFTEN.items():
        known[name] = given.get(name) or _each_once(found, facts)
    known["file_path"] = given.get("file_path")
    known["parent_id"] = document.origin.id if document.origin else _string(given.get("parent_id"))
    known["origin"] = _origin(document)
    known["original_id"] = _string(given.get("original_id"))
    others = {key: value for key, value in given.items() if key not in known and key not in _ELSEWHERE}
    if given.get("language") not in (None, known["language"]):
        others["original_language"] = given["language"]
    return {name: known[name] for name in METADATA_KEYS} | others


_ELSEWHERE = {"source", "added", "minhash_cluster_id", "minhash_cluster_size", "duplicates"}


CLUSTER_KEYS = ("minhash_cluster_id", "minhash_cluster_size", "duplicates", "duplicate")
"""What a row learns from the search for duplicates; of an earlier search it is not taken over."""


def cluster_fields(cluster_id: int, size: int, duplicates: Sequence[str]) -> bytes:
    """Return what is said of a document's cluster, as it stands behind other fields of an object."""
    cluster = {"minhash_cluster_id": cluster_id, "minhash_cluster_size": size, "duplicates": duplicates}
    return b"," + encode(cluster)[1:-1]


_ALONE = cluster_fields(-1, 1, ()) + b"}}"


def _revision(revision: Revision) -> dict[str, object]:
    edits = []
    for edit in revision.edits:
        edits.append(
            {
                "start": edit.start,
                "end": edit.end,
                "before": edit.before,
                "after": edit.after,
                "rule": edit.rule,
            }
        )
        if edit.child:
            edits[-1]["child"] = edit.child
    facts: list[dict[str, object]] = []
    for fact in revision.facts:
        facts.append({"name": fact.name, "value": fact.value, "rule": fact.rule})
        if fact.start >= 0:
            facts[-1] |= {"start": fact.start, "end": fact.end}
    return {"stage": revision.stage, "edits": edits, "facts": facts}


def _origin(document: Document) -> object:
    if origin := document.origin:
        return {"id": origin.id, "stage": origin.stage, "start": origin.start, "end": origin.end}
    given = document.metadata.get("origin")  # a row that cleaner wrote before
    return given if isinstance(given, dict) and given.keys() == {"id", "stage", "start", "end"} else None


def _each_once(found: Mapping[str, Sequence[str]], names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(value for name in names for value in found.get(name, ())))


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _where(record: RawRecord) -> dict[str, object]:
    line = {"line": record.line} if record.line else {}
    return {"file": record.file.place, **line, "byte_offset": record.offset}


def _raw(record: RawRecord, rule: str) -> dict[str, object]:
    """Return the record as it was read: as text, if it can be decoded and that gives whole characters."""
    if rule not in ("undecodable", "lone-surrogate"):
        try:
            return {"raw": record.data.decode(record.encoding)}
        except UnicodeDecodeError:
            pass
    return {"raw_base64": base64.b64encode(record.data).decode("ascii")}
