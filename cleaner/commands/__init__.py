"""The command line: thin commands over the library, loaded when they are called.

Each file here is one command, a click command under the file's own name. What takes time to import is
imported inside the command, so that `cleaner --help` answers at once.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from io import StringIO, TextIOWrapper
import os
import signal
import sys
from typing import Any

import click

from cleaner.commands.console import OUT, echo, let_go, tell
from cleaner.errors import CleanerError, NothingToDo, said
from cleaner.output.atomic import naming
from cleaner.text.printable import visible

COMMANDS = (
    "run", "dedup", "plan", "check", "learn", "explain", "restore", "eval", "rules", "stages", "makefile",
)  # fmt: skip
"""In the order in which `--help` lists them."""


class LazyGroup(click.Group):
    """A group whose commands are modules of this package, imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands, the main one first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return the command *cmd_name*."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"cleaner.commands.{cmd_name}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command where there is none of that name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from cleaner.errors import unknown  # noqa: PLC0415 - only a mistake pays for it

            ctx.fail(str(unknown("command", args[0], COMMANDS)))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run the command; what cleaner has to say to its user becomes one line and exit code 2."""
        try:
            return super().invoke(ctx)
        except (CleanerError, OSError) as error:  # also: the disk is full, a place may not be written to
            ctx.exit(_answer(error))


def _answer(error: CleanerError | OSError) -> int:
    """Say what is wrong, and return the exit code."""
    if isinstance(error, BrokenPipeError):  # the reader of our output has seen enough
        return 0
    tell(said(error))
    return 0 if isinstance(error, NothingToDo) else 2


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cleaner", message="cleaner %(version)s")
def cleaner() -> None:
    """Clean Arabic news text and find its near-duplicates.

    Every edit is recorded with its rule, every dropped document with its reason, and all of it can be undone.
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        click.get_current_context().color = False


def main() -> None:
    """Run the command line and end the process: 0 done, 1 findings, 2 wrong use or input, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # it may be closed; letters that it lacks are no error
            stream.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, _terminate)
    try:
        with naming(OUT):  # of --help; what commands write is named by them
            code = cleaner.main(prog_name="cleaner", standalone_mode=False)
    except click.ClickException as error:
        with StringIO() as words, suppress(OSError):
            error.show(words)
            echo(visible(words.getvalue().rstrip("\n"), keep="\n"), err=True)  # it repeats what it was given
        code = error.exit_code
    except OSError as error:
        code = _answer(error)
    except (click.Abort, KeyboardInterrupt):
        tell("interrupted")
        code = 130
    let_go()
    sys.exit(code)


def _terminate(number: int, frame: object) -> None:  # noqa: ARG001 - the signature of a signal handler
    """End the process as if it had come to its end, so that temporary files go."""
    sys.exit(128 + number)
