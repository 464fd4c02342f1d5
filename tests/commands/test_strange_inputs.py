"""Whatever stands in an input folder, no command hangs or crashes over it; what is not read is told."""

from __future__ import annotations

import json
import os
import socket
from typing import TYPE_CHECKING

import pytest

from tests.commands.support import TEXT, call
from tests.engine.corpus import rows

if TYPE_CHECKING:
    from pathlib import Path

PASSED_OVER = {
    "nowhere": "a link that leads nowhere",
    "pipe.jsonl": "neither a file nor a folder",
    "sub/up": "a link to a folder that is read already",
    "talk.jsonl": "neither a file nor a folder",
}
UNREADABLE = {
    "gone.jsonl": "No such file or directory",
    "one.jsonl": "Too many levels of symbolic links",
    "other.jsonl": "Too many levels of symbolic links",
    "self.txt": "Too many levels of symbolic links",
}


@pytest.fixture
def strange(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with texts and everything else that may stand there."""
    elsewhere = tmp_path / "elsewhere"
    links = {"gone.jsonl": "none.jsonl", "nowhere": "none", "self.txt": "self.txt", "sub/up": ".."}
    links |= {"one.jsonl": "other.jsonl", "other.jsonl": "one.jsonl", "elsewhere": str(elsewhere)}
    for folder in raw / "sub", elsewhere:
        folder.mkdir()
    for name, target in links.items():
        (raw / name).symlink_to(target)
    (elsewhere / "c.txt").write_text(" ".join(TEXT.split()[::-1]), encoding="utf-8")
    os.mkfifo(raw / "pipe.jsonl")
    monkeypatch.chdir(raw)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as talk:
        talk.bind("talk.jsonl")
    return raw


@pytest.mark.parametrize("command", ["run", "dedup", "plan", "learn", "check"])
def test_what_cannot_be_read_is_told_and_the_rest_is_read(
    strange: Path, tmp_path: Path, command: str
) -> None:
    """A line for each on standard error; what a link leads to elsewhere is read."""
    out = [tmp_path / "out"] if command in {"run", "dedup"} else []
    result = call(command, strange, *out)
    assert result.exit_code == (command == "check")
    told = [*PASSED_OVER.items(), *UNREADABLE.items()]
    expected = [f"cleaner: {strange / name}: {reason}; passed over" for name, reason in told]
    assert result.stderr.splitlines()[: len(expected)] == expected
    if command == "check":
        assert "a.txt:3:1 share.share-heading" in result.stdout
    if out:
        assert [(row["file"], row["error"]) for row in rows(out[0] / "rejects.jsonl")] == [
            *UNREADABLE.items()
        ]
        report = json.loads((out[0] / "report.json").read_bytes())
        assert report["skipped"]["unknown_files"] == ["nowhere", "pipe.jsonl", "talk.jsonl"]
        assert "elsewhere/c.txt" in [file["file"] for file in report["inputs"]["list"]]


@pytest.mark.parametrize("command", ["run", "dedup", "plan", "learn", "check"])
@pytest.mark.parametrize("name", ["self.txt", "gone.jsonl", "nowhere"])
def test_a_file_that_is_named_alone_and_cannot_be_read_is_an_error(
    strange: Path, tmp_path: Path, command: str, name: str
) -> None:
    """The message says why."""
    out = [tmp_path / "out"] if command in {"run", "dedup"} else []
    result = call(command, strange / name, *out)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"cleaner: {strange / name}")
    assert UNREADABLE.get(name, "a link that leads nowhere") in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["run", "dedup", "plan", "learn"])
def test_a_file_without_texts_is_told_on_standard_error(raw: Path, tmp_path: Path, command: str) -> None:
    """In a line; alone, it is an error. To a check it is a finding."""
    (raw / "z.jsonl").write_text('{"story": "a"}\n')
    for n in range(20):
        (raw / f"{n:02}.json").write_text('{"story": "a"}')
    out = [tmp_path / "out"] if command in {"run", "dedup"} else []
    result = call(command, raw, *out)
    assert result.exit_code == 0
    first, *_, last = result.stderr.splitlines()[:11]
    assert first.startswith(f"cleaner: {raw / '00.json'}: no text field in its first 1 records")
    assert last == "cleaner: … and 11 more passed over"
    alone = call(command, raw / "z.jsonl", *out)
    assert alone.exit_code == 2
    assert "fields seen: story; name the right one with --text-field\n" in alone.stderr
