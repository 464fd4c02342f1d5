"""How many of a headline's words a text repeats: articles say first what their titles say."""

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
"""Letters of a word that says something about the subject of a headline; shorter words do not count."""


@lru_cache(maxsize=1 << 16)
def beginning(token: str) -> str:
    """Return the first five letters of a folded word's stem, which most forms of the word share."""
    return vocabulary.stem(token)[:5]


def beginnings(tokens: Iterable[str]) -> set[str]:
    """Return the beginnings of all words of a text: what `likeness` compares a headline with."""
    return set(map(beginning, tokens))


def likeness(tokens: Iterable[str], text: AbstractSet[str]) -> float:
    """Return the share, 0 to 1, of the longer words of *tokens* whose beginnings stand in *text*.

    It is 0 where *tokens* have fewer than two such words.
    """
    wanted = beginnings(word for word in tokens if len(word) >= LONGER)
    return len(wanted & text) / len(wanted) if len(wanted) > 1 else 0.0


def subject(line: Line) -> list[str]:
    """Return the words of a line without its dates and the words that go with dates."""
    dates = vocabulary.words("dates") | vocabulary.words("dates", "weak")
    return [word for word in words_beside_dates(line) if vocabulary.stem(word) not in dates]
