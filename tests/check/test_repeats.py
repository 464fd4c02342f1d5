"""A few texts are compared in plain Python, many in arrays: both obey the one rule."""

from __future__ import annotations

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from cleaner import Options
from cleaner.check import repeats
from cleaner.check.repeats import matches
from cleaner.duplicates import Entry, find_duplicates, fingerprint

WORDS = [f"{first}{second}ر" for first in "بتجدس" for second in "اويم"]


@st.composite
def stories(draw: st.DrawFn) -> list[str]:
    """Draw texts that share passages: a story, its parts, and parts of another."""
    passages = [" ".join(draw(st.permutations(WORDS))) for _ in range(3)]
    picked = st.lists(st.sampled_from(passages), min_size=1, max_size=3)
    return [" ".join(draw(picked)) for _ in range(draw(st.integers(2, 9)))]


def entries(texts: list[str], sources: list[str]) -> list[Entry]:
    """Return what the rule has to know of *texts*."""
    return [
        Entry(
            id=str(number),
            source=source,
            is_child=number % 5 == 4,
            date="2024-01-02" if number % 3 else "",
            text_digest=hashlib.sha256(text.encode()).digest(),
            raw_digest=hashlib.sha256(text.encode()).digest(),
        )
        for number, (text, source) in enumerate(zip(texts, sources, strict=True))
    ]


@settings(deadline=None, max_examples=60)
@given(texts=stories(), data=st.data())
def test_plain_python_and_arrays_agree(texts: list[str], data: st.DataObject) -> None:
    """The same texts are dropped, for the same matches, of the same kind."""
    sources = data.draw(st.lists(st.sampled_from(["", "أ"]), min_size=len(texts), max_size=len(texts)))
    keep = data.draw(st.sampled_from(["longest", "earliest", "source-order"]))
    options = Options(
        keep=keep,
        source_order=("أ",) if keep == "source-order" else (),
        measure=data.draw(st.sampled_from(["containment", "jaccard"])),
        recurrence=data.draw(st.sampled_from([2, 6])),
    )
    known = entries(texts, sources)
    expected = find_duplicates(known, [fingerprint(texts, options)], options).matches
    found = matches(known, texts, options)
    assert {dropped: match.kind for dropped, match in found.items()} == {
        dropped: match.kind for dropped, match in expected.items()
    }
    for dropped, match in found.items():
        other = expected[dropped]
        assert (match.kept, match.containment, match.jaccard) == pytest.approx(
            (other.kept, other.containment, other.jaccard)
        )


def test_many_texts_are_left_to_the_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a few, comparing each with each would take too long."""
    monkeypatch.setattr(repeats, "FEW", 1)
    texts = [" ".join(WORDS)] * 2
    assert len(matches(entries(texts, ["", ""]), texts, Options())) == 1
