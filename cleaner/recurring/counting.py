"""Write down where passages stand: one row of fixed size for each; rows may be joined in any order."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING
from zlib import crc32

from cleaner.recurring.passages import Lines, passages, source_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.document import Document

ROW = Struct("<QIIIB3x")
"""Key (64 bits), source, neighbourhood, day (32 bits each), place (8 bits), and 3 bytes of padding;
little-endian."""


def passage_counts(documents: Iterable[Document]) -> bytes:
    """Return the rows of *documents*, one behind the other; documents without a named source have none."""
    rows: list[bytes] = []
    for document in documents:
        source = document.metadata.get("source")
        if isinstance(source, str) and source:
            number = source_number(source)
            day = crc32(str(document.metadata.get("date", ""))[:10].encode())
            rows += (
                ROW.pack(key, number, beside, day, place)
                for place, key, beside, *_ in passages(Lines(document.text), number)
            )
    return b"".join(rows)
