"""Gather the pieces of files, small and large, into batches of about one size."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cleaner.reading.cutting import pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cleaner.reading.cutting import Piece
    from cleaner.reading.files import InputFile

BATCH_SIZE = 1 << 18
"""Bytes of input per batch."""


def batches(
    files: Iterable[InputFile], encoding: str, tap: Callable[[InputFile, bytes], object]
) -> Iterator[list[Piece]]:
    """Yield the pieces of *files* in batches, the last maybe empty; *tap* sees the stored bytes of each."""
    batch: list[Piece] = []
    size = 0
    for file in files:
        for piece in pieces(file, encoding, partial(tap, file)):
            batch.append(piece)
            size += len(piece.data) + 1
            if size >= BATCH_SIZE:
                yield batch
                batch, size = [], 0
    yield batch
