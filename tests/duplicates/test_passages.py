"""Passages: what two texts share word for word, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
import pytest

from cleaner.duplicates.comparison_key import shared_passages, words
from cleaner.engine.run import run
from cleaner.errors import UsageError
from cleaner.options import Options
from tests.engine.corpus import article, rows, write_lines

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = st.lists(st.sampled_from(("قال", "وزير،", "أن", "24ساعة", "1,500", "«", "اليوم")), max_size=30).map(
    " ".join
)


def test_a_passage_is_found_whatever_its_spelling() -> None:
    """With marks, other letters and punctuation; its offsets cut the printed words."""
    one = "بدأ اليوم معرض الكتاب في المدينة الكبيرة، كما قال المدير."
    other = "وقالت الوكالة: معرض الكتابِ فى المدينه الكبيرة كما قالت أمس"
    [passage] = shared_passages(one, other, 5)
    assert one[passage.start : passage.end] == "معرض الكتاب في المدينة الكبيرة، كما"
    assert other[passage.other_start : passage.other_end] == "معرض الكتابِ فى المدينه الكبيرة كما"
    assert passage.words == 6
    assert shared_passages(one, other, 7) == []


@given(TEXTS, TEXTS, st.integers(1, 4))
def test_passages_are_equal_long_and_disjoint(one: str, other: str, least: int) -> None:
    """As the comparison key has it; and where one is long enough, one is found."""
    end = 0
    for passage in shared_passages(one, other, least):
        assert passage.words >= least
        assert passage.other_start >= end or passage.words == 1 or "24" in other
        end = passage.other_end
        key = words(one[passage.start : passage.end])
        assert " ".join(key).count(" ") + 1 >= passage.words
    key, other_key = words(one), words(other)
    runs = {tuple(key[at : at + least]) for at in range(len(key) - least + 1)}
    shared = any(tuple(other_key[at : at + least]) in runs for at in range(len(other_key) - least + 1))
    assert bool(shared_passages(one, other, least)) == shared


def test_pairs_list_the_passages_of_kept_documents(tmp_path: Path) -> None:
    """An article and the longer one that holds it, kept both where the earlier comes first."""
    story = article(1, 40)
    records = [
        {"id": "early", "text": story, "date": "2024-05-01"},
        {"id": "late", "text": f"{article(2, 50)}\n{story}\n{article(3, 50)}", "date": "2024-05-02"},
        {"id": "copy", "text": story, "date": "2024-05-03"},
    ]
    raw = write_lines(tmp_path / "a.jsonl", records)
    pairs = tmp_path / "out/pairs.jsonl"
    run([raw], tmp_path / "out", Options(keep="earliest"), pairs=pairs, passages=20)
    listed = {(row["a"], row["b"]): row["passages"] for row in rows(pairs)}
    [passage] = listed["early", "late"]
    texts = {row["id"]: row["text"] for row in rows(tmp_path / "out/clean.jsonl")}
    assert texts["early"] == texts["late"][slice(*passage["b"])]
    assert listed["early", "copy"] == []
    with pytest.raises(UsageError, match="--pairs"):
        run([raw], tmp_path / "out", Options(), passages=20)
