"""What is kept of a text to compare it: its set of shingles and a digest of its comparison key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleaner.options import Options


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """The fingerprints of a batch of texts, as arrays.

    *shingles* are the sorted, distinct shingle hashes of one text after the other; those of text *i* stand
    at `offsets[i]:offsets[i + 1]`. *words* counts the words of each comparison key; *keys* are 16-byte
    digests of it, as two numbers.
    """

    shingles: NDArray[np.uint64]
    offsets: NDArray[np.int64]
    words: NDArray[np.int32]
    keys: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.words)


def fingerprint(texts: Sequence[str], options: Options) -> Fingerprints:
    """Return the fingerprints of *texts*; see `cleaner.duplicates.fingerprint`."""
    raise NotImplementedError
