"""The trained model of the line classifier: two sets of trees, the weights of words, and what is typical."""

from __future__ import annotations

from functools import cache
import io
from typing import NamedTuple

import numpy as np

from cleaner import learned
from cleaner.page.evidence import WordScores
from cleaner.page.trees import Trees

LEVELS = ("careful", "balanced", "thorough")


class Level(NamedTuple):
    """How great a margin must be for a line to go: one labelled as another article's text, and any other.

    *lost* is the share of article words that then goes: measured on labelled pages of sites and formats that
    the trees had not seen.
    """

    text: int
    other: int
    lost: float


class LineModel(NamedTuple):
    """*labels* gives sums for each label of a line; *removal*, which sees these of the lines around, one.

    *typical* is the median of each column of the evidence over lines of articles.
    """

    labels: Trees
    removal: Trees
    words: WordScores
    typical: np.ndarray
    levels: dict[str, Level]


def parse(content: bytes) -> LineModel:
    """Return the model of which *content* holds the arrays (numpy's `.npz`)."""
    with np.load(io.BytesIO(content)) as arrays:
        words = arrays["words"].tobytes().decode().split("\n")
        return LineModel(
            Trees(*(arrays[f"labels_{name}"] for name in Trees._fields)),
            Trees(*(arrays[f"removal_{name}"] for name in Trees._fields)),
            WordScores(dict(zip(words, arrays["weights"].tolist(), strict=True))),
            arrays["typical"],
            {
                name: Level(text, other, lost)
                for name, (text, other), lost in zip(
                    LEVELS, arrays["margins"].tolist(), arrays["lost"].tolist(), strict=True
                )
            },
        )


@cache
def line_model() -> LineModel:
    """Return the shipped model; it is read at the first call."""
    return parse(learned.unpacked("line_classifier.zst"))
