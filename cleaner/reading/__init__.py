"""Read files and folders: which files, their bytes, and the records in them.

files.py    what the user names ─▶ the input files, in order
streams.py  a file ─▶ its decompressed bytes, its encoding
pieces.py   bytes ─▶ pieces of whole records ─▶ records
"""

from __future__ import annotations

from cleaner.reading.cutting import Piece, RawRecord, pieces, records
from cleaner.reading.files import InputFile, Inputs, find_files, recognize

__all__ = ["InputFile", "Inputs", "Piece", "RawRecord", "find_files", "pieces", "recognize", "records"]
