"""`cleaner explain ID OUT` or `cleaner explain ID RAW...`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cleaner.commands.console import echo
from cleaner.commands.settings import PATH, document_id, make_options, with_options
from cleaner.text.printable import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cleaner.explain.explanation import Explanation, Mark

COLOURS = {"removed": "red", "added": "green"}
SIGNS = {"removed": ("[-", "-]"), "added": ("{+", "+}")}
LINES, JOINERS = "\n\t", "\u200c\u200d"  # ZERO WIDTH NON-JOINER and JOINER
"""What prints as it is in a page, and in what nothing was done to: Persian is not read without joiners."""
LONGEST_LINE = 80
"""Code points that are shown of a line."""
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@click.command(short_help="Show what was done to one document, and why.")
@click.argument("identifier", metavar="ID", type=document_id)
@click.argument("places", metavar="OUT | RAW...", type=PATH, nargs=-1, required=True)
@with_options()
def explain(identifier: str, places: tuple[Path, ...], config: Path | None, **given: Any) -> None:  # noqa: ANN401 - the options
    """Show what was done to the document ID, under which rules, and what was learned from it.

    Give the folder OUT of a run, which also knows of whom the document is a duplicate; or raw files and
    folders, and the document is cleaned anew with the given options. What was removed is shown [-so-] and
    in red, what was put in {+so+} and in green; the number behind it is that of the rule in the list below.
    A second article that was removed became a document of its own, whose id is named behind it.
    """
    from cleaner.explain import explanation as explainer  # noqa: PLC0415 - `--help` does not wait for it

    for line in paragraphs(explainer.explain(identifier, places, make_options(config, given))):
        echo(line)


def paragraphs(explanation: Explanation) -> Iterator[str]:
    """Yield the lines to print, in which nothing but the colours steers a terminal."""
    yield click.style(visible(explanation.id), bold=True) + f"  {visible(explanation.fate)}"
    yield ""
    numbers: dict[str, int] = {}
    for mark in explanation.marks:
        if mark.rule:
            numbers.setdefault(mark.rule, len(numbers) + 1)
    yield "".join(painted(mark, numbers) for mark in explanation.marks)
    if numbers:
        yield ""
        yield click.style("rules", bold=True)
    for rule, number in numbers.items():
        said = "  ".join(filter(None, (explanation.reasons[rule], explanation.places[rule])))
        yield f"  {number:3}  {visible(rule)}  {click.style(visible(said), dim=True)}".rstrip()
    if explanation.decisions:
        yield ""
        yield click.style("the line classifier", bold=True)
    for decision in explanation.decisions:
        text = decision.text if len(decision.text) <= LONGEST_LINE else decision.text[:LONGEST_LINE] + "…"
        yield f"  {decision.label} by {decision.margin:.1f}  {visible(text)}"
        why = "; ".join(f"{name} {value} ({drop:+.1f})" for name, value, drop in decision.reasons)
        yield f"      {click.style(why, dim=True)}"
    if explanation.facts:
        yield ""
        yield click.style("learned", bold=True)
    for fact in explanation.facts:
        said = "  ".join(filter(None, (fact.rule, explanation.places[fact.rule])))
        yield f"  {fact.name}: {visible(fact.value)}  {click.style(visible(said), dim=True)}"


def painted(mark: Mark, numbers: Mapping[str, int]) -> str:
    """Return the text of *mark* with signs for what was done to it, the number of its rule, and its child."""
    if mark.kind == "same":
        return visible(mark.text, LINES + JOINERS)
    opening, closing = SIGNS[mark.kind]
    note = str(numbers[mark.rule]).translate(SUPERSCRIPT)
    if mark.child:
        note += f" (became {visible(mark.child)})"
    text = f"{opening}{visible(mark.text, LINES)}{closing}"
    return click.style(text, fg=COLOURS[mark.kind]) + click.style(note, dim=True)
