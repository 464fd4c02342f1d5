"""Labelled pages are cleaned as well as `floors.toml` asks; without the shared pages the tests skip."""

from __future__ import annotations

import json
from pathlib import Path
import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from cleaner import Document, news_pipeline
from tests.quality import score

if TYPE_CHECKING:
    from collections.abc import Iterable

SHARED = Path(__file__).parents[1] / ".." / "shared"
FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))
LARGE = {"composed", "composed_more"}
"""Labelled files that take more than a few seconds."""


def gold(name: str) -> list[dict[str, Any]]:
    """Return the rows of a labelled file; skip the test without it."""
    path = SHARED / "gold" / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"the labelled pages {name} are not beside the repository")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def cleaned(pages: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Return the cleaned text of each page by its id; second articles are not the page's."""
    pipeline = news_pipeline()
    return {page["id"]: pipeline.clean(Document(page["id"], page["raw"])).text for page in pages}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in LARGE else ()) for name in FLOORS]
)
def test_no_figure_sinks_below_its_floor(name: str) -> None:
    """Furniture goes, and hardly a word of an article with it."""
    pages = gold(name)
    reached = score(pages, cleaned(pages))
    assert reached.f1 >= FLOORS[name]["f1"], reached
    assert reached.share_lost <= FLOORS[name]["lost"], reached


def test_foreign_texts_come_out_byte_for_byte() -> None:
    """Persian, Urdu, Kurdish … keep every character, also where they look like furniture or like faults."""
    pipeline = news_pipeline()
    for row in gold("foreign"):
        assert pipeline.clean(Document(row["id"], row["text"])).text == row["text"], row["id"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["seeds", "real"])
def test_the_score_is_the_shared_one(tmp_path: Path, name: str) -> None:
    """On the same output, ours and the script that defines it print the same figures."""
    pages = gold(name)
    texts = cleaned(pages)
    rows = [json.dumps({"id": key, "text": text}, ensure_ascii=False) for key, text in texts.items()]
    (tmp_path / "clean.jsonl").write_text("\n".join(rows), encoding="utf-8")
    command = [sys.executable, *map(str, (SHARED / "score.py", SHARED / "gold" / f"{name}.jsonl", tmp_path))]
    printed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    f1, precision, recall, lost = map(float, re.findall(r"\d\.\d+", printed.splitlines()[-1])[-4:])
    ours = score(pages, texts)
    assert (f1, precision, recall) == tuple(round(n, 4) for n in (ours.f1, ours.precision, ours.recall))
    assert lost == round(ours.share_lost, 5)
