"""MinHash signatures of whole batches, bit for bit those of datasketch's `affine32` scheme."""

from __future__ import annotations

from functools import cache
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Self, TypeAlias

import numpy as np

from cleaner.duplicates.arrays import mix

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

    from cleaner.duplicates.arrays import Hashes, Offsets

    Signatures: TypeAlias = NDArray[np.uint32]

_CHUNK = 1 << 16
"""Shingles that all slots go over before the next are fetched: 256 kB, as much as the cache holds."""


@cache
def permutations(slots: int) -> Signatures:
    """Return datasketch's parameters of *slots* permutations: odd multipliers, and summands.

    They are drawn as it does, from numpy's generator whose numbers are frozen: half a second less than to
    import it.
    """
    generator = np.random.RandomState(seed=1)
    multipliers = generator.randint(0, 1 << 31, slots, np.uint32) * np.uint32(2) + np.uint32(1)
    return np.array([multipliers, generator.randint(0, 1 << 32, slots, np.uint32)])


def minhash(shingles: Hashes, offsets: Offsets, slots: int) -> Signatures:
    """Return the signatures of the sets `shingles[offsets[i]:offsets[i + 1]]`, a row for each slot.

    Equal to `datasketch.MinHash(num_perm=slots, scheme="affine32")` updated with the upper 32 bits of the
    shingles. The signature of an empty set is all ones, as in datasketch.
    """
    signatures = np.full((slots, len(offsets) - 1), 0xFFFFFFFF, np.uint32)
    filled = np.flatnonzero(np.diff(offsets))
    starts = offsets[filled]
    multipliers, summands = permutations(slots)
    values = _premix((shingles >> np.uint64(32)).astype(np.uint32))
    first = 0
    while first < len(filled):
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + _CHUNK)))
        end = int(starts[last]) if last < len(starts) else int(offsets[-1])
        part = values[starts[first] : end]
        borders = starts[first:last] - starts[first]
        buffer = np.empty_like(part)
        columns = filled[first:last]
        for slot in range(slots):
            np.multiply(part, multipliers[slot], out=buffer)
            buffer += summands[slot]
            signatures[slot, columns] = np.minimum.reduceat(buffer, borders)
        first = last
    return signatures


def _premix(values: Signatures) -> Signatures:
    """Apply the MurmurHash3 finalizer for 32 bits, as datasketch does before its permutations."""
    values = values ^ (values >> np.uint32(16))
    values *= np.uint32(0x85EBCA6B)
    values ^= values >> np.uint32(13)
    values *= np.uint32(0xC2B2AE35)
    values ^= values >> np.uint32(16)
    return values


class SignatureStore:
    """Signatures on disk, slot by slot: 4 bytes a slot and document, read back one band at a time."""

    def __init__(self, slots: int, documents: int, folder: Path | None = None) -> None:
        self._slots = slots
        self._documents = documents
        self._file: IO[bytes] = TemporaryFile(dir=folder)  # noqa: SIM115 - closed on exit

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, start: int, signatures: Signatures) -> None:
        """Store the *signatures* of documents *start* and following."""
        for slot, row in enumerate(signatures):
            self._file.seek(4 * (slot * self._documents + start))
            self._file.write(row.tobytes())

    def band(self, band: int, rows: int) -> Hashes:
        """Return for every document the hash of its slots in *band*, each band having so many *rows*."""
        self._file.seek(4 * band * rows * self._documents)
        content = self._file.read(4 * rows * self._documents)
        return band_keys(np.frombuffer(content, np.uint32).reshape(rows, self._documents))


def band_keys(rows: Signatures) -> Hashes:
    """Return for every document (the last axis) the hash of its slots in a band, the first axis of *rows*."""
    keys = np.zeros(rows.shape[1:], np.uint64)
    for row in rows:
        keys = mix(keys ^ row)
    return keys
