"""A copy of cleaner that knows nothing of some formats: what is taken out of its tables, and what is not."""

from __future__ import annotations

from dataclasses import replace
import json
from pathlib import Path
import tomllib
from typing import Any

import pytest
import regex

from cleaner import learned
from cleaner.evaluation import GoldPage
from cleaner.evaluation.gold import Span
from cleaner.rules import table
from cleaner.training.attestation import FoundBoilerplate, attested
from cleaner.training.folds import deal, measure
from cleaner.training.line_training import fold_of
from cleaner.training.parts import TABLES, Part, alternatives, as_toml, text, without

GOLD = Path(__file__).parents[2] / ".." / "shared" / "gold"
RULES: dict[str, Any] = {name: table(name) for name in TABLES}
BODY = "عاد الهدوء إلى المدينة مساء أمس، وفتحت المتاجر أبوابها أمام السكان."


def page(number: int, group: str, *boilerplate: str) -> GoldPage:
    """Return a page of *group* with lines of *boilerplate* below the article."""
    raw = "\n".join((BODY, *boilerplate))
    return GoldPage(f"{number}", raw, (Span(len(BODY) + 1, len(raw), "related", "remove"),), group)


PATTERNS = {
    "abc": [],
    "a|b": ["a", "b"],
    "x(?:a|b(?:c|d))y": ["a", "b(?:c|d)", "c", "d"],
    r"[|(]\||\)": [r"[|(]\|", r"\)"],
    "(?m)^a$|(?P<cut>b|c)": ["^a$", "(?P<cut>b|c)", "b", "c"],
    "(?x)^(?:\n a\\ b # one | two\n |c\n)": ["\n a\\ b # one | two\n ", "c\n"],
    "(?<=a)(?!b|c)d": ["b", "c"],
}


@pytest.mark.parametrize(("pattern", "expected"), PATTERNS.items())
def test_alternatives_are_found_at_every_depth(pattern: str, expected: list[str]) -> None:
    """Not in sets, escapes or comments."""
    assert [pattern[start:end] for start, end in alternatives(pattern)] == expected


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_written_as_it_was_read(name: str) -> None:
    """Every table of rules, whatever its strings hold."""
    assert tomllib.loads(as_toml(table(name))) == table(name)


def test_every_alternative_of_every_pattern_can_go() -> None:
    """One by one, and all of a pattern at once, a pattern is left that can be compiled."""
    parts = [part for part in attested(RULES, FoundBoilerplate.of([])) if part.key == "pattern"]
    assert len(parts) > 20
    for whole in parts:
        pattern = text(RULES, whole)
        inner = [whole._replace(start=start, end=end) for start, end in alternatives(pattern)]
        for off in ([whole], inner, *([part] for part in inner)):
            row: Any = without(RULES, off)[whole.table]
            for key in whole.row:
                row = row[key]
            regex.compile(row["pattern"])


def test_what_goes_is_gone_and_nothing_else() -> None:
    """Elements of lists, from the last to the first; outer alternatives with the inner ones in them."""
    rules = {
        "a": {"marker": [{"phrases": ["x", "y", "z"], "pattern": "p|q(?:r|s)|t"}], "n": {"strong": ["u"]}}
    }
    row = ("marker", 0)
    off = [
        Part("a", row, "phrases", 0),
        Part("a", row, "phrases", 2),
        Part("a", row, "pattern", -1, 2, 10),
        Part("a", row, "pattern", -1, 6, 7),
        Part("a", ("n",), "strong", 0),
    ]
    assert without(rules, off) == {
        "a": {"marker": [{"phrases": ["y"], "pattern": "p|(?!)|t"}], "n": {"strong": []}}
    }
    assert [text(rules, part) for part in off] == ["x", "z", "q(?:r|s)", "r", "u"]


def test_boilerplate_attests_what_it_is_found_by() -> None:
    """By phrase, by word, and by the one alternative that its pattern needs; article text attests nothing."""
    pages = [
        page(1, "first", "إقرأ أيضًا: معرض الزهور", "تابعوا آخر أخبارنا عبر تطبيق واتساب"),
        page(2, "second", "شارك على فيسبوك"),
    ]
    found = attested(RULES, FoundBoilerplate.of(pages))
    by_text: dict[str, set[str]] = {}
    for part, groups in found.items():
        by_text.setdefault(text(RULES, part), set()).update(groups)
    assert by_text["اقرأ أيضا"] == {"first"}
    assert by_text["فيسبوك"] == {"second"}
    assert by_text["واتساب"] == {"first"}
    assert by_text["تلغرام"] == set()
    [follow] = [row for row in table("share")["marker"] if row["id"] == "share.follow"]
    needed = {
        text(RULES, part): groups
        for part, groups in found.items()
        if part.start > 0 and text(RULES, part) in follow["pattern"]
    }
    assert any("تابعوا" in alternative and groups == {"first"} for alternative, groups in needed.items())
    assert not any(groups for alternative, groups in needed.items() if "follow" in alternative)


def test_every_page_is_left_out_once() -> None:
    """With all pages of its format; what is switched off, left-out formats attest and no others."""
    rows = [{"id": f"{number}-{page}", "format": f"f{number}"} for number in range(20) for page in range(10)]
    parts = {Part("a", (), "x"): {"f3"}, Part("a", (), "y"): {"f1", "f2"}, Part("a", (), "z"): set()}
    folds = deal(rows, parts)
    assert sorted(row["id"] for fold in folds for row in fold.held_out) == sorted(row["id"] for row in rows)
    for fold in folds:
        assert {row["format"] for row in fold.held_out} == fold.groups
        assert all(fold_of(group) == fold.number for group in fold.groups)
        assert (Part("a", (), "x") in fold.off) == ("f3" in fold.groups)
        assert (Part("a", (), "y") in fold.off) == ({"f1", "f2"} <= fold.groups)
        assert Part("a", (), "z") not in fold.off


@pytest.mark.slow
def test_a_copy_without_a_phrase_does_worse(tmp_path: Path) -> None:
    """Parts that are switched off are off, and the program here keeps them."""
    path = GOLD / "seeds.jsonl"
    if not path.exists():
        pytest.skip("the labelled pages are not beside the repository")
    names = ("seeds", "real")
    rows = [
        json.loads(line)
        for name in names
        for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    rows = [row | {"format": row["site"]} for row in rows]
    phrases = [part for part in attested(RULES, FoundBoilerplate.of([])) if part.key == "phrases"]
    fold = next(fold for fold in deal(rows, {}) if rows[0]["site"] in fold.groups)
    (tmp_path / f"fold-{fold.number}.zst").write_bytes(learned.packed("line_classifier.zst"))
    blind = replace(fold, off=phrases)
    seeing = {result.id: result.words.left for result in measure(fold, tmp_path)}
    assert sum(result.words.left for result in measure(blind, tmp_path)) > 1.1 * sum(seeing.values())
    assert seeing.keys() == {row["id"] for row in fold.held_out}
