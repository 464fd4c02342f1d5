"""What a page shows: one row a line, integers, and the same whatever was read before."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.page.belonging import NAMES, ONE, belonging
from cleaner.page.evidence import OWN, LineMarks, WordScores, evidence, names
from cleaner.page.lines import Page

HARBOUR = (
    "وصلت إلى ميناء الصيد صباح اليوم عشرون شاحنة محملة بالثلج بعد انقطاع دام أسبوعين بسبب عطل في المصنع.",
    "وأوضح رئيس جمعية الصيادين أن القوارب ستعود إلى البحر من الميناء غدا وأن الثلج يكفي الصيادين أسبوعين.",
    "وتعتمد آلاف الأسر على صيد السمك في هذا الميناء ولم يكن لها مورد آخر سوى القوارب والبحر والثلج.",
)
COURT = (
    "قضت محكمة الجنايات أمس بسجن ثلاثة متهمين عشر سنوات في قضية تزوير العقود التي هزت سوق العقارات.",
    "وقال القاضي إن المتهمين زوروا عقود بيع شقق وباعوها مرتين مستغلين ثقة المشترين في مكتب المحاماة.",
)


def shown(text: str) -> np.ndarray:
    """Return the evidence of a page without markers."""
    lines = Page.of(text).lines
    return evidence(lines, LineMarks([None] * len(lines), [""] * len(lines), frozenset()), WordScores({}))


def test_a_row_for_each_line_and_a_column_for_each_name() -> None:
    """Whole numbers, and no name twice."""
    rows = shown("\n".join(HARBOUR))
    assert rows.shape == (3, len(names()))
    assert rows.dtype == np.int32
    assert len(set(names())) == len(names())
    assert names()[: len(OWN)] == OWN


@pytest.mark.parametrize("text", ["عنوان", "...", "12:30", "a\nb", "*\n*\n*", "؟"])
def test_pages_without_an_article(text: str) -> None:
    """Nothing to compare with is no error."""
    assert len(shown(text)) == len(Page.of(text).lines)


def test_the_same_page_shows_the_same() -> None:
    """Whatever was read in between."""
    page = "\n".join((*HARBOUR, *COURT))
    before = shown(page)
    shown("\n".join(COURT))
    assert (shown(page) == before).all()


def test_another_articles_text_is_less_like_the_opening() -> None:
    """By the words of both, and by the matter they are about."""
    tokens = [line.tokens for line in Page.of("\n".join((*HARBOUR, *COURT))).lines]
    found = belonging(tokens, np.zeros(len(tokens), bool))
    assert np.abs(found[:, NAMES.index("like-opening")]).max() <= ONE
    for column in ("like-all", "covered", "seam-like"):
        values = found[:, NAMES.index(column)]
        assert values[1:3].min() > values[3:].min(), column
