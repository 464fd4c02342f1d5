"""Decode the bytes of a record into its fields, and find its text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import msgspec

from cleaner.errors import RecordError
from cleaner.reading import is_nested_deeper
from cleaner.reading.html import page_fields
from cleaner.records.field_names import text_name
from cleaner.records.field_values import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.options import Options
    from cleaner.reading import RawRecord

DEEPEST = 200
"""Levels of nested objects and lists. Python's own limit is higher, but depends on the depth of the calls."""


def read_fields(record: RawRecord) -> dict[str, Any]:
    """Return the fields of *record*; a text file has the one field `text`.

    Raises `RecordError` if the bytes cannot be decoded, are no valid JSON, or are no object.
    """
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
    except (UnicodeDecodeError, msgspec.DecodeError) as error:
        raise _what_is_wrong(record, error) from error
    if not isinstance(fields, dict):
        raise RecordError("not-an-object", f"a record is an object, not {kind_of(fields)}")
    return fields


def read_text(fields: Mapping[str, Any], options: Options) -> tuple[str, str]:
    """Return the name of the field that holds the text, and the text.

    Raises `RecordError` if there is no such field, or if it is no string.
    """
    name = text_name(fields, options)
    if name is None:
        seen = ", ".join(sorted(fields)[:20]) or "none"
        raise RecordError("no-text", f"no text field; fields: {seen}")
    text = fields[name]
    if not isinstance(text, str):
        raise RecordError("text-not-a-string", f"field {name!r} holds {kind_of(text)}, not a string")
    return name, text


def _what_is_wrong(record: RawRecord, error: Exception) -> RecordError:
    """Return why *record* is refused, of which *error* was raised.

    The bytes decide: parsers name what they meet first, by kinds of errors that change with their version.
    """
    try:
        record.data.decode(record.encoding)
    except UnicodeDecodeError as undecodable:
        byte, place = record.data[undecodable.start], undecodable.start
        message = f"byte {place} of the record, 0x{byte:02x}, cannot be read as {record.encoding}"
        return RecordError("undecodable", message)
    if record.file.kind == "html":  # in the encoding that it names
        return RecordError("undecodable", f"a string cannot be read as {record.encoding}")
    if _has_lone_surrogate(record.data):
        return RecordError("lone-surrogate", "a lone surrogate, half of a character, stands in a string")
    return RecordError("bad-json", str(error) if record.data.strip() else "there is nothing in it")


_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def _has_lone_surrogate(data: bytes) -> bool:
    """Return whether *data* is JSON with nothing wrong but lone surrogates."""
    if not _SURROGATE.search(data):
        return False
    try:
        json.dumps(json.loads(data), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    except (ValueError, RecursionError):
        return False
    return False
