"""What commands have in common in which an engine is at work: a person may watch, and is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.commands.console import tell
from cleaner.commands.settings import COMPARISON, make_options
from cleaner.errors import CleanerError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from cleaner.engine.report import Report


def carry_out(
    engine: Callable[..., Report], raws: Sequence[Path], out: Path, config: Path | None, given: dict[str, Any]
) -> Report:
    """Let *engine* bring *raws* to *out* as the options *given* on the command line say, and tell of it."""
    from cleaner.commands import summary  # noqa: PLC0415 - `--help` does not wait for it
    from cleaner.engine.pool import available_cpus  # noqa: PLC0415 - the same

    jobs, quiet = given.pop("jobs") or available_cpus(), given.pop("quiet")
    files = {name: given.pop(name) for name in COMPARISON}
    options = make_options(config, given)
    with summary.progress(quiet=quiet) as watch:
        report = engine(raws, out, options, jobs=jobs, watch=watch, tell=tell, **files)
    summary.show(report, out, quiet=quiet)
    if not report.documents["records"]:
        tell(f"no record stands in the input, and no document in {out}")
    bad = report.documents["bad"]
    if bad and not report.documents["read"]:
        raise CleanerError(f"none of {bad} records could be read; {out / 'rejects.jsonl'} says why")
    return report
