"""What every command says of itself."""

from __future__ import annotations

from dataclasses import fields
import json
from typing import TYPE_CHECKING

import pytest

from cleaner import __version__
from cleaner.commands import COMMANDS
from cleaner.options import ALIASES, Options
from tests.commands.support import call

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    """And its first line stands in the list of commands."""
    result = call(command, "--help")
    assert result.exit_code == 0
    assert f"Usage: cleaner {command}" in result.output
    assert f"  {command} " in call("--help").output


@pytest.mark.parametrize("option", [option.name for option in fields(Options)])
def test_every_option_is_on_the_command_line_with_its_default(option: str) -> None:
    """Its help says what it does."""
    output = " ".join(call("run", "--help").output.split())
    name = option.replace("_", "-")
    assert f"--{name}" in output
    default = next(field.default for field in fields(Options) if field.name == option)
    if isinstance(default, bool):
        assert f"[default: {name if default else f'no-{name}'}]" in output
    elif default not in ("", ()):
        assert f"[default: {default}]" in output


@pytest.mark.parametrize(("old", "new"), ALIASES.items())
def test_an_old_name_of_an_option_is_understood(old: str, new: str, tmp_path: Path) -> None:
    """On the command line, whose help says it, and in a file; there, the command line wins under either."""
    assert f"--{new}, --{old} " in call("dedup", "--help").output
    (tmp_path / "a.jsonl").write_text('{"text": "a"}\n', encoding="utf-8")
    for at, key in enumerate((old, new)):
        (tmp_path / "old.toml").write_text(f"{key} = 0.5\n", encoding="utf-8")
        for number, said in enumerate(([], [f"--{old}", 0.25], [f"--{new}", 0.25])):
            out = tmp_path / f"{at}{number}"
            call("dedup", tmp_path / "a.jsonl", out, "--config", tmp_path / "old.toml", *said)
            options = json.loads((out / "report.json").read_bytes())["options"]
            assert options[new] == (0.25 if said else 0.5)
            assert old not in options


def test_the_version_is_told() -> None:
    """On standard output, with the name."""
    assert call("--version").output == f"cleaner {__version__}\n"
