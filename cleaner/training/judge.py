"""Learn the weights by which undecided lines are judged: `python -m cleaner.training.judge GOLD.jsonl...`.

Gold rows hold `raw` and `spans` of [start, end, kind, "remove" or "neutral"], and a `format` or `site` by
which they are kept apart: the threshold is the lowest at which, over folds that never saw a line's format,
at most LOSS of the article's words go. The same labelled pages give the same file, byte for byte.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
import json
from pathlib import Path
import sys
import zlib

import numpy as np

from cleaner.document import Document
from cleaner.options import Options
from cleaner.stages import boilerplate, news_pipeline
from cleaner.stages.boilerplate import judge

FOLDS = 10
LOSS = 0.0002
"""Share of the article's words that may go with the lines that are judged."""
CLEAR = 1.5
"""Log odds below which nothing is removed."""
RIDGE = 1.0
SCRAPED = 5.0
"""How often a line of a scraped page counts."""
RAREST = 5
"""Lines. A feature that fewer lines show has no weight."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One undecided line: what it shows, whether it is furniture, how many words it has, where it is from."""

    features: tuple[str, ...]
    furniture: bool
    words: int
    group: str
    scraped: bool  # from a page as it was scraped, not composed


def samples(paths: list[Path]) -> tuple[list[Sample], int]:
    """Return the undecided lines of the labelled pages, and the words that all their articles have."""
    found: list[Sample] = []
    article = 0
    pipeline = news_pipeline(Options(without=("boilerplate", "spaces", "length")))
    for path in paths:
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            labels = np.zeros(len(row["raw"]), dtype=np.int8)
            for start, end, _kind, action in row["spans"]:
                labels[start:end] = 1 if action == "remove" else 2
            article += sum(len(part.split()) for part in _kept(row["raw"], labels))
            document = pipeline.clean(Document(row["id"], row["raw"]))
            place = places(document)
            layout = boilerplate.read(document, judged=False)
            view = judge.View(layout)
            for number in judge.candidates(layout):
                line = layout.lines[number]
                marks = [
                    labels[place[at]] for at in range(line.start, line.end) if not document.text[at].isspace()
                ]
                if not marks:
                    continue
                label, count = Counter(marks).most_common(1)[0]
                if label == 2 or count < len(marks) * 0.8:
                    continue
                group = row.get("format") or row.get("site") or row["id"]
                found.append(
                    Sample(tuple(view.features(number)), bool(label), line.words, group, "format" not in row)
                )
    return found, article


def _kept(raw: str, labels: np.ndarray) -> list[str]:
    return ["".join(character if not label else " " for character, label in zip(raw, labels, strict=True))]


def places(document: Document) -> list[int]:
    """Return for each code point of the document's text where it stood in the raw text."""
    place = list(range(len(document.original_text())))
    for revision in document.revisions:
        moved: list[int] = []
        position = 0
        for edit in revision.edits:
            moved += place[position : edit.start]
            at = place[min(edit.start, len(place) - 1)]
            moved += [at] * len(edit.after)
            position = edit.end
        place = moved + place[position:]
    return place


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


def main(arguments: list[str]) -> None:
    """Learn from the files named and write `cleaner/rules/weights.toml`."""
    found, article = samples([Path(argument) for argument in arguments])
    shown = Counter(name for sample in found for name in sample.features)
    names = sorted(name for name, lines in shown.items() if lines >= RAREST)
    index = {name: column for column, name in enumerate(names)}
    matrix = np.zeros((len(found), len(names)))
    for row, sample in enumerate(found):
        for name in sample.features:
            if name in index:
                matrix[row, index[name]] = 1
    target = np.array([sample.furniture for sample in found], dtype=float)
    words = np.array([sample.words for sample in found], dtype=float)
    # A lost line of the article costs more than a left line of furniture.
    # Scraped pages are few, and the ones that count.
    scraped = np.array([sample.scraped for sample in found])
    weight = np.sqrt(words) * np.where(target > 0, 1.0, 3.0) * np.where(scraped, SCRAPED, 1.0)
    fold = np.array([zlib.crc32(sample.group.encode()) % FOLDS for sample in found])
    held_out = np.zeros(len(found))
    for number in range(FOLDS):
        inside = fold != number
        held_out[~inside] = matrix[~inside] @ fit(matrix[inside], target[inside], weight[inside])
    threshold = _threshold(held_out, target, words, article)
    weights = fit(matrix, target, weight)
    removed = words[(held_out > threshold) & (target > 0)].sum()
    print(f"{len(found)} lines, {int(target.sum())} of them furniture; held out, at {threshold:.3f}:")
    print(f"furniture words found {removed:.0f} of {words[target > 0].sum():.0f},", end=" ")
    print(f"article words lost {words[(held_out > threshold) & (target == 0)].sum():.0f} of {article}")
    _write(Path(boilerplate.__file__).parents[2] / "rules" / "weights.toml", names, weights, threshold)


def _threshold(scores: np.ndarray, target: np.ndarray, words: np.ndarray, article: int) -> float:
    order = np.argsort(-scores, kind="stable")
    lost = np.cumsum(np.where(target[order] == 0, words[order], 0))
    within = int(np.searchsorted(lost, LOSS * article, side="right"))
    # Labelled pages hold more furniture than real ones: never remove what is not clearly likelier than not.
    return max(CLEAR, round(float(scores[order[min(within, len(order) - 1)]]), 3))


def _write(path: Path, names: list[str], weights: np.ndarray, threshold: float) -> None:
    lines = [
        "# Written by `make weights` from labelled pages; not edited by hand.",
        "# Weights of what a line shows (cleaner/stages/boilerplate/judge.py); above the threshold it goes.",
        "",
        f"threshold = {threshold}",
        "",
        "[weights]",
        *(f'"{name}" = {weight:.3f}' for name, weight in zip(names, weights, strict=True)),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
