"""Lists of the article itself: below a line that looks like a heading of boilerplate, or below a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.page.shapes import has_score, is_entry, is_name, is_saying

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.page.lines import Line
    from cleaner.stages.boilerplate.layout import Layout

SHORTEST_PARALLEL, NAME = 3, range(2, 5)
"""Lines that are built alike, and words of a person's name."""


def keep_headed_list(layout: Layout, number: int) -> bool:
    """Keep line *number*, right below a sentence, and the lines below it if these are built alike.

    Return whether they are: then the line is the heading of a list of the article.
    """
    below = number + 1
    while below < len(layout.lines) and not (layout.prose[below] or layout.hits[below]):
        below += 1
    if not (number and layout.is_body(number - 1) and is_parallel(layout.lines[number + 1 : below])):
        return False
    layout.listed.update(range(number, below))
    return True


def is_parallel(run: Sequence[Line]) -> bool:
    """Return whether lines are built alike, as headlines are not: entries, names, quotations, results."""
    if len(run) < SHORTEST_PARALLEL:
        return False
    entries = 3 * sum(map(is_entry, run)) >= 2 * len(run)
    named = sum(is_name(line.first_word, rare=True) for line in run)
    names = 2 * named >= len(run) and all(line.words in NAME for line in run)
    return entries or names or all(map(is_saying, run)) or all(map(has_score, run))
