"""Train the line classifier: `cleaner/learned/line_classifier.zst`.

`python -m cleaner.training.line_classifier --gold GOLD... --pages PAGES...` (`make line-classifier`): both hold
`raw` and `spans` of [start, end, kind, "remove" or "neutral"]; gold rows also a `format` or `site`. It is
trained in three steps, each on scores by models that never saw a line's format: words are weighed by a linear
model, lines labelled by boosted trees, and removed by further trees that also see the labels around them.
Trees are symmetric ones (CatBoost), which are evaluated as tables, in integers.
"""

from __future__ import annotations

import argparse
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any
import zlib

import numpy as np
import zstandard

from cleaner.page.evidence import Marks, WordScores, evidence, names, word_features
from cleaner.page.line_labels import LABELS, REMOVED, around, margins_of
from cleaner.page.trees import Trees
from cleaner.stages import boilerplate
from cleaner.text.lexicon import lexicon
from cleaner.text.folding import fold
from cleaner.training import names as person_names
from cleaner.training.labelled_pages import MIXED, NEUTRAL, REMOVE, labelled_pages
from cleaner.training.tables import TableProvenance, commit, write_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FOLDS = 3
LABEL_OF_KIND = {"second": "second", "related": "related", "title": "title", "caption": "nav", "ad": "nav", "markup": "nav", "other": "nav"}
FEWEST_LINES = 6
"""Lines of boilerplate or of articles that must show a word feature for it to have a weight."""
HIDDEN = 0.6
"""Share of the composed labelled pages whose markers are hidden: rules were written with these in view."""


@dataclass
class Page:
    """What is learned from of one page, by line: its evidence's ingredients, its labels and their weights."""

    lines: list[Any]
    marks: Marks
    labels: np.ndarray
    weights: np.ndarray
    group: str
    source: str  # "gold", "scraped" or "pages"
    words: np.ndarray


def read(text: Any) -> Page | None:
    """Return a labelled page, read up to what markers say of it."""
    page = text.read()
    layout = page.layout
    if not layout.lines:
        return None
    row = text.row
    generated = "page" in str(row["id"])[:4]
    source = "pages" if generated else "gold" if "format" in row else "scraped"
    labels = np.zeros(len(layout.lines), np.int8)
    weights = np.ones(len(layout.lines))
    for number, (label, kind) in enumerate(zip(page.labels, page.kinds, strict=True)):
        words = min(60, max(1, layout.lines[number].words))
        weights[number] = words**0.5
        if label == REMOVE:
            name = LABEL_OF_KIND.get(kind, kind)
            if name == "related" and layout.lines[number].is_prose:
                name = "second"
            labels[number] = LABELS.index(name if name in LABELS else "nav")
        elif label == NEUTRAL:
            labels[number] = LABELS.index("title") if kind == "title" else 0
            weights[number] *= 1.0 if kind == "title" else 0.15
        elif label == MIXED:
            weights[number] = 0
        else:
            weights[number] *= 1.5
    weights *= {"scraped": 4.0, "gold": 1.0, "pages": 0.7}[source]
    marks = Marks(layout.hits, layout.kinds, frozenset(layout.listed), -1)
    if source == "gold" and zlib.crc32(str(row["id"]).encode()) % 100 < HIDDEN * 100:
        size = len(layout.lines)
        marks = Marks([None] * size, [""] * size, frozenset(), -1)
    for line in layout.lines:
        _ = line.tokens
    words = np.array([line.words for line in layout.lines])
    return Page(layout.lines, marks, labels, weights, text.group, source, words)


def read_all(path: Path) -> list[Page]:
    return [page for text in labelled_pages([path]) if (page := read(text))]


def weigh_words(pages: Iterable[Page]) -> dict[str, int]:
    """Return the weights of word features, in hundredths of log odds, by a linear model of lines."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    known = frozenset(fold(word) for word in lexicon().arabic)
    unweighed = person_names.of_rules()
    counts: Counter[str] = Counter()
    examples: list[tuple[set[str], bool, float]] = []
    from cleaner.page import vocabulary

    def general(name: str) -> bool:
        return all(
            (word in known or word in person_names.INTERFACE) and vocabulary.stem(word) not in unweighed
            for word in name.strip("^$=").split()
        )

    for page in pages:
        for line, label, weight in zip(page.lines, page.labels, page.weights, strict=True):
            if weight and LABELS[label] not in ("title", "related", "second", "comments"):
                found = word_features(line.tokens)
                counts.update(found)
                examples.append((found, label >= REMOVED, min(weight, 6.0)))
    vocabulary_ = sorted(name for name, lines in counts.items() if lines >= FEWEST_LINES and general(name))
    index = {name: number for number, name in enumerate(vocabulary_)}
    places, starts, values = [], [0], []
    for found, _, _ in examples:
        mine = [index[name] for name in sorted(found) if name in index]
        places += mine
        values += [len(found) ** -0.5] * len(mine)
        starts.append(len(places))
    matrix = csr_matrix((values, places, starts), shape=(len(examples), len(index)))
    target = np.array([removed for _, removed, _ in examples])
    weight = np.array([weight for *_, weight in examples])
    model = LogisticRegression(C=2.0, solver="liblinear", max_iter=100).fit(matrix, target, sample_weight=weight)
    rounded = np.rint(np.clip(model.coef_[0], -12, 12) * 100).astype(int)
    return {name: int(value) for name, value in zip(vocabulary_, rounded, strict=True) if abs(value) >= 15}


def fold_of(page: Page) -> int:
    return zlib.crc32(page.group.encode()) % FOLDS


def _evidence(task: tuple[list[Page], dict[str, int]]) -> list[np.ndarray]:
    pages, weights = task
    scores = WordScores(weights)
    return [evidence(page.lines, page.marks, scores).astype(np.int16) for page in pages]


def shown(pages: Sequence[Page], scores: Sequence[dict[str, int]], which: Sequence[int]) -> list[np.ndarray]:
    """Return the evidence of *pages*, page n with the word weights number which[n] of *scores*."""
    result: list[np.ndarray] = [np.zeros(0)] * len(pages)
    tasks, orders = [], []
    for number, weights in enumerate(scores):
        mine = [n for n in range(len(pages)) if which[n] == number]
        for start in range(0, len(mine), 300):
            orders.append(mine[start : start + 300])
            tasks.append(([pages[n] for n in orders[-1]], weights))
    with ProcessPoolExecutor(2) as pool:
        for order, found in zip(orders, pool.map(_evidence, tasks), strict=True):
            for n, matrix in zip(order, found, strict=True):
                result[n] = matrix
    return result


def boost(matrix: np.ndarray, target: np.ndarray, weight: np.ndarray, *, classes: int, rounds: int, rate: float, depth: int = 6) -> Any:
    from catboost import CatBoostClassifier, Pool

    model = CatBoostClassifier(
        iterations=rounds, learning_rate=rate, depth=depth, border_count=64, l2_leaf_reg=6, rsm=0.3, random_seed=1,
        loss_function="MultiClass" if classes > 2 else "Logloss", thread_count=2, verbose=False, bootstrap_type="Bernoulli",
        subsample=0.7, allow_writing_files=False, feature_border_type="Median",
        **({"classes_count": classes} if classes > 2 else {}),
    )  # fmt: skip
    return model.fit(Pool(matrix.astype(np.float32), target.astype(int), weight=weight))
