"""`cleaner learn RAW...`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cleaner.commands.console import show, tell
from cleaner.commands.settings import PATH, make_options, with_options

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = ("text_field", "id_field", "title_field", "date_field", "url_field", "source_field")
OPTIONS = (*FIELDS, "encoding", "without", "rules")
NOTHING = (
    "nothing was found: in no source that a field or a URL names, and that has articles enough to tell, does "
    "anything recur that no rule removes yet"
)


@click.command(short_help="Show what recurs in each source, and write it as rules to edit.")
@click.argument("raws", type=PATH, nargs=-1, required=True, metavar="RAW...")
@click.option(
    "--write", type=PATH, metavar="FILE", help="Write the candidates as a table to FILE, a new file."
)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="Candidates to show of each source; all are written.",
)
@click.option("--jobs", type=click.IntRange(min=1), help="Processes.  [default: all available processors]")
@with_options(*OPTIONS)
def learn(
    raws: tuple[Path, ...],
    *,
    write: Path | None,
    most: int,
    jobs: int | None,
    config: Path | None,
    **given: Any,  # noqa: ANN401 - the options
) -> None:
    """Show what recurs in the articles of each named source of RAW... and no rule removes yet.

    A line says how often a passage was found, in how many of the source's articles it stands, what it is,
    and the ids of documents to look at. `cleaner run` removes all of it by itself, under the rule
    `recurring`. As a table of rules it can be edited and given to `run`, `check`, `explain` and `eval` with
    --rules: then it is known where only a few articles of the source are at hand, and under a name and a
    reason of its own.
    """
    options = make_options(config, given)
    from cleaner.engine import learning  # noqa: PLC0415 - `--help` does not wait for them
    from cleaner.engine.pool import available_cpus  # noqa: PLC0415 - see above

    if write:
        learning.refuse_write(write)
    found = learning.learn(raws, options, jobs or available_cpus(), tell)
    for line in learning.shown(found, most):
        show(line)
    if not found:
        tell(NOTHING)
    if write:
        learning.write_table(write, found)
