"""What a check finds in one text, and what it leaves of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cleaner import Document, Edit, Finding, Pipeline, Rejection, Split, news_pipeline
from cleaner.check.texts import (
    STAGES,
    SUPPORTING,
    UNCHECKED,
    Checked,
    check_text,
    checking_pipeline,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ALL = ("letters", "boilerplate")


def remove(word: str, after: str = "", rule: str = "test.word") -> Iterable[Edit]:
    """Return a stage that puts *after* where *word* stands."""

    def stage(document: Document) -> Iterator[Finding]:
        at = document.text.find(word)
        while at >= 0:
            yield Edit(at, word, after, rule)
            at = document.text.find(word, at + len(word))

    return stage  # type: ignore[return-value] # a stage is a callable; the alias keeps signatures short


def checked(raw: str, *stages: object) -> Checked:
    """Check *raw* with *stages* under the names of real ones."""
    names = ("invisible", "look-alikes", "markup", "boilerplate")
    pipeline = Pipeline(dict(zip(names, stages, strict=False)))  # type: ignore[arg-type] # see remove()
    return check_text(raw, checking_pipeline(pipeline, ALL))


def fixed(result: Checked) -> str:
    """Return the text that fixing leaves."""
    return "".join(character.value for character in result.characters)


def test_every_stage_belongs_to_one_check_or_to_none() -> None:
    """A new stage must say under which check its findings are reported."""
    placed = [name for names in STAGES.values() for name in names] + [*SUPPORTING, *UNCHECKED]
    assert len(placed) == len(set(placed))
    assert set(news_pipeline().stages) <= set(placed)


def test_a_clean_text_has_no_problems() -> None:
    """Nothing found, nothing changed."""
    assert checked("وصل الوفد مساء.", remove("إعلان")) == Checked((), ())


def test_white_space_alone_is_never_a_problem() -> None:
    """Spaces, line breaks and NO-BREAK SPACE are no business of a reviewer."""
    assert checked("وصل\u00a0الوفد  مساء.\n", remove("\u00a0", " "), remove("  ", " ")) == Checked((), ())


def test_a_document_that_does_not_belong_is_no_problem() -> None:
    """Whether a text is too short for a corpus is for `run` to say."""

    def reject(document: Document) -> Iterator[Finding]:
        yield Rejection("length.short", document.text)

    assert checked("وصل الوفد.", reject) == Checked((), ())


def test_a_place_is_that_of_the_raw_text_whatever_earlier_stages_changed() -> None:
    """Offsets are traced back through the stages before."""
    result = checked("اا بب جج دد", remove("اا ", rule="a"), remove("جج", "ح", "b"), remove("دد", rule="c"))
    assert [(problem.start, problem.rule) for problem in result.problems] == [(0, "a"), (6, "b"), (9, "c")]
    assert fixed(result) == "بب ح "


def test_a_finding_stands_at_its_first_visible_character() -> None:
    """Also where the line break before it goes with it."""
    [problem] = checked("وصل الوفد.\n\nإعلان", remove("\n\nإعلان")).problems
    assert (problem.start, problem.message) == (12, "remove «إعلان»")


def test_what_is_missing_is_inserted_also_at_the_end() -> None:
    """An insertion has a place, too."""

    def stage(document: Document) -> Iterator[Finding]:
        if not document.text.endswith("."):
            yield Edit(len(document.text), "", ".", "test.stop")

    result = checked("وصل الوفد", stage)
    assert [(problem.start, problem.message) for problem in result.problems] == [(9, "insert «.»")]
    assert fixed(result) == "وصل الوفد."


def test_invisible_characters_are_shown_by_their_code_points() -> None:
    """A message that shows nothing would help nobody."""
    [problem] = checked("وصل\u200f الوفد مساء", remove("\u200f")).problems
    assert problem.message == r"remove «\u200f»"


def test_a_long_removal_is_shown_short() -> None:
    """A finding stays one line."""
    boilerplate = "اقرأ أيضا\n" + "خبر آخر " * 20
    [problem] = checked(boilerplate + "وصل الوفد.", remove(boilerplate)).problems
    assert "\n" not in problem.message
    assert len(problem.message) < 90


def test_a_text_that_is_all_boilerplate_is_not_emptied() -> None:
    """Nothing would be left to review."""
    result = checked("إعلان", remove("إعلان"))
    assert not result.is_fixable
    assert len(result.problems) == 1


def test_a_text_is_not_fixed_if_a_second_check_would_find_more() -> None:
    """Fixing twice is fixing once."""

    def stage(document: Document) -> Iterator[Finding]:
        if not document.revisions:  # so the first check ends here, but not the work
            yield Edit(0, document.text[:1], "", "test.first")

    assert [problem.is_fixable for problem in checked("ابج", stage).problems] == [False]


SECOND = "\nإقرأ أيضا:\nخبر آخر طويل"


def split(document: Document) -> Iterator[Finding]:
    """Find an advertisement, and a second article behind its marker."""
    text = document.text
    if (at := text.find("إعلان\n")) >= 0:
        yield Edit(at, "إعلان\n", "", "test.advertisement")
    if (at := text.find("إقرأ أيضا:\n")) >= 0:
        yield Edit(at, "إقرأ أيضا:\n", "", "test.marker")
        yield Split(at + 11, text[at + 11 :], "test.marker")


def test_a_second_article_is_reported_and_stays_with_its_marker() -> None:
    """Where it belongs is for a person to decide; the rest is fixed."""
    result = checked("إعلان\nوصل الوفد." + SECOND, split)
    assert fixed(result) == "وصل الوفد." + SECOND
    assert [(problem.rule, problem.is_fixable) for problem in result.problems] == [
        ("test.advertisement", True),
        ("test.marker", False),
        ("test.marker", False),
    ]
    assert "second article" in result.problems[-1].message


@pytest.mark.parametrize("check", ["letters", "boilerplate"])
def test_only_the_stages_of_a_check_are_asked(check: str) -> None:
    """Letters and boilerplate can be checked apart."""
    pipeline = checking_pipeline(news_pipeline(), [check])
    assert set(pipeline.stages) <= {*STAGES[check], *SUPPORTING}


def test_duplicates_alone_ask_no_stage() -> None:
    """They need the cleaned texts, not what was found in them."""
    assert not checking_pipeline(news_pipeline(), ["duplicates"]).stages


def test_windows_line_ends_stay_and_others_too() -> None:
    """Also in a text that has both."""
    result = checked("ابج\r\nإعلان\r\nدهو\nزحط\r\n", remove("إعلان\n"), remove("زحط", "زح\nي"))
    assert fixed(result) == "ابج\r\nدهو\nزح\r\nي\r\n"
