"""How a command prints: messages and listings for a person, data for another program."""

from __future__ import annotations

from contextlib import suppress
import os
import sys

import click

from cleaner.errors import UsageError
from cleaner.output.atomic import naming
from cleaner.text.printable import visible

OUT, ERR = "standard output", "standard error"


def tell(message: object) -> None:
    """Print *message*, one line, to standard error."""
    with suppress(OSError):  # who does not hear it is told by the exit code
        show(f"cleaner: {message}", err=True)


def show(line: object, *, err: bool = False) -> None:
    """Print *line*, one of a listing, to standard output (or, if *err*, to standard error)."""
    echo(visible(str(line)), err=err)


def echo(text: str, *, err: bool = False) -> None:
    """Print *text*, which steers a terminal by nothing but the colours it was given, like `show`."""
    with naming(ERR if err else OUT):
        click.echo(text, err=err)


def send(data: bytes) -> None:
    """Write *data* to standard output byte for byte: it is for a program, which must not find it altered.

    At a terminal it is shown to a person all the same, with its lines. Raises `UsageError` if standard output
    was closed by who called us.
    """
    if sys.stdout is None:
        raise UsageError(f"{OUT} is closed")
    with naming(OUT):
        if sys.stdout.isatty():
            click.echo(visible(data.decode("utf-8", "backslashreplace"), keep="\n\t"), nl=False)
        else:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()


def let_go() -> None:
    """Let what cannot be written any more go nowhere: else Python said so, and took another exit code."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
