"""The outputs of real commands, proven by a checker that shares no code with the search."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cleaner.engine.dedup import dedup
from cleaner.engine.run import run
from cleaner.options import Options
from tests.duplicates.proof import faults
from tests.engine.corpus import article, rows, write_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return a file of articles, reprints, shortened and extended ones, in papers with boilerplate."""
    boilerplate = article(999, 30)
    records = []
    for number in range(40):
        story = article(number // 3, 90)
        text = (story, story[:-60], f"{story}\n{article(500 + number, 30)}")[number % 3]
        records.append({"id": number, "text": f"{text}\n{boilerplate}", "site": f"paper {number % 2}"})
    return write_lines(tmp_path / "a.jsonl", records)


@pytest.mark.parametrize("command", [run, dedup])
def test_outputs_obey_the_rule(raw: Path, tmp_path: Path, command: Callable[..., object]) -> None:
    """Also told by the rows alone."""
    command([raw], tmp_path / "out", Options())
    assert len(rows(tmp_path / "out/duplicates.jsonl")) > 10
    assert list(faults(tmp_path / "out")) == []


FORGERIES = {
    "another kept document": (
        lambda row: row["duplicate"].update(kept="39"),
        "too little of it stands|not kept",
    ),
    "a dropped document": (lambda row: row["duplicate"].update(kept=str(row["id"])), "is not kept"),
    "another share": (lambda row: row["duplicate"].update(containment=0.77), "not those of the texts"),
    "another text": (lambda row: row.update(text=article(77, 90)), "too little of it stands"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_row_is_noticed(raw: Path, tmp_path: Path, name: str) -> None:
    """Each of the things that the checker asks."""
    forge, message = FORGERIES[name]
    dedup([raw], tmp_path / "out", Options())
    dropped = rows(tmp_path / "out/duplicates.jsonl")
    forge(dropped[0])  # type: ignore[no-untyped-call]
    lines = [json.dumps(row, ensure_ascii=False) for row in dropped]
    (tmp_path / "out/duplicates.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert any(part in fault for part in message.split("|") for fault in faults(tmp_path / "out"))
