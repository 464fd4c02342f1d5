"""The files of a run appear all or not at all, wherever it is killed; and who reads them never sees a mix."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from cleaner.engine.dedup import dedup
from cleaner.engine.run import run
from cleaner.errors import InputError
from cleaner.options import Options
from cleaner.output.finished import finished
from cleaner.output.folder import work_folder
from tests.commands.support import call
from tests.engine.corpus import article, write_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cleaner.engine.report import Report

KILLED = """
import os, pathlib, shutil, sys
from cleaner.engine.dedup import dedup
from cleaner.engine.run import run
from cleaner.options import Options
command, raw, before, killed = {"run": run, "dedup": dedup}[sys.argv[1]], *map(pathlib.Path, sys.argv[2:5])

def kill_at(point, out):
    left = point
    def hook(event, arguments):
        nonlocal left
        if event in ("os.rename", "os.remove", "os.rmdir"):
            path = pathlib.Path(os.fsdecode(arguments[event == "os.rename"]))
            if path.parent == out or path.name in ("complete", "lock"):
                if not left:
                    os._exit(9)
                left -= 1
    sys.addaudithook(hook)

for point in range(100):
    out = killed / str(point)
    shutil.copytree(before, out)
    child = os.fork()
    if not child:
        kill_at(point, out)
        command([raw], out, Options(without=tuple(sys.argv[5:])))
        os._exit(0)
    if not os.waitpid(child, 0)[1]:
        break
"""
"""Kill a command, over a copy of what it wrote before, at the first rename or removal; at the second ..."""

COMMANDS: dict[str, Callable[..., Report]] = {"run": run, "dedup": dedup}
FAST = Options(without=("near-duplicates",))
BAD = b"{broken", b"{cut"


@pytest.fixture
def inputs(tmp_path: Path) -> tuple[Path, Path]:
    """Return two inputs that have nothing in common: a run of either has rows in every file."""
    numbers = (range(3), range(10, 15))
    return tuple(  # type: ignore[return-value]
        write_lines(
            tmp_path / f"{name}.jsonl",
            [*({"id": f"{name}{n}", "text": article(n)} for n in some), {"text": article(some[0])}, broken],
        )
        for name, some, broken in zip("ab", numbers, BAD, strict=True)
    )


def contents(out: Path) -> dict[str, bytes]:
    """Return all there is in *out*, of a report only what it is the same for every run."""
    found = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    return {name: path.read_bytes().partition(b'"run":{')[0] for name, path in found.items()}


@pytest.mark.parametrize("name", COMMANDS)
def test_wherever_a_run_is_killed_its_files_appear_all_or_not_at_all(
    inputs: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    """Over the files of another input; the next command, whichever it is, finds or leaves those of one."""
    command, options = COMMANDS[name], FAST if name == "run" else Options()
    for raw, whole in zip(inputs, ("before", "after"), strict=True):
        command([raw], tmp_path / whole, options)
    before, after = contents(tmp_path / "before"), contents(tmp_path / "after")
    killed, copy = tmp_path / "killed", tmp_path / "copy"
    arguments = [name, inputs[1], tmp_path / "before", killed, *options.without]
    subprocess.run([sys.executable, "-c", KILLED, *map(str, arguments)], check=True)
    points = sorted(killed.iterdir(), key=lambda path: int(path.name))
    assert contents(points.pop()) == after  # which nothing killed
    assert sum(contents(out) not in (before, after) for out in points) >= 7
    for out in points:
        expected, known = (after, "b10") if int(out.name) else (before, "a0")  # at first, nothing is complete
        for again in [["restore", "--check"], ["explain", known]] if name == "run" else []:
            shutil.copytree(out, copy)
            result = call(*again, copy)
            assert (result.exit_code, result.stderr) == (0, "")
            left = contents(copy)
            assert {path: left.pop(path) for path in expected} == expected
            assert all(path.startswith(".cleaner-work/") for path in left)
            assert ".cleaner-work/complete" not in left
            shutil.rmtree(copy)
        command([inputs[0]], out, options)
        assert contents(out) == before


@pytest.fixture
def interrupted(inputs: tuple[Path, Path], tmp_path: Path) -> Path:
    """Return a folder with the files of two runs: of the second, not all could appear."""
    out = tmp_path / "out"
    run([inputs[0]], out, FAST)

    def watch(phase: str, done: int, total: int) -> None:  # noqa: ARG001 - the signature of a watcher
        if phase == "writing" and not (out / "edits.jsonl").is_dir():
            (out / "edits.jsonl").unlink()
            (out / "edits.jsonl").mkdir()

    with pytest.raises(OSError, match=r"edits\.jsonl"):
        run([inputs[1]], out, FAST, watch=watch)
    return out


def test_what_could_not_appear_does_when_it_can(
    inputs: tuple[Path, Path], interrupted: Path, tmp_path: Path
) -> None:
    """Until then every command says what is in the way, and touches nothing of it."""
    (interrupted / "edits.jsonl/thesis.txt").write_text("years of work")
    for arguments in (
        ["restore", interrupted],
        ["explain", "b10", interrupted],
        ["run", inputs[0], interrupted],
    ):
        result = call(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "edits.jsonl was not written by cleaner" in result.stderr
    shutil.move(interrupted / "edits.jsonl", tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere/thesis.txt").read_text() == "years of work"
    dedup([interrupted / "clean.jsonl"], tmp_path / "searched", Options())  # it is read as a command's input
    run([inputs[1]], tmp_path / "whole", FAST)
    assert contents(interrupted) == contents(tmp_path / "whole")
    assert call("restore", "--check", interrupted).exit_code == 0


@pytest.mark.parametrize(("first", "second"), [(run, dedup), (dedup, run)])
def test_what_appears_is_no_more_overwritten_than_what_was_there(
    inputs: tuple[Path, Path], tmp_path: Path, first: Callable[..., Report], second: Callable[..., Report]
) -> None:
    """The folder of one command is refused by the other, also if its files had yet to appear."""
    first([inputs[0]], tmp_path / "whole", Options())
    shutil.copytree(tmp_path / "whole", tmp_path / "out/.cleaner-work")
    for name in "lock", "complete":
        (tmp_path / "out/.cleaner-work" / name).touch()
    with pytest.raises(InputError, match=f"holds the output of `cleaner {first.__name__}`"):
        second([inputs[1]], tmp_path / "out", Options())
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_a_mix_is_not_read_while_another_run_is_at_work(interrupted: Path) -> None:
    """It may be about to come to its end."""
    (interrupted / "edits.jsonl").rmdir()
    complete = interrupted / ".cleaner-work/complete"
    complete.rename(interrupted.parent / "complete")
    with work_folder(interrupted, [], "run"):
        complete.touch()
        result = call("restore", "--check", interrupted)
        complete.unlink()
    assert result.exit_code == 2
    assert "another run is writing there" in result.stderr


def test_files_without_their_report_are_of_no_run(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    """It comes last: where it is not, they may be of two."""
    run([inputs[0]], tmp_path / "out", FAST)
    (tmp_path / "out/report.json").unlink()
    for arguments in ["restore", "--check"], ["explain", "a0"]:
        result = call(*arguments, tmp_path / "out")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "One that did not come to its end must be called again" in result.stderr


def test_files_that_appear_while_others_are_opened_are_not_taken_for_theirs(
    inputs: tuple[Path, Path], tmp_path: Path
) -> None:
    """Whatever was made of them, it is of two runs."""
    run([inputs[0]], tmp_path / "out", FAST)
    with pytest.raises(InputError, match="meanwhile"), finished(tmp_path / "out"):
        run([inputs[1]], tmp_path / "out", FAST)
