"""Which words are names: of persons, papers and agencies. No weight may know them.

They tell the pages that a table was learned from, and no others.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from cleaner.page import vocabulary
from cleaner.rules import table
from cleaner.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FEWEST = 3
"""Times that a word must stand somewhere to be known as a family's name."""
BEHIND_FIRST_NAMES = 0.25
"""Share of a word's places that are behind a first name, from which on it is a family's name."""
INTERFACE = frozenset({
    *("advertisement", "all", "app", "click", "com", "comments", "cookies", "copyright", "email", "english"),
    *("facebook", "follow", "google", "home", "https", "images", "instagram", "learn", "live", "more", "net"),
    *("news", "now", "org", "photo", "play", "post", "read", "reserved", "rights", "rss", "search", "share"),
    *("store", "subscribe", "tags", "telegram", "the", "this", "to", "twitter", "video", "website"),
    *("whatsapp", "www", "you", "youtube"),
})  # fmt: skip
"""Latin words of all interfaces: no person, paper or site is called by them alone."""

_ARABIC = regex.compile(r"[\u0621-\u064a]+")


def is_general(word: str, names: frozenset[str]) -> bool:
    """Whether a folded *word* may be weighed: one of INTERFACE, or of Arabic letters and none of *names*."""
    return word in INTERFACE or (bool(_ARABIC.fullmatch(word)) and word not in names)


def of_rules() -> frozenset[str]:
    """Return the stems of first names, of agencies, and of papers whose names are no words besides."""
    agencies = {
        name for row in table("agencies")["agency"] for name in (row["name"], *row["aliases"], *row["alone"])
    }
    papers = {vocabulary.stem(fold(name)) for name in table("sources")["outlets"]["names"] if name.isalpha()}
    return (
        vocabulary.words("given_names")
        | vocabulary.words("given_names", "weak")
        | {vocabulary.stem(fold(name).lower()) for name in agencies if name.isalpha()}
        | {name for name in papers if not vocabulary.is_usual(name)}
    )


def of_families(lines: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the stems that *lines* of folded words have so often behind first names that they are names."""
    first = vocabulary.words("given_names") | vocabulary.words("given_names", "weak")
    behind: Counter[str] = Counter()
    anywhere: Counter[str] = Counter()
    for line in lines:
        stems = list(map(vocabulary.stem, line))
        anywhere.update(stems)
        behind.update(word for before, word in pairwise(stems) if before in first)
    return frozenset(
        word
        for word, times in behind.items()
        if anywhere[word] >= FEWEST and times >= BEHIND_FIRST_NAMES * anywhere[word]
    )
