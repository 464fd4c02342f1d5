"""How much of what a headline says a text says as well: articles say first what their titles say."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.page import vocabulary
from cleaner.page.shapes import words_beside_dates

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from cleaner.page.lines import Line

LONGER = 4
"""Letters from which on a word says something of what a headline is about."""


@lru_cache(maxsize=1 << 16)
def beginning(token: str) -> str:
    """Return the first letters of a folded word's stem, which most forms of the word share."""
    return vocabulary.stem(token)[:5]


def beginnings(tokens: Iterable[str]) -> set[str]:
    """Return the first letters of all words of a text: what `likeness` compares a headline with."""
    return set(map(beginning, tokens))


def likeness(tokens: Iterable[str], text: AbstractSet[str]) -> float:
    """Return the share of the longer words of *tokens* that stand in *text*, by their first letters.

    It is 0 where *tokens* have less than two.
    """
    wanted = beginnings(word for word in tokens if len(word) >= LONGER)
    return len(wanted & text) / len(wanted) if len(wanted) > 1 else 0.0


def subject(line: Line) -> list[str]:
    """Return the words of a line that are no part of a date and do not belong to one."""
    dates = vocabulary.words("dates") | vocabulary.words("dates", "weak")
    return [word for word in words_beside_dates(line) if vocabulary.stem(word) not in dates]
