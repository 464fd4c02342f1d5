"""Generated pages: the same from the same seed, exactly labelled, and made of what the grammar has."""

from __future__ import annotations

import re

import pytest

from cleaner.page.line_labels import LABELS
from cleaner.training.pages import GRAMMAR, NEUTRAL_KINDS, Article, Composer

WORDS = [
    "ميناء",
    "قارب",
    "ثلج",
    "مصنع",
    "بحر",
    "رياح",
    "جمعية",
    "صياد",
    "سوق",
    "مدرسة",
    "شارع",
    "قرية",
    "جسر",
    "مطر",
    "حقل",
    "قمح",
]


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    """Return articles of a few words, each with other numbers."""
    return [
        Article(
            str(number),
            f"site-{number % 3}",
            " ".join(WORDS[number % 7 : number % 7 + 6]),
            [" ".join([*WORDS[place % 9 :], str(number)]) + "." for place in range(2 + number % 4)],
        )
        for number in range(30)
    ]


def test_the_same_seed_makes_the_same_pages(articles: list[Article]) -> None:
    """And another seed others."""
    one, same, other = ([Composer(seed, articles).page(number) for number in range(5)] for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_spans_are_in_order_and_of_known_kinds(articles: list[Article]) -> None:
    """They do not overlap, lie in the page, and neutral is what is the article's own."""
    composer = Composer(3, articles)
    pages = [page for number in range(200) if (page := composer.page(number))]
    assert len(pages) > 150
    kinds = {span[2] for page in pages for span in page["spans"]}
    assert kinds <= {*LABELS, *NEUTRAL_KINDS}
    assert {"related", "second", "comments", "meta", "tags", "share", "nav", "legal", "title"} <= kinds
    for page in pages:
        place = 0
        for start, end, kind, action in page["spans"]:
            assert place <= start < end <= len(page["raw"])
            assert action == ("neutral" if kind in NEUTRAL_KINDS else "remove")
            place = end


def test_a_tempting_page_keeps_all_of_its_article(articles: list[Article]) -> None:
    """Each paragraph of the article stands outside the spans."""
    composer = Composer(4, articles)
    for number in range(60):
        page = composer.page(number)
        if page is None:
            continue
        kept, place = "", 0
        for start, end, *_ in page["spans"]:
            kept += page["raw"][place:start]
            place = end
        assert re.search(r"\w", kept + page["raw"][place:])


def test_rules_of_the_grammar_are_known(articles: list[Article]) -> None:
    """Every rule that an alternative names can be said."""
    composer = Composer(5, articles)
    for rule in GRAMMAR:
        for _ in range(5):
            assert "{" not in composer.say(rule)
