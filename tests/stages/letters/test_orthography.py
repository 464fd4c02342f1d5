"""Habits of spelling stay unless the standard is asked for; what is then given back. Floors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from cleaner.document import Document
from tests.stages.letters.corpus import articles

if TYPE_CHECKING:
    from cleaner.pipeline import Pipeline

HABITS = (
    "قال الوزير فى المؤتمر الصحفى إن المشروع الذى بدأ أمس مستمر",
    "أكد المتحدث ان الاجتماع انتهى الى اتفاق حول الازمة الاخيرة",
    "وصل الوفد الي مستشفي المدينه مساء الاحد وعاد بعد ساعه",
)


class Habit(NamedTuple):
    """How a writer departs from the standard, and the shares of such letters that come back, and go wrong."""

    pattern: str
    written: str
    back: float
    wrong: float


WAYS = {
    "every final yeh without dots": Habit("ي(?!\\w)", "ى", back=0.9, wrong=0.001),
    "no hamza": Habit("(?<!\\w)((?:[وفبكل]?(?:ال)?))[أإآ]", "\\1ا", back=0.72, wrong=0.003),
    "heh for teh marbuta": Habit("ة(?!\\w)", "ه", back=0.85, wrong=0.001),
}


@pytest.mark.parametrize("text", HABITS)
def test_habits_stay_by_default(letters: Pipeline, text: str) -> None:
    """None of them is a fault."""
    assert letters.clean(Document("1", text)).text == text


def test_the_standard_is_given_on_request(standard: Pipeline) -> None:
    """Each letter is recorded, and a second cleaning finds nothing."""
    document = standard.clean(Document("1", HABITS[0]))
    assert document.text == "قال الوزير في المؤتمر الصحفي إن المشروع الذي بدأ أمس مستمر"
    assert document.original_text() == HABITS[0]
    for text in HABITS:
        document = standard.clean(Document("1", text))
        assert standard.clean(Document("1", document.text)).text == document.text


@pytest.mark.slow
@pytest.mark.parametrize("habit", WAYS.values(), ids=WAYS)
def test_what_a_habit_took_comes_back(standard: Pipeline, habit: Habit) -> None:
    """Most of the letters come back; hardly one becomes another than it was."""
    lost = back = wrong = 0
    stage = standard.stages["orthography"]
    for text in articles(400):
        written = re.sub(habit.pattern, habit.written, text)
        raw = Document("1", written)
        given = raw.revise("orthography", stage(raw)).text
        for before, between, after in zip(text, written, given, strict=True):
            lost += before != between
            back += before != between and after == before
            wrong += before != between and after not in {before, between}
    assert back >= habit.back * lost
    assert wrong <= habit.wrong * lost


@pytest.mark.slow
def test_standard_texts_hardly_change(standard: Pipeline) -> None:
    """What changes in articles that mostly keep to the standard is one word in a hundred, and misspelled."""
    stage = standard.stages["orthography"]
    texts = articles(400)
    edits = sum(len(list(stage(Document("1", text)))) for text in texts)
    assert edits <= 0.01 * sum(len(text.split()) for text in texts)
