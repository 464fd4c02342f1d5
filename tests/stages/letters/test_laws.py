"""Laws of every stage that cares about letters, on texts drawn from troublesome characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from cleaner.document import Document
from cleaner.pipeline import findings_of
from cleaner.text import alphabet

if TYPE_CHECKING:
    from cleaner.pipeline import Pipeline

PIECES = (
    *"ابتسعليىكهةءأإآؤئ ",
    *"\u06cc\u06a9\u06aa\u06be\u06c1\u06c3\u06d5\u06d2\u067e\u06af",  # look-alikes, PEH, GAF
    *"\u0640\u064b\u064e\u0651\u0654\u0653\u0670",  # TATWEEL and marks
    *"\u200b\u200c\u200d\u200e\u200f\u00a0\u00ad\ufeff\u2003\x1a\r\n",  # invisible characters
    *"\ufefb\ufe8d\ufedf\ufdf2\ufc60\ufbff",  # presentation forms
    *"0٣۴12«»“”\"'(،؛؟.:!-\u2033\u066c",
    *"aGo\u043e\u03bc\u00e9\u00d8\u00a7\u00d9\u201e",  # Latin, CYRILLIC O, MU, mojibake
    "في ", "من ", "على ", "عل\u06cc ", "الحكومة ", "الشر\u06a9ة ", "الاجتماع\u06ccة ",
    "2023", "م\u06cc\u200cخواهم ",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(start=TEXTS, end=TEXTS)
def test_cleaning_can_be_undone_and_is_done_at_once(letters: Pipeline, start: str, end: str) -> None:
    """The raw text is restored exactly, and a second cleaning finds nothing."""
    raw = f"{start}أعلنت الحكومة في بيان أن الوزارة تعمل على تنفيذ المشروع، وقالت إن{end}"
    document = letters.clean(Document("1", raw))
    assert document.original_text() == raw
    assert letters.clean(document) is document


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=TEXTS)
def test_each_stage_is_idempotent(letters: Pipeline, text: str) -> None:
    """Once its findings are applied, a stage finds nothing more."""
    for name, stage in letters.stages.items():
        document = Document("1", f"أعلنت الحكومة في بيان أن الوزارة تعمل على تنفيذ المشروع {text}")
        revised = document.revise(name, stage(document))
        assert not [
            finding for finding in stage(revised) if revised.revise(name, [finding]) is not revised
        ], name


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=TEXTS)
def test_foreign_documents_keep_their_letters(letters: Pipeline, text: str) -> None:
    """Whatever stands in a Persian page, no letter of it changes."""
    page = "این گزارش را وزیر امور خارجه در نشست دیروز داد و گفت که باید همکاری شود. " * 6
    document = Document("1", page + text)
    for name, stage in letters.stages.items():
        if name != "encoding":
            document = document.revise(name, findings_of(stage, document))
    assert document.text == page + text


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=TEXTS)
def test_no_fault_hides_from_the_first_look(letters: Pipeline, text: str) -> None:
    """Whatever a stage would edit, if it looked at every text, stands among the suspects."""
    document = Document("1", f"أعلنت الحكومة في بيان أن الوزارة تعمل على تنفيذ المشروع {text}")
    found = {name: [*stage(document)] for name, stage in letters.stages.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alphabet, "suspects", frozenset)
        assert {name: [*stage(document)] for name, stage in letters.stages.items()} == found


HABITS = (
    *("الي", "فى", "مستشفي", "علي", "على", "القوي", "القوى"),
    *("كتابه", "الشركه", "ان", "الى", "اخر", "الان"),
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(words=st.lists(st.sampled_from(HABITS), max_size=30))
def test_standard_orthography_is_reached_at_once(standard: Pipeline, words: list[str]) -> None:
    """Whatever stands beside what, a second cleaning finds nothing, and the first can be undone."""
    raw = f"أعلنت الحكومة في بيان أن الوزارة تعمل على تنفيذ المشروع {' '.join(words)}"
    document = standard.clean(Document("1", raw))
    assert document.original_text() == raw
    assert standard.clean(Document("1", document.text)).text == document.text
