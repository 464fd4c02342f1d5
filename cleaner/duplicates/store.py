"""Sets of hashes on disk, so that memory does not grow with the corpus's words."""

from __future__ import annotations

from contextlib import ExitStack, closing
import mmap
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Protocol, Self

import numpy as np

from cleaner.duplicates.arrays import is_first, offsets_of, ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from cleaner.duplicates.arrays import Hashes, Mask, Offsets
    from cleaner.duplicates.fingerprints import Fingerprints

BLOCK = 1 << 20
"""Shingles that are worked on at a time: 8 MB."""


class ShingleSets(Protocol):
    """Shingle sets of documents that lie on disk one after the other, here or in an index."""

    offsets: Offsets
    keys: Hashes

    @property
    def shingles(self) -> Hashes:
        """All shingles; those that do not count in their document are marked."""

    def release(self) -> None:
        """Let the system take back the memory behind what was looked at."""


def blocks(sets: ShingleSets) -> Iterator[tuple[int, int]]:
    """Yield ranges of documents of about `BLOCK` shingles each, in order; memory is released between."""
    start, count = 0, len(sets.offsets) - 1
    while start < count:
        end = int(np.searchsorted(sets.offsets, sets.offsets[start] + BLOCK, "right")) - 1
        end = min(max(end, start + 1), count)
        yield start, end
        sets.release()
        start = end


def gathered(sets: ShingleSets, documents: Offsets) -> Iterator[tuple[Offsets, Offsets, Hashes]]:
    """Yield some of *documents* at a time, their offsets, and about `BLOCK` shingles, copied from *sets*.

    Documents ascend; memory is released between.
    """
    ends = np.cumsum(sets.offsets[documents + 1] - sets.offsets[documents])
    cuts = np.searchsorted(ends, np.arange(BLOCK, ends[-1] if len(ends) else 0, BLOCK))
    for some in np.split(documents, cuts[is_first(cuts)]):
        starts, ends = sets.offsets[some], sets.offsets[some + 1]
        apart = starts[1:] != ends[:-1]
        firsts, lasts = starts[np.append(True, apart)[: len(some)]], ends[np.append(apart, True)[: len(some)]]
        runs = [
            sets.shingles[first:last] for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)
        ]
        yield some, offsets_of(ends - starts), np.concatenate([sets.shingles[:0], *runs])
        sets.release()


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
        sizes: list[Offsets] = [np.zeros(0, np.int64)]
        number_sizes: list[Offsets] = [np.zeros(0, np.int64)]
        words: list[Offsets] = [np.zeros(0, np.int64)]
        keys: list[Hashes] = [np.zeros((0, 2), np.uint64)]
        for batch in batches:
            self._shingles.append(batch.shingles)
            self._numbers.append(batch.numbers)
            sizes.append(np.diff(batch.offsets))
            number_sizes.append(np.diff(batch.number_offsets))
            words.append(batch.words)
            keys.append(batch.keys)
        self.offsets: Offsets = offsets_of(np.concatenate(sizes))
        self.number_offsets: Offsets = offsets_of(np.concatenate(number_sizes))
        self.words: Offsets = np.concatenate(words)
        self.keys: Hashes = np.concatenate(keys)
        self.discounted: Offsets = np.zeros(len(self.words), np.int64)
        self.shingles: Hashes = self._shingles.array()
        self.numbers: Hashes = self._numbers.array()

    def __len__(self) -> int:
        return len(self.words)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._shingles.close()
        self._numbers.close()

    @property
    def counted(self) -> Offsets:
        """The number of shingles of each document that are not discounted."""
        return np.diff(self.offsets) - self.discounted

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

    def release(self) -> None:
        """Let the system take back the memory behind the sets that were looked at."""
        self._shingles.release()
        self._numbers.release()

    def sets(self, chosen: Mask) -> Iterator[tuple[int, Hashes, Offsets]]:
        """Yield the first document of each block, its documents' shingles, and their offsets.

        Documents that are not *chosen* come as empty sets.
        """
        for start, end in blocks(self):
            offsets = self.offsets[start : end + 1] - self.offsets[start]
            shingles = self.shingles[self.offsets[start] : self.offsets[end]]
            if not chosen[start:end].all():
                shingles, offsets = those(np.repeat(chosen[start:end], np.diff(offsets)), shingles, offsets)
            yield start, shingles, offsets

    def pick(self, documents: Offsets) -> Iterator[tuple[Hashes, Hashes]]:
        """Yield the shingles and the numbers of *documents*, some after the others."""
        yield from picked(documents, self.shingles, self.offsets, self.numbers, self.number_offsets)


def those(chosen: Mask, shingles: Hashes, offsets: Offsets) -> tuple[Hashes, Offsets]:
    """Return the *chosen* ones of the shingles of some documents, and the offsets of each document's."""
    return shingles[chosen], offsets_of(chosen)[offsets]


def picked(
    documents: Offsets, shingles: Hashes, offsets: Offsets, numbers: Hashes, number_offsets: Offsets
) -> Iterator[tuple[Hashes, Hashes]]:
    """Yield the sets of *documents*, those of `PICKED` documents at a time."""
    sizes, number_sizes = np.diff(offsets), np.diff(number_offsets)
    for start in range(0, len(documents), PICKED):
        some = documents[start : start + PICKED]
        yield (
            shingles[ranges(offsets[some], sizes[some])],
            numbers[ranges(number_offsets[some], number_sizes[some])],
        )


PICKED = 1 << 12
"""Documents whose sets are copied at a time: some 10 MB."""
