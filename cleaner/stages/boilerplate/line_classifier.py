"""The line classifier decides: labels of lines (`cleaner.page.line_labels`) become removals.

It may object to every marker: where a line is likelier the article's, nothing of it goes. How much likelier
boilerplate a line without a marker must be is the level, which names the share of article words that was lost
on pages that the classifier had not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.page.evidence import LineMarks
from cleaner.page.line_labels import label_lines
from cleaner.page.line_model import line_model

if TYPE_CHECKING:
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
    for number, margin in enumerate(labels.margins):
        if margin <= 0:
            layout.keep(number)
    if not (layout.title and layout.title_line >= 0) and (title := labels.title()) >= 0:
        layout.title_line, layout.is_title_labelled = title, True
        layout.keep(title)


def remove_lines(layout: Layout, level: str) -> None:
    """Remove the lines whose margin is over that of the *level*.

    Sentences, and lines between two of them, must be more surely boilerplate than others. Of sentences,
    nothing goes where less than a short article would be left.
    """
    labels = layout.labels
    if labels is None:
        return
    least = labels.model.levels[level]
    going = [
        number
        for number, margin in enumerate(labels.margins)
        if margin > (least.text if _is_in_text(layout, number) else least.other)
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


def _is_in_text(layout: Layout, number: int) -> bool:
    """Return whether a line is a sentence, or stands between two sentences that stay."""
    if layout.prose[number]:
        return True
    return 0 < number < len(layout.lines) - 1 and layout.is_body(number - 1) and layout.is_body(number + 1)
