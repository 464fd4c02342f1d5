"""Weigh words by how much oftener they stand in boilerplate: a linear model over labelled lines."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.page import vocabulary
from cleaner.page.evidence import word_features
from cleaner.text.folding import fold
from cleaner.text.lexicon import lexicon
from cleaner.training import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FEWEST_LINES = 6
"""Lines that must show a word feature for it to have a weight."""
LEAST_WEIGHT = 15
"""Hundredths of log odds; smaller weights are left out."""


class WeighedLine(NamedTuple):
    """A labelled line: its folded words, whether it is boilerplate, and how much it counts."""

    tokens: Sequence[str]
    is_boilerplate: bool
    weight: float


def weigh_words(lines: Iterable[WeighedLine]) -> dict[str, int]:
    """Return the weights of word features in hundredths of log odds, by logistic regression over lines.

    Only words of the lexicon are weighed, and no names: no weight knows a person or a site.
    """
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - a library for training only
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - the same

    counts: Counter[str] = Counter()
    examples: list[tuple[set[str], bool, float]] = []
    for line in lines:
        found = word_features(line.tokens)
        counts.update(found)
        examples.append((found, line.is_boilerplate, line.weight))
    known = frozenset(fold(word) for word in lexicon().arabic) | names.INTERFACE
    unweighed = names.of_rules()

    def is_general(feature: str) -> bool:
        words = feature.strip("^$=").split()
        return all(word in known and vocabulary.stem(word) not in unweighed for word in words)

    features = sorted(name for name, times in counts.items() if times >= FEWEST_LINES and is_general(name))
    index = {name: number for number, name in enumerate(features)}
    columns: list[int] = []
    values: list[float] = []
    starts = [0]
    for found, _, _ in examples:
        mine = sorted(index[name] for name in found if name in index)
        columns += mine
        values += [len(found) ** -0.5] * len(mine)
        starts.append(len(columns))
    matrix = csr_matrix((values, columns, starts), shape=(len(examples), len(index)))
    target = [removed for _, removed, _ in examples]
    weight = [weight for *_, weight in examples]
    model = LogisticRegression(C=2.0, solver="liblinear").fit(matrix, target, sample_weight=weight)
    rounded = np.rint(np.clip(model.coef_[0], -12, 12) * 100).astype(int).tolist()
    return {name: value for name, value in zip(features, rounded, strict=True) if abs(value) >= LEAST_WEIGHT}
