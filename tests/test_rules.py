"""Every row of every marker table proves itself, and every table is well formed.

A row's examples are set into an article written for this file: what it `removes` goes whole and the article
stays, what it `keeps` stays whole. Tables of letters are held to the same in `tests/letters/test_tables.py`.
"""

from __future__ import annotations

from typing import Any

import pytest

from cleaner import Document, Pipeline, news_pipeline, rules
from cleaner.stages.boilerplate.markers import TABLES, Marker, markers

OPENING = (
    "وصلت إلى ميناء الصيد صباح اليوم عشرون شاحنة محملة بالثلج، بعد انقطاع دام أسبوعين بسبب عطل في المصنع.",
    "وأوضح رئيس جمعية الصيادين أن القوارب ستعود إلى البحر ابتداء من يوم غد إن هدأت الرياح.",
)
CLOSINGS = {
    "he-added": "وأضاف أن الأسعار ستستقر قبل نهاية الشهر، وأن الجمعية ستراقب الأسواق كل صباح.",
    "bare": "تعتمد ثلاثة آلاف أسرة على الصيد في هذا الساحل، ولم يكن لها مورد آخر في الأسبوعين الماضيين.",
}
SENTENCE = "وعاد الهدوء إلى المدينة مساء أمس"

ROW_KEYS = {
    "id", "kind", "scope", "why", "phrases", "pattern", "fact", "needs", "free", "next_line", "zone",
    "unless_final", "removes", "keeps",
}  # fmt: skip
KINDS = {"related", "tags", "share", "meta", "nav", "ad", "legal", "comments", "caption"}
FACTS = {"", "source", "date_text", "updated", "category", "author", "keyword"}
VOCABULARIES = set(rules.table("vocabulary"))
ALL_TABLES = (
    *TABLES,
    "inline",
    "embeds",
    "markup",
    "paragraphs",
    "vocabulary",
    "agencies",
    "dates",
    "weights",
)

EVERY_EXAMPLE = [(marker, example) for marker in markers() for example in marker.removes]
EVERY_KEEPS = [(marker, example) for marker in markers() for example in marker.keeps]


def named(examples: list[tuple[Marker, str]]) -> list[Any]:
    """Return *examples* as parameters, each named after its row and its own beginning."""
    return [pytest.param(marker, text, id=f"{marker.id}-{text[:24]!r}") for marker, text in examples]


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """Return the pipeline as it ships, but that it keeps short texts."""
    return news_pipeline().without("length")


def lines(text: str) -> list[str]:
    """Return the lines of *text* that are not blank."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def rules_used(document: Document) -> set[str]:
    """Return the rules of all edits of *document*."""
    return {edit.rule for revision in document.revisions for edit in revision.edits}


@pytest.mark.parametrize("closing", CLOSINGS.values(), ids=CLOSINGS)
@pytest.mark.parametrize(("marker", "example"), named(EVERY_KEEPS))
def test_what_a_row_keeps_stays(pipeline: Pipeline, marker: Marker, example: str, closing: str) -> None:
    """A tempting line inside an article stays whole, whatever row might want it."""
    raw = "\n".join((*OPENING, example, closing))
    document = pipeline.clean(Document(marker.id, raw))
    assert lines(document.text) == [*OPENING, *lines(example), closing]


@pytest.mark.parametrize(("marker", "example"), named(EVERY_EXAMPLE))
def test_what_a_row_removes_goes_from_below(pipeline: Pipeline, marker: Marker, example: str) -> None:
    """Below the article an example goes whole, by its own row; the article loses nothing."""
    raw = "\n".join((*OPENING, *CLOSINGS.values(), "", example))
    document = pipeline.clean(Document(marker.id, raw))
    assert lines(document.text) == [*OPENING, *CLOSINGS.values()]
    assert document.children == ()
    assert marker.id in rules_used(document)


@pytest.mark.parametrize("closing", CLOSINGS.values(), ids=CLOSINGS)
@pytest.mark.parametrize(
    ("marker", "example"),
    named([(m, text) for m, text in EVERY_EXAMPLE if m.zone != "tail" and m.scope != "page"]),
)
def test_what_a_row_removes_goes_from_inside(
    pipeline: Pipeline, marker: Marker, example: str, closing: str
) -> None:
    """Between two paragraphs an example goes whole, by its own row; the article loses nothing."""
    raw = "\n".join((*OPENING, "", example, "", closing))
    document = pipeline.clean(Document(marker.id, raw))
    assert lines(document.text) == [*OPENING, closing]
    assert document.children == ()
    assert marker.id in rules_used(document)
