"""Two programs that add to one index: none adds what the other has put there."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from cleaner.engine.dedup import dedup
from cleaner.options import Options
from tests.commands.support import call
from tests.engine.corpus import article, rows, write_lines

if TYPE_CHECKING:
    from pathlib import Path

PAUSED = """
import importlib, pathlib, sys, time
from cleaner.commands import main
place, name, when, paused, go, *arguments = sys.argv[1:]
module = importlib.import_module(place)
original = getattr(module, name)
def pause():
    pathlib.Path(paused).touch()
    while not pathlib.Path(go).exists():
        time.sleep(0.01)
def pausing(*given, **named):
    if when == "before":
        pause()
    result = original(*given, **named)
    if when == "after":
        pause()
    return result
setattr(module, name, pausing)
sys.argv[1:] = arguments
main()
"""
"""Pause a command before or after a function that it calls, until a file is there."""


def indexed(index: Path) -> list[str]:
    """Return the ids of the documents in *index*."""
    files = sorted(index.rglob("entries.jsonl"))
    return [json.loads(line)[0] for path in files for line in path.read_bytes().splitlines()]


@pytest.mark.parametrize(
    ("paused", "extends"),
    [
        (("cleaner.engine.search", "open_index", "after"), True),
        (("cleaner.duplicates.duplicate_index", "locked", "before"), False),
    ],
)
def test_two_writers_do_not_add_the_same_texts(
    tmp_path: Path, paused: tuple[str, str, str], *, extends: bool
) -> None:
    """One of them is refused, whichever comes in between; called again, it finds what the other has added."""
    index = tmp_path / "index"
    if extends:
        dedup(
            [write_lines(tmp_path / "old.jsonl", [{"id": "old", "text": article(0)}])],
            tmp_path / "old",
            Options(),
            index=index,
        )
    options = ["--jobs", "1", "--index", index, *(["--against", index] if extends else [])]
    commands = {}
    for name in "first", "second":
        given = write_lines(tmp_path / f"{name}.jsonl", [{"id": name, "text": article(1)}])
        commands[name] = ["dedup", given, tmp_path / name, *options]
    reached, go = tmp_path / "reached", tmp_path / "go"
    program = [sys.executable, "-c", PAUSED, *paused, reached, go, *commands["first"]]
    with subprocess.Popen(list(map(str, program)), stderr=subprocess.PIPE) as first:
        while not reached.exists() and first.poll() is None:
            time.sleep(0.01)
        second = call(*commands["second"])
        go.touch()
        told = first.communicate(timeout=60)[1].decode()
    assert sorted((first.returncode, second.exit_code)) == [0, 2]
    assert "another run" in told + second.stderr
    winner, loser = ("second", "first") if first.returncode else ("first", "second")
    assert indexed(index) == ["old"] * extends + [winner]
    if extends:
        assert call(*commands[loser]).exit_code == 0
        assert indexed(index) == ["old", winner]
        assert [row["duplicate"]["kept"] for row in rows(tmp_path / loser / "duplicates.jsonl")] == [winner]


def test_an_index_behind_a_link_to_nowhere_is_refused(tmp_path: Path) -> None:
    """In one line, as a link to itself is."""
    given = write_lines(tmp_path / "in.jsonl", [{"text": article(0)}])
    for target in "nowhere", "link":
        (tmp_path / "link").unlink(missing_ok=True)
        (tmp_path / "link").symlink_to(target)
        result = call("dedup", given, tmp_path / "out", "--index", tmp_path / "link")
        assert result.exit_code == 2
        assert result.stderr == f"cleaner: {tmp_path / 'link'} is a link that leads nowhere\n"
