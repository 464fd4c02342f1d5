"""The labels of the lines of a page, by two sets of trees: the second sees what the first says around."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.page.evidence import OWN, LineMarks, evidence, names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.page.line_model import LineModel
    from cleaner.page.lines import Line

LABELS = (
    "article", "title", "deck", "related", "second", "comments", "meta", "tags", "share", "nav", "legal",
    "embed",
)  # fmt: skip
"""The labels; a `deck` is a line above or below the title that belongs to it, `second` the text of another
article, and `related` its headline or what stands above such."""
TITLE, REMOVED = 1, 3
"""The numbers of the title's label, and of the first label that is boilerplate."""
SEEN_AGAIN = (
    "words", "code-points", "ends-dot", "ends-trailing", "number", "from-end", "page-words", "words-above",
    "words-below", "from-first-long", "from-last-long", "long-above", "long-below", "lines", "long-lines",
    "marked", "kind-above", "since-kind", "covered", "covered-by-opening", "covered-above", "covered-below",
    "covered-by-title", "covered-by-head", "like-opening", "like-all", "like-above", "like-title",
    "like-head", "head-gain", "head-like-opening", "head-distance", "like-long-above", "seam", "seam-below",
    "seam-like", "seam-all", "lowest-seam", "lowest-seam-like", "after-blank", "short-run-above",
    "short-run-below", "opens-prose", "opening-verb", "word-score",
)  # fmt: skip
"""The columns of the evidence that are seen once more when the labels around a line are known."""
LEAST_TITLE, SAID_FIRST = -2500, 2
"""Thousandths of log odds below which no line is the title; what each thousandth of a line that the article's
opening says adds to them."""
REACH = 5
"""Lines above and below whose margins are seen."""
FAR = 12_000
"""Margin beyond which all are alike."""


def margins_of(sums: np.ndarray) -> np.ndarray:
    """Return how far each label of a line is above the likeliest that stays: (lines, labels)."""
    kept = sums[:, :REMOVED].max(1, keepdims=True)
    margins: np.ndarray = np.clip(sums - kept, -FAR, FAR)
    return margins


def around(rows: np.ndarray, sums: np.ndarray) -> np.ndarray:
    """Return what is seen of each line once the *sums* of its labels and of its neighbours' are known."""
    margins = margins_of(sums)
    removal = np.clip(sums[:, REMOVED:].max(1) - sums[:, :REMOVED].max(1), -FAR, FAR).astype(np.int64)
    size = len(rows)
    columns = [rows[:, [OWN.index(name) for name in SEEN_AGAIN]], margins, removal[:, None]]
    beside = np.full((size, 2 * REACH), -FAR - 1)
    for step in range(1, min(REACH, size - 1) + 1):
        beside[step:, step - 1] = removal[:-step]
        beside[:-step, REACH + step - 1] = removal[step:]
    words = rows[:, OWN.index("words")].astype(np.int64)
    cumulated = np.concatenate([[0], np.cumsum(removal * np.minimum(words, 60))])
    total = np.concatenate([[0], np.cumsum(np.minimum(words, 60))])
    number = np.arange(size)

    def mean(low: np.ndarray, high: np.ndarray) -> np.ndarray:
        found: np.ndarray = (cumulated[high] - cumulated[low]) // np.maximum(1, total[high] - total[low])
        return found

    windows = [
        mean(np.maximum(number - reach, 0), np.minimum(number + reach + 1, size)) for reach in (1, 3, 7)
    ]
    windows += [
        mean(number * 0, number),
        mean(number + 1, number * 0 + size),
        mean(number * 0, number * 0 + size),
    ]
    long = np.where(words >= 11, removal, FAR + 1)
    lowest = [
        np.concatenate([[FAR + 1], np.minimum.accumulate(long)[:-1]]),
        np.concatenate([np.minimum.accumulate(long[::-1])[::-1][1:], [FAR + 1]]),
    ]
    title = np.clip(sums[:, [TITLE]] - sums[:, [0]], -FAR, FAR)
    best_title = np.broadcast_to(title.max(0, keepdims=True), title.shape)
    return np.concatenate(
        [*columns, beside, np.stack(windows + lowest, axis=1), title, best_title], axis=1
    ).astype(np.int32)


class LineLabels(NamedTuple):
    """What the line classifier says of the lines of a page.

    *rows* is the evidence, *sums* what the first trees give each label of each line (lines, labels), and
    *margins* by how much each line is likelier boilerplate than the article's, in thousandths of log odds.
    """

    model: LineModel
    rows: np.ndarray
    sums: np.ndarray
    margins: list[int]

    def kind(self, number: int) -> str:
        """Return the likeliest kind of boilerplate of line *number*."""
        return LABELS[REMOVED + int(self.sums[number, REMOVED:].argmax())]

    def label(self, number: int) -> str:
        """Return the likeliest label of line *number*."""
        return LABELS[int(self.sums[number].argmax())]

    def title(self) -> int:
        """Return the line that is likeliest the title, or −1 if each is likelier something else.

        What the article says first speaks for a line, beside its label: other headlines look like titles.
        """
        over = self.sums[:, TITLE] - np.delete(self.sums, TITLE, axis=1).max(1)
        said = self.rows[:, OWN.index("covered-by-opening")].astype(np.int64)
        likely = np.where(over > LEAST_TITLE, over + SAID_FIRST * said, LEAST_TITLE)
        best = int(likely.argmax())
        return best if likely[best] > 0 else -1

    def reasons(self, number: int, most: int = 3) -> list[tuple[str, int, int]]:
        """Return the columns of the evidence that speak most for the side of a line, the strongest first.

        Each with its value, and by how much the first trees would be less sure, boilerplate or article, if
        the value were that of most lines of articles.
        """
        row, typical = self.rows[number], self.model.typical
        changed = np.flatnonzero(row != typical)
        variants = np.repeat(row[None, :], len(changed) + 1, axis=0)
        variants[np.arange(1, len(changed) + 1), changed] = typical[changed]
        sums = self.model.labels(variants)
        over = sums[:, REMOVED:].max(1) - sums[:, :REMOVED].max(1)
        drops = (over[0] - over[1:]) * (1 if self.margins[number] > 0 else -1)
        best = np.argsort(-drops, kind="stable")[:most]
        return [(names()[changed[n]], int(row[changed[n]]), int(drops[n])) for n in best if drops[n] > 0]


def label_lines(lines: Sequence[Line], marks: LineMarks, model: LineModel) -> LineLabels:
    """Return the labels of *lines*, of which markers say *marks*.

    Of a page of more lines than two parts of `MOST_LINES`, its beginning and its end are read; the lines
    between them are taken for the article's. No news page has so many, and to read them takes a second each.
    """
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    size = len(lines)
    between = max(0, size - 2 * MOST_LINES)
    for start in dict.fromkeys((0, min(MOST_LINES, size), MOST_LINES + between)):
        end = size if start > MOST_LINES or (start and not between) else min(MOST_LINES, size)
        if start == MOST_LINES and between:
            unread = np.zeros((between, len(LABELS)), np.int32)
            unread[:, 0] = FAR
            blank = np.zeros((between, len(names())), np.int32)
            parts.append((blank, unread, np.full(between, -FAR)))
            continue
        if start >= end:
            continue
        listed = frozenset(number - start for number in marks.listed if start <= number < end)
        of_part = LineMarks(marks.hits[start:end], marks.kinds[start:end], listed)
        rows = evidence(lines[start:end], of_part, model.words)
        sums = model.labels(rows)
        parts.append((rows, sums, model.removal(around(rows, sums))[:, 0]))
    rows, sums, margins = map(np.concatenate, zip(*parts, strict=True))
    return LineLabels(model, rows, sums, margins.tolist())


MOST_LINES = 800
"""Lines that are read at once."""
