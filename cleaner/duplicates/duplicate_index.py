"""An index: what later corpora must know of one that was searched, so that its texts need not be read again.

A folder with one segment for each run that wrote to it, and `index.json`, which says what is valid: a
segment counts from the moment its name stands there. Of each kept document a segment holds its id and source,
its shingles and numbers (so that pairs are verified as exactly as within one corpus), and its signature; and
the shingles that are common in its sources.
"""

from __future__ import annotations

from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from hashlib import blake2b
from itertools import zip_longest
import os
import shutil
from typing import IO, TYPE_CHECKING, Any

import msgspec
import numpy as np

from cleaner.duplicates.arrays import source_hashes
from cleaner.duplicates.common_shingles import printed
from cleaner.duplicates.comparison_key import named_numbers
from cleaner.duplicates.index_manifest import (
    MANIFEST,
    PARTIAL,
    Manifest,
    SegmentRow,
    refuse_unfit,
    seal,
    verify,
)
from cleaner.duplicates.signatures import permutations_digest, sign, signature_size
from cleaner.duplicates.store import IndexSegment, picked
from cleaner.duplicates.words import tables
from cleaner.errors import InputError
from cleaner.output.folder import locked
from cleaner.text.printable import file_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from cleaner.duplicates.arrays import Hashes, Offsets
    from cleaner.duplicates.dedup_data import Entries, Entry
    from cleaner.duplicates.store import ShingleStore
    from cleaner.options import Options


DOCUMENT = [("shingles", "<u4"), ("counted", "<u4"), ("figures", "<u4"), ("key", "<u8", 2)]
"""A row of `documents.npy`: how many shingles, how many of them count, how many numbers; its key."""

ALGORITHM = 4
"""Raised when the same text and options give other hashes, or segments other files."""

COMPARED = (
    "threshold",
    "measure",
    "shingle",
    "minimum_shingles",
    "recurrence",
    "numbers",
    "permutations",
    "bands",
)
"""The options that say what a duplicate is and how it is found: an index serves runs that have the same."""


def identity(options: Options) -> dict[str, object]:
    """Return what an index must share with a run that uses it."""
    folded = tables()
    key = blake2b(folded.code.tobytes() + folded.codes.tobytes(), digest_size=8)
    key.update(repr(sorted(named_numbers().items())).encode())
    return {
        "algorithm": ALGORITHM,
        "comparison key": key.hexdigest(),
        "permutations digest": permutations_digest(options),
        **{name: getattr(options, name) for name in COMPARED},
    }


class DuplicateIndex:
    """The segments of the index *folder*, as far as they were finished. Raises `InputError` if it is none."""

    def __init__(self, folder: Path, options: Options) -> None:
        manifest = Manifest.read(folder)
        if manifest is None:
            raise InputError(f"{folder}: there is no index there (no {MANIFEST})")
        manifest.refuse_other(folder, identity(options))
        self.name = file_name(folder)
        for segment in manifest.segments:
            verify(folder, segment)
        self.folder = folder
        self.segments = [IndexSegment(folder / name) for name in manifest.names]
        self._inputs = [segment.inputs for segment in manifest.segments]

    def before(self, inputs: str) -> DuplicateIndex:
        """Return the index as it was before what was read from *inputs* was added to it."""
        earlier = copy(self)
        earlier.segments = self.segments[: self._inputs.index(inputs)]
        return earlier

    @property
    def entries(self) -> Iterator[Entry]:
        """Who the documents of all segments are."""
        for segment in self.segments:
            yield from segment.entries


@dataclass(slots=True)
class IndexAddition:
    """A segment in the making: filled while a corpus is searched, valid only when it is committed."""

    folder: Path
    options: Options
    extends: bool
    partial: Path
    documents: int = 0
    made: str = ""
    """The name of the segment that is there already and made over again: it stays as it is."""

    def fill(self, entries: Entries, store: ShingleStore, documents: Offsets, common: Hashes) -> None:
        """Write the segment's files: of the kept *documents* of *store*, given in the total order.

        Of the others it holds what later counts of common shingles need: they were printed all the same.
        Raises `InputError` where the segment was *made* already, and other documents were kept.
        """
        lines = (
            msgspec.json.encode((entry.id, entry.source, entry.text_digest.hex())) + b"\n"
            for entry in map(entries.__getitem__, documents.tolist())
        )
        if self.made:
            self._compare(lines)
            return
        self.partial.mkdir()
        self.documents = len(documents)
        with (self.partial / "entries.jsonl").open("wb") as stream:
            stream.writelines(lines)
        rows = np.zeros(len(documents), DOCUMENT)
        rows["shingles"] = store.sizes[documents]
        rows["counted"] = store.counted[documents]
        rows["figures"] = store.number_sizes[documents]
        rows["key"] = store.keys[documents]
        place = np.full(len(store), -1)
        place[documents] = np.arange(len(documents))
        self._save("documents", rows)
        self._save("furniture", common)
        self._save("printed", printed(store, source_hashes(entries.sources), place < 0))
        with self._open("shingles", rows) as shingles, self._open("figures", rows) as numbers:
            for some_shingles, some_numbers in picked(store, documents):
                shingles.write(some_shingles.tobytes())
                numbers.write(some_numbers.tobytes())
        self._sign(store, place)

    def _compare(self, lines: Iterator[bytes]) -> None:
        with (self.folder / self.made / "entries.jsonl").open("rb") as stream:
            if any(line != there for line, there in zip_longest(lines, stream)):
                raise InputError(
                    f"{self.folder} holds what was kept of this input, and now other texts would be; "
                    "give the options, and the other indexes, of the first time"
                )

    def _sign(self, store: ShingleStore, place: Offsets) -> None:
        """Write the signatures of those documents of *store* that have a *place* in the segment, else −1."""
        path = self.partial / "signatures.npy"
        shape = signature_size(self.options), self.documents
        signatures = np.lib.format.open_memmap(path, "w+", "<u4", shape)
        if hasattr(os, "posix_fallocate"):  # on a full disk, what is mapped but not there ends the process
            with path.open("r+b") as file:
                os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
        for start, shingles, offsets in store.sets(place >= 0):
            places = place[start : start + len(offsets) - 1]
            signatures[:, places[places >= 0]] = sign(shingles, offsets, self.options)[:, places >= 0]

    def _save(self, name: str, array: NDArray[Any]) -> None:
        np.save(self.partial / f"{name}.npy", array)

    @contextmanager
    def _open(self, name: str, rows: NDArray[np.void]) -> Iterator[IO[bytes]]:
        """Yield a file of as many numbers as *rows* say of *name*; only its head is written."""
        with (self.partial / f"{name}.npy").open("wb") as stream:
            size = int(rows[name].sum(dtype=np.int64))
            head = {"descr": "<u8", "fortran_order": False, "shape": (size,)}
            np.lib.format.write_array_header_1_0(stream, head)
            yield stream

    def segment(self, inputs: str) -> str:
        """Return the name of the segment that *inputs* have made in the index that is extended, if any."""
        manifest = Manifest.read(self.folder) if self.extends else None
        segments = manifest.segments if manifest else ()
        return next((segment.name for segment in segments if segment.inputs == inputs), "")

    def commit(self, inputs: str) -> None:
        """Let the segment count from now on; *inputs* is the digest of what was read. All or nothing."""
        if self.made:
            return
        manifest = Manifest.read(self.folder) or Manifest({}, [])
        manifest.index = identity(self.options)
        name = manifest.free_name(self.folder)
        manifest.segments.append(SegmentRow(name, self.documents, inputs, seal(self.partial)))
        self.partial.rename(self.folder / name)
        manifest.write(self.folder)


@contextmanager
def open_addition(folder: Path, options: Options, *, extends: bool) -> Iterator[IndexAddition]:
    """Yield what becomes a segment of the index *folder*; unless it is committed, nothing is left of it.

    An index that is there gets a segment more if this *extends* it. Else it is refused: what other runs found
    would be lost. Raises `InputError`.
    """
    refuse_unfit(folder, extends=extends)
    absent = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / PARTIAL
    try:
        with locked(folder):
            try:
                shutil.rmtree(partial, ignore_errors=True)  # of a run that was killed
                yield IndexAddition(folder, options, extends, partial)
            finally:
                shutil.rmtree(partial, ignore_errors=True)
    finally:
        if absent and Manifest.read(folder) is None:
            shutil.rmtree(folder)
