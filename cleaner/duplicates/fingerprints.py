"""What is kept of a text to compare it: its sets of shingles and figures, and a digest of its key."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.figures import figure_sets
from cleaner.duplicates.shingles import runs, shingle_sets
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
    found = runs(words, options.shingle)
    keys = _digests(texts, words, found, options.shingle)  # before they are sorted
    figured = words if options.figures else WordHashes(words.hashes[:0], np.zeros_like(words.offsets))
    return Fingerprints(
        *shingle_sets(found, words.offsets, options.shingle),
        *figure_sets(figured),
        np.diff(words.offsets),
        keys,
    )


def _digests(texts: Sequence[str], words: WordHashes, found: Hashes, size: int) -> Hashes:
    """Return 128 bits of each text's word sequence; a text without words stands for itself.

    They are sums over the `runs` *found* of *size* words: plain, and each run multiplied by its place, from
    which is taken what the place of the text adds.
    """
    starts, ends = words.offsets[:-1], words.offsets[1:] - size + 1
    keys = np.zeros((len(texts), 2), np.uint64)
    long = np.flatnonzero(starts < ends)
    if len(long):
        borders = np.ravel([starts[long], ends[long]], "F")
        sums, weighed = (
            np.add.reduceat(np.append(terms, np.uint64(0)), borders)[::2]
            for terms in (found, found * np.arange(1, len(found) + 1, dtype=np.uint64))
        )
        keys[long, 0] = sums
        keys[long, 1] = weighed - sums * starts[long].astype(np.uint64)
    for at in np.flatnonzero(starts >= ends).tolist():
        short = words.hashes[words.offsets[at] : words.offsets[at + 1]].tobytes()
        content = short or texts[at].encode("utf-8", "surrogatepass")
        digest = blake2b(content, digest_size=16, person=b"words" if short else b"text").digest()
        keys[at] = np.frombuffer(digest, np.uint64)
    return keys
