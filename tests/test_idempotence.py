"""What has been cleaned stays as it is: each stage, and the whole pipeline, on every labelled page."""

from __future__ import annotations

from collections import Counter
import json
from pathlib import Path

import pytest

from cleaner import Document, news_pipeline
from cleaner.pipeline import findings_of

GOLD = Path(__file__).parents[1] / ".." / "shared" / "gold"
FIXTURES = Path(__file__).parents[1] / "fixtures" / "gold" / "pages.jsonl"
LARGE = ("real", "composed", "composed_more", "foreign")
UNFINISHED = {"boilerplate": 0.03, "markup": 0.01}
"""Share of pages on which a stage finds more when asked again: what it removed stood in the way, or was
escaped twice. The pipeline asks until nothing is found."""


@pytest.mark.parametrize(
    "path",
    [
        FIXTURES,
        GOLD / "seeds.jsonl",
        *(pytest.param(GOLD / f"{name}.jsonl", marks=pytest.mark.slow) for name in LARGE),
    ],
    ids=lambda path: path.stem,
)
def test_nothing_is_found_twice(path: Path) -> None:
    """A stage that is asked again changes nothing; nor does the pipeline in a text that it has cleaned."""
    if not path.exists():
        pytest.skip(f"the labelled pages {path.stem} are not beside the repository")
    pipeline = news_pipeline()
    changed: Counter[str] = Counter()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        document = Document(row["id"], row.get("raw") or row["text"])
        cleaned = pipeline.clean(document)
        if not cleaned.rejection:
            assert pipeline.clean(Document(row["id"], cleaned.text)).text == cleaned.text, row["id"]
        for name, stage in pipeline.stages.items():
            document = document.revise(name, findings_of(stage, document))
            if document.rejection:
                break
            again = document.revise(name, findings_of(stage, document))
            changed[name] += again.text != document.text
    too_often = {name: n for name, n in changed.items() if n > UNFINISHED.get(name, 0) * len(rows)}
    assert too_often == {}
