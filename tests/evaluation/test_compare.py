"""What is found beside the score: passages with their rules, facts, second articles, faults, hard cases."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cleaner import Document, Edit, Fact, news_pipeline
from cleaner.evaluation import Found, GoldPage, compare, evaluate, read_gold
from cleaner.evaluation.gold import Fault, Span
from cleaner.evaluation.metrics import interval, metrics, rules_that_lost

PAGES = {page.id: page for page in read_gold(Path(__file__).parents[2] / "fixtures" / "gold" / "pages.jsonl")}
FIRST, SECOND = "عاد الهدوء إلى المدينة مساء أمس.", "وفتحت المتاجر أبوابها."
TEASER = "اقرأ أيضا: معرض الكتاب"
PAGE = GoldPage(
    "1",
    f"{FIRST}\n{TEASER}\n{SECOND}",
    (Span(len(FIRST) + 1, len(FIRST) + 1 + len(TEASER), "related", "remove"),),
)


def after(page: GoldPage, *findings: Edit | Fact) -> Document:
    """Return the document of *page* after one stage that found *findings*."""
    return Document(page.id, page.raw).revise("test", findings)


def test_our_own_pages_are_cleaned_without_a_fault() -> None:
    """Every figure is at its best, so that the pages can show one that is not."""
    measured = metrics(list(evaluate(PAGES.values(), news_pipeline())))
    assert {name: value for name, value in measured.items() if value != 1} == {
        "lost": 0,
        "hurt": 0,
        "clean_lost": 0,
        "children_false": 0,
    }
    assert {"title", "date", "sources", "children", "faults", "hard_negatives"} <= measured.keys()


def test_what_was_left_is_shown_with_its_kind() -> None:
    """As it stands in the page."""
    result = compare(PAGE, [after(PAGE)])
    assert [(passage.text, passage.words, passage.why) for passage in result.left] == [(TEASER, 4, "related")]
    assert result.lost == []


def test_what_was_lost_is_shown_with_the_rule_that_took_it() -> None:
    """Of two passages each with its own."""
    cut = (Edit(0, "عاد الهدوء", "", "first.rule"), Edit(PAGE.raw.index(SECOND), SECOND, "", "second.rule"))
    result = compare(PAGE, [after(PAGE, *cut)])
    assert [(passage.text, passage.why) for passage in result.lost] == [
        ("عاد الهدوء", "first.rule"),
        (SECOND.rstrip("."), "second.rule"),
    ]
    assert rules_that_lost([result]) == {"second.rule": 3, "first.rule": 2}


FACTS = {
    "right": (("معرض الكتاب",), "معرض الكتاب", Found(1, 1, 1)),
    "right in other letters": (("معرض الکتاب",), "مَعرض الكتاب", Found(1, 1, 1)),
    "wrong": (("معرض الكتاب",), "معرض", Found(1, 1, 0)),
    "missed": (("معرض الكتاب",), "", Found(1, 0, 0)),
    "not on the page": (("معرض الزهور",), "", Found(0, 0, 0)),
    "none": ((), "", Found(0, 0, 0)),
    "found where there is none": ((), "معرض", Found(0, 1, 0)),
}


@pytest.mark.parametrize(("given", "found", "counts"), FACTS.values(), ids=FACTS)
def test_facts_are_counted(given: tuple[str, ...], found: str, counts: Found) -> None:
    """What can be read on the page was asked for; words are compared folded."""
    page = replace(PAGE, facts={"title": given})
    result = compare(page, [after(page, *[Fact("title", found, "test")] * bool(found))])
    assert result.facts == {"title": counts}
    assert bool(result.mistaken) == (counts.right != max(counts.found, counts.given)), result.mistaken


def test_a_day_is_compared_without_its_hour() -> None:
    """And asked for although it is spelled in another way on the page."""
    page = replace(PAGE, facts={"date": ("2024-03-01",)})
    document = after(page, Fact("date", "2024-03-01T10:15", "test"))
    assert compare(page, [document]).facts == {"date": Found(1, 1, 1)}


def test_second_articles_are_matched_by_their_titles() -> None:
    """One is right, one is none, one is missed."""
    page = replace(PAGE, children=("افتتاح الحديقة", "عودة القوارب"))
    children = [after(page, Fact("title", title, "test")) for title in ("افتتاح الحديقه", "معرض الكتاب")]
    result = compare(page, [after(page), *children])
    assert result.children == Found(given=2, found=2, right=1)
    assert len(result.mistaken) == 2


def test_faults_are_mended_left_or_gone() -> None:
    """A fault that went with the boilerplate around it is nobody's fault."""
    raw = "عاد الهدوء إلی المدینة.\nكلمات دلالية: الهدوء المدینة"
    places = [raw.index("إلی"), raw.index("المدینة"), raw.rindex("المدینة")]
    faults = (
        Fault(places[0], places[0] + 3, "letter", "إلى"),
        Fault(places[1], places[1] + 7, "letter", "المدينة"),
        Fault(places[2], places[2] + 7, "letter", "المدينة"),
    )
    page = GoldPage("1", raw, (), faults=faults)
    tags = raw[raw.index("كلمات") :]
    mended = (Edit(places[0] + 2, "ی", "ى", "test"), Edit(raw.index(tags), tags, "", "test"))
    assert compare(page, [after(page, *mended)]).faults == {"letter": Found(2, 2, 1)}


def test_a_hard_sentence_must_be_whole() -> None:
    """One word less, and it is cut."""
    page = replace(PAGE, hard_negatives=(FIRST, SECOND))
    assert compare(page, [after(page)]).cut == []
    assert compare(page, [after(page, Edit(0, "عاد", "", "test"))]).cut == [FIRST]


def test_the_interval_holds_the_figure_and_repeats() -> None:
    """The same seed, the same interval."""
    results = [
        compare(page, [Document(page.id, page.raw[: len(page.raw) * 3 // 4])]) for page in PAGES.values()
    ]
    low, high = interval(results)
    assert low < metrics(results)["f1"] < high
    assert interval(results) == (low, high)
    assert interval(results, resamples=20) != interval(results, resamples=20, seed=1)
