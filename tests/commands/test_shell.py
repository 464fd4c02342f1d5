"""Streams, signals and terminals, as a shell has them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from types import ModuleType
from typing import TYPE_CHECKING

from click.testing import CliRunner
import pytest

from cleaner.__main__ import main as start
from cleaner.commands import cleaner

if TYPE_CHECKING:
    from pathlib import Path

from tests.commands.support import TEXT, call, shell


def test_letters_that_a_terminal_lacks_are_escaped(raw: Path) -> None:
    """Not an error."""
    result = shell('explain b "$1"', raw, PYTHONIOENCODING="latin-1")
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"\\u0634" in result.stdout


def test_a_closed_standard_output_is_told(raw: Path, tmp_path: Path) -> None:
    """Where there is something to write to it."""
    call("run", raw, tmp_path / "out")
    result = shell('restore "$1" >&-', tmp_path / "out")
    assert (result.returncode, result.stderr.count(b"\n")) == (2, 1)
    assert b"standard output is closed" in result.stderr


def test_an_interrupt_while_the_program_is_loaded_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same message and exit code as later."""

    class Interrupted(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "cleaner.commands", Interrupted("cleaner.commands"))
    with pytest.raises(SystemExit) as end:
        start()
    assert (end.value.code, capsys.readouterr().err) == (130, "cleaner: interrupted\n")


def at_work(raw: Path, out: Path, *, records: int, jobs: int) -> subprocess.Popen[bytes]:
    """Return a run that has begun to write, and has so many *records* to clean that it will not end soon."""
    lines = [json.dumps({"id": n, "text": f"{n} {TEXT * 9}"}) for n in range(records)]
    (raw / "b.jsonl").write_text("\n".join(lines))
    program = [sys.executable, "-m", "cleaner", "run", "--jobs", str(jobs), str(raw), str(out)]
    process = subprocess.Popen(program, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while not (out / ".cleaner-work").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    return process


def test_a_terminated_command_leaves_no_temporary_file(raw: Path, tmp_path: Path) -> None:
    """Exit code 143, as the shell's own."""
    process = at_work(raw, tmp_path / "out", records=3_000, jobs=1)
    process.terminate()
    assert process.communicate(timeout=30)[1] == b""
    assert process.returncode == 128 + signal.SIGTERM
    assert not (tmp_path / "out").exists()


def test_a_reader_may_have_seen_enough(raw: Path, tmp_path: Path) -> None:
    """A closed pipe ends a command without a word."""
    lines = [json.dumps({"id": n, "text": f"{n} {TEXT}"}) for n in range(300)]
    (raw / "b.jsonl").write_text("\n".join(lines))
    call("run", raw, tmp_path / "out")
    for command in (["explain", "a"], ["restore"]):
        program = [sys.executable, "-m", "cleaner", *command, str(tmp_path / "out")]
        process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout
        process.stdout.close()
        _, error = process.communicate(timeout=30)
        assert (process.returncode, error) == (0, b"")


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_is_not_for_every_terminal(raw: Path, variables: dict[str, str]) -> None:
    """Which the environment says."""
    arguments = ["explain", "a", str(raw)]
    plain = CliRunner(env={"NO_COLOR": "", "TERM": "xterm"}).invoke(cleaner, arguments, color=True)
    assert "\x1b[" in plain.output
    assert "\x1b[" not in CliRunner(env=variables).invoke(cleaner, arguments, color=True).output


@pytest.mark.skipif(signal.getsignal(signal.SIGINT) is signal.SIG_IGN, reason="interrupts are ignored here")
@pytest.mark.parametrize("delay", [0, 0.2, 0.8])
def test_an_interrupted_run_leaves_nothing_and_says_so(raw: Path, tmp_path: Path, delay: float) -> None:
    """Exit code 130, as the shell's own."""
    process = at_work(raw, tmp_path / "out", records=12_000, jobs=2)
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=30)
    assert error.strip() == b"cleaner: interrupted"
    assert process.returncode == 130
    assert not (tmp_path / "out").exists()
