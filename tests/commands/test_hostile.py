"""Nothing that was read can steer the terminal of who looks at it."""

from __future__ import annotations

from contextlib import suppress
import json
import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.commands.support import TEXT, call, shell
from tests.engine.corpus import write_lines
from tests.recurring.test_recurring import body, lines

if TYPE_CHECKING:
    from pathlib import Path

EVIL = "\x1b]0;mine\x07\x9b2J\u202egnp\r\x7f\u2028"  # RIGHT-TO-LEFT OVERRIDE, LINE SEPARATOR
NAME = f"a{EVIL}"
SHOWN = r"\u001b]0;mine\u0007\u009b2J\u202egnp\r\u007f\u2028"
LINE = f"حكاية كل ميناء {EVIL.replace(chr(13), '')}"

RULES = f"""
[[marker]]
id = "evil"
scope = "label"
why = {json.dumps(EVIL)}
phrases = ["ميناء الخداع"]
"""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a corpus in whose names, fields, ids, sources and texts stands what steers a terminal.

    And what was made of it, rules and labelled pages of the same kind.
    """
    folder = tmp_path_factory.mktemp("hostile")
    raw, out = folder / f"raw\n{EVIL}", folder / f"out{EVIL}"
    records: list[dict[str, object]] = [
        {"id": f"{n}{EVIL}", "site": NAME, "category": NAME, EVIL: 1, "text": lines(body(n), LINE)}
        for n in range(60)
    ]
    records += [records[0], {"id": EVIL, "text": f"قصير {EVIL}"}, {"text": f"{TEXT} الش\u06a9ر{EVIL}"}]
    write_lines(raw / f"{NAME}.jsonl", records)
    write_lines(raw / "a.jsonl", [{"id": EVIL, "text": f"{TEXT} و{EVIL}\nميناء الخداع"}])
    (raw / NAME).touch()
    rules, gold = folder / f"own{EVIL}.toml", folder / f"gold{EVIL}.jsonl"
    rules.write_text(RULES, encoding="utf-8")
    page = f"{TEXT}\nشارك {EVIL}"
    row = {"id": EVIL, "site": EVIL, "raw": page, "spans": [[0, 4, EVIL, "remove"]], "title": EVIL}
    write_lines(gold, [row])
    call("run", "--jobs", 1, raw, out)
    return {"RAW": raw, "OUT": out, "OTHER": folder / f"other{EVIL}", "RULES": rules, "GOLD": gold}


def prints(output: str) -> bool:
    """Return whether *output* is lines of what a person sees."""
    return output.replace("\n", "").isprintable()


CALLS = {
    "explain RAW": ["explain", f"1{EVIL}", "RAW"],
    "explain OUT": ["explain", f"1{EVIL}", "OUT"],
    "explain a copy": ["explain", f"0{EVIL}", "OUT"],
    "explain a reject": ["explain", EVIL, "OUT"],
    "explain nothing": ["explain", f"2{EVIL}x", "OUT"],
    "explain own rules": ["explain", EVIL, "RAW/a.jsonl", "--rules", "RULES"],
    "rules": ["rules", "--rules", "RULES"],
    "a table of rules": ["rules", f"own{EVIL}", "--rules", "RULES"],
    "learn": ["learn", "RAW", "--jobs", "1"],
    "check": ["check", "RAW"],
    "check duplicates": ["check", "RAW", "--only", "duplicates"],
    "check an unknown file": ["check", f"RAW/{NAME}"],
    "eval": ["eval", "GOLD"],
    "restore": ["restore", "OUT", "--check"],
    "restore nothing": ["restore", f"RAW/{NAME}"],
    "run nothing": ["run", f"RAW/{EVIL}", "OUT"],
    "run with a field": ["run", "RAW", "OUT", "--text-field", EVIL + "x"],
    "run with a source": [
        "run", "RAW", "OTHER", "--jobs", "1", "--keep", "source-order", "--source-order", f"{EVIL}x",
    ],
    "run with a configuration": ["run", "--config", f"RAW/{EVIL}", "RAW", "OUT"],
    "run into a file": ["run", "RAW", "RULES"],
    "run without a stage": ["run", "RAW", "OUT", "--without", EVIL],
}  # fmt: skip


@pytest.mark.parametrize("arguments", CALLS.values(), ids=CALLS)
def test_nothing_that_is_printed_steers_a_terminal(places: dict[str, Path], arguments: list[str]) -> None:
    """Whether it is the answer or a message: control characters are shown, and marks of direction."""
    words = [word.partition("/") for word in arguments]
    result = call(*(f"{places.get(first, first)}{slash}{rest}" for first, slash, rest in words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert prints(result.output), repr(result.output)
    assert "mine" in result.output or "--check" in arguments


@pytest.mark.parametrize("arguments", ['"$1"', 'run "--$1"', 'plan --jobs "$1" x', 'stages "$1"'])
def test_a_mistake_in_the_call_steers_no_terminal(arguments: str) -> None:
    """The parser of options repeats what it was given."""
    result = shell(arguments, EVIL)
    assert (result.returncode, result.stdout) == (2, b"")
    assert prints(result.stderr.decode()), result.stderr
    assert b"mine" in result.stderr


def at_terminal(*arguments: object) -> str:
    """Return what cleaner with *arguments* writes to a terminal, its colours and cursor left out."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "400"}
    program = [sys.executable, "-m", "cleaner", *map(str, arguments)]
    with subprocess.Popen(program, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        output = b""
        with suppress(OSError):  # the other end is closed
            while block := os.read(ours, 1 << 16):
                output += block
    os.close(ours)
    return re.sub(r"\x1b\[[?\d;]*[A-Za-z]", "", output.decode().replace("\r\n", "\n"))


def test_a_summary_steers_no_terminal(places: dict[str, Path], tmp_path: Path) -> None:
    """Nor is a name taken for markup."""
    out = tmp_path / f"[/red] {EVIL}"
    said = at_terminal("run", "--jobs", 1, places["RAW"], out).rpartition("\r")[2]
    assert prints(said), repr(said)
    assert f"[/red]{SHOWN}" in "".join(said.split())
    assert f"not read, of unknown kinds: a{SHOWN}" in said


def test_a_diff_is_data_and_at_a_terminal_a_text(tmp_path: Path) -> None:
    """A program gets the bytes that it must apply, in any encoding; a person sees what they are."""
    file, before = tmp_path / f'a{EVIL}\n".txt', f"{TEXT}\r\nالش\u06a9ر \x1b[1m\x85ثم\u2028 قال\fكذا\x1b[m"
    file.write_text(before, encoding="utf-8", newline="")
    said = at_terminal("check", "--diff", file)
    assert prints(said), repr(said)
    assert r"\u001b[1m\u0085" in said
    diff = shell('check --diff "$1"', file, PYTHONIOENCODING="latin-1").stdout
    patched = subprocess.run(["patch", "--silent", file], input=diff, check=False, capture_output=True)
    assert (patched.returncode, patched.stdout) == (0, b"")
    after = file.read_bytes()
    file.write_text(before, encoding="utf-8", newline="")
    call("check", "--fix", file)
    assert after == file.read_bytes() != before.encode()
