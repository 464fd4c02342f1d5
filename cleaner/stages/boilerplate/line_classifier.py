"""The line classifier: labels every line of a page by all that the page shows (`cleaner.page.evidence`).

Two sets of boosted trees, trained on labelled pages and on pages of random structure (`cleaner/training`),
give each line a label and a margin, in thousandths of log odds, by which it is boilerplate rather than the
article's. Above `REMOVE` a line goes; below `KEEP` it stays whatever a guess by place says of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.page.evidence import Marks, evidence
from cleaner.page.line_labels import LABELS, REMOVED, around
from cleaner.page.line_model import line_model

if TYPE_CHECKING:
    from cleaner.stages.boilerplate.layout import Layout

REMOVE, KEEP = 3000, 0
"""Margins above which a line is removed, and below which no guess removes it."""


class Labels(NamedTuple):
    """By line: the likeliest boilerplate or article label, the margin, and the sums of all labels."""

    margins: np.ndarray
    sums: np.ndarray

    def kind(self, number: int) -> str:
        """Return the likeliest kind of boilerplate of line *number*."""
        return LABELS[REMOVED + int(self.sums[number, REMOVED:].argmax())]

    def label(self, number: int) -> str:
        """Return the likeliest label of line *number*."""
        return LABELS[int(self.sums[number].argmax())]


def label_lines(layout: Layout) -> Labels:
    """Return the labels of the lines of *layout*, in which markers have been followed."""
    model = line_model()
    marks = Marks(layout.hits, layout.kinds, frozenset(layout.listed), -1)
    rows = evidence(layout.lines, marks, model.words)
    sums = model.labels(rows)
    return Labels(model.removal(around(rows, sums))[:, 0], sums)


def classify_lines(layout: Layout) -> None:
    """Label the lines of *layout*, take back what markers and words say against the article, find the title."""
    if not layout.lines:
        return
    layout.labels = label_lines(layout)
    for number in np.flatnonzero(layout.labels.margins < CERTAIN):
        layout.rules[number] = layout.kinds[number] = ""
    titles = layout.labels.sums[:, 1] - np.delete(layout.labels.sums, 1, axis=1).max(1)
    if not (layout.title and layout.title_line >= 0):
        best = int(titles.argmax())
        if titles[best] > TITLE:
            layout.title_line = best
            layout.rules[best] = layout.kinds[best] = ""


def remove_lines(layout: Layout) -> None:
    """Remove the lines that are labelled as boilerplate by more than the threshold."""
    if layout.labels is None:
        return
    for number in np.flatnonzero(layout.labels.margins > REMOVE).tolist():
        if number != layout.title_line and number not in layout.glued:
            kind = layout.labels.kind(number)
            layout.remove(number, f"classifier.{kind}", "related" if kind == "second" else kind)


CERTAIN = -4000
"""Margin below which a line stays whatever its words are."""
TITLE = 0
"""Margin of the title above all other labels from which on a line is it."""
