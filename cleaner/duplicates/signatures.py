"""MinHash signatures of whole batches, bit for bit those of datasketch, whose permutations they use."""

from __future__ import annotations

from functools import cache
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Self, TypeAlias

import numpy as np

from cleaner.duplicates.arrays import mix

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

    from cleaner.duplicates.arrays import Hashes, Offsets

    Signatures: TypeAlias = NDArray[np.uint32]

_CHUNK = 1 << 16
"""Shingles that all slots go over before the next are fetched: 256 kB, as much as the cache holds."""


@cache
def permutations(num_perm: int) -> Signatures:
    """Return datasketch's MinHash permutations: uint32, shape (2, num_perm), odd multipliers and summands.

    This is the only import of datasketch: it loads scipy, half a second that only a search is worth.
    """
    from datasketch import MinHash  # noqa: PLC0415 - as said above

    drawn: Signatures = MinHash(num_perm=num_perm, seed=1, scheme="affine32").permutations
    return drawn


def minhash(shingles: Hashes, offsets: Offsets, permutations: Signatures) -> Signatures:
    """Return the signatures of n sets of shingles: uint32, a row for each permutation, a column for each set.

    *shingles*: uint64, one set after the other; *offsets*: int64, length n + 1; *permutations*: uint32, shape
    (2, rows). Equal to those of `datasketch.MinHash(scheme="affine32")` with these permutations, updated with
    the upper 32 bits of the shingles; of an empty set all ones, as there.
    """
    multipliers, summands = permutations
    signatures = np.full((len(multipliers), len(offsets) - 1), 0xFFFFFFFF, np.uint32)
    filled = np.flatnonzero(np.diff(offsets))
    starts = offsets[filled]
    values = _premix((shingles >> np.uint64(32)).astype(np.uint32))
    done = 0
    while done < len(filled):
        last = max(done + 1, int(np.searchsorted(starts, starts[done] + _CHUNK)))
        end = int(starts[last]) if last < len(starts) else int(offsets[-1])
        part = values[starts[done] : end]
        borders = starts[done:last] - starts[done]
        buffer = np.empty_like(part)
        columns = filled[done:last]
        for row, multiplier, summand in zip(signatures, multipliers, summands, strict=True):
            np.multiply(part, multiplier, out=buffer)
            buffer += summand
            row[columns] = np.minimum.reduceat(buffer, borders)
        done = last
    return signatures


def _premix(values: Signatures) -> Signatures:
    """Apply the MurmurHash3 finalizer for 32 bits, as datasketch does before its permutations."""
    values = values ^ (values >> np.uint32(16))
    values *= np.uint32(0x85EBCA6B)
    values ^= values >> np.uint32(13)
    values *= np.uint32(0xC2B2AE35)
    values ^= values >> np.uint32(16)
    return values


def layout(slots: int, bands: int) -> Offsets:
    """Return which of *slots* each of *bands* compares, a row a band.

    They share the slots out among them. More bands than slots compare two each: every slot with the next,
    then with the second next, and so on. Such bands are nearly as good as bands of slots of their own, and
    slots are what takes time: 432 bands of 72 slots miss a pair of Jaccard .1 with probability .08, 128
    bands of 256 with .28.
    """
    if bands <= slots:
        return np.arange(slots).reshape(bands, -1)
    gap, first = np.divmod(np.arange(bands), slots)
    return np.stack([first, (first + gap + 1) % slots], axis=1)


def band_keys(rows: Sequence[Signatures]) -> Hashes:
    """Return for every document a hash of its slots in a band, the *rows* of their signatures.

    Its first bits depend on all of them.
    """
    halves = np.zeros((len(rows[0]), 2), "<u4")  # a quarter of the time of shifts
    for half, row in zip((1, 0), rows, strict=False):
        halves[:, half] = row
    keys = halves.view("<u8")[:, 0].astype(np.uint64, copy=False)
    for row in rows[2:]:
        keys = mix(keys)
        keys ^= row
    keys *= _SPREAD
    return keys


_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class SignatureStore:
    """Signatures on disk, slot by slot: 4 bytes a slot and document, read back a few slots at a time."""

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

    def slot(self, slot: int) -> Signatures:
        """Return the numbers of all documents in *slot*."""
        self._file.seek(4 * slot * self._documents)
        return np.frombuffer(self._file.read(4 * self._documents), np.uint32)
