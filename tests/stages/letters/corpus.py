"""Where the shared corpus stands beside the repository, if it does."""

from __future__ import annotations

from itertools import islice
import json
from pathlib import Path
import re
from typing import TYPE_CHECKING, Any

import pytest
import zstandard

from cleaner.training.corpus import held_out

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).parents[3] / ".." / "shared"
# Articles that write one letter for final yeh and alef maksura cannot say which of the two was meant.
_ONE_LETTER = re.compile(
    "(?<![\u0621-\u064a])و?(?:فى|التى|الذى|هى|إلي|الي|حتي|أخري|علي ال\\w+)(?![\u0621-\u064a])"
)
_LOOK_ALIKES = re.compile("[\u06cc\u06a9\u06aa\u06be\u06c1\u06c3\u06d5\u06d2]")


def gold(name: str) -> list[dict[str, Any]]:
    """Return the rows of a labelled file; skip the test without it."""
    path = SHARED / "gold" / name
    if not path.exists():
        pytest.skip(f"{name} is not there")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def articles(number: int) -> list[str]:
    """Return clean articles that had no part in building the lexicon; skip the test without the corpus."""
    path = SHARED / "corpus" / "news.jsonl.zst"
    if not path.exists():
        pytest.skip("the corpus is not there")
    return list(islice(_standard(path), number))


def _standard(path: Path) -> Iterator[str]:
    with zstandard.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = row["text"]
            if held_out(row["id"], 10) and not _LOOK_ALIKES.search(text) and not _ONE_LETTER.search(text):
                yield text
