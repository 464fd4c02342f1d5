"""Train the line classifier: `cleaner/learned/line_labels.toml`, and `wording.toml`, which is a part of it.

`python -m cleaner.training.line_labels GOLD... [--articles CORPUS] [--test GOLD...]`: gold rows hold `raw`,
`spans` of [start, end, kind, "remove" or "neutral"], and a `format` or `site` by which they are kept apart:
the threshold is the lowest at which, over folds that never saw a line's format, at most LOSS of the article's
words go. How a line is worded is weighed by words that never saw its format, either, and by no names. The
same files give the same weights, byte for byte.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
import zlib

import numpy as np

from cleaner import learned
from cleaner.stages.boilerplate import line_classifier
from cleaner.training import names, wording_scores
from cleaner.training.labelled_pages import KEEP, PRESUMED, REMOVE, PageText, articles, labelled_pages
from cleaner.training.tables import Score, TableProvenance, commit, scores_of_pages, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOLDS = 10
LOSS = 0.0002
"""Share of the article's words that may go with the lines that are judged."""
CLEAR = 1.5
"""Log odds below which nothing is removed."""
RIDGE = 1.0
SCRAPED, UNLABELLED, ARTICLE = 5.0, 0.3, 3.0
"""How often a line counts of a page that was scraped, not composed, for such are few and matter most; of one
that nobody labelled; and a line of an article, for to lose it is worse than to leave boilerplate."""
RAREST = 5
"""Lines. A feature that fewer lines show has no weight."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One undecided line: what it shows, whether it is boilerplate, its number of words, where it is from."""

    features: tuple[str, ...]
    boilerplate: bool
    words: int
    group: str
    cost: float  # of an error, beside that of others


def samples(text: PageText) -> Iterator[Sample]:
    """Yield the lines of a page that have a label and are undecided by the wording that is in use."""
    page = text.read()
    view = line_classifier.View(page.layout)
    for number in line_classifier.candidates(view):
        label, size = page.labels[number], page.layout.lines[number].words
        if label not in (KEEP, REMOVE, PRESUMED):
            continue
        cost = UNLABELLED if label == PRESUMED else SCRAPED if page.scraped else 1.0
        cost *= size**0.5 * (1.0 if label == REMOVE else ARTICLE)
        yield Sample(tuple(view.features(number)), label == REMOVE, size, text.group, cost)


def fit(matrix: np.ndarray, target: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the weights of a ridge-penalised logistic regression, by Newton's method."""
    weights = np.zeros(matrix.shape[1])
    penalty = np.full(matrix.shape[1], RIDGE)
    for _ in range(30):
        odds = 1 / (1 + np.exp(-(matrix @ weights)))
        gradient = matrix.T @ (weight * (odds - target)) + penalty * weights
        curve = (matrix * (weight * odds * (1 - odds))[:, None]).T @ matrix + np.diag(penalty)
        step = np.linalg.solve(curve, gradient)
        weights -= step
        if np.abs(step).max(initial=0.0) < 1e-6:
            break
    return weights


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights of words and of features, and what they do to formats they never saw."""

    wording: dict[str, float]
    weights: dict[str, float]
    threshold: float
    score: Score


def learn(texts: Sequence[PageText]) -> Learned:
    """Learn both tables from *texts*, labelled pages and articles that nobody labelled.

    They are read twice: for wording without any, or what is learned would depend on the one that was there
    before; then with a wording that never saw their format: so lines are undecided that a run would leave so.
    """
    in_use = learned.table("wording")["weights"]
    in_use.clear()
    pages = [text.read() for text in texts]
    unweighed = names.of_rules() | names.of_families(
        line.tokens for page in pages for line in page.layout.lines
    )
    fold_of = {text.group: zlib.crc32(text.group.encode()) % FOLDS for text in texts}
    examples = [
        (fold_of[text.group], example)
        for text, page in zip(texts, pages, strict=True)
        for example in wording_scores.examples_of(page)
    ]
    found: list[Sample] = []
    for number in range(FOLDS):
        in_use.clear()
        in_use.update(
            wording_scores.learn([example for fold, example in examples if fold != number], unweighed)
        )
        found += [sample for text in texts if fold_of[text.group] == number for sample in samples(text)]
    shown = Counter(name for sample in found for name in sample.features)
    features = sorted(name for name, lines in shown.items() if lines >= RAREST)
    index = {name: column for column, name in enumerate(features)}
    matrix = np.zeros((len(found), len(features)))
    for row, sample in enumerate(found):
        for name in sample.features:
            if name in index:
                matrix[row, index[name]] = 1
    target = np.array([sample.boilerplate for sample in found], dtype=float)
    size = np.array([sample.words for sample in found], dtype=float)
    weight = np.array([sample.cost for sample in found])
    fold = np.array([fold_of[sample.group] for sample in found])
    held_out = np.zeros(len(found))
    for number in range(FOLDS):
        inside = fold != number
        held_out[~inside] = matrix[~inside] @ fit(matrix[inside], target[inside], weight[inside])
    article = sum(page.article_words for page in pages)
    threshold = _threshold(held_out, target, size, article)
    gone = held_out > threshold
    weights = fit(matrix, target, weight)
    return Learned(
        wording_scores.learn([example for _, example in examples], unweighed),
        {name: round(float(value), 3) for name, value in zip(features, weights, strict=True)},
        threshold,
        {
            "on": f"undecided lines, by weights that never saw their format ({FOLDS} folds)",
            "lines": len(found),
            "boilerplate_words": int(size[target > 0].sum()),
            "boilerplate_words_found": int(size[gone & (target > 0)].sum()),
            "article_words": article,
            "article_words_lost": int(size[gone & (target == 0)].sum()),
        },
    )


def _threshold(scores: np.ndarray, target: np.ndarray, words: np.ndarray, article: int) -> float:
    order = np.argsort(-scores, kind="stable")
    lost = np.cumsum(np.where(target[order] == 0, words[order], 0))
    within = int(np.searchsorted(lost, LOSS * article, side="right"))
    # Labelled pages hold more boilerplate than real ones: never remove what is not clearly likelier than not.
    return max(CLEAR, round(float(scores[order[min(within, len(order) - 1)]]), 3))


def main() -> None:
    """Learn from the files named, and write the tables `wording` and `line_labels` with their provenance."""
    parser = argparse.ArgumentParser(prog="python -m cleaner.training.line_labels")
    parser.add_argument("gold", nargs="+", type=Path, help="labelled pages, in JSON lines")
    parser.add_argument("--articles", type=Path, help="a corpus whose articles nobody labelled")
    parser.add_argument("--test", nargs="*", type=Path, default=[], help="labelled pages to measure on only")
    arguments = parser.parse_args()
    at = commit()
    corpora = [arguments.articles] if arguments.articles else []
    found = learn([*labelled_pages(arguments.gold), *(page for path in corpora for page in articles(path))])
    print(found.score)
    gold = " ".join(path.name for path in arguments.gold)
    command = f"make line-labels GOLD='{gold}'" + "".join(f" CORPUS={path.name}" for path in corpora)
    how = TableProvenance(command, at, [*arguments.gold, *corpora], [found.score])
    _write(found, how)
    # Pages are cleaned with the tables as they are written; only then their scores can be noted.
    scores = scores_of_pages(arguments.test)
    print(*scores, sep="\n")
    _write(found, replace(how, scores=[found.score, *scores]))


def _write(found: Learned, how: TableProvenance) -> None:
    write_table(
        "wording",
        "How much the words of a line sound like boilerplate, in log odds.",
        {"weights": found.wording},
        how,
    )
    write_table(
        "line_labels",
        "Weights of what a line shows; above the threshold it goes.",
        {"threshold": found.threshold, "weights": found.weights},
        how,
    )


if __name__ == "__main__":
    main()
