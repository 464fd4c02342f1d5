"""A record becomes a document: its text, its id, and what the input says of it under our names."""

from __future__ import annotations

from functools import lru_cache
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

from cleaner.document import Document
from cleaner.errors import RecordError
from cleaner.pages import page_fields
from cleaner.reading import is_nested_deeper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.options import Options
    from cleaner.reading import RawRecord

TEXT_NAMES = ("text", "content", "body", "article", "raw_content")
ID_NAMES = ("id", "doc_id", "_id")

LISTS = ("keywords", "sources", "agencies")
"""Those of which there may be several: a single string is a list of one."""

SINGLE = ("added", "parent_id", "original_id", "file_path")
"""Those of which there is one: a list is none, where a list of authors is a string with commas."""

CLUSTER = {"minhash_cluster_id": int, "minhash_cluster_size": int, "duplicates": list}
"""What a run finds out anew; of a row that cleaner wrote it is not taken over."""

DEEPEST = 200
"""Objects and lists in one another. Python's own limit is higher, but depends on who calls."""

FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "source": ("source", "site", "publisher", "outlet"),
    "title": ("title", "headline"),
    "date": ("date", "published", "published_at", "publish_date", "pubdate", "created"),
    "url": ("url", "link", "canonical_url"),
    "author": ("author", "authors", "byline"),
    "category": ("category", "section"),
    "keywords": ("keywords", "tags"),
    "language": ("language", "lang"),
    "date_text": ("date_text",),
    "sources": ("sources",),
    "agencies": ("agencies",),
    "added": ("added",),
    "parent_id": ("parent_id",),
    "original_id": ("original_id",),
    "file_path": ("file_path",),
}
"""The usual names of what the input may say of a document; the first that a record has counts.

The source is who published the document: a field that says so, else the host of the URL; never a folder.
"""


def read_fields(record: RawRecord) -> dict[str, Any]:
    """Return the fields of *record*; a text file has the one field `text`. Raises `RecordError`."""
    if record.error:
        raise record.error
    try:
        if record.file.kind == "html":
            return page_fields(record.data, record.encoding)
        text: str | bytes = record.data
        if record.encoding != "utf-8" or record.file.kind == "txt":
            text = record.data.decode(record.encoding)
        if record.file.kind == "txt":
            return {"text": text}
        if is_nested_deeper(text if isinstance(text, bytes) else text.encode(), DEEPEST):
            raise RecordError("bad-json", f"nested more than {DEEPEST} deep")
        fields = msgspec.json.decode(text)
    except UnicodeDecodeError as error:
        raise RecordError("undecodable", _what_is_wrong(record)) from error
    except msgspec.DecodeError as error:
        if _has_lone_surrogate(record.data):
            message = "a lone surrogate, half of a character, stands in a string"
            raise RecordError("lone-surrogate", message) from error
        raise RecordError("bad-json", str(error)) from error
    if not isinstance(fields, dict):
        raise RecordError("not-an-object", f"a record is an object, not {_kind(fields)}")
    return fields


def find_name(fields: Mapping[str, Any], names: Sequence[str]) -> str | None:
    """Return the first of *names* that *fields* has, as it is spelled there; capitals do not matter."""
    return _find_name(tuple(fields), tuple(names))


@lru_cache(maxsize=256)  # the records of a file have the same few fields
def _find_name(fields: tuple[str, ...], names: tuple[str, ...]) -> str | None:
    return _find(_spelled(fields), names)


def _spelled(fields: Sequence[str]) -> dict[str, str]:
    """Return how the names of *fields* are spelled, by themselves and by their lower case."""
    return {name.lower(): name for name in fields} | {name: name for name in fields}


def _find(spelled: Mapping[str, str], names: Sequence[str]) -> str | None:
    return next(
        (spelled[name] for wanted in names for name in (wanted, wanted.lower()) if name in spelled), None
    )


def text_name(fields: Mapping[str, Any], options: Options) -> str | None:
    """Return the name of the field that holds the text, or None.

    Of several fields with usual names the first that says something is the one.
    """
    name = find_name(fields, (options.text_field,) if options.text_field else TEXT_NAMES)
    if name is None or fields[name] or options.text_field:
        return name
    return find_name({key: value for key, value in fields.items() if value}, TEXT_NAMES) or name


def to_document(fields: Mapping[str, Any], record: RawRecord, options: Options) -> Document:
    """Return the document that *fields* describe. Raises `RecordError` if they have no text.

    Its metadata are what the input says under the names of `FIELD_NAMES` (each a string, keywords a list of
    strings), `file_path`, and then all other fields and those of the input's `metadata` object as they are.
    Its id is the input's, or else the record's place.
    """
    name, text = read_text(fields, options)
    id_name = _id_name(fields, options)
    identifier = given_id(fields, options) or record.place_id
    return Document(identifier, text, _metadata(fields, (name, id_name), record.file.place, options))


def read_text(fields: Mapping[str, Any], options: Options) -> tuple[str, str]:
    """Return the name of the field that holds the text, and the text. Raises `RecordError` without one."""
    name = text_name(fields, options)
    if name is None:
        seen = ", ".join(sorted(fields)[:20]) or "none"
        raise RecordError("no-text", f"no text field; fields: {seen}")
    text = fields[name]
    if not isinstance(text, str):
        raise RecordError("text-not-a-string", f"field {name!r} holds {_kind(text)}, not a string")
    return name, text


class Provenance(NamedTuple):
    """What the law of dropping asks of a record, beside its text; empty where the record does not say.

    The date is as it stands there.
    """

    id: str
    source: str
    date: str
    is_child: bool


class Witness:
    """Tells the text and the provenance of records, as `to_document` and the rows of a run would say.

    It knows for all records with the same fields how these are called: there are few such sets of fields.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._known: dict[tuple[str, ...], Sequence[str | None]] = {}

    def __call__(self, fields: Mapping[str, Any]) -> tuple[str, Provenance]:
        """Return the text and the provenance of *fields*. Raises `RecordError` if they have no text."""
        text, name, *told = self._names(fields)
        content = fields[text] if text else None
        if not isinstance(content, str) or not content:
            _, content = read_text(fields, self._options)
        source, url, date = _told(fields, told)
        inner = _inner(fields)
        if inner:
            others = _told(inner, self._names(inner)[2:])
            source, url, date = source or others[0], url or others[1], date or others[2]
        identifier = _identifier(fields[name]) if name else None
        return content, Provenance(
            identifier or "", source or _host(url), date, is_origin(inner.get("origin"))
        )

    def _names(self, fields: Mapping[str, Any]) -> Sequence[str | None]:
        """Return what *fields* call the text, the id, the source, the URL and the date."""
        shape = tuple(fields)
        if (names := self._known.get(shape)) is None:
            usual = {"text": TEXT_NAMES, "id": ID_NAMES, **FIELD_NAMES}
            named = {
                own: getattr(self._options, f"{own}_field") for own in ("text", "id", "source", "url", "date")
            }
            names = [_find_name(shape, (name,) if name else usual[own]) for own, name in named.items()]
            self._known[shape] = names
        return names


def _told(fields: Mapping[str, Any], names: Sequence[str | None]) -> list[str]:
    return [_string(fields[name]) if name else "" for name in names]


def given_id(fields: Mapping[str, Any], options: Options) -> str | None:
    """Return the id that the input gives as a string; None if it gives none, or what cannot be one."""
    name = _id_name(fields, options)
    return _identifier(fields[name]) if name else None


def _identifier(value: object) -> str | None:
    if isinstance(value, str) and value.strip():
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _id_name(fields: Mapping[str, Any], options: Options) -> str | None:
    return find_name(fields, (options.id_field,) if options.id_field else ID_NAMES)


def _metadata(
    fields: Mapping[str, Any], taken: tuple[str, str | None], place: str, options: Options
) -> dict[str, Any]:
    """Return what *fields* say besides text and id, whose names are *taken*.

    A field may say several things: an option can name the one that also holds the id or another fact.
    """
    inner = _inner(fields)
    said = _merged(fields, inner, taken)
    others = {key: value for key, value in said.items() if key not in taken}
    others |= {key: value for key, value in inner.items() if key in taken}
    metadata: dict[str, Any] = {}
    for own, name in _own_names(tuple(said), taken[0], options):
        value = said[name]
        others.pop(name, None)
        if own not in SINGLE or not isinstance(value, list | dict):
            told = _strings(value) if own in LISTS else _string(value)
            if told:
                metadata[own] = told
            if _is_told(value):
                continue
        others.setdefault(f"original_{own}", value)  # nothing of the input is lost
    if others.get("created") == metadata.get("date"):
        others.pop("created", None)  # rows that cleaner wrote say the date twice
    metadata["source"] = metadata.get("source") or _host(metadata.get("url", ""))
    metadata["file_path"] = metadata.get("file_path") or place
    return metadata | {key: value for key, value in _others(others).items() if key not in metadata}


@lru_cache(maxsize=256)
def _own_names(fields: tuple[str, ...], text_name: str, options: Options) -> list[tuple[str, str]]:
    """Return which of *fields* says what, by our names, as options or `FIELD_NAMES` have it."""
    spelled = _spelled(fields)
    usually = {key: name for key, name in spelled.items() if name != text_name}  # no title is a whole text
    names: list[tuple[str, str]] = []
    for own, usual in FIELD_NAMES.items():
        wanted = getattr(options, f"{own}_field", "")
        name = _find(spelled, (wanted,)) if wanted else _find(usually, usual)
        if name is not None:
            names.append((own, name))
    return names


def _inner(fields: Mapping[str, Any]) -> dict[str, Any]:
    inner = fields.get("metadata")
    return inner if isinstance(inner, dict) else {}


def _merged(
    fields: Mapping[str, Any], inner: Mapping[str, Any], taken: Sequence[str | None]
) -> dict[str, Any]:
    """Return *fields* and those of their `metadata` object *inner*, which count where *fields* say nothing.

    Values that are overruled, and a `metadata` that is no object, are kept as `original_NAME`; not those
    that share a name with the text or the id, which are *taken*: nothing else goes by that name.
    """
    outer = {key: value for key, value in fields.items() if key not in inner or not _is_void(value)}
    nested = outer.pop("metadata", None)
    kept = {"metadata": nested} if not isinstance(nested, dict) else {}
    kept |= {key: value for key, value in inner.items() if outer.get(key, value) != value}
    original = {
        f"original_{key}": value for key, value in kept.items() if key not in taken and not _is_void(value)
    }
    return original | dict(inner) | outer


def _others(others: Mapping[str, Any]) -> dict[str, Any]:
    """Return *others* without what a run finds out anew; of another kind than ours, it is kept."""
    is_ours = all(isinstance(others.get(key), kind) for key, kind in CLUSTER.items())
    ours = {} if is_ours else {key: others[key] for key in CLUSTER if not _is_void(others.get(key))}
    if "origin" in others and not is_origin(others["origin"]) and not _is_void(others["origin"]):
        ours["origin"] = others["origin"]
    strange = {f"original_{key}": value for key, value in ours.items()}
    return strange | {key: value for key, value in others.items() if key not in CLUSTER and key not in ours}


def is_origin(value: object) -> bool:
    """Return whether *value* says where a second article stood, as cleaner writes it."""
    return isinstance(value, dict) and value.keys() == {"id", "stage", "start", "end"}


def _is_void(value: object) -> bool:
    return value is None or value in ("", [], {})


def _is_told(value: object) -> bool:
    """Return whether `_string` says all there is in *value*."""
    match value:
        case bool():
            return False
        case None | str() | int() | float():
            return True
        case list():
            return all(map(_is_told, value))
        case {"name": str(), **rest}:
            return all(map(_is_void, rest.values()))
    return _is_void(value)


def _string(value: object) -> str:
    """Return what a field says as one string; empty if it says nothing that one string can hold."""
    if isinstance(value, str):  # as it nearly always is
        return value.strip()
    match value:
        case bool() | None:
            return ""
        case int() | float():
            return str(value)
        case list():
            return ", ".join(_strings(value))
        case {"name": str(name)}:  # a source or an author as news interfaces give them
            return name.strip()
    return ""


def _strings(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [said for said in map(_string, values) if said]


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # an address with half a bracket
        return ""


def _what_is_wrong(record: RawRecord) -> str:
    try:
        record.data.decode(record.encoding)
    except UnicodeDecodeError as error:
        byte = record.data[error.start]
        return f"byte {error.start} of the record, 0x{byte:02x}, cannot be read as {record.encoding}"
    return f"a string cannot be read as {record.encoding}"


_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def _has_lone_surrogate(data: bytes) -> bool:
    """Tell JSON that is whole but for lone surrogates from JSON that is broken."""
    if not _SURROGATE.search(data):
        return False
    try:
        json.dumps(json.loads(data), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    except (ValueError, RecursionError):
        return False
    return False


def _kind(value: object) -> str:
    return {
        type(None): "null",
        bool: "a truth value",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "a list",
        dict: "an object",
    }.get(type(value), type(value).__name__)
