"""Every row of the tables of letters does what it says, and names what it holds."""

from __future__ import annotations

from fnmatch import fnmatchcase
from math import log2
from pathlib import Path
import re
from typing import TYPE_CHECKING, Any
import unicodedata

import pytest

from cleaner import learned, rules
from cleaner.document import Document
from cleaner.text.lexicon import lexicon

if TYPE_CHECKING:
    from cleaner.pipeline import Pipeline

SENTENCE = "أعلنت الحكومة في بيان أن الوزارة تعمل على تنفيذ المشروع، وقالت إن هذا"
ROWS = [
    pytest.param(row, id=row["id"])
    for table, key in (("look_alikes", "letter"), ("invisible", "character"))
    for row in rules.table(table)[key]
]
TABLES = ("letters", "look_alikes", "invisible", "languages", "homoglyphs", "encoding")


@pytest.mark.parametrize("row", ROWS)
def test_a_row_keeps_its_examples(letters: Pipeline, row: dict[str, Any]) -> None:
    """A tempting example stays byte for byte."""
    for text in row["keeps"]:
        for raw in (text, f"{SENTENCE} «{text}» اليوم"):
            assert text in letters.clean(Document("1", raw)).text


@pytest.mark.parametrize("row", ROWS)
def test_a_row_mends_its_examples(letters: Pipeline, row: dict[str, Any]) -> None:
    """An example in an Arabic sentence comes out mended, by this row's rule."""
    for before, after in row["mends"].items():
        document = letters.clean(Document("1", f"{SENTENCE} {before} في المدينة"))
        assert document.text == f"{SENTENCE} {after} في المدينة"
        assert row["id"] in {edit.rule for revision in document.revisions for edit in revision.edits}


@pytest.mark.parametrize("row", rules.table("look_alikes")["letter"], ids=lambda row: row["id"])
def test_a_letter_has_its_unicode_name(row: dict[str, Any]) -> None:
    """The name is Unicode's, and no replacement needs replacing."""
    assert unicodedata.name(row["letter"]) == row["name"]
    letters = {other["letter"] for other in rules.table("look_alikes")["letter"]}
    assert letters.isdisjoint((row["inside"], *row["final"]))


@pytest.mark.parametrize("name", TABLES)
def test_comments_name_the_characters(name: str) -> None:
    """Where a line holds one escape, its comment is the character's Unicode name, or says «control»."""
    text = Path(rules.__file__).with_name(f"{name}.toml").read_text(encoding="utf-8")
    for code, comment in re.findall(r'^\s*"\\[uU]([0-9A-F]+)"(?: = "."|,) # (.*)$', text, re.MULTILINE):
        assert comment == unicodedata.name(chr(int(code, 16)), "control")


@pytest.mark.parametrize("name", TABLES)
def test_tables_show_every_character(name: str) -> None:
    """No invisible, look-alike or presentation character stands raw in a table."""
    text = Path(rules.__file__).with_name(f"{name}.toml").read_text(encoding="utf-8")
    assert not re.search(
        "[\u00ad\u061c\u0640\u064b-\u065f\u0671-\u06ff\u200b-\u200f\u202a-\u202e\ufb50-\ufeff]", text
    )


def test_homoglyphs(letters: Pipeline) -> None:
    """The examples of the table of homoglyphs hold."""
    examples = rules.table("homoglyphs")["examples"]
    for text in examples["keeps"]:
        assert letters.clean(Document("1", f"{SENTENCE} {text} اليوم")).text == f"{SENTENCE} {text} اليوم"
    for before, after in examples["mends"].items():
        assert letters.clean(Document("1", f"{SENTENCE} {before} اليوم")).text == f"{SENTENCE} {after} اليوم"


@pytest.mark.parametrize("row", rules.table("letters")["rule"], ids=lambda row: row["rule"])
def test_a_fault_is_mended_by_its_rule(letters: Pipeline, standard: Pipeline, row: dict[str, Any]) -> None:
    """An example comes out mended, by the rule it stands under; what looks like it stays."""
    if row["rule"].startswith("orthography."):
        letters = standard
    for before, after in row["mends"].items():
        document = letters.clean(Document("1", f"{SENTENCE} {before} في المدينة"))
        assert document.text == f"{SENTENCE} {after} في المدينة"
        used = {edit.rule for revision in document.revisions for edit in revision.edits}
        assert any(fnmatchcase(rule, row["rule"]) for rule in used)
    for text in row["keeps"]:
        assert letters.clean(Document("1", f"{SENTENCE} {text} اليوم")).text == f"{SENTENCE} {text} اليوم"


@pytest.mark.parametrize("row", rules.table("letters")["doubt"], ids=lambda row: row["rule"])
def test_what_is_not_safe_to_change_is_reported(letters: Pipeline, row: dict[str, Any]) -> None:
    """An example leaves a doubt under its rule."""
    document = letters.clean(Document("1", f"{SENTENCE} {row['sees']} في المدينة"))
    assert row["rule"] in {fact.rule for fact in document.facts("doubt")}


def test_encoding(letters: Pipeline) -> None:
    """The examples of the table of encodings hold."""
    examples = rules.table("encoding")["examples"]
    for text in examples["keeps"]:
        assert letters.clean(Document("1", text)).text == text
    for before, after in examples["mends"].items():
        assert letters.clean(Document("1", before)).text == after


def test_foreign_words_are_rare_in_arabic() -> None:
    """A word that marks another language stands in less than one of a hundred Arabic articles."""
    known = lexicon()
    rarely = 4 * log2(known.arabic_texts / 100)
    for row in rules.table("languages")["language"]:
        if row["code"] != "ar":
            usual = [word for word in row["words"].split() if known.arabic.get(word, 0) > rarely]
            assert not usual, row["name"]


def test_the_lexicon_is_small_and_complete() -> None:
    """The shipped file stays under 3 MB and knows everyday words."""
    assert len(learned.packed("lexicon.zst")) < 3_000_000
    assert all(lexicon().known(word) for word in ("الحكومة", "وبالمدينة", "كتابهم", "سيعلن"))
    assert not lexicon().known("برنامهای")
