"""Labelled pages are read from any file that a run reads records from; what is broken is named."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import zstandard

from cleaner.errors import InputError
from cleaner.evaluation import read_gold

PAGES = Path(__file__).parents[2] / "fixtures" / "gold" / "pages.jsonl"
ROW: dict[str, Any] = {"raw": "عاد الهدوء إلى المدينة.\nإعلان", "spans": [[24, 29, "ad", "remove"]]}


def written(folder: Path, row: object) -> Path:
    """Return a file of one good and one other *row*."""
    path = folder / "gold.jsonl"
    path.write_text(f"{json.dumps(ROW)}\n{json.dumps(row)}\n", encoding="utf-8")
    return path


def test_files_may_be_compressed_or_arrays(tmp_path: Path) -> None:
    """The same rows, the same pages."""
    content = PAGES.read_bytes()
    rows = [json.loads(line) for line in content.splitlines()]
    (tmp_path / "pages.jsonl.gz").write_bytes(gzip.compress(content))
    (tmp_path / "pages.jsonl.zst").write_bytes(zstandard.compress(content))
    (tmp_path / "pages.json").write_text(json.dumps(rows), encoding="utf-8")
    for path in sorted(tmp_path.iterdir()):
        assert read_gold(path) == read_gold(PAGES), path


def test_what_the_labels_do_not_say_is_not_asked(tmp_path: Path) -> None:
    """A row needs a text and its spans; it takes its id from its place."""
    page = read_gold(written(tmp_path, ROW))[1]
    assert (page.id, page.group, page.facts, page.children) == ("gold:2", "", {}, None)


def test_no_fact_is_not_the_same_as_a_fact_that_is_not_told(tmp_path: Path) -> None:
    """Null says that the page tells none; an empty string says nothing."""
    told: dict[str, Any] = {
        "title": "عودة",
        "date": None,
        "author": "",
        "metadata": {"sources": ["أ", "ب"]},
        "children": [],
    }
    page = read_gold(written(tmp_path, ROW | told))[1]
    assert page.facts == {"title": ("عودة",), "date": (), "sources": ("أ", "ب")}
    assert page.children == ()


BROKEN = {
    "no text": ({"spans": []}, "a string `raw`"),
    "no spans": ({"raw": "نص"}, "a list `spans`"),
    "half a span": (ROW | {"spans": [[0, 3, "ad"]]}, r"\[start, end, kind, action\]"),
    "a span outside of the text": (ROW | {"spans": [[0, 300, "ad", "remove"]]}, "has 29 code points"),
    "a misspelt action": (ROW | {"spans": [[0, 3, "ad", "removed"]]}, "did you mean 'remove'"),
    "a fault without its end": (ROW | {"faults": [{"start": 3}]}, "a fault has start, end, kind and expect"),
    "a child without a title": (ROW | {"children": ["x"]}, "a second article has a title"),
    "children that are no list": (ROW | {"children": 5}, "'children' is a list"),
    "a child's title that is none": (ROW | {"metadata": {"child_title": 5}}, "a second article has a title"),
    "sentences that are no list": (ROW | {"hard_neg": 5}, "'hard_neg' is a list"),
    "a sentence that is none": (ROW | {"hard_neg": [{}]}, "a sentence of hard_neg is a string"),
    "faults that are no list": (ROW | {"faults": {"start": 1}}, "'faults' is a list"),
    "a fault of other types": (
        ROW | {"faults": [{"start": "1", "end": None, "kind": "x", "expect": "x"}]},
        "start and end of a fault are numbers",
    ),
    "a fault outside of the text": (
        ROW | {"faults": [{"start": 1, "end": 300, "kind": "x", "expect": "x"}]},
        "has 29 code points",
    ),
    "no object": ([1], "an object"),
}


@pytest.mark.parametrize(("row", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_row_is_named(tmp_path: Path, row: object, message: str) -> None:
    """With its file and line, and what is wrong."""
    with pytest.raises(InputError, match=rf"gold\.jsonl:2: .*{message}"):
        read_gold(written(tmp_path, row))
