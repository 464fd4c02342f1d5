"""The score is the one that the shared script defines, whatever became of the pages."""

from __future__ import annotations

from collections.abc import Callable
import json
from pathlib import Path
import re
import subprocess
import sys

import pytest

from cleaner import Document, news_pipeline
from cleaner.evaluation import GoldPage, Words, compare, read_gold
from cleaner.evaluation.metrics import metrics, total

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "fixtures" / "gold" / "pages.jsonl"
SHARED = ROOT / ".." / "shared"

Became = Callable[[GoldPage], str]


def cleaned(page: GoldPage) -> str:
    """Return the text that the pipeline leaves."""
    return news_pipeline().clean(Document(page.id, page.raw)).text


def untouched(page: GoldPage) -> str:
    """Return all there was."""
    return page.raw


def lost(page: GoldPage) -> str:
    """Return nothing: the text is not in the output."""
    return page.raw[:0]


def without_short_lines(page: GoldPage) -> str:
    """Return what a rule leaves that cuts both too little and too much."""
    return "\n".join(line for line in page.raw.split("\n") if len(line.split()) > 9)


def printed_twice(page: GoldPage) -> str:
    """Return a text whose words can be aligned in several ways."""
    return f"{page.raw}\n{page.raw}"


EXPECTED: dict[Became, Words] = {
    cleaned: Words(removed=107, left=0, lost=0, kept=153),
    # Where a marker is glued to a sentence, the two are one word of the output, and neither of the page's.
    untouched: Words(removed=2, left=105, lost=2, kept=151),
    lost: Words(removed=107, left=0, lost=153, kept=0),
    without_short_lines: Words(removed=53, left=54, lost=11, kept=142),
    printed_twice: Words(removed=1, left=106, lost=2, kept=151),
}


@pytest.mark.parametrize("became", EXPECTED)
def test_words_are_counted(became: Became) -> None:
    """Counted by hand on the pages of the fixtures."""
    results = [compare(page, [Document(page.id, became(page))]) for page in read_gold(PAGES)]
    assert total(results) == EXPECTED[became]


@pytest.mark.parametrize("became", EXPECTED)
@pytest.mark.parametrize(
    "path",
    [
        PAGES,
        SHARED / "gold" / "seeds.jsonl",
        pytest.param(SHARED / "gold" / "real.jsonl", marks=pytest.mark.slow),
        pytest.param(SHARED / "gold" / "composed.jsonl", marks=pytest.mark.slow),
    ],
    ids=lambda path: path.stem,
)
def test_the_score_is_the_shared_one(tmp_path: Path, path: Path, became: Became) -> None:
    """On the same output, ours and the script that defines it print the same figures."""
    script = SHARED / "score.py"
    if not path.exists() or not script.exists():
        pytest.skip("the labelled pages, or the script that scores them, are not beside the repository")
    texts = {page.id: became(page) for page in read_gold(path)}
    rows = [json.dumps({"id": key, "text": text}, ensure_ascii=False) for key, text in texts.items()]
    (tmp_path / "clean.jsonl").write_text("\n".join(rows), encoding="utf-8")
    command = [sys.executable, str(script), str(path), str(tmp_path)]
    *others, last = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    measured = metrics([compare(page, [Document(page.id, texts[page.id])]) for page in read_gold(path)])
    f1, precision, recall, share_lost = map(float, re.findall(r"\d\.\d+", last)[-4:])
    assert (f1, precision, recall, share_lost) == (
        *(round(measured[name], 4) for name in ("f1", "precision", "recall")),
        round(measured["lost"], 5),
    )
    shown = dict(
        re.findall(
            r"(mean F1 over documents|perfect|losing over 2 % of the article) (\d\.\d+)", "\n".join(others)
        )
    )
    assert shown == {
        "mean F1 over documents": f"{measured['mean_f1']:.4f}",
        "perfect": f"{measured['perfect']:.3f}",
        "losing over 2 % of the article": f"{measured['hurt']:.3f}",
    }
