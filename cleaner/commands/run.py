"""`cleaner run RAW... OUT`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cleaner.commands.settings import PATH, make_options, with_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Clean files and folders into a corpus, and drop near-duplicates.")
@click.argument("raws", type=PATH, nargs=-1, required=True, metavar="RAW...")
@click.argument("out", type=PATH)
@with_options()
@click.option(
    "--pairs", type=PATH, metavar="FILE", help="Write every verified pair of near-duplicates to FILE."
)
@click.option("--jobs", type=click.IntRange(min=1), help="Processes.  [default: all available processors]")
@click.option(
    "--quiet", is_flag=True, help="No progress bar and no summary; without a terminal there is none."
)
def run(raws: tuple[Path, ...], out: Path, config: Path | None, **given: Any) -> None:  # noqa: ANN401 - the options
    """Clean the files and folders RAW... and write the corpus to the folder OUT.

    Read are .txt (one document a file), .json (an object or an array) and .jsonl or .ndjson (one record a
    line), each also .gz and .zst; folders are searched through. Written are clean.jsonl, duplicates.jsonl,
    edits.jsonl, rejects.jsonl and, last, report.json. Dropped and bad documents are part of the work: the
    exit code is 0. It is 2 if the input or the options make a run impossible.
    """
    pairs, jobs, quiet = given.pop("pairs"), given.pop("jobs"), given.pop("quiet")
    options = make_options(config, given)

    # `--help` does not wait for them
    from cleaner import run as engine  # noqa: PLC0415 - see above
    from cleaner import summary  # noqa: PLC0415 - see above
    from cleaner.pool import available_cpus  # noqa: PLC0415 - see above

    with summary.progress(quiet=quiet) as watch:
        report = engine.run(raws, out, options, jobs=jobs or available_cpus(), pairs=pairs, watch=watch)
    summary.show(report, out, quiet=quiet)
    if faults := report.counts["bad records", "internal-error"]:
        click.echo(
            f"cleaner: {faults} documents met a fault in cleaner itself and were set aside; please report "
            f"the rows with the rule internal-error in {out / 'rejects.jsonl'}",
            err=True,
        )
