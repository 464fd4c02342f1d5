"""Where nothing can be written, one line says where, and the exit code is 2."""

from __future__ import annotations

import os
from pathlib import Path
import subprocess
import sys

import pytest

from cleaner.engine.pool import ordered_map
from cleaner.errors import InputError, said
from cleaner.output.atomic import naming
from tests.commands.support import TEXT, call
from tests.engine.corpus import article, write_lines
from tests.recurring.test_recurring import body, lines

FULL = Path("/dev/full")
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with raw texts, some of them alike, and with what a run made of them."""
    folder = tmp_path_factory.mktemp("corpus")
    records = [{"id": str(n), "site": "s", "text": lines(body(n), "حكاية كل ميناء")} for n in range(60)]
    records += [{"id": f"{n}{'x' * 200}", "site": "s", "text": article(1)} for n in range(60)]
    write_lines(folder / "raw.jsonl", records)
    (folder / "temporary").mkdir()
    call("run", "--jobs", 1, folder / "raw.jsonl", folder / "out")
    return folder


def shell(command: str, folder: Path, blocks: object = "unlimited") -> subprocess.CompletedProcess[bytes]:
    """Return what `cleaner` did in *folder*, where it may write no file of more than so many *blocks*."""
    program = f'ulimit -f {blocks}; "{sys.executable}" -m cleaner {command}'
    environment = {**os.environ, "PYTHONUNBUFFERED": "", "TMPDIR": str(folder / "temporary")}
    return subprocess.run(
        ["sh", "-c", program], capture_output=True, check=False, cwd=folder, env=environment
    )


@pytest.mark.parametrize(
    "command",
    [
        "rules letters",
        "restore out",
        "explain 1 out",
        "stages",
        "makefile",
        "--help",
        "--version",
        "learn raw.jsonl",
    ],
)
def test_a_full_standard_output_is_named(corpus: Path, command: str) -> None:
    """And Python has nothing to add, nor an exit code of its own."""
    result = shell(f"{command} >/dev/full", corpus)
    assert result.stderr == b"cleaner: standard output: No space left on device\n"
    assert result.returncode == 2


@pytest.mark.parametrize("arguments", ["run lost out", "run --lost", "lost"])
def test_a_full_standard_error_changes_no_exit_code(corpus: Path, arguments: str) -> None:
    """Nobody hears the message, but a makefile stops."""
    assert shell(f"{arguments} 2>/dev/full", corpus).returncode == 2


@pytest.mark.parametrize(
    ("command", "place"),
    [
        ("run --jobs 1 raw.jsonl new", "new"),
        ("dedup --jobs 1 raw.jsonl new", "new"),
        ("run --jobs 1 raw.jsonl new --pairs new/pairs.jsonl", "new"),
        ("restore out --to back.jsonl", "back.jsonl"),
        ("check --fix wrong.txt", "wrong.txt"),
        ("learn raw.jsonl --jobs 1", "temporary/"),
        ("explain 1 raw.jsonl", "temporary/"),
    ],
)
def test_a_full_disk_is_named(corpus: Path, command: str, place: str) -> None:
    """By the file, or by the folder that is written to; and nothing is left there."""
    (corpus / "wrong.txt").write_text(f"{TEXT} الش\u06a9ر\n" * 200, encoding="utf-8")
    before = sorted(corpus.rglob("*"))
    result = shell(command, corpus, blocks=16)
    assert result.stderr.decode().startswith(("cleaner: " + place, f"cleaner: {corpus / place}")), (
        result.stderr
    )
    assert result.stderr.endswith(b": File too large\n")
    assert (result.returncode, result.stderr.count(b"\n")) == (2, 1)
    assert sorted(corpus.rglob("*")) == before


def test_a_full_place_for_the_pairs_is_named(corpus: Path) -> None:
    """Which may be on another disk than the corpus."""
    result = shell("run --jobs 1 raw.jsonl new --pairs /dev/full", corpus)
    assert (result.returncode, result.stderr) == (2, b"cleaner: /dev/full: No space left on device\n")
    assert not (corpus / "new").exists()


def test_a_full_place_for_an_index_is_named(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numpy has words of its own for it."""

    def save(*_: object) -> None:
        raise OSError("5 requested and 0 written")

    monkeypatch.setattr("numpy.save", save)
    result = call("run", "--jobs", 1, corpus / "raw.jsonl", corpus / "new", "--index", corpus / "index")
    assert (result.exit_code, result.stderr) == (
        2,
        f"cleaner: {corpus / 'index'}: 5 requested and 0 written\n",
    )
    assert not (corpus / "new").exists()
    assert not (corpus / "index").exists()


def test_an_error_names_two_files_where_it_has_two() -> None:
    """And the first name that it was given stays."""
    with pytest.raises(OSError) as caught, naming("there"):  # noqa: PT011 - its words are looked at
        raise OSError(18, "Invalid cross-device link", "a", None, "b")
    assert said(caught.value) == "a → b: Invalid cross-device link"


def test_a_system_without_processes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do about it."""

    def submit(*_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor.submit", submit)
    with pytest.raises(InputError, match="no process can be started: Resource temporarily unavailable; try"):
        list(ordered_map(str, range(9), jobs=2))
