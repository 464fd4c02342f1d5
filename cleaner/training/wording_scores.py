"""Learn how much each word sounds like boilerplate: `cleaner/learned/wording.toml`."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from cleaner.page.wording import features
from cleaner.training.labelled_pages import KEEP, PRESUMED, REMOVE, LabelledPage
from cleaner.training.names import is_general

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


STRENGTH = 10.0
"""The inverse of the ridge penalty; between 3 and 10 it makes little difference on formats held out."""
FEWEST, SOURCES = 5, 3
"""Lines, and formats, sites or newspapers that they are of: what is found in fewer has no weight."""
LIGHTEST = 0.4
"""A smaller weight is not written down."""
LENGTHS = (1, 2, 3, 4, 5, 6, 7, 12, 20, 40)
LENGTH_SAYS = 3.0
"""The classes of lines by their words, and the value of belonging to one: the larger, the less shrunk."""
LONGEST_HEADING = 4
"""Words. What lists of articles, keywords and posts say is no wording of boilerplate; what heads them is."""
NEWSLIKE = frozenset(["related", "tags", "embed"])


class Example(NamedTuple):
    """What is weighed of one line, whether it is boilerplate, and the format or site that it is from."""

    features: frozenset[str]
    words: int
    boilerplate: bool
    source: str


def examples_of(page: LabelledPage) -> Iterator[Example]:
    """Yield the lines of a page from which wording is learned; of an unlabelled article, its sentences."""
    for number, line in enumerate(page.layout.lines):
        label, kind = page.labels[number], page.kinds[number]
        told = (
            label == KEEP
            or (label == REMOVE and (kind not in NEWSLIKE or line.words <= LONGEST_HEADING))
            or (label == PRESUMED and page.layout.is_plain_body(number))
        )
        if told and (found := features(line.tokens)):
            yield Example(frozenset(found), line.words, label == REMOVE, page.source)


def learn(examples: Sequence[Example], names: frozenset[str]) -> dict[str, float]:
    """Return the weights of a ridge-penalised logistic regression over *examples*; those of *names* are none.

    What its length says of a line is learned beside them and left out: few articles have lines of a word, but
    no word is to blame for that.
    """
    lines = Counter(feature for example in examples for feature in example.features)
    sources: defaultdict[str, set[str]] = defaultdict(set)
    for example in examples:
        for feature in example.features:
            sources[feature].add(example.source)
    weighed = sorted(
        feature
        for feature, times in lines.items()
        if times >= FEWEST and len(sources[feature]) >= SOURCES and is_general(feature.lstrip("^-"), names)
    )
    column = {feature: number for number, feature in enumerate(weighed)}
    rows, columns, values = [], [], []
    for number, example in enumerate(examples):
        known = sorted(column[feature] for feature in example.features if feature in column)
        length = len(weighed) + bisect_left(LENGTHS, example.words)
        rows += [number] * (len(known) + 1)
        columns += [*known, length]
        values += [len(example.features) ** -0.5] * len(known) + [LENGTH_SAYS]
    matrix = csr_matrix((values, (rows, columns)), shape=(len(examples), len(weighed) + len(LENGTHS) + 1))
    target = np.array([example.boilerplate for example in examples])
    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0).fit(matrix, target)
    weights = zip(weighed, (round(float(weight), 2) for weight in model.coef_[0]), strict=False)
    return {feature: weight for feature, weight in weights if abs(weight) >= LIGHTEST}
