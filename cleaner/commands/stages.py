"""`cleaner stages`."""

from __future__ import annotations

import click

from cleaner.commands.console import show


@click.command(short_help="List the stages in the order in which documents pass them.")
def stages() -> None:
    """List the stages in order; each name can be given to `--without`."""
    from cleaner.stages import NEAR_DUPLICATES, news_pipeline  # noqa: PLC0415 - `--help` does not wait for it

    lines = {name: summary(stage) for name, stage in news_pipeline().stages.items()}
    lines[NEAR_DUPLICATES] = "Drop what repeats a kept document; this looks at the whole corpus."
    width = max(map(len, lines))
    for name, line in lines.items():
        show(f"{name:{width}}  {line}")


def summary(stage: object) -> str:
    """Return the first line of what the documentation of *stage* says."""
    documentation = stage.__doc__ or getattr(type(stage), "__doc__", "") or ""
    return documentation.strip().partition("\n")[0]
