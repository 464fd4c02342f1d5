"""Labelled pages are cleaned as well as `floors.toml` asks; without the shared pages the tests skip."""

from __future__ import annotations

import json
from pathlib import Path
import tomllib

import pytest

from cleaner import Document, news_pipeline
from cleaner.evaluation import evaluate, read_gold
from cleaner.evaluation.floors import floors
from cleaner.evaluation.metrics import metrics

GOLD = Path(__file__).parents[1] / ".." / "shared" / "gold"
FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))
LARGE = {"composed", "composed_more"}
"""Labelled files that take more than a few seconds."""


def gold(name: str) -> Path:
    """Return the path of a labelled file; skip the test without it."""
    path = GOLD / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"the labelled pages {name} are not beside the repository")
    return path


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in LARGE else ()) for name in FLOORS]
)
def test_no_figure_sinks_below_its_floor(name: str) -> None:
    """Boilerplate goes, hardly a word of an article with it, and what it told is known."""
    measured = metrics(list(evaluate(read_gold(gold(name)), news_pipeline())))
    broken = [wrong for floor in floors(FLOORS[name], name) if (wrong := floor.broken_by(measured))]
    assert broken == []


def test_foreign_texts_come_out_byte_for_byte() -> None:
    """Persian, Urdu, Kurdish … keep every character, also where they look like boilerplate or like faults."""
    pipeline = news_pipeline()
    for row in map(json.loads, gold("foreign").read_text(encoding="utf-8").splitlines()):
        assert pipeline.clean(Document(row["id"], row["text"])).text == row["text"], row["id"]
