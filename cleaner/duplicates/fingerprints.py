"""What is kept of a text to compare it: its sets of shingles and numbers, and a digest of its key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.arrays import is_first, mix, offsets_of
from cleaner.duplicates.comparison_key import named_numbers
from cleaner.duplicates.words import NUMBER, WordHashes, word_hashes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.duplicates.arrays import Hashes, Mask, Offsets
    from cleaner.options import Options

DISCOUNTED = np.uint64(1)
"""The lowest bit of a shingle hash is free: it marks a shingle that does not count in this document."""

_BASE = np.uint64(0x9FB21C651E98DF25)  # odd
_FIRST_BITS = np.uint64(48)  # a shift that leaves 16


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """The fingerprints of a batch of n texts, as arrays.

    *shingles*: uint64, the sorted, distinct shingle hashes of one text after the other; *offsets*: int64,
    length n + 1, those of text i stand at `offsets[i]:offsets[i + 1]`. *numbers* and *number_offsets*:
    likewise, the hashes of its numbers, if they are asked for. *words*: int64, length n, the words of each
    comparison key. *keys*: uint64, shape (n, 2), 16-byte digests of the keys.
    """

    shingles: Hashes
    offsets: Offsets
    numbers: Hashes
    number_offsets: Offsets
    words: Offsets
    keys: Hashes

    def __len__(self) -> int:
        return len(self.words)


def fingerprint(texts: Sequence[str], options: Options) -> Fingerprints:
    """Return the fingerprints of *texts*; see `cleaner.duplicates.fingerprint`."""
    words = word_hashes(texts)
    found = _runs(words.hashes, options.shingle)
    keys = _digests(texts, words, found, options.shingle)  # before they are sorted
    compared = words if options.numbers else WordHashes(words.hashes[:0], np.zeros_like(words.offsets))
    return Fingerprints(
        *_shingle_sets(found, words.offsets, options.shingle),
        *_number_sets(compared),
        np.diff(words.offsets),
        keys,
    )


def _runs(hashes: Hashes, size: int) -> Hashes:
    """Return the hash of the *size* words from each word on, also where these reach into the next text."""
    found = hashes[: max(0, len(hashes) - size + 1)].copy()
    for step in range(1, size):
        found *= _BASE
        found += hashes[step : step + len(found)]
    return mix(found)


def _shingle_sets(found: Hashes, offsets: Offsets, size: int) -> tuple[Hashes, Offsets]:
    """Return the sorted, distinct shingle hashes of each text, one after the other, and their offsets.

    A shingle is *size* consecutive words; a text of fewer words has none. The lowest bit of a hash is 0.
    They are sorted where they are: in the runs *found*, which are lost.
    """
    starts, ends = offsets[:-1], np.maximum(offsets[1:] - size + 1, offsets[:-1])
    found &= ~DISCOUNTED
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        found[start:end].sort()
    stays = is_first(found)
    stays[starts[starts < ends]] = True
    for start, end in zip(ends.tolist(), offsets[1:].tolist(), strict=True):
        stays[start:end] = False
    bounds = offsets_of(stays)[np.minimum(offsets, len(found))]
    return found[stays], bounds


def _number_sets(words: WordHashes) -> tuple[Hashes, Offsets]:
    """Return the sorted, distinct numbers of each text, one after the other, and their offsets."""
    begins, named, values = _named_hashes()
    maybe = begins.take((words.hashes >> _FIRST_BITS).astype(np.intp))
    maybe |= (words.hashes & NUMBER).astype(np.bool_)
    places = np.flatnonzero(maybe)
    numbers = words.hashes[places]
    at = np.searchsorted(named, numbers) % len(named)
    is_named = named[at] == numbers
    numbers[is_named] = values[at[is_named]]
    is_number = (numbers & NUMBER).astype(np.bool_) | is_named
    numbers, places = numbers[is_number], places[is_number]
    bounds = np.searchsorted(places, words.offsets)
    for start, end in pairwise(bounds.tolist()):
        if end - start > 1:
            numbers[start:end].sort()
    first = is_first(numbers)
    first[bounds[:-1][np.diff(bounds) > 0]] = True
    return numbers[first], offsets_of(first)[bounds]


@cache
def _named_hashes() -> tuple[Mask, Hashes, Hashes]:
    """Return for the first bits of a hash if a named number begins so; these, sorted; what they stand for."""
    names = named_numbers()
    hashes = word_hashes([" ".join(names)]).hashes
    values = word_hashes([" ".join(names.values())]).hashes
    begins = np.zeros(1 << 16, np.bool_)
    begins[(hashes >> _FIRST_BITS).astype(np.intp)] = True
    order = np.argsort(hashes)
    return begins, hashes[order], values[order]


def _digests(texts: Sequence[str], words: WordHashes, found: Hashes, size: int) -> Hashes:
    """Return 128 bits of each text's word sequence, two numbers a row; a text without words is its own key.

    They are sums over the runs *found* of *size* words: plain, and each run multiplied by its place, from
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
