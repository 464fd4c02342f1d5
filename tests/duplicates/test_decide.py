"""Decisions on columns of counts against the specification, pair by pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
import numpy as np

from cleaner.duplicates.decide import PairCounts, decide, numbers_agree
from cleaner.duplicates.specification import ComparedText, PairDecision, decide_pair
from tests.duplicates.test_search import CHOICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.options import Options

SHINGLES = st.frozensets(st.integers(0, 24).map(lambda number: (str(number),)), max_size=25)
NUMBERS = st.frozensets(st.sampled_from("123456"), max_size=5)


@st.composite
def compared_texts(draw: st.DrawFn) -> ComparedText:
    """Draw the sets of a text, some of whose shingles are common."""
    shingles = draw(SHINGLES)
    key = tuple(word for (word,) in sorted(shingles)) or (str(draw(st.integers(0, 1))),)
    return ComparedText(key, len(shingles), draw(NUMBERS), shingles, shingles - draw(SHINGLES))


def sizes(*sets: Sequence[frozenset[Any]]) -> np.ndarray:
    """Return how large each of some *sets* is, a row each."""
    return np.array([[len(members) for members in row] for row in sets], np.int64)


@given(st.lists(st.tuples(compared_texts(), compared_texts()), max_size=8), CHOICES)
def test_columns_are_decided_as_specified(
    pairs: list[tuple[ComparedText, ComparedText]], options: Options
) -> None:
    """From counts alone: who is linked, whom that may drop, and with which shares."""
    earlier, later = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    [shared, counted, numbers] = sizes(
        [one.shingles & other.shingles for one, other in pairs],
        [one.counted & other.counted for one, other in pairs],
        [one.numbers & other.numbers for one, other in pairs],
    )
    number_sizes = sizes(*([one.numbers for one in texts] for texts in (earlier, later)))
    counts = PairCounts(
        np.arange(len(pairs)),
        np.arange(len(pairs)) + len(pairs),
        np.array([one.key == other.key for one, other in pairs], np.bool_),
        shared,
        counted,
        sizes(*([one.shingles for one in texts] for texts in (earlier, later))),
        sizes(*([one.counted for one in texts] for texts in (earlier, later))),
    )
    decided = decide(counts, options)
    agree = numbers_agree(number_sizes.min(axis=0), numbers, options)[decided.earlier]
    decided = decided.where(decided.exact | agree)
    assert (decided.later == decided.earlier + len(pairs)).all()
    found = {
        int(number): PairDecision(
            bool(decided.may_drop[at]),
            decided.kind(at),
            float(decided.containment[at]),
            float(decided.overlap[at]),
            float(decided.jaccard[at]),
        )
        for at, number in enumerate(decided.earlier)
    }
    expected = {
        number: decision
        for number, (one, other) in enumerate(pairs)
        if (decision := decide_pair(other, one, options))
    }
    assert found == expected
