"""Records become documents with an id, a text and metadata.

field_names.py    the usual names of fields
field_values.py   the values of fields as strings
fields.py         a record ─▶ its fields, and its text
documents.py      fields ─▶ a document with its metadata
provenance.py     fields ─▶ what near-duplicate search needs to know, without a document
alike.py          lines with the same fields ─▶ the same, as columns
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
