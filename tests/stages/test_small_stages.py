"""Paragraphs, spaces and length: what each leaves alone, then what it does."""

from __future__ import annotations

import pytest

from cleaner import Document
from cleaner.pipeline import findings_of
from cleaner.stages.length import Length
from cleaner.stages.paragraphs import SplitSentences
from cleaner.stages.spaces import Spaces

SENTENCE = "وأوضح رئيس الجمعية للصيادين أن القوارب ستعود إلى البحر"
APART = {
    "a new sentence": f"{SENTENCE}.\nوقال إن الثلج وصل.",
    "a sub-heading": f"{SENTENCE}.\nموسم جديد\nوقال إن الثلج وصل.",
    "verses": "يا بحر كم خبأت فيك\nوكم انتظرنا مركبا",
    "short verses on a hanging word": "عاد الذين\nأحبهم",
    "a list": "وتضمن البيان:\n- إصلاح المصنع\n- صيانة الطريق",
    "a speaker and his words": "وقال رئيس الجمعية:\n«نحن جاهزون»",
    "a table": "الساحل 2\nالجبل 1",
}
JOINED = {
    "a hanging preposition": (f"{SENTENCE} في\nالصباح الباكر.", f"{SENTENCE} في الصباح الباكر."),
    "a blank line as well": (f"{SENTENCE} من\n\nالميناء الشرقي.", f"{SENTENCE} من الميناء الشرقي."),
    "a comma at the end": (f"{SENTENCE}،\nوإن الثلج وصل.", f"{SENTENCE}، وإن الثلج وصل."),
    "a comma at the beginning": (f"{SENTENCE}\n، وإن الثلج وصل.", f"{SENTENCE}، وإن الثلج وصل."),
    "an opening guillemet at the end": (
        "وقال رئيس الجمعية «\nنحن جاهزون».",
        "وقال رئيس الجمعية «نحن جاهزون».",
    ),
}
SPACES = {
    "runs": ("كلمة  وأخرى\tوثالثة", "كلمة وأخرى وثالثة"),
    "line ends": ("كلمة \n وأخرى", "كلمة\nوأخرى"),
    "blank lines": ("كلمة\n\n\n \nوأخرى", "كلمة\n\nوأخرى"),
    "both ends of the text": ("\n كلمة\n\n", "كلمة"),
    "Windows line breaks": ("كلمة\r\nوأخرى", "كلمة\nوأخرى"),
}
LAID_OUT = ("كلمة وأخرى\nوثالثة", "كلمة\n\nوأخرى", "كلمة")


@pytest.mark.parametrize("text", APART.values(), ids=APART)
def test_lines_that_are_lines_stay(text: str) -> None:
    """A break that the writer made is kept."""
    assert not list(findings_of(SplitSentences(), Document("1", text)))


@pytest.mark.parametrize(("text", "joined"), JOINED.values(), ids=JOINED)
def test_a_sentence_that_was_split_is_joined(text: str, joined: str) -> None:
    """A break no writer makes becomes a space, or nothing beside punctuation."""
    document = Document("1", text)
    assert document.revise("paragraphs", findings_of(SplitSentences(), document)).text == joined


@pytest.mark.parametrize("text", LAID_OUT)
def test_tidy_white_space_stays(text: str) -> None:
    """One space, one line break, one blank line are what they should be."""
    assert not list(Spaces()(Document("1", text)))


@pytest.mark.parametrize(("text", "tidy"), SPACES.values(), ids=SPACES)
def test_stray_white_space_goes(text: str, tidy: str) -> None:
    """One space or line break stays of each, and at most one blank line."""
    document = Document("1", text)
    assert document.revise("spaces", Spaces()(document)).text == tidy


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("عاد الهدوء إلى المدينة مساء", ""),
        ("عاد الهدوء إلى المدينة", "length.too-short"),
        ("…", "length.empty"),
        ("", "length.empty"),
    ],
    ids=["enough", "too short", "no word", "nothing"],
)
def test_what_is_too_short_is_rejected(text: str, rule: str) -> None:
    """Words are counted, not characters."""
    document = Document("1", text)
    rejection = document.revise("length", Length(5)(document)).rejection
    assert (rejection.rule if rejection else "") == rule


def test_no_minimum_keeps_all_but_nothing() -> None:
    """With a minimum of nought words only an empty document has too few."""
    assert not list(Length(0)(Document("1", "كلمة")))
