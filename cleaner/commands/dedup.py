"""`cleaner dedup IN... OUT`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cleaner.commands.carry_out import carry_out
from cleaner.commands.settings import (
    DEDUP,
    PATH,
    with_comparison,
    with_options,
    with_processes,
)

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Drop near-duplicates of any JSON lines, and change nothing else.")
@click.argument("raws", type=PATH, nargs=-1, required=True, metavar="IN...")
@click.argument("out", type=PATH)
@with_options(*DEDUP)
@with_comparison
@with_processes
def dedup(raws: tuple[Path, ...], out: Path, config: Path | None, **given: Any) -> None:  # noqa: ANN401 - the options
    """Sort the rows of the files and folders IN... into kept ones and duplicates, in the folder OUT.

    The search of `cleaner run` alone, for texts that are clean already. Every row passes as it is, with the
    id and size of its cluster and the ids that it stands for; kept.jsonl holds those that stay,
    duplicates.jsonl the others with the document that each repeats, rejects.jsonl what could not be read.
    To drop from one corpus what stands in another: an --index of the other, and the one --against it.
    """
    from cleaner.engine import dedup as engine  # noqa: PLC0415 - `--help` does not wait for it

    carry_out(engine.dedup, raws, out, config, given)
