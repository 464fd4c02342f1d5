"""Figures: the set of numbers, days, months and ordinals of a text, as sorted 64-bit hashes."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cleaner.duplicates.arrays import is_first, offsets_of
from cleaner.duplicates.comparison_key import named_numbers
from cleaner.duplicates.words import NUMBER, word_hashes

if TYPE_CHECKING:
    from cleaner.duplicates.arrays import Hashes, Mask, Offsets
    from cleaner.duplicates.words import WordHashes

_FIRST_BITS = np.uint64(48)  # a shift that leaves 16


def figure_sets(words: WordHashes) -> tuple[Hashes, Offsets]:
    """Return the sorted, distinct figures of each text, one after the other, and their offsets."""
    begins, named, values = _named()
    hashes, offsets = words
    maybe = begins.take((hashes >> _FIRST_BITS).astype(np.intp))
    maybe |= (hashes & NUMBER).astype(np.bool_)
    places = np.flatnonzero(maybe)
    figures = hashes[places]
    at = np.searchsorted(named, figures) % len(named)
    is_named = named[at] == figures
    figures[is_named] = values[at[is_named]]
    is_figure = (figures & NUMBER).astype(np.bool_) | is_named
    figures, places = figures[is_figure], places[is_figure]
    bounds = np.searchsorted(places, offsets)
    for start, end in pairwise(bounds.tolist()):
        if end - start > 1:
            figures[start:end].sort()
    first = is_first(figures)
    first[bounds[:-1][np.diff(bounds) > 0]] = True
    return figures[first], offsets_of(first)[bounds]


@cache
def _named() -> tuple[Mask, Hashes, Hashes]:
    """Return for the first bits of a hash if a named figure begins so; these, sorted; what they stand for."""
    names = named_numbers()
    hashes = word_hashes([" ".join(names)]).hashes
    values = word_hashes([" ".join(names.values())]).hashes
    begins = np.zeros(1 << 16, np.bool_)
    begins[(hashes >> _FIRST_BITS).astype(np.intp)] = True
    order = np.argsort(hashes)
    return begins, hashes[order], values[order]
