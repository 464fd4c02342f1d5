"""Shingle sets on disk, so that memory does not grow with the corpus's words."""

from __future__ import annotations

import mmap
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Self

import numpy as np

from cleaner.duplicates.arrays import offsets_of
from cleaner.duplicates.shingles import DISCOUNTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from cleaner.duplicates.arrays import Hashes, Mask, Offsets
    from cleaner.duplicates.fingerprints import Fingerprints

BLOCK = 1 << 20
"""Shingles that are worked on at a time: 8 MB."""


class ShingleStore:
    """The shingle sets of all documents, in a temporary file that leaves no trace.

    Of a document, memory holds 40 bytes: where its set starts, its number of words and of discounted
    shingles, and the digest of its key.
    """

    def __init__(self, batches: Iterable[Fingerprints], folder: Path | None = None) -> None:
        self._file: IO[bytes] = TemporaryFile(dir=folder)  # noqa: SIM115 - closed on exit
        sizes: list[Offsets] = [np.zeros(1, np.int64)]
        words: list[Offsets] = [np.zeros(0, np.int64)]
        keys: list[Hashes] = [np.zeros((0, 2), np.uint64)]
        for batch in batches:
            self._file.write(batch.shingles.tobytes())
            sizes.append(np.diff(batch.offsets))
            words.append(batch.words)
            keys.append(batch.keys)
        self._file.flush()
        self.offsets: Offsets = np.cumsum(np.concatenate(sizes))
        self.words: Offsets = np.concatenate(words)
        self.keys: Hashes = np.concatenate(keys)
        self.discounted: Offsets = np.zeros(len(self.words), np.int64)
        self._map = mmap.mmap(self._file.fileno(), 0) if self.offsets[-1] else None
        self.shingles: Hashes = np.frombuffer(self._map or b"", np.uint64)

    def __len__(self) -> int:
        return len(self.words)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()  # the mapping goes with the last array that looks at it

    @property
    def counted(self) -> Offsets:
        """The number of shingles of each document that are not discounted."""
        return np.diff(self.offsets) - self.discounted

    def release(self) -> None:
        """Let the system take back the memory behind the shingles that were looked at."""
        if self._map and hasattr(self._map, "madvise"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Yield ranges of documents of about `BLOCK` shingles each, in order; memory is released between."""
        start = 0
        while start < len(self):
            end = int(np.searchsorted(self.offsets, self.offsets[start] + BLOCK, "right")) - 1
            end = min(max(end, start + 1), len(self))
            yield start, end
            self.release()
            start = end

    def sets(self, chosen: Mask, *, counted: bool) -> Iterator[tuple[int, Hashes, Offsets]]:
        """Yield the first document of each block, its documents' shingles, and their offsets.

        Documents that are not *chosen* come as empty sets; *counted* leaves out discounted shingles.
        """
        for start, end in self.blocks():
            offsets = self.offsets[start : end + 1] - self.offsets[start]
            shingles = self.shingles[self.offsets[start] : self.offsets[end]]
            stays = np.repeat(chosen[start:end], np.diff(offsets))
            if counted:
                stays &= (shingles & DISCOUNTED) == 0
            if not stays.all():
                offsets = offsets_of(stays)[offsets]
                shingles = shingles[stays]
            yield start, shingles, offsets
