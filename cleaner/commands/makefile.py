"""`cleaner makefile`."""

from __future__ import annotations

from importlib import resources
import os

import click

from cleaner.commands.console import send


@click.command(short_help="Print where cleaner.mk is, a makefile to include in one's own.")
def makefile() -> None:
    r"""Print the path of cleaner.mk, a makefile that builds a corpus when its inputs changed.

    \b
    Put this line into a Makefile:
      include $(or $(shell cleaner makefile),$(error cleaner is not on the PATH))

    Then `make cleaner-corpus` cleans raw/ into corpus/, and other targets may depend on
    corpus/clean.jsonl. The file's head names its variables.
    """
    send(os.fsencode(str(resources.files("cleaner") / "cleaner.mk")) + b"\n")
