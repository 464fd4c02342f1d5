"""`cleaner restore` prints, writes or checks, and overwrites nothing."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

from tests.commands.support import BOILERPLATE, TEXT, call, shell


def test_restore_prints_or_writes_or_checks(raw: Path, tmp_path: Path) -> None:
    """The raw texts as rows, on standard output or in a file; or nothing."""
    call("run", raw, tmp_path / "out")
    expected = [{"id": "a", "text": TEXT + BOILERPLATE}, {"id": "b", "text": TEXT}]
    printed = call("restore", tmp_path / "out")
    assert [json.loads(line) for line in printed.stdout.splitlines()] == expected
    assert call("restore", tmp_path / "out", "--to", tmp_path / "restored.jsonl").stdout == ""
    assert (tmp_path / "restored.jsonl").read_text(encoding="utf-8") == printed.stdout
    checked = call("restore", "--check", tmp_path / "out")
    assert (checked.exit_code, checked.output) == (0, "")


def test_restore_does_not_check_and_write(raw: Path, tmp_path: Path) -> None:
    """A file that is named and not written would look like a success."""
    call("run", raw, tmp_path / "out")
    result = call("restore", tmp_path / "out", "--check", "--to", tmp_path / "x")
    assert (result.exit_code, result.stderr) == (
        2,
        "cleaner: --check writes nothing: leave out --to, or --check\n",
    )


def test_restore_fails_where_a_text_is_lost(raw: Path, tmp_path: Path) -> None:
    """Exit code 1, and the document is named."""
    call("run", raw, tmp_path / "out")
    (tmp_path / "out/clean.jsonl").write_bytes(b"")
    result = call("restore", "--check", tmp_path / "out")
    assert result.exit_code == 1
    assert "1 of 2 texts cannot be restored" in result.stderr


@pytest.mark.parametrize("name", ["clean.jsonl", "restored.jsonl", ".cleaner-work/x"])
def test_restore_does_not_write_into_the_run(raw: Path, tmp_path: Path, name: str) -> None:
    """It would overwrite a corpus, or stop the next run."""
    call("run", raw, tmp_path / "out")
    before = {path: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    result = call("restore", tmp_path / "out", "--to", tmp_path / "out" / name)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "lies inside" in result.stderr
    assert {path: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize("name", ["thesis.txt", "link", "dangling", "folder", "nowhere/x"])
def test_restore_overwrites_nothing(raw: Path, tmp_path: Path, name: str) -> None:
    """Whatever is there stays as it is, and the message speaks of no name that the user did not give."""
    call("run", raw, tmp_path / "out")
    (tmp_path / "thesis.txt").write_text("years of work")
    (tmp_path / "link").symlink_to("thesis.txt")
    (tmp_path / "dangling").symlink_to("nothing")
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    result = call("restore", tmp_path / "out", "--to", tmp_path / name)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith(f"cleaner: {tmp_path / name}")
    assert ".partial" not in result.stderr
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
    assert (tmp_path / "link").is_symlink()


def test_devices_and_pipes_are_written_to_as_they_are(raw: Path, tmp_path: Path) -> None:
    """By restore and by a run; a file behind standard output keeps what is in it."""
    call("run", raw, tmp_path / "out")
    expected = call("restore", tmp_path / "out").stdout.encode()
    assert shell('restore "$1" --to /dev/stdout | cat', tmp_path / "out").stdout == expected
    seen = tmp_path / "seen"
    shell('restore "$1" --to /dev/stdout > "$2"; echo end >> "$2"', tmp_path / "out", seen)
    assert seen.read_bytes() == expected + b"end\n"
    link = tmp_path / "nowhere"
    link.symlink_to(os.devnull)
    assert call("restore", tmp_path / "out", "--to", link).exit_code == 0
    assert call("run", raw, tmp_path / "out", "--pairs", link).exit_code == 0
    assert link.is_symlink()
    assert link.is_char_device()
    (raw / "c.jsonl").write_text(json.dumps({"text": TEXT}) + "\n")
    result = shell('run "$1" "$2" --jobs 1 --pairs /dev/stdout', raw, tmp_path / "out")
    assert json.loads(result.stdout.splitlines()[0])["kind"]
