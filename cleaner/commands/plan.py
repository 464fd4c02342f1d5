"""`cleaner plan IN...`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cleaner.commands.console import show, tell
from cleaner.commands.settings import PATH, make_options, with_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Say what memory, disk and time a run would need.")
@click.argument("raws", type=PATH, nargs=-1, required=True, metavar="IN...")
@with_options()
@click.option("--dedup", is_flag=True, help="Of `cleaner dedup`, not of `cleaner run`.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes.  [default: all available processors]")
def plan(raws: tuple[Path, ...], config: Path | None, **given: Any) -> None:  # noqa: ANN401 - the options
    """Say what memory, disk and time a run of the files and folders IN... would need on this machine.

    Told from a sample of 4 MB, cleaned and fingerprinted here and now: time within a third on a machine as
    busy as it was then, the rest within a fifth if the files are alike. Nothing is written.
    """
    jobs, dedup = given.pop("jobs"), given.pop("dedup")
    options = make_options(config, given)

    # `--help` does not wait for them
    from cleaner.engine import plan as planner  # noqa: PLC0415 - see above
    from cleaner.engine.pool import available_cpus  # noqa: PLC0415 - see above

    jobs = jobs or available_cpus()
    needed = planner.plan(raws, options, jobs=jobs, clean=not dedup, tell=tell)
    show(f"input      {needed.documents:,} documents in {needed.files:,} files, {_size(needed.characters)}")
    show(f"memory     {_size(needed.memory)} in all processes")
    show(f"disk       {_size(needed.output)} for the output, {_size(needed.temporary)} more while it runs")
    show(f"time       {_time(needed.seconds)} with {jobs} processes; {_time(needed.cpu_seconds)} of one")


def _size(count: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if count >= 10 or unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"


def _time(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"
