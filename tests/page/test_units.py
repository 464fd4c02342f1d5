"""A page that lost its line breaks is cut into units for the classifier; no other page is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.page.lines import Page
from cleaner.page.units import LONG_LINE, cuts, headline_cuts, unit_cuts

SENTENCE = "وقال رئيس الجمعية إن القوارب ستعود إلى البحر غدا إن هدأت الرياح"
PIECES = [
    *("قال", "البحر", "أعلنت", "اقرأ أيضا", "المصدر:", "12:30", "الرياح.", "غدا؟", "…", "|", "«نعم»", "2024"),
    "  ",
]
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=120).map(" ".join)


@given(WORDS)
def test_places_are_in_order_and_inside_the_line(line: str) -> None:
    """And none is at an end of the line."""
    places = cuts(line)
    assert places == sorted(set(places))
    assert all(0 < place < len(line) for place in places)


@given(WORDS)
def test_units_hold_every_letter_once(text: str) -> None:
    """Cut into units, a page has the same letters in the same order."""
    page = Page.of(text, unit_cuts(text))
    assert "".join("".join(line.text.split()) for line in page.lines) == "".join(text.split())
    assert all(text[line.start : line.end] == line.text for line in page.lines)


def test_sentences_and_labels_are_units() -> None:
    """A sentence ends a unit, and so does what stands before a label."""
    text = f"{SENTENCE}. {SENTENCE}. اقرأ أيضا: افتتاح الميناء الجديد المصدر: وكالة الشراع"
    assert [line.text.strip() for line in Page.of(text, cuts).lines] == [
        f"{SENTENCE}.",
        f"{SENTENCE}.",
        "اقرأ أيضا: افتتاح الميناء الجديد",
        "المصدر: وكالة الشراع",
    ]


def test_a_page_with_line_breaks_is_not_cut() -> None:
    """Nor is one whose lines are all short."""
    long = " ".join(f"{word}{number}" for number in range(6) for word in SENTENCE.split())
    assert long.count(" ") > LONG_LINE
    assert unit_cuts(long) is cuts
    assert unit_cuts("\n".join([long] * 4)) is headline_cuts
    assert headline_cuts(long) == []
    assert unit_cuts(SENTENCE) is None
