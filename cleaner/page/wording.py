"""How much a line's words sound like boilerplate, whatever stands around it: «راسلنا», «اشترك», «هاتفك».

Each word has a weight, learned from labelled pages and the sentences of many articles by logistic regression
(`cleaner/training`). Weights are data (`cleaner/learned/wording.toml`). Names and events have none, or
little: headlines of other articles cannot be told by their words.
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
"""Endings of «our» and «your», by which a page speaks to its readers."""


@lru_cache(maxsize=1 << 16)
def parts(token: str) -> tuple[str, ...]:
    """Return what is weighed of a folded word: its stem; with such an ending also stem and ending apart.

    Numbers and first names say nothing: they would be those of the pages that the weights were learned from.
    """
    stem = vocabulary.stem(token)
    if token.isdecimal() or stem in vocabulary.words("given_names"):
        return ()
    if len(token) >= 5 and token.endswith(ADDRESSING):
        return stem, stem[:-2], "-" + stem[-2:]
    return (stem,)


def features(tokens: Iterable[str]) -> set[str]:
    """Return what is weighed of the words of a line, each once; the first word also counts as such."""
    tokens = list(tokens)
    found = set(chain.from_iterable(map(parts, tokens)))
    first = vocabulary.stem(tokens[0]) if tokens else ""
    if first and first not in vocabulary.words("given_names"):
        found.add("^" + first)
    return found


def score(tokens: Iterable[str]) -> float:
    """Return what these folded words say for boilerplate, or, below 0, against it; 0 of unknown words.

    The sum of their weights is divided by the root of their number: the scale is that of log odds, and a long
    line needs more such words than a short one. What its length says is left out.
    """
    found = features(tokens)
    # The sum must not depend on the order of a set, which differs from run to run.
    return fsum(map(_weights().get, found, repeat(0.0))) / sqrt(len(found)) if found else 0.0


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = learned.table("wording")["weights"]
    return weights
