"""Train the line classifier: `cleaner/learned/line_classifier.zst`.

`python -m cleaner.training.line_training GOLD... --corpora CORPUS [PAPERS] [--folds FOLDER]` (`make
line-classifier`): gold rows hold `raw`, `spans` of [start, end, kind, "remove" or "neutral"], and a `format`
or `site`; the corpora are those that pages are composed of (`pages`). It is trained in three steps, each
on what models said that never saw a line's site or format: words are weighed by a linear model, lines
labelled by boosted trees, and removed by further trees that see the labels of the lines around. Trees are
symmetric ones (CatBoost). The levels are margins at which so many of the words of unseen articles were lost.
With --folds, the models of the folds are written there, for `cleaner.training.folds`.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
import io
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
import zlib

import numpy as np
import zstandard

from cleaner.page.evidence import LineMarks, WordScores, evidence
from cleaner.page.line_labels import LABELS, REMOVED, around
from cleaner.page.line_model import LEVELS, Level, LineModel
from cleaner.training.boosting import boost
from cleaner.training.labelled_pages import MIXED, NEUTRAL, REMOVE, labelled_pages, texts
from cleaner.training.pages import compose
from cleaner.training.tables import Score, TableProvenance, commit, write_file
from cleaner.training.word_weights import WeighedLine, weigh_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.page.lines import Line
    from cleaner.page.trees import Trees
    from cleaner.training.labelled_pages import PageText

FOLDS = 3
COMPOSED_PAGES = ((4500, 1), (3500, 2))
"""Numbers of composed pages, and their seeds."""
LABEL_OF_KIND = {"caption": "nav", "ad": "nav", "markup": "nav", "other": "nav"}
"""Labels of kinds of boilerplate that have none of their own."""
UNWEIGHED = ("title", "deck", "related", "second", "comments")
"""Labels whose words are those of news: no word score is learned from their lines."""
HEAVIEST = 6.0
"""The most that a line counts when words are weighed."""
HIDDEN = 60
"""Of 100 composed pages, those whose markers are hidden: rules were written with such pages in view."""
SCRAPED, COMPOSED, GENERATED = 4.0, 1.0, 0.7
"""How much a line counts of a page that was scraped, composed, generated."""
ARTICLE, DOUBTFUL = 1.5, 0.15
"""How much a line of an article counts beside one of boilerplate, and one that may go or stay."""
LABEL_ROUNDS, LABEL_RATE = 110, 0.25
REMOVAL_ROUNDS, REMOVAL_RATE = 140, 0.12
MARGINS = {"careful": (3000, 2000), "balanced": (1700, 1000), "thorough": (700, 0)}
"""Margins of each level, for text and for other lines."""
LONG_LINE = 11
"""Words of a line that counts as text when a level is measured."""


@dataclass(frozen=True, slots=True)
class TrainingPage:
    """What is learned of one page; by line: label, weight and words."""

    lines: list[Line]
    marks: LineMarks
    labels: np.ndarray
    weights: np.ndarray
    words: np.ndarray
    group: str
    cost: float

    @property
    def fold(self) -> int:
        """The number of the fold of the page's site or format."""
        return fold_of(self.group)

    def weighed(self) -> Iterator[WeighedLine]:
        """Yield the lines that words are weighed by."""
        for line, label, weight in zip(self.lines, self.labels, self.weights, strict=True):
            if weight and LABELS[label] not in UNWEIGHED:
                yield WeighedLine(line.tokens, bool(label >= REMOVED), min(float(weight), HEAVIEST))


def fold_of(group: str) -> int:
    """Return the number of the fold in which the pages of a site or format are held out."""
    return zlib.crc32(group.encode()) % FOLDS


def read(texts: Iterable[PageText], *, generated: bool) -> list[TrainingPage]:
    """Return labelled pages, read up to what markers say of them."""
    return [page for text in texts if (page := _read(text, generated=generated))]


def _read(text: PageText, *, generated: bool) -> TrainingPage | None:
    page = text.read()
    layout, lines = page.layout, page.layout.lines
    if not lines:
        return None
    composed = "format" in text.row and not generated
    labels, weights = np.zeros(len(lines), np.int8), np.ones(len(lines))
    for number, (label, kind) in enumerate(zip(page.labels, page.kinds, strict=True)):
        weights[number] = min(60, max(1, lines[number].words)) ** 0.5
        if label == REMOVE:
            name = LABEL_OF_KIND.get(kind, kind)
            labels[number] = LABELS.index("second" if name == "related" and lines[number].is_prose else name)
        elif label == NEUTRAL and kind in LABELS:
            labels[number] = LABELS.index(kind)
        else:
            weights[number] *= {NEUTRAL: DOUBTFUL, MIXED: 0.0}.get(label, ARTICLE)
    marks = LineMarks(layout.hits, layout.kinds, frozenset(layout.listed))
    if composed and zlib.crc32(text.document.id.encode()) % 100 < HIDDEN:
        marks = LineMarks([None] * len(lines), [""] * len(lines), frozenset())
    cost = GENERATED if generated else COMPOSED if composed else SCRAPED
    words = np.array([line.words for line in lines])
    return TrainingPage(lines, marks, labels, weights * cost, words, text.group, cost)


def _shown(task: tuple[Sequence[TrainingPage], dict[str, int]]) -> list[np.ndarray]:
    pages, weights = task
    return [evidence(page.lines, page.marks, WordScores(weights)).astype(np.int16) for page in pages]


def show(
    pages: Sequence[TrainingPage], words: Sequence[dict[str, int]], which: Sequence[int]
) -> list[np.ndarray]:
    """Return the evidence of each page, seen with the word weights that *which* names for it."""
    tasks: list[list[int]] = []
    for number in range(len(words)):
        mine = [place for place, wanted in enumerate(which) if wanted == number]
        tasks += [mine[start : start + 300] for start in range(0, len(mine), 300)]
    shown: list[np.ndarray] = [np.zeros(0)] * len(pages)
    with ProcessPoolExecutor() as pool:
        work = [([pages[place] for place in task], words[which[task[0]]]) for task in tasks]
        for task, found in zip(tasks, pool.map(_shown, work), strict=True):
            for place, rows in zip(task, found, strict=True):
                shown[place] = rows
    return shown


class Trained(NamedTuple):
    """The model learned from all pages, and for each fold one that saw nothing of its sites and formats."""

    model: LineModel
    folds: list[LineModel]
    score: Score


def train(gold: Sequence[TrainingPage], generated: Sequence[TrainingPage]) -> Trained:
    """Learn from labelled pages and from generated ones."""
    pages = [*gold, *generated]
    folds = np.array([page.fold for page in pages])
    own = np.array([True] * len(gold) + [False] * len(generated))
    # Words of labelled pages are scored by what others have, those of generated ones, which are all made from
    # one grammar, by what labelled pages have: as words of an unseen site are.
    words = [
        weigh_words(
            line
            for page, fold, is_gold in zip(pages, folds, own, strict=True)
            if not is_gold or fold != number
            for line in page.weighed()
        )
        for number in range(FOLDS)
    ]
    words.append(weigh_words(line for page in gold for line in page.weighed()))
    shown = show(
        pages, words, [int(fold) if is_gold else FOLDS for fold, is_gold in zip(folds, own, strict=True)]
    )
    sizes = np.array([len(rows) for rows in shown])
    ends = np.cumsum(sizes)
    rows = np.vstack(shown)
    labels = np.concatenate([page.labels for page in pages]).astype(int)
    weights = np.concatenate([page.weights for page in pages])
    fold_of = np.repeat(folds, sizes)
    removed = (labels >= REMOVED).astype(int)
    sums = np.zeros((len(rows), len(LABELS)), np.int32)
    of_labels: list[Trees] = []
    for number in range(FOLDS):
        inside = (fold_of != number) & (weights > 0)
        of_labels.append(boost(rows[inside], labels[inside], weights[inside], LABEL_ROUNDS, LABEL_RATE))
        _fill(sums, np.flatnonzero(fold_of == number), of_labels[-1], rows)
    seen = np.vstack(
        [around(rows[first:last], sums[first:last]) for first, last in pairwise([0, *ends.tolist()])]
    )
    margins = np.zeros((len(rows), 1), np.int32)
    of_removal: list[Trees] = []
    for number in range(FOLDS):
        inside = (fold_of != number) & (weights > 0)
        of_removal.append(boost(seen[inside], removed[inside], weights[inside], REMOVAL_ROUNDS, REMOVAL_RATE))
        _fill(margins, np.flatnonzero(fold_of == number), of_removal[-1], seen)
    counted = np.repeat(own, sizes) & (weights > 0)
    size = np.concatenate([page.words for page in pages])[counted]
    levels, score = _levels(margins[counted, 0], labels[counted], sums[counted], size)
    every = weights > 0
    typical = np.median(rows[every & (labels == 0)], axis=0).astype(np.int16)

    def model(labelling: Trees, removal: Trees, weighed: dict[str, int]) -> LineModel:
        return LineModel(labelling, removal, WordScores(weighed), typical, levels)

    whole = model(
        boost(rows[every], labels[every], weights[every], LABEL_ROUNDS, LABEL_RATE),
        boost(seen[every], removed[every], weights[every], REMOVAL_ROUNDS, REMOVAL_RATE),
        weigh_words(line for page in pages for line in page.weighed()),
    )
    return Trained(whole, list(map(model, of_labels, of_removal, words[:FOLDS])), score)


def _fill(result: np.ndarray, places: np.ndarray, trees: Trees, rows: np.ndarray) -> None:
    for part in np.array_split(places, max(1, len(places) // 4000)):
        result[part] = trees(rows[part])


def _levels(
    margins: np.ndarray, labels: np.ndarray, sums: np.ndarray, words: np.ndarray
) -> tuple[dict[str, Level], Score]:
    """Return the levels, each with the share of the articles' words that it loses on lines held out."""
    article, boilerplate = labels == 0, labels >= REMOVED
    is_text = (sums[:, REMOVED:].argmax(1) == LABELS.index("second") - REMOVED) | (words >= LONG_LINE)
    levels: dict[str, Level] = {}
    score: Score = {
        "on": f"lines of labelled pages, by trees that never saw their site or format ({FOLDS} folds)",
        "lines": len(words),
    }
    for name, (text, other) in MARGINS.items():
        going = margins > np.where(is_text, text, other)
        lost = float(words[going & article].sum() / max(1, words[article].sum()))
        found = float(words[going & boilerplate].sum() / max(1, words[boilerplate].sum()))
        levels[name] = Level(text, other, round(lost, 5))
        score |= {f"{name}_lost": round(lost, 5), f"{name}_found": round(found, 4)}
    return levels, score


def pack(model: LineModel) -> bytes:
    """Return a model as compressed bytes, the same for the same model."""
    words = model.words.weights
    arrays = {
        f"{part}_{name}": value
        for part in ("labels", "removal")
        for name, value in getattr(model, part)._asdict().items()
    }
    arrays["typical"] = model.typical
    arrays["margins"] = np.array([model.levels[name][:2] for name in LEVELS], np.int32)
    arrays["lost"] = np.array([model.levels[name].lost for name in LEVELS])
    arrays["weights"] = np.array(list(words.values()), np.int16)
    arrays["words"] = np.frombuffer("\n".join(words).encode(), np.uint8)
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    return zstandard.ZstdCompressor(level=19).compress(stream.getvalue())


def main() -> None:
    """Train, and write the model with its provenance."""
    parser = argparse.ArgumentParser(prog="python -m cleaner.training.line_training")
    parser.add_argument("gold", nargs="+", type=Path, help="labelled pages, in JSON lines")
    parser.add_argument("--corpora", nargs="+", type=Path, required=True, help="what pages are composed of")
    parser.add_argument("--folds", type=Path, help="a folder for the models of the folds")
    arguments = parser.parse_args()
    at = commit()
    gold = read(labelled_pages(arguments.gold), generated=False)
    composed = (row for count, seed in COMPOSED_PAGES for row in compose(count, seed, arguments.corpora))
    trained = train(gold, read(texts(composed, "raw"), generated=True))
    print(trained.score, trained.model.levels)
    inputs = [*arguments.gold, *arguments.corpora]
    said = "GOLD='{}' CORPORA='{}'".format(
        *(" ".join(path.name for path in paths) for paths in (arguments.gold, arguments.corpora))
    )
    how = TableProvenance(f"make line-classifier {said}", at, inputs, [trained.score])
    write_file("line_classifier.zst", pack(trained.model), how)
    if arguments.folds:
        arguments.folds.mkdir(parents=True, exist_ok=True)
        for number, model in enumerate(trained.folds):
            (arguments.folds / f"fold-{number}.zst").write_bytes(pack(model))


if __name__ == "__main__":
    main()
