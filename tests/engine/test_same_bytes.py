"""The bytes of a run depend on the documents alone: not on their order, the processes, or the hash seed."""

from __future__ import annotations

from collections import Counter, defaultdict
import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from cleaner.engine.run import run
from cleaner.options import Options
from tests.engine.corpus import OUTPUTS, article, outputs, write_lines

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = 420
"""Enough for several batches, so that two processes have something to share out."""


def documents() -> list[dict[str, Any]]:
    """Return articles of four papers: copies, extended and shortened ones, some with the same boilerplate."""
    found = []
    for number in range(DOCUMENTS):
        text = article(number % (DOCUMENTS * 2 // 3), 250)
        if number % 5 == 1:
            text += "\n" + article(number + 1000, number % 90 + 10)
        if number % 5 == 2:
            text = text[: len(text) * 3 // 4]
        if number % 4 == 0:
            text += "\n" + article(-1, 30)
        found.append({"id": f"d{number}", "text": text, "site": ("", "أ", "ب", "ج")[number % 4]})
    return found


def lines(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files of JSON lines, whichever the command writes."""
    return {path.name: path.read_bytes() for path in folder.glob("*.jsonl")}


@pytest.mark.parametrize("command", ["dedup", pytest.param("run", marks=pytest.mark.slow)])
def test_the_same_bytes_come_out(tmp_path: Path, command: str) -> None:
    """Another order of the input is another order of the rows, and of nothing in them."""
    there = documents()
    shuffled = random.Random(3).sample(there, len(there))  # noqa: S311 - no secret
    made: defaultdict[str, list[dict[str, bytes]]] = defaultdict(list)
    for order, jobs, seed in (("there", 1, "1"), ("there", 2, "2"), ("shuffled", 1, "3")):
        folder = tmp_path / f"{order}-{seed}"
        raw = write_lines(folder / "in.jsonl", shuffled if order == "shuffled" else there)
        program = [sys.executable, "-m", "cleaner", command, str(raw), str(folder / "out")]
        options = ["--jobs", str(jobs), "--pairs", str(folder / "out/pairs.jsonl"), "--recurrence", "8"]
        subprocess.run([*program, *options], env=os.environ | {"PYTHONHASHSEED": seed}, check=True)
        made[order].append(lines(folder / "out"))
    one, other = made["there"]
    assert one == other
    assert one["duplicates.jsonl"].count(b"\n") > DOCUMENTS // 4
    assert one["pairs.jsonl"] == made["shuffled"][0]["pairs.jsonl"]
    for name, content in made["shuffled"][0].items():
        assert content.splitlines() != one[name].splitlines() or name in {"pairs.jsonl", "rejects.jsonl"}
        assert sorted(content.splitlines()) == sorted(one[name].splitlines())


def test_the_number_of_processes_changes_no_byte(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither does the cut into batches."""
    run([raw], tmp_path / "one", Options())
    monkeypatch.setattr("cleaner.reading.batching.BATCH_SIZE", 1)
    run([raw], tmp_path / "two", Options(), jobs=2)
    assert outputs(tmp_path / "one") == outputs(tmp_path / "two")


def test_the_order_of_the_input_changes_only_the_order(tmp_path: Path) -> None:
    """Also of the documents that repeat each other."""
    records = [{"id": str(n), "text": article(n % 20, 40 + n)} for n in range(40)]
    results = []
    for seed in (1, 1000):
        shuffled = sorted(records, key=lambda record: article(seed + int(record["id"])))
        write_lines(tmp_path / f"{seed}/a.jsonl", shuffled)
        run([tmp_path / f"{seed}/a.jsonl"], tmp_path / f"out{seed}", Options())
        results.append(
            {name: Counter((tmp_path / f"out{seed}" / name).read_bytes().splitlines()) for name in OUTPUTS}
        )
    assert results[0] == results[1]
    assert results[0]["duplicates.jsonl"].total() == 20
