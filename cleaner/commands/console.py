"""How a command prints: messages and listings for a person, data for another program."""

from __future__ import annotations

import sys

import click

from cleaner.errors import UsageError
from cleaner.text.printable import visible


def tell(message: object) -> None:
    """Print *message*, one line, to standard error."""
    click.echo(f"cleaner: {visible(str(message))}", err=True)


def show(line: object, *, err: bool = False) -> None:
    """Print *line*, one of a listing, to standard output (or, if *err*, to standard error)."""
    click.echo(visible(str(line)), err=err)


def send(data: bytes) -> None:
    """Write *data* to standard output byte for byte: it is for a program, which must not find it altered.

    At a terminal it is shown to a person all the same, with its lines. Raises `UsageError` if standard output
    was closed by who called us.
    """
    if sys.stdout is None:
        raise UsageError("standard output is closed")
    if sys.stdout.isatty():
        click.echo(visible(data.decode("utf-8", "backslashreplace"), keep="\n\t"), nl=False)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
