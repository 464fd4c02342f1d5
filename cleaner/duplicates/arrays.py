"""What all the array modules share: types, hashes, and ranges laid end to end."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable

Hashes: TypeAlias = NDArray[np.uint64]
Offsets: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


def mix(values: Hashes) -> Hashes:
    """Return *values*, each bit depending on every other: uint64, MurmurHash3's finalizer, a bijection."""
    values = values ^ (values >> np.uint64(33))
    values *= np.uint64(0xFF51AFD7ED558CCD)
    values ^= values >> np.uint64(33)
    values *= np.uint64(0xC4CEB9FE1A85EC53)
    values ^= values >> np.uint64(33)
    return values


def source_hashes(names: Iterable[str]) -> Hashes:
    """Return a hash of each source's name, uint64; 0 where it is not named."""
    known: dict[str, int] = {"": 0}
    hashes = [known[name] if name in known else known.setdefault(name, _hash(name)) for name in names]
    return np.array(hashes, np.uint64)


def _hash(name: str) -> int:
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def ranges(starts: Offsets, sizes: Offsets) -> Offsets:
    """Return the places `start … start + size − 1` of each range, int64, one range after the other.

    *starts*, *sizes*: int64, one for each range.
    """
    ends = np.cumsum(sizes)
    places: Offsets = np.repeat(starts - ends + sizes, sizes) + np.arange(ends[-1] if len(ends) else 0)
    return places


def offsets_of(sizes: Offsets | Mask) -> Offsets:
    """Return where n sets of *sizes* start, laid end to end, and where the last ends: int64, length n + 1."""
    offsets = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=offsets[1:])
    return offsets


def once(values: Hashes) -> Hashes:
    """Return *values* sorted, which they are in place, each once: several times as fast as `numpy.unique`."""
    values.sort()
    return values[is_first(values)]


def is_first(values: Hashes | Offsets) -> Mask:
    """Say which of *values* differ from the one before: bool, as many; the first does."""
    first = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first
