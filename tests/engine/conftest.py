"""What the tests of a run share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from cleaner.engine import work
from cleaner.pipeline import Pipeline
from tests.engine.corpus import article, write_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return a folder of raw files with everything in it that a run must cope with."""
    folder = tmp_path / "raw"
    records: list[object] = [{"id": n, "text": article(n), "site": "النهار"} for n in range(30)]
    records += [
        {"id": "copy", "text": article(3)},
        {"id": 4, "text": article(104)},
        b"{broken",
        {"title": "a"},
    ]
    write_lines(folder / "a.jsonl", records)
    (folder / "sub").mkdir()
    (folder / "sub/b.txt").write_text(article(200), encoding="utf-8")
    (folder / "sub/c.json").write_text(json.dumps([{"body": article(201)}, {"body": article(202)}]))
    (folder / "bad.txt").write_bytes(b"abc\xfe\xfd")
    return folder


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Put the stages in this mapping in the place of the real ones."""
    chosen: dict[str, Any] = {}
    monkeypatch.setattr(work, "news_pipeline", lambda *_: Pipeline(chosen))
    work._pipeline.cache_clear()  # noqa: SLF001 - the cache would outlive the patch
    yield chosen
    work._pipeline.cache_clear()  # noqa: SLF001 - the same
