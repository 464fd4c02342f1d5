"""What every command says of itself."""

from __future__ import annotations

from dataclasses import fields

import pytest

from cleaner import __version__
from cleaner.commands import COMMANDS
from cleaner.options import Options
from tests.commands.support import call


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


def test_the_version_is_told() -> None:
    """On standard output, with the name."""
    assert call("--version").output == f"cleaner {__version__}\n"
