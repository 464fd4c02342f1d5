"""The sources of documents as hashes."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.duplicates.arrays import Hashes


def source_hashes(names: Iterable[str]) -> Hashes:
    """Return a hash of each source's name; 0 where it is not named."""
    known: dict[str, int] = {"": 0}
    hashes = [known[name] if name in known else known.setdefault(name, _hash(name)) for name in names]
    return np.array(hashes, np.uint64)


def _hash(name: str) -> int:
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
