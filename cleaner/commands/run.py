"""`cleaner run RAW... OUT`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cleaner.commands.carry_out import carry_out
from cleaner.commands.console import tell
from cleaner.commands.settings import PATH, with_comparison, with_options, with_processes
from cleaner.errors import CleanerError, did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.engine.report import Report


@click.command(short_help="Clean files and folders into a corpus, and drop near-duplicates.")
@click.argument("raws", type=PATH, nargs=-1, required=True, metavar="RAW...")
@click.argument("out", type=PATH)
@with_options()
@with_comparison
@with_processes
def run(raws: tuple[Path, ...], out: Path, config: Path | None, **given: Any) -> None:  # noqa: ANN401 - the options
    """Clean the files and folders RAW... and write the corpus to the folder OUT.

    Read are .txt (one document a file), .html and .htm (the article of the page; the extra cleaner[html]
    extracts it), .json (an object or an array) and .jsonl or .ndjson (one record a line), each also .gz and
    .zst; folders are searched through. Written are clean.jsonl, duplicates.jsonl,
    edits.jsonl, rejects.jsonl and, last, report.json. Dropped and bad documents are part of the work: the
    exit code is 0. It is 2 if the input or the options make a run impossible, if no record could be read,
    or if a fault in cleaner itself cost more than half of all records.
    """
    from cleaner.engine import run as engine  # noqa: PLC0415 - `--help` does not wait for it

    report = carry_out(engine.run, raws, out, config, given)
    _tell_of_absent_sources(report)
    _tell_of_faults(report, out)


def _tell_of_absent_sources(report: Report) -> None:
    """Name the sources of `--source-order` that no document has: a misspelt one would silently do nothing."""
    sources = [key[1] for key in report.counts if key[0] == "sources"]
    for name in report.options.source_order:
        if name not in sources:
            hint = did_you_mean(name, sources)
            tell(f"no document has the source {name!r} of --source-order" + (f": {hint}" if hint else ""))


def _tell_of_faults(report: Report, out: Path) -> None:
    """Raise `CleanerError` where so much was lost that nobody may go on with the rest unknowing."""
    faults = report.counts["bad records", "internal-error"]
    if not faults:
        return
    message = (
        f"{faults} of {report.documents['records']} records met a fault in cleaner itself and were set "
        f"aside; please report the rows with the rule internal-error in {out / 'rejects.jsonl'}"
    )
    if 2 * faults > report.documents["records"]:
        raise CleanerError(message)
    tell(message)
