"""What a word is about: its stem, how rare that is in Arabic news, and a vector of the texts it stands in.

Vectors are those of latent semantic analysis: stems that stand in the same articles have similar ones. They
are counted over a corpus (`make stems`, `cleaner/learned/stems.zst`) and hold only stems of many articles of
several papers. All numbers are integers, so that similarities are the same on every platform.
"""

from __future__ import annotations

from functools import cache
import re
from typing import NamedTuple

import numpy as np

from cleaner import learned

PREFIXES = ("وال", "بال", "فال", "كال", "ولل", "لل", "ال", "وب", "ول", "وس", "و", "ف", "ب", "ل", "ك", "س")
SUFFIXES = (
    *(
        "تهما",
        "تهم",
        "اتها",
        "اته",
        "هما",
        "يين",
        "يون",
        "ها",
        "هم",
        "ات",
        "ون",
        "ين",
        "ان",
        "يه",
        "ته",
        "تي",
    ),
    *("نا", "وا", "ه", "ي", "ت", "ا"),
)
LONGEST = 6
"""Letters of a stem."""
UNKNOWN_RARITY = 190
"""Rarity of a stem that the vectors lack: as of one that stands in one of 13,000 articles."""
WORD = re.compile(r"\w+")
_MOST_REMEMBERED = 400_000


def stem(word: str) -> str:
    """Return a folded *word* without its longest known prefix and suffix, cut to `LONGEST` letters."""
    if word.isdecimal():
        return word
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            word = word[len(prefix) :]
            break
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    return word[:LONGEST]


class Stems(NamedTuple):
    """Known stems: their numbers, from 0; their rarities (20 × idf, uint8); their vectors (int8, 64 each).

    `vectors` has one row more, of zeros, for stems that are not known.
    """

    numbers: dict[str, int]
    rarities: np.ndarray
    vectors: np.ndarray


@cache
def stems() -> Stems:
    """Return the shipped stems."""
    return parse(learned.unpacked("stems.zst"))


def parse(content: bytes) -> Stems:
    """Return the stems stored in *content*: a line of stems, then rarities, then vectors."""
    head, _, rest = content.partition(b"\n")
    names = head.decode().split(" ")
    rarities = np.frombuffer(rest, np.uint8, len(names))
    vectors = np.frombuffer(rest, np.int8, offset=len(names)).reshape(len(names), -1)
    blank = np.zeros((1, vectors.shape[1]), np.int8)
    return Stems(
        {name: number for number, name in enumerate(names)}, rarities, np.concatenate([vectors, blank])
    )


_remembered: dict[str, str] = {}


def stems_of(words: list[str]) -> list[str]:
    """Return the stems of folded *words*; those of words that were seen before are looked up."""
    remembered = _remembered
    found = list(map(remembered.get, words))
    if None not in found:
        return found  # type: ignore[return-value]
    if len(remembered) > _MOST_REMEMBERED:
        remembered.clear()
    for word in words:
        if word not in remembered:
            remembered[word] = stem(word)
    return [remembered[word] for word in words]
