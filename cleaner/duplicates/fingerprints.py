"""What is kept of a text to compare it: its sets of shingles and figures, and a digest of its key."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.arrays import mix, ranges
from cleaner.duplicates.figures import figure_sets
from cleaner.duplicates.shingles import shingle_sets
from cleaner.duplicates.words import WordHashes, word_hashes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.duplicates.arrays import Hashes, Offsets
    from cleaner.options import Options


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """The fingerprints of a batch of texts, as arrays.

    *shingles* are the sorted, distinct shingle hashes of one text after the other; those of text *i* stand
    at `offsets[i]:offsets[i + 1]`. *figures* are the hashes of its figures, likewise, if they are asked for.
    *words* counts the words of each comparison key; *keys* are 16-byte digests of it, a row of two numbers
    each.
    """

    shingles: Hashes
    offsets: Offsets
    figures: Hashes
    figure_offsets: Offsets
    words: Offsets
    keys: Hashes

    def __len__(self) -> int:
        return len(self.words)


def fingerprint(texts: Sequence[str], options: Options) -> Fingerprints:
    """Return the fingerprints of *texts*; see `cleaner.duplicates.fingerprint`."""
    words = word_hashes(texts)
    figured = words if options.figures else WordHashes(words.hashes[:0], np.zeros_like(words.offsets))
    return Fingerprints(
        *shingle_sets(words, options.shingle),
        *figure_sets(figured),
        np.diff(words.offsets),
        _digests(texts, words),
    )


def _digests(texts: Sequence[str], words: WordHashes) -> Hashes:
    """Return 128 bits of each text's word sequence; a text without words stands for itself."""
    starts, sizes = words.offsets[:-1], np.diff(words.offsets)
    places = ranges(np.zeros_like(starts), sizes).astype(np.uint64)
    places *= _PLACE
    places += words.hashes
    terms = mix(places)
    keys = np.zeros((len(texts), 2), np.uint64)
    filled = sizes > 0
    if filled.any():
        keys[filled, 0] = np.add.reduceat(terms, starts[filled])
        terms ^= terms >> np.uint64(32)
        terms *= words.hashes | np.uint64(1)
        keys[filled, 1] = np.add.reduceat(terms, starts[filled])
    for at in np.flatnonzero(~filled).tolist():
        digest = blake2b(texts[at].encode("utf-8", "surrogatepass"), digest_size=16).digest()
        keys[at] = np.frombuffer(digest, np.uint64)
    return keys


_PLACE = np.uint64(0x9E3779B97F4A7C15)  # a word counts for another at each place
