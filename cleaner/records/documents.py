"""Make a document from the fields of a record: its text, its id, and its metadata under our names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.document import Document
from cleaner.records.field_names import CLUSTER, LISTS, SINGLE, id_name, own_names
from cleaner.records.field_values import (
    host,
    identifier_of,
    inner_fields,
    is_origin,
    is_told,
    is_void,
    string,
    strings,
    without_dedup_result,
)
from cleaner.records.fields import read_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.options import Options
    from cleaner.reading import RawRecord


def to_document(fields: Mapping[str, Any], record: RawRecord, options: Options) -> Document:
    """Return the document that *fields* describe. Raises `RecordError` if they have no text.

    Its metadata hold the values of the fields of `FIELD_NAMES` under our names (strings; keywords, sources
    and agencies lists of strings), `file_path`, and all other fields, also those of the input's `metadata`
    object, as they are. Its id is the input's, or else the record's place.
    """
    name, text = read_text(fields, options)
    taken = name, id_name(fields, options)
    identifier = given_id(fields, options) or record.place_id
    return Document(identifier, text, _metadata(fields, taken, record.file.place, options))


def given_id(fields: Mapping[str, Any], options: Options) -> str | None:
    """Return the id that the input gives as a string, or None if it gives none that is valid."""
    name = id_name(fields, options)
    return identifier_of(fields[name]) if name else None


def _metadata(
    fields: Mapping[str, Any], taken: tuple[str, str | None], place: str, options: Options
) -> dict[str, Any]:
    """Return the metadata that *fields* give; *taken* are the names of the fields of text and id.

    One field may have several meanings: an option can name the field of the id for another fact as well.
    """
    inner = inner_fields(fields)
    said = _merged(fields, inner, taken)
    others = {key: value for key, value in said.items() if key not in taken}
    others |= {key: value for key, value in inner.items() if key in taken}
    metadata: dict[str, Any] = {}
    for own, name in own_names(tuple(said), taken[0], options):
        value = said[name]
        others.pop(name, None)
        if own not in SINGLE or not isinstance(value, list | dict):
            told = strings(value) if own in LISTS else string(value)
            if told:
                metadata[own] = told
            if is_told(value):
                continue
        others.setdefault(f"original_{own}", value)  # so that nothing of the input is lost
    if others.get("created") == metadata.get("date"):
        others.pop("created", None)  # rows that cleaner wrote say the date twice
    metadata["source"] = metadata.get("source") or host(metadata.get("url", ""))
    metadata["file_path"] = metadata.get("file_path") or place
    return metadata | {key: value for key, value in _others(others).items() if key not in metadata}


def _merged(
    fields: Mapping[str, Any], inner: Mapping[str, Any], taken: Sequence[str | None]
) -> dict[str, Any]:
    """Return *fields* together with *inner*, their `metadata` object, which counts where a field is empty.

    Values of *inner* that are overruled, and a `metadata` that is no object, are kept as `original_NAME`;
    except under the names *taken* by text and id.
    """
    outer = {key: value for key, value in fields.items() if key not in inner or not is_void(value)}
    nested = outer.pop("metadata", None)
    kept = {"metadata": nested} if not isinstance(nested, dict) else {}
    kept |= {key: value for key, value in inner.items() if outer.get(key, value) != value}
    original = {
        f"original_{key}": value for key, value in kept.items() if key not in taken and not is_void(value)
    }
    return original | dict(inner) | outer


def _others(others: Mapping[str, Any]) -> dict[str, Any]:
    """Return *others* without what a run finds out anew; of another kind than ours, it is kept."""
    left = without_dedup_result(others, CLUSTER)
    origin = left.get("origin")
    if not is_void(origin) and not is_origin(origin):
        left = {"original_origin": left.pop("origin")} | left
    return left
