"""Sets of hashes on disk, so that memory does not grow with the words of a corpus or of an index."""

from __future__ import annotations

from contextlib import ExitStack, closing
from functools import cached_property
import mmap
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, Protocol

import msgspec
import numpy as np

from cleaner.duplicates.arrays import offsets_of, ranges, source_hashes
from cleaner.duplicates.dedup_data import DIGEST, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from cleaner.duplicates.arrays import Hashes, Mask, Offsets
    from cleaner.duplicates.fingerprints import Fingerprints
    from cleaner.duplicates.signatures import Signatures

BLOCK = 1 << 20
"""Shingles that are worked on at a time: 8 MB."""


class ShingleSets(Protocol):
    """Sets of n documents that lie on disk one after the other, here or in an index.

    *offsets*, *number_offsets*: int64, length n + 1; *keys*: uint64, shape (n, 2).
    """

    offsets: Offsets
    number_offsets: Offsets
    keys: Hashes

    @property
    def shingles(self) -> Hashes:
        """All shingles; those that do not count in their document are marked."""

    @property
    def numbers(self) -> Hashes:
        """All numbers."""

    def release(self) -> None:
        """Let the system take back the memory behind what was looked at."""


class Spool:
    """Numbers in a temporary file that leaves no trace: appended, then looked at as one array."""

    def __init__(self, folder: Path | None) -> None:
        self._file: IO[bytes] = TemporaryFile(dir=folder)  # noqa: SIM115 - closed by its owner
        self._map: mmap.mmap | None = None
        self.size = 0

    def append(self, values: Hashes) -> None:
        """Write *values* behind the others."""
        self._file.seek(8 * self.size)
        self._file.write(values.tobytes())
        self.size += len(values)

    def array(self) -> Hashes:
        """Return all values; what is written into the array is written into the file."""
        self._file.flush()
        self._map = mmap.mmap(self._file.fileno(), 0) if self.size else None
        return np.frombuffer(self._map or bytearray(), np.uint64)

    def release(self) -> None:
        """Let the system take back the memory behind the values that were looked at."""
        if self._map and hasattr(self._map, "madvise"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Remove the file; the mapping goes with the last array that looks at it."""
        self._file.close()


class ShingleStore:
    """The shingles and numbers of all documents, in temporary files.

    Of a document, memory holds 56 bytes: where its sets start, its number of words and of discounted
    shingles, and the digest of its key.
    """

    def __init__(self, batches: Iterable[Fingerprints], folder: Path | None = None) -> None:
        with ExitStack() as undone:
            self._shingles = undone.enter_context(closing(Spool(folder)))
            self._numbers = undone.enter_context(closing(Spool(folder)))
            self._fill(batches)
            undone.pop_all()

    def _fill(self, batches: Iterable[Fingerprints]) -> None:
        none = np.zeros(0, np.int64)
        columns = [(none, none, none, np.zeros((0, 2), np.uint64))]
        for batch in batches:
            self._shingles.append(batch.shingles)
            self._numbers.append(batch.numbers)
            columns.append((np.diff(batch.offsets), np.diff(batch.number_offsets), batch.words, batch.keys))
        sizes, number_sizes, words, keys = map(np.concatenate, zip(*columns, strict=True))
        self.offsets: Offsets = offsets_of(sizes)
        self.number_offsets: Offsets = offsets_of(number_sizes)
        self.words: Offsets = words
        self.keys: Hashes = keys
        self.discounted: Offsets = np.zeros(len(self.words), np.int64)
        self.shingles: Hashes = self._shingles.array()
        self.numbers: Hashes = self._numbers.array()

    def __len__(self) -> int:
        return len(self.words)

    @property
    def sizes(self) -> Offsets:
        """How many shingles each document has."""
        return np.diff(self.offsets)

    @property
    def counted(self) -> Offsets:
        """How many of them are not discounted."""
        return self.sizes - self.discounted

    @property
    def number_sizes(self) -> Offsets:
        """How many numbers each document has."""
        return np.diff(self.number_offsets)

    def append(self, sets: Iterable[tuple[Hashes, Hashes]]) -> tuple[int, int]:
        """Write the shingles and numbers of documents that are none of the store's, and return where.

        No range of the store speaks of them: who appends them knows where each begins.
        """
        at = self._shingles.size, self._numbers.size
        for shingles, numbers in sets:
            self._shingles.append(shingles)
            self._numbers.append(numbers)
        self.shingles, self.numbers = self._shingles.array(), self._numbers.array()
        return at

    def close(self) -> None:
        """Remove the files."""
        self._shingles.close()
        self._numbers.close()

    def release(self) -> None:
        """Let the system take back the memory behind the sets that were looked at."""
        self._shingles.release()
        self._numbers.release()

    def sets(self, chosen: Mask) -> Iterator[tuple[int, Hashes, Offsets]]:
        """Yield the first document of each block of about `BLOCK` shingles, its shingles and their offsets.

        Documents that are not *chosen* come as empty sets; memory is released between.
        """
        start = 0
        while start < len(self):
            end = int(np.searchsorted(self.offsets, self.offsets[start] + BLOCK, "right")) - 1
            end = max(end, start + 1)
            offsets = self.offsets[start : end + 1] - self.offsets[start]
            shingles = self.shingles[self.offsets[start] : self.offsets[end]]
            if not chosen[start:end].all():
                marks = np.repeat(chosen[start:end], np.diff(offsets))
                shingles, offsets = shingles[marks], offsets_of(marks)[offsets]
            yield start, shingles, offsets
            self.release()
            start = end


class IndexSegment:
    """The n documents that one run kept, in its total order, read from disk as far as they are looked at.

    *sizes*, *counted*, *number_sizes*: int64, length n, how many shingles each has, how many of them count,
    and how many numbers; *keys*: uint64, shape (n, 2). *shingles*: uint64, those of document i stand at
    `offsets[i]:offsets[i + 1]`. *signatures*: uint32, a column for each. *common* and *printed*: uint64, the
    common shingles of its sources, and those of documents that were dropped, salted.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        documents = self._load("documents")
        self.sizes: Offsets = documents["shingles"].astype(np.int64)
        self.counted: Offsets = documents["counted"].astype(np.int64)
        self.number_sizes: Offsets = documents["figures"].astype(np.int64)
        self.keys: Hashes = np.ascontiguousarray(documents["key"])
        self.offsets: Offsets = offsets_of(self.sizes)
        self.number_offsets: Offsets = offsets_of(self.number_sizes)
        self.common: Hashes = self._load("furniture")
        self.printed: Hashes = self._load("printed")
        self.shingles: Hashes = self._load("shingles")
        self.signatures: Signatures = self._load("signatures")

    def __len__(self) -> int:
        return len(self.sizes)

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """Who the documents are; of dates and raw texts they know nothing, for they are in order already."""
        lines = (self._folder / "entries.jsonl").read_bytes().splitlines()
        rows = map(msgspec.json.Decoder(tuple[str, str, str]).decode, lines)
        unknown = bytes(DIGEST)
        return [
            Entry(
                name, source, is_child=False, date="", text_digest=bytes.fromhex(digest), raw_digest=unknown
            )
            for name, source, digest in rows
        ]

    @cached_property
    def sources(self) -> Hashes:
        """The hash of each document's source, 0 if it has none."""
        return source_hashes(entry.source for entry in self.entries)

    @property
    def numbers(self) -> Hashes:
        """The numbers of all documents; looked at but once, so that no memory stays behind them."""
        return self._load("figures")

    def release(self) -> None:
        """Let the system take back the memory behind the shingles that were looked at."""
        self.shingles = self._load("shingles")

    def _load(self, name: str) -> NDArray[Any]:
        array: NDArray[Any] = np.load(self._folder / f"{name}.npy", mmap_mode="r")
        return array


def picked(sets: ShingleSets, documents: Offsets) -> Iterator[tuple[Hashes, Hashes]]:
    """Yield the shingles and the numbers of *documents*, those of `PICKED` documents at a time."""
    shingles, numbers = sets.shingles, sets.numbers
    for start in range(0, len(documents), PICKED):
        some = documents[start : start + PICKED]
        yield _taken(shingles, sets.offsets, some), _taken(numbers, sets.number_offsets, some)


def _taken(values: Hashes, offsets: Offsets, documents: Offsets) -> Hashes:
    starts = offsets[documents]
    return values[ranges(starts, offsets[documents + 1] - starts)]


PICKED = 1 << 12
"""Documents whose sets are copied at a time: some 10 MB."""
