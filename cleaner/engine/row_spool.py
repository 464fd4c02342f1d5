"""The rows of `cleaner dedup` between reading and writing: on disk, and in memory who they are."""

from __future__ import annotations

from array import array
from itertools import accumulate, chain, count
from typing import IO, TYPE_CHECKING

from cleaner.duplicates import Entries
from cleaner.engine.search import Texts
from cleaner.reading import place_id
from cleaner.records import read_text

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from cleaner.engine.row_batches import Batch
    from cleaner.options import Options


class RowSpool:
    """Rows in the file *path*, their *entries* and their *texts*."""

    def __init__(self, path: Path, options: Options) -> None:
        self._starts = array("q", [0])
        self._taken: set[str] = set()
        self.path = path
        self.texts = Texts(path, self._starts, lambda row: read_text(row, options)[1])
        self.entries = Entries()

    def add(self, batch: Batch, rows: IO[bytes]) -> int:
        """Put the rows of *batch* behind the others in the open file *rows*.

        Return how many got another id, because theirs was taken.
        """
        repeated = _settle_ids(batch, self._taken)
        self.entries.extend(batch.entries)
        self._starts.extend(accumulate(batch.sizes, initial=self._starts.pop()))
        rows.writelines(batch.rows)
        return repeated


def _settle_ids(batch: Batch, taken: set[str]) -> int:
    """Give each document of *batch* whose id is *taken* the one of its place, and return how many did."""
    ids = batch.entries.ids
    if taken.isdisjoint(ids) and len(set(ids)) == len(ids):
        taken.update(ids)
        return 0
    places = ((file, number) for file, numbers in batch.places for number in numbers)
    repeated = 0
    for at, (file, number) in enumerate(places):
        if ids[at] in taken:
            ids[at] = _free_id(place_id(file, number), taken)
            repeated += 1
        taken.add(ids[at])
    return repeated


def _free_id(place: str, taken: AbstractSet[str]) -> str:
    return next(
        name for name in chain([place], (f"{place}~{number}" for number in count(2))) if name not in taken
    )
