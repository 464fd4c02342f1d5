"""`cleaner explain ID OUT` or `cleaner explain ID RAW...`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cleaner.commands.settings import PATH, make_options, with_options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cleaner.explain import Explanation

COLOURS = {"removed": "red", "added": "green"}
SIGNS = {"removed": ("[-", "-]"), "added": ("{+", "+}")}


@click.command(short_help="Show what was done to one document, and why.")
@click.argument("identifier", metavar="ID")
@click.argument("places", metavar="OUT | RAW...", type=PATH, nargs=-1, required=True)
@with_options()
def explain(identifier: str, places: tuple[Path, ...], config: Path | None, **given: Any) -> None:  # noqa: ANN401 - the options
    """Show what was done to the document ID, under which rules, and what was learned from it.

    Give the folder OUT of a run, which also knows of whom the document is a duplicate; or raw files and
    folders, and the document is cleaned anew with the given options. What was removed is shown [-so-] and
    in red, what was put in {+so+} and in green.
    """
    from cleaner import explain as explainer  # noqa: PLC0415 - `--help` does not wait for it

    for line in paragraphs(explainer.explain(identifier, places, make_options(config, given))):
        click.echo(line)


def paragraphs(explanation: Explanation) -> Iterator[str]:
    """Yield the lines to print."""
    yield click.style(explanation.id, bold=True) + f"  {explanation.fate}"
    yield ""
    yield "".join(painted(mark.kind, mark.text) for mark in explanation.marks)
    counts: dict[str, int] = {}
    for mark in explanation.marks:
        if mark.rule:
            counts[mark.rule] = counts.get(mark.rule, 0) + 1
    if counts:
        yield ""
        yield click.style("rules", bold=True)
    for rule, count in counts.items():
        yield f"  {count:3}  {rule}  {click.style(explanation.reasons[rule], dim=True)}".rstrip()
    if explanation.facts:
        yield ""
        yield click.style("learned", bold=True)
    for fact in explanation.facts:
        yield f"  {fact.name}: {fact.value}  {click.style(fact.rule, dim=True)}"


def painted(kind: str, text: str) -> str:
    """Return *text* with signs for what was done to it, also where there is no colour."""
    if kind == "same":
        return text
    opening, closing = SIGNS[kind]
    return click.style(f"{opening}{text}{closing}", fg=COLOURS[kind])
