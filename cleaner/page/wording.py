"""How much a line's words sound like boilerplate, whatever stands around it: «راسلنا», «اشترك», «هاتفك».

Each word has a weight, learned by logistic regression from labelled pages and the sentences of many articles
(`cleaner/training`). Weights are data (`cleaner/rules/wording.toml`). Names and events have little weight or
none: headlines of other articles cannot be recognized by their words.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import chain, repeat
from math import fsum, sqrt
from typing import TYPE_CHECKING

from cleaner import learned
from cleaner.page import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

ADDRESSING = ("نا", "كم")
"""Endings for «our» and «your», with which a page addresses its readers."""


@lru_cache(maxsize=1 << 16)
def parts(token: str) -> tuple[str, ...]:
    """Return the features of a folded word: its stem; with such an ending also stem and ending apart.

    Numbers and first names have none: their weights would be those of the pages that were learned from.
    """
    stem = vocabulary.stem(token)
    if token.isdecimal() or stem in vocabulary.words("given_names"):
        return ()
    if len(token) >= 5 and token.endswith(ADDRESSING):
        return stem, stem[:-2], "-" + stem[-2:]
    return (stem,)


def features(tokens: Iterable[str]) -> set[str]:
    """Return the features of the words of a line; the first word has one more, marked with ^."""
    tokens = list(tokens)
    found = set(chain.from_iterable(map(parts, tokens)))
    first = vocabulary.stem(tokens[0]) if tokens else ""
    if first and first not in vocabulary.words("given_names"):
        found.add("^" + first)
    return found


def score(tokens: Iterable[str]) -> float:
    """Return how much these folded words speak for boilerplate; below 0 against it, 0 if all are unknown.

    The sum of the weights is divided by the square root of their number: the scale is that of log odds, and a
    long line needs more such words than a short one. The length itself does not count.
    """
    found = features(tokens)
    # fsum: the result must not depend on the order of a set, which differs from run to run.
    return fsum(map(_weights().get, found, repeat(0.0))) / sqrt(len(found)) if found else 0.0


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = learned.table("wording")["weights"]
    return weights
