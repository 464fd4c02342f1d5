"""What is kept of a text to compare it: its set of shingles and a digest of its comparison key."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.shingles import shingle_sets
from cleaner.duplicates.words import word_hashes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.duplicates.arrays import Hashes, Offsets
    from cleaner.duplicates.words import WordHashes
    from cleaner.options import Options


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """The fingerprints of a batch of texts, as arrays.

    *shingles* are the sorted, distinct shingle hashes of one text after the other; those of text *i* stand
    at `offsets[i]:offsets[i + 1]`. *words* counts the words of each comparison key; *keys* are 16-byte
    digests of it, a row of two numbers each.
    """

    shingles: Hashes
    offsets: Offsets
    words: Offsets
    keys: Hashes

    def __len__(self) -> int:
        return len(self.words)


def fingerprint(texts: Sequence[str], options: Options) -> Fingerprints:
    """Return the fingerprints of *texts*; see `cleaner.duplicates.fingerprint`."""
    words = word_hashes(texts)
    shingles, offsets = shingle_sets(words, options.shingle)
    digests = b"".join(_digests(texts, words))
    return Fingerprints(
        shingles, offsets, np.diff(words.offsets), np.frombuffer(digests, np.uint64).reshape(-1, 2)
    )


def _digests(texts: Sequence[str], words: WordHashes) -> list[bytes]:
    """Return a digest of each text's word sequence; a text without words stands for itself."""
    bounds = words.offsets.tolist()
    contents = (
        words.hashes[start:end].tobytes() if end > start else text.encode("utf-8", "surrogatepass")
        for text, (start, end) in zip(texts, pairwise(bounds), strict=True)
    )
    return [blake2b(content, digest_size=16).digest() for content in contents]
