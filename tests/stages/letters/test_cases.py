"""The golden cases: what must stay, then what must be mended."""

from __future__ import annotations

from pathlib import Path
import tomllib
from typing import TYPE_CHECKING

import pytest

from cleaner.document import Document

if TYPE_CHECKING:
    from cleaner.pipeline import Pipeline

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["keeps"], ids=lambda case: case["title"])
def test_stays_byte_for_byte(letters: Pipeline, case: dict[str, str]) -> None:
    """What is no fault is left alone."""
    assert letters.clean(Document("1", case["text"])).text == case["text"]


@pytest.mark.parametrize("case", CASES["mends"], ids=lambda case: case["title"])
def test_is_mended(letters: Pipeline, case: dict[str, str]) -> None:
    """A fault is mended at once, and the raw text can be restored."""
    document = letters.clean(Document("1", case["raw"]))
    assert document.text == case["clean"]
    assert document.original_text() == case["raw"]
    assert letters.clean(document) is document
