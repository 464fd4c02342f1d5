"""Every row of every marker table proves itself, and every table is well formed.

A row's examples are set into an article written for this file: what it `removes` goes whole and the article
stays, what it `keeps` stays whole. Tables of letters are held to the same in
`tests/stages/letters/test_letter_tables.py`.
"""

from __future__ import annotations

from typing import Any

import pytest

from cleaner import Document, Pipeline, news_pipeline, rules
from cleaner.page.markers import Marker, markers
from cleaner.pipeline import findings_of
from cleaner.stages.markup import Markup
from cleaner.stages.paragraphs import SplitSentences

OPENING = (
    "وصلت إلى ميناء الصيد صباح اليوم عشرون شاحنة محملة بالثلج، بعد انقطاع دام أسبوعين بسبب عطل في المصنع.",
    "وأوضح رئيس جمعية الصيادين أن القوارب ستعود إلى البحر ابتداء من يوم غد إن هدأت الرياح.",
)
CLOSINGS = {
    "he-added": "وأضاف أن الأسعار ستستقر قبل نهاية الشهر، وأن الجمعية ستراقب الأسواق كل صباح.",
    "bare": "تعتمد ثلاثة آلاف أسرة على الصيد في هذا الساحل، ولم يكن لها مورد آخر في الأسبوعين الماضيين.",
}
SENTENCE = "وعاد الهدوء إلى المدينة مساء أمس"

EVERY_KEEPS = [(marker, example) for marker in markers() for example in marker.keeps]
EVERY_EXAMPLE = [(marker, example) for marker in markers() for example in marker.removes]


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
    named(
        [(m, text) for m, text in EVERY_EXAMPLE if m.zone not in {"tail", "outside"} and m.scope != "page"]
    ),
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


@pytest.mark.parametrize("row", rules.table("inline")["inline"], ids=lambda row: row["id"])
def test_an_inline_row_cuts_its_examples_out_of_a_line(pipeline: Pipeline, row: dict[str, Any]) -> None:
    """The sentence beside the boilerplate stays, the boilerplate goes, and what the row keeps stays whole."""
    for example in row["keeps"]:
        raw = "\n".join((*OPENING, example, CLOSINGS["he-added"]))
        assert pipeline.clean(Document("1", raw)).text == raw
    for example in row["removes"]:
        document = pipeline.clean(Document("1", "\n".join((*OPENING, example, CLOSINGS["he-added"]))))
        (rest,) = lines(document.text)[len(OPENING) : -1]
        assert rest.rstrip(".") == (SENTENCE if SENTENCE in example else "مبنى الوزارة")
        assert row["id"] in rules_used(document)


@pytest.mark.parametrize("row", rules.table("embeds")["embed"], ids=lambda row: row["id"])
def test_an_embed_row_removes_its_examples(pipeline: Pipeline, row: dict[str, Any]) -> None:
    """What an embed left goes whole from between two paragraphs; text that merely names a network stays."""
    for example in row["keeps"]:
        inside = "\n".join((*OPENING, example, CLOSINGS["he-added"]))
        for raw in (inside, f"{example}\nhttps://youtu.be/abcdefghijk\n{inside}"):
            assert example in pipeline.clean(Document("1", raw)).text
    for example in row["removes"]:
        document = pipeline.clean(Document("1", "\n\n".join((*OPENING, example, CLOSINGS["bare"]))))
        assert lines(document.text) == [*OPENING, CLOSINGS["bare"]]
        assert row["id"] in rules_used(document)


@pytest.mark.parametrize("row", rules.table("markup")["debris"], ids=lambda row: row["id"])
def test_a_debris_row_removes_its_examples(row: dict[str, Any]) -> None:
    """Debris goes whole, and text that looks like it stays."""
    for example in row["keeps"]:
        raw = "\n".join((*OPENING, example))
        assert Document("1", raw).revise("markup", findings_of(Markup(), Document("1", raw))).text == raw
    for example in row["removes"]:
        page = Document("1", "\n".join((*OPENING, example, CLOSINGS["bare"])))
        document = page.revise("markup", findings_of(Markup(), page))
        assert lines(document.text) == [*OPENING, CLOSINGS["bare"]]
        assert row["id"] in rules_used(document)


@pytest.mark.parametrize("row", rules.table("paragraphs")["untouched"], ids=lambda row: row["text"][:24])
def test_a_line_break_between_lines_stays(row: dict[str, Any]) -> None:
    """Verses, lists and headings keep their lines."""
    page = Document("1", row["text"])
    assert not list(findings_of(SplitSentences(), page))


@pytest.mark.parametrize("row", rules.table("paragraphs")["example"], ids=lambda row: row["before"][:24])
def test_a_split_sentence_is_joined(row: dict[str, Any]) -> None:
    """A break inside a sentence becomes a space, or nothing before punctuation."""
    page = Document("1", row["before"])
    assert page.revise("paragraphs", findings_of(SplitSentences(), page)).text == row["after"]
