"""Every table of boilerplate is well formed: known keys, patterns that compile, visible characters."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
import re
from typing import Any
import unicodedata

import pytest
import regex

from cleaner import rules
from cleaner.page import inline_markers
from cleaner.page.markers import SCOPES, TABLES, markers
from cleaner.text.dates import months
from cleaner.text.folding import fold

KINDS = {"related", "tags", "share", "meta", "nav", "ad", "legal", "comments", "caption"}
ZONES = {"", "tail", "boilerplate", "outside"}
FACTS = {"", "source", "date_text", "updated", "category", "author", "keyword"}
NEEDS = {"", "date", "number", *rules.table("vocabulary")}
REQUIRED = {"id", "scope", "why", "removes", "keeps"}
OPTIONAL = {"anchors", "kind", "fact", "needs", "free", "next_line", "zone", "unless_final", "longest"}
EVERY_TABLE = (
    *TABLES, "inline", "embeds", "markup", "paragraphs", "vocabulary", "grammar", "agencies", "dates",
)  # fmt: skip
INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
LOOK_ALIKES = "\u0649\u06a9\u06aa\u06be\u06c1\u06cc\u06d5"


def rows() -> list[Any]:
    """Return every row of the marker tables as it stands, as a parameter named after it."""
    return [pytest.param(row, id=row["id"]) for name in TABLES for row in rules.table(name)["marker"]]


@pytest.mark.parametrize("row", rows())
def test_a_marker_row_says_what_it_means(row: dict[str, Any]) -> None:
    """A row has the keys it needs and no others, one way to match, a reason, and examples of both kinds."""
    ways = row.keys() & {"phrases", "pattern", "words"}
    assert len(ways) == 1, "phrases, a pattern or a vocabulary"
    assert row.keys() >= REQUIRED
    assert row.keys() - ways - REQUIRED <= OPTIONAL
    assert row["scope"] in SCOPES
    assert row.get("kind", "nav") in KINDS
    assert row.get("zone", "") in ZONES
    assert row.get("fact", "") in FACTS
    assert row.get("needs", "") in NEEDS
    assert row["why"].endswith(".")
    assert row["removes"]
    assert row["keeps"]


@pytest.mark.parametrize("row", rows())
def test_a_marker_row_can_match(row: dict[str, Any]) -> None:
    """Its pattern compiles; no phrase is empty or stands twice."""
    if "pattern" in row:
        regex.compile(fold(rules.expand(row["pattern"])))
    elif "words" in row:
        assert row["words"] in rules.table("vocabulary")
    else:
        folded = Counter(" ".join(fold(phrase).lower().split()) for phrase in row["phrases"])
        assert all(folded)
        assert sorted(row["phrases"]) == sorted(set(row["phrases"]))


def test_every_piece_of_the_grammar_is_used() -> None:
    """By a row, or by a piece below it; and none is named that there is not."""
    pieces = rules.table("grammar")["pieces"]
    patterns = [row["pattern"] for name in TABLES for row in rules.table(name)["marker"] if "pattern" in row]
    patterns += [row["pattern"] for row in rules.table("inline")["inline"]]
    name = re.compile(r"(?<!\?P)<([a-z]+)>")
    assert {found for text in (*patterns, *pieces.values()) for found in name.findall(text)} == pieces.keys()
    assert not name.search("".join(map(rules.expand, patterns)))


def test_ids_are_unique() -> None:
    """An id names one rule, and is made of whole words."""
    ids = [marker.id for marker in markers()] + [row.id for row in inline_markers.rows()]
    ids += [row["id"] for row in (*rules.table("embeds")["embed"], *rules.table("markup")["debris"])]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert [name for name in ids if not re.fullmatch(r"[a-z]+\.[a-z]+(-[a-z]+)*", name)] == []


def test_a_phrase_belongs_to_one_row() -> None:
    """No phrase stands in two rows that ask for the same: the second would never have its turn."""
    owners: dict[tuple[str, str, str], list[str]] = {}
    for marker in markers():
        for phrase in marker.phrases:
            owners.setdefault((phrase, marker.scope, marker.needs), []).append(marker.id)
    assert {phrase: ids for phrase, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("row", rules.table("inline")["inline"], ids=lambda row: row["id"])
def test_an_inline_row_says_what_it_means(row: dict[str, Any]) -> None:
    """It names what it cuts, and each of its examples holds one of its anchors."""
    assert row.keys() >= {"id", "kind", "anchors", "why", "pattern", "removes", "keeps"}
    assert row["kind"] in KINDS
    assert "(?P<cut>" in row["pattern"]
    anchors = [fold(anchor) for anchor in row["anchors"]]
    assert all(any(anchor in fold(example).lower() for anchor in anchors) for example in row["removes"])


@pytest.mark.parametrize("name", ["embeds", "markup"])
def test_other_rows_say_what_they_mean(name: str) -> None:
    """Rows of embeds and debris have a reason, a pattern that compiles, and examples of both kinds."""
    for row in rules.table(name)["embed" if name == "embeds" else "debris"]:
        assert row.keys() == {"id", "why", "anchors", "pattern", "removes", "keeps"}, row["id"]
        assert row["removes"], row["id"]
        assert row["keeps"], row["id"]
        regex.compile(row["pattern"])


@pytest.mark.parametrize("name", EVERY_TABLE)
def test_tables_show_every_character(name: str) -> None:
    """No invisible character stands raw in a table; look-alikes only inside words of other languages."""
    text = Path(rules.__file__).with_name(f"{name}.toml").read_text(encoding="utf-8")
    hidden = {character for character in text if unicodedata.category(character) in INVISIBLE} - {"\n"}
    assert not hidden, [f"U+{ord(character):04X}" for character in hidden]


def test_vocabulary_words_are_words() -> None:
    """No entry is empty or stands twice in its list."""
    for kind, row in rules.table("vocabulary").items():
        words = [*row.get("strong", ()), *row.get("weak", ())]
        assert all(word.strip() == word != "" for word in words), kind
        assert [word for word, times in Counter(words).items() if times > 1] == [], kind


def test_month_names_mean_one_month() -> None:
    """Each spelling of a month stands in one row, and all twelve have names."""
    spelled = [fold(name).lower() for names in rules.table("dates")["months"].values() for name in names]
    assert set(months().values()) == set(range(1, 13))
    rows_of = {
        name: {
            number
            for number, names in rules.table("dates")["months"].items()
            if name in {fold(other).lower() for other in names}
        }
        for name in spelled
    }
    assert {name: numbers for name, numbers in rows_of.items() if len(numbers) > 1} == {}


def test_agencies_have_one_name() -> None:
    """No alias leads to two agencies."""
    owners: dict[str, set[str]] = {}
    for row in rules.table("agencies")["agency"]:
        for alias in (row["name"], *row["aliases"], *row["alone"]):
            owners.setdefault(fold(alias).lower(), set()).add(row["name"])
    assert {alias: names for alias, names in owners.items() if len(names) > 1} == {}
