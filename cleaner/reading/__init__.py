"""Read files and folders: which files, their bytes, and the records in them.

files.py        what the user names ─▶ the input files, in order
streams.py      a file ─▶ its decompressed bytes, its encoding
cutting.py      bytes ─▶ pieces of whole records ─▶ records
batching.py     pieces ─▶ batches of about one size
json_values.py  where JSON values begin and end, and how deep they are
html.py         an HTML page ─▶ the fields of a record
"""

from __future__ import annotations

from cleaner.reading.batching import batches
from cleaner.reading.cutting import LARGEST_RECORD, Piece, RawRecord, pieces, place_id, records
from cleaner.reading.files import ONE_RECORD, InputFile, Inputs, find_files, recognize
from cleaner.reading.json_values import is_nested_deeper
from cleaner.reading.streams import BLOCK

__all__ = [
    "BLOCK",
    "LARGEST_RECORD",
    "ONE_RECORD",
    "InputFile",
    "Inputs",
    "Piece",
    "RawRecord",
    "batches",
    "find_files",
    "is_nested_deeper",
    "pieces",
    "place_id",
    "recognize",
    "records",
]
