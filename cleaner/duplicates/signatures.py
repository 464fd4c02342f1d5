"""MinHash signatures of whole batches, bit for bit those of datasketch, and the bands that they are cut into.

A signature has num_perm numbers, one for each permutation: first those over the shingles that count. Behind
them, if shingles of a source may be common and not count, stand those over all shingles. A band is some of
these numbers; two documents that have the same in one band are candidates.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, TypeAlias

import numpy as np

from cleaner.duplicates.arrays import mix
from cleaner.duplicates.fingerprints import DISCOUNTED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from cleaner.duplicates.arrays import Hashes, Offsets
    from cleaner.options import Options

    Signatures: TypeAlias = NDArray[np.uint32]

OVER_ALL, BANDS_OVER_ALL = 36, 12
"""Numbers over all shingles, and their bands, for documents of which few shingles count: they miss one pair
in 90,000 of Jaccard .85."""

_CHUNK = 1 << 16
"""Shingles that all permutations go over before the next are fetched: 256 kB, as much as the cache holds."""

_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # odd


@cache
def permutations(num_perm: int) -> Signatures:
    """Return datasketch's MinHash permutations: uint32, shape (2, num_perm), odd multipliers and summands.

    This is the only import of datasketch: it loads scipy, half a second that only a search is worth.
    """
    from datasketch import MinHash  # noqa: PLC0415 - as said above

    drawn: Signatures = MinHash(num_perm=num_perm, seed=1, scheme="affine32").permutations
    return drawn


def permutations_digest(options: Options) -> str:
    """Return a digest of the permutations that signatures are made with, 16 hexadecimal digits."""
    drawn = permutations(_over_counted(options)).astype("<u4")
    return blake2b(drawn.tobytes(), digest_size=8).hexdigest()


def signature_size(options: Options) -> int:
    """Return how many numbers a signature has."""
    return _over_counted(options) + (OVER_ALL if options.recurrence else 0)


def _over_counted(options: Options) -> int:
    """Return how many of these are over the shingles that count; where all do, bands over all share them."""
    return max(options.permutations, OVER_ALL if options.recurrence or options.minimum_shingles else 0)


def sign(shingles: Hashes, offsets: Offsets, options: Options) -> Signatures:
    """Return the signatures of n sets of shingles: uint32, shape (`signature_size(options)`, n).

    *shingles*: uint64, one set after the other, marked if they do not count; *offsets*: int64, length n + 1.
    The least of all is the least of those that count and of the others.
    """
    drawn = permutations(_over_counted(options))
    if not options.recurrence:
        return minhash(shingles, offsets, drawn)
    marked = (shingles & DISCOUNTED).astype(np.bool_)
    at = np.flatnonzero(marked)
    before = np.searchsorted(at, offsets)
    counted = minhash(shingles[~marked], offsets - before, drawn)
    others = minhash(shingles[at], before, drawn[:, :OVER_ALL])
    return np.concatenate([counted, np.minimum(counted[:OVER_ALL], others)])


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


def band_layouts(options: Options) -> tuple[Offsets, Offsets]:
    """Return the bands over all shingles, and those over the shingles that count; see `layout`."""
    first = _over_counted(options) if options.recurrence else 0
    return first + layout(OVER_ALL, BANDS_OVER_ALL), layout(options.permutations, options.bands)


def layout(num_perm: int, bands: int) -> Offsets:
    """Return which numbers of a signature each band compares: int64, a row a band.

    They share the numbers out among them. More bands than *num_perm* compare two each: every number with the
    next, then with the second next, and so on. Such bands are nearly as good as bands that share no number,
    and permutations are what takes time: 432 bands of 72 numbers miss a pair of Jaccard .1 with probability
    .08, 128 bands of 256 with .28.
    """
    if bands <= num_perm:
        return np.arange(num_perm).reshape(bands, -1)
    gap, first = np.divmod(np.arange(bands), num_perm)
    return np.stack([first, (first + gap + 1) % num_perm], axis=1)


def band_keys(rows: Sequence[Signatures]) -> Hashes:
    """Return a hash of each document's numbers in a band: uint64, its first bits depend on all of them.

    *rows*: uint32, for each number of the band those of all documents.
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


class SignatureStore:
    """Signatures in a temporary file, number by number: 4 bytes each, those of all documents together."""

    def __init__(self, documents: int, folder: Path | None = None) -> None:
        self._documents = documents
        self._file: IO[bytes] = TemporaryFile(dir=folder)  # noqa: SIM115 - closed by its owner

    def close(self) -> None:
        """Remove the file."""
        self._file.close()

    def write(self, start: int, signatures: Signatures) -> None:
        """Store the *signatures* of documents *start* and following, a column each."""
        for number, row in enumerate(signatures):
            self._file.seek(4 * (number * self._documents + start))
            self._file.write(row.tobytes())

    def row(self, number: int) -> Signatures:
        """Return this number of the signatures of all documents."""
        self._file.seek(4 * number * self._documents)
        return np.frombuffer(self._file.read(4 * self._documents), np.uint32)
