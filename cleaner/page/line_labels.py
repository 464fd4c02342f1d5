"""The labels of lines, and what the lines around one are labelled."""

from __future__ import annotations

import numpy as np

from cleaner.page.evidence import OWN

LABELS = ("article", "title", "related", "second", "comments", "meta", "tags", "share", "nav", "legal", "embed")
"""The labels; `second` is the text of another article, `related` its headline or what stands above such."""
REMOVED = 2
"""The number of the first label that is boilerplate."""
SEEN_AGAIN = (
    "words", "code-points", "ends-dot", "ends-trailing", "number", "from-end", "page-words", "words-above", "words-below",
    "from-first-long", "from-last-long", "long-above", "long-below", "lines", "long-lines", "marked", "kind-above", "since-kind",
    "covered", "covered-by-opening", "covered-above", "covered-below", "covered-by-title", "covered-by-head", "like-opening", "like-all", "like-above", "like-title",
    "like-head", "head-gain", "head-like-opening", "head-distance", "like-long-above", "seam", "seam-below", "seam-like", "seam-all", "lowest-seam",
    "lowest-seam-like", "after-blank", "short-run-above", "short-run-below", "opens-prose", "opening-verb", "word-score",
)  # fmt: skip
"""The columns of the evidence that are seen once more when the labels around a line are known."""
REACH = 5
FAR = 12_000


def margins_of(sums: np.ndarray) -> np.ndarray:
    """Return how far each label of a line is above the likelier of article and title: (lines, labels)."""
    kept = sums[:, :REMOVED].max(1, keepdims=True)
    return np.clip(sums - kept, -FAR, FAR)


def around(rows: np.ndarray, sums: np.ndarray) -> np.ndarray:
    """Return what is seen of each line once the *sums* of all its labels are known, beside its neighbours'."""
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
        return (cumulated[high] - cumulated[low]) // np.maximum(1, total[high] - total[low])

    windows = [mean(np.maximum(number - reach, 0), np.minimum(number + reach + 1, size)) for reach in (1, 3, 7)]
    windows += [mean(number * 0, number), mean(number + 1, number * 0 + size), mean(number * 0, number * 0 + size)]
    long = np.where(words >= 11, removal, FAR + 1)
    lowest = [
        np.concatenate([[FAR + 1], np.minimum.accumulate(long)[:-1]]),
        np.concatenate([np.minimum.accumulate(long[::-1])[::-1][1:], [FAR + 1]]),
    ]
    title = margins[:, 1:2] * 0 + (sums[:, 1:2] - sums[:, 0:1])
    best_title = np.broadcast_to(title.max(0, keepdims=True), title.shape)
    return np.concatenate(
        [*columns, beside, np.stack(windows + lowest, axis=1), np.clip(title, -FAR, FAR), np.clip(best_title, -FAR, FAR)], axis=1
    ).astype(np.int32)
