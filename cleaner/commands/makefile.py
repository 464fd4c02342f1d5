"""`cleaner makefile`."""

from __future__ import annotations

from importlib import resources

import click


@click.command(short_help="Print where cleaner.mk is, for `include $(shell cleaner makefile)`.")
def makefile() -> None:
    """Print the path of cleaner.mk, a makefile that builds a corpus when its inputs changed.

    Put `include $(shell cleaner makefile)` into a Makefile; then `make cleaner-corpus` cleans raw/ into
    corpus/, and other targets may depend on corpus/clean.jsonl. The file's head names its variables.
    """
    click.echo(str(resources.files("cleaner") / "cleaner.mk"))
