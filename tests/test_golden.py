"""Golden cases: whole pages with what must be left of them, and what must be learned from them.

`fixtures/README.md` describes the format. White space is not compared, except that lines stay lines.
"""

from __future__ import annotations

from pathlib import Path
import re
import tomllib
from typing import Any

import pytest

from cleaner import Document, Pipeline, news_pipeline

GOLDEN = Path(__file__).parents[1] / "fixtures" / "golden"


def cases(*kinds: str) -> list[Any]:
    """Return every case of *kinds* as a parameter named after its title."""
    return [
        pytest.param(
            case,
            id=f"{path.parent.name}-{case['title']}",
            marks=pytest.mark.xfail(reason=case["fails"]) if "fails" in case else (),
        )
        for kind in kinds
        for path in sorted((GOLDEN / kind).glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def lines(text: str) -> list[str]:
    """Return the lines of *text* that are not blank, with single spaces."""
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """Return the pipeline as it ships, but that it keeps short texts: cases are short."""
    return news_pipeline().without("length")


def check(case: dict[str, Any], pipeline: Pipeline) -> None:
    """Compare what the pipeline makes of a case's raw text with what the case says."""
    raw = case["raw"].removeprefix("\n").removesuffix("\n")
    document, *children = pipeline.clean_all(Document("golden", raw))
    neutral = case.get("neutral", [])
    assert [line for line in lines(document.text) if line not in neutral] == lines(case.get("clean", raw))
    assert document.original_text() == raw
    assert [lines(child.text) for child in children] == [lines(text) for text in case.get("children", [])]
    for name, values in case.get("facts", {}).items():
        assert [fact.value for fact in document.facts(name)] == values, name


@pytest.mark.parametrize("case", cases("untouched"))
def test_an_article_stays_as_it_is(case: dict[str, Any], pipeline: Pipeline) -> None:
    """Nothing is found in prose, however much it looks like boilerplate."""
    raw = case["raw"].removeprefix("\n").removesuffix("\n")
    assert set(case) <= {"title", "why", "raw", "breaks", "fails"}, "an untouched case has no other text"
    text = pipeline.clean(Document("golden", raw)).text
    if case.get("breaks", True):
        assert text == raw
    assert "".join(text.split()) == "".join(raw.split())


@pytest.mark.parametrize("case", cases("in_the_wild", "synthetic"))
def test_a_page_becomes_its_article(case: dict[str, Any], pipeline: Pipeline) -> None:
    """The boilerplate goes, its facts stay, and the article loses no word."""
    check(case, pipeline)


@pytest.mark.parametrize(
    "case",
    [pytest.param(*case.values, id=case.id, marks=pytest.mark.xfail) for case in cases("known_failures")],
)
def test_a_known_failure_fails_still(case: dict[str, Any], pipeline: Pipeline) -> None:
    """The day such a case passes, this test says so, and the case moves to its kind."""
    check(case, pipeline)


def test_every_text_was_written_for_the_project() -> None:
    """No nine words in a row of a golden case or raw fixture stand in the shared texts."""
    shared = Path(__file__).parents[2] / "shared"
    if not shared.is_dir():
        pytest.skip("the shared texts are not here")
    theirs = _grams("\n".join(path.read_text(encoding="utf-8") for path in (shared / "seeds").glob("*.txt")))
    ours = [path for path in GOLDEN.parent.rglob("*") if path.suffix in {".txt", ".json", ".jsonl", ".toml"}]
    for path in ours:
        assert not theirs & _grams(path.read_text(encoding="utf-8", errors="replace")), path


def _grams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return {tuple(words[at : at + 9]) for at in range(len(words) - 8)}
