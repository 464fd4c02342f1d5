"""The line classifier decides: labels of lines (`cleaner.page.line_labels`) become removals.

It may object to every marker but the user's own: where a line is likelier the article's, nothing goes. How
much likelier boilerplate a line without a marker must be is the level, whose share of lost article words was
measured on pages that the classifier had not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.page.evidence import LineMarks
from cleaner.page.line_labels import label_lines
from cleaner.page.line_model import line_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.page.line_model import LineModel
    from cleaner.stages.boilerplate.layout import Layout

RULES = {
    "related": "classifier.related",
    "second": "classifier.second",
    "comments": "classifier.comments",
    "meta": "classifier.meta",
    "tags": "classifier.tags",
    "share": "classifier.share",
    "nav": "classifier.nav",
    "legal": "classifier.legal",
    "embed": "classifier.embed",
}
"""The rule by which a line goes, by its label."""
SHORTEST_ARTICLE = 35
"""Words of prose that must be left of a page for other prose to be another article's."""


def classify_lines(layout: Layout, model: LineModel | None = None) -> None:
    """Label the lines of *layout*, take back what markers remove of the article, and find the title."""
    marks = LineMarks(layout.hits, layout.kinds, frozenset(layout.listed))
    labels = layout.labels = label_lines(layout.lines, marks, model or line_model())
    own = layout.own.ids if layout.own else frozenset()
    for number, margin in enumerate(labels.margins):
        if margin <= 0 and layout.rules[number] not in own:
            layout.keep(number)
    if not (layout.title and layout.title_line >= 0) and (title := labels.title()) >= 0:
        layout.title_line, layout.is_title_labelled = title, True
    elif _is_lone_headline(layout):
        layout.title_line = 0
    if layout.title_line >= 0:
        layout.keep(layout.title_line)


def _is_lone_headline(layout: Layout) -> bool:
    """Return whether a headline of three words or more is the only line above the first sentence.

    It may begin with a name, or be nothing else; but a byline has two words, or a sign, a digit in it.
    """
    if layout.first_plain != 1 or layout.hits[0]:
        return False
    line = layout.lines[0]
    return line.words >= SHORTEST_HEADLINE and line.folded.replace(" ", "").isalpha()


SHORTEST_HEADLINE = 3
"""Words of a headline without any other evidence."""


def remove_lines(layout: Layout, level: str) -> None:
    """Remove the lines whose margin is over that of the *level*.

    Sentences, and lines between two of them, must be more surely boilerplate than others. Of sentences,
    nothing goes where less than a short article would be left.
    """
    labels = layout.labels
    if labels is None:
        return
    least = labels.model.levels[level]
    runs = set(_runs(layout, labels.margins, least.other))
    going = [
        number
        for number, margin in enumerate(labels.margins)
        if (number in runs or margin > (least.text if _is_in_text(layout, number) else least.other))
        and number != layout.title_line
        and number not in layout.glued
    ]
    left = sum(
        line.words
        for number, line in enumerate(layout.lines)
        if layout.is_body(number) and number not in going
    )
    for number in going:
        if left >= SHORTEST_ARTICLE or not layout.prose[number]:
            label = labels.kind(number)
            layout.remove(number, RULES[label], "related" if label == "second" else label)


LEAST_IN_RUN, SHORTEST_RUN = -500, 5
"""Margin that each headline of a run must have, and the lines of a run."""


def _runs(layout: Layout, margins: Sequence[int], least: int) -> Iterator[int]:
    """Yield the lines of runs of headlines that go together.

    They are on average likelier boilerplate by the *least* margin, and none is clearly the article's.
    """
    run: list[int] = []
    for number in range(len(margins) + 1):
        line = layout.lines[number] if number < len(margins) else None
        if line and line.is_headline_like and not layout.prose[number] and margins[number] > LEAST_IN_RUN:
            run.append(number)
            continue
        if len(run) >= SHORTEST_RUN and sum(margins[member] for member in run) > least * len(run):
            yield from run
        run = []


def _is_in_text(layout: Layout, number: int) -> bool:
    """Return whether a line is a sentence, or stands between two sentences that stay."""
    if layout.prose[number]:
        return True
    return 0 < number < len(layout.lines) - 1 and layout.is_body(number - 1) and layout.is_body(number + 1)
