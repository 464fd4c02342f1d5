"""Learned tables: each is the one that its provenance tells of, and none knows persons, years or sites."""

from __future__ import annotations

from collections import Counter, defaultdict
from hashlib import sha256
from importlib import resources
from itertools import chain
from pathlib import Path
import re
from typing import TYPE_CHECKING, Any

import pytest

from cleaner import learned
from cleaner.page import vocabulary
from cleaner.page.line_model import line_model
from cleaner.rules import table
from cleaner.text.folding import MARKS, fold, small
from cleaner.text.lexicon import lexicon
from cleaner.training.corpus import rows
from cleaner.training.lexicon_counts import FEWEST, SITES
from cleaner.training.names import INTERFACE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FOLDER = resources.files(learned)
MADE = learned.provenance()
KEYS = {"file", "sha256", "command", "commit", "inputs", "scores"}
DIGEST = re.compile("[0-9a-f]{64}")
DAY = re.compile(r"\b(?:19|20)\d\d-\d\d\b")
MAKEFILE = Path(__file__).parents[1] / "Makefile"


def test_every_table_says_how_it_was_made() -> None:
    """One entry for each file of the folder, named after it."""
    files = {entry.name for entry in FOLDER.iterdir() if entry.is_file() and not entry.name.endswith(".py")}
    assert sorted(entry["file"] for entry in MADE.values()) == sorted(files - {"provenance.toml"})
    assert all(entry["file"].partition(".")[0] == name for name, entry in MADE.items())


@pytest.mark.parametrize("name", MADE)
def test_no_table_was_edited(name: str) -> None:
    """A table has the digest that was noted when it was written: who wants another one makes it."""
    assert sha256(learned.packed(MADE[name]["file"])).hexdigest() == MADE[name]["sha256"]


@pytest.mark.parametrize("name", MADE)
def test_provenance_is_whole(name: str) -> None:
    """A command that there is, a commit without changes, inputs by name and digest, metrics; and no day."""
    entry = MADE[name]
    assert entry.keys() - {"note"} == KEYS
    make, target, *_ = entry["command"].split()
    assert make == "make"
    assert f"\n{target}: " in MAKEFILE.read_text(encoding="utf-8")
    assert re.fullmatch("[0-9a-f]{40}", entry["commit"])
    assert entry["inputs"]
    for source in entry["inputs"]:
        assert source.keys() == {"name", "rows", "sha256"}
        assert re.fullmatch(r"[\w.]+", source["name"])
        assert source["name"] in entry["command"]
        assert source["rows"] > 0
        assert DIGEST.fullmatch(source["sha256"])
    assert entry["scores"]
    for score in entry["scores"]:
        assert isinstance(score["on"], str)
        assert len(score) > 1
        assert all(isinstance(value, int | float) for key, value in score.items() if key != "on")
    assert not DAY.search(str(entry))


def names() -> frozenset[str]:
    """Return the stems of first names, and of the names of agencies that are one word."""
    agencies = [
        name for row in table("agencies")["agency"] for name in (row["name"], *row["aliases"], *row["alone"])
    ]
    return (
        vocabulary.words("given_names")
        | vocabulary.words("given_names", "weak")
        | {vocabulary.stem(fold(name).lower()) for name in agencies if name.isalpha()}
    )


WEIGHED: dict[str, Callable[[], Iterable[str]]] = {
    "line_classifier": lambda: chain.from_iterable(
        map(str.split, (entry.strip("^$=") for entry in line_model().words.weights))
    ),
    "opening_verbs": lambda: learned.table("opening_verbs")["words"],
}
"""The words that have weights, by table."""


@pytest.mark.parametrize(
    "name",
    [
        "line_classifier",
        pytest.param("opening_verbs", marks=pytest.mark.xfail(reason="an agency, and a Latin word")),
    ],
)
def test_no_weight_knows_a_year_a_person_or_a_site(name: str) -> None:
    """Those are of the pages that it was learned from, and of no others."""
    words = set(WEIGHED[name]())
    assert {word for word in words if any(map(str.isdecimal, word))} == set()
    assert {word for word in words if re.search("[a-z]", word)} <= INTERFACE
    assert words & names() == set()


def seen(row: dict[str, Any], name: str) -> set[str]:
    """Return the words of an article, spelled as the table *name* spells them."""
    if name == "lexicon":
        return set(re.findall("[\u0621-\u063a\u0641-\u064a]+", re.sub(f"[{MARKS}\u0640]+", "", row["text"])))
    return set(small(row["text"]).split())


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("lexicon", marks=pytest.mark.xfail(reason="a tenth of its words are of two sites")),
        pytest.param("opening_verbs", marks=pytest.mark.xfail(reason="two are of one or two sites")),
    ],
)
def test_vocabularies_hold_words_of_several_sources(name: str) -> None:
    """Each of their words stands in five articles at least, and in those of three sites."""
    path = Path(__file__).parents[1] / ".." / "shared" / "corpus" / "news.jsonl.zst"
    if not path.exists():
        pytest.skip("the corpus is not there")
    vocabularies = {
        "lexicon": lexicon().arabic.keys() | lexicon().endings.keys(),
        "opening_verbs": learned.table("opening_verbs")["words"].keys(),
    }
    missing = set(vocabularies[name])
    articles: Counter[str] = Counter()
    sites: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(path):
        for word in seen(row, name) & missing:
            articles[word] += 1
            sites[word].add(row["site"])
            if articles[word] >= FEWEST and len(sites[word]) >= SITES:
                missing.discard(word)
    assert missing == set()
