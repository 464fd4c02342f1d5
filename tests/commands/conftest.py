"""Something for the program to read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

from tests.commands.support import BOILERPLATE, TEXT


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return a folder with one text and one record."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/a.txt").write_text(TEXT + BOILERPLATE, encoding="utf-8")
    (tmp_path / "raw/b.jsonl").write_text(json.dumps({"id": "b", "text": TEXT}) + "\n")
    return tmp_path / "raw"
