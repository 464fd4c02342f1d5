"""A record becomes a document: its text, its id, and what the input says of it under our names.

names.py       what fields are usually called
values.py      what their values say, as strings
fields.py      a record ─▶ its fields, its text
documents.py   fields ─▶ a document with its metadata
provenance.py  fields ─▶ what the rule of dropping asks, and no document
alike.py       lines with the same fields ─▶ the same, as columns
"""

from __future__ import annotations

from cleaner.records.alike import Alike, Columns
from cleaner.records.documents import given_id, to_document
from cleaner.records.field_names import find_name, text_name
from cleaner.records.field_values import inner_fields, without_dedup_result
from cleaner.records.fields import read_fields, read_text
from cleaner.records.provenance import text_and_provenance

__all__ = [
    "Alike",
    "Columns",
    "find_name",
    "given_id",
    "inner_fields",
    "read_fields",
    "read_text",
    "text_and_provenance",
    "text_name",
    "to_document",
    "without_dedup_result",
]
