"""How common a word is in Arabic news and in other languages of Arabic script: counts shipped with cleaner.

The file is read only at the first look-up (about 40 ms).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
import math
import re
from typing import TYPE_CHECKING

import zstandard

from cleaner import learned

if TYPE_CHECKING:
    from collections.abc import Mapping

_PROCLITICS = re.compile("(?:[وف]?(?:[بكل]?ال|لل|[بكل])|[وف]|س|[وف]س)(?=[\u0621-\u064a]{3})")
_ENCLITICS = re.compile("(?<=[\u0621-\u064a]{3})(?:ها|هم|هما|هن|كم|كما|نا|ني|ه|ك|ي)$")
_CONJUNCTION = re.compile("^[وف](?=[\u0621-\u064a]{2})")
BREAK = "."
"""Stands for the neighbour of a word that is next to punctuation or a line end."""
NO_ODDS = 47
"""The level of a neighbour that speaks for neither ending."""
_LEVEL_OF = bytes(max(0, code - 33) for code in range(256))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Document frequencies on a logarithmic scale, and odds for final yeh by the words beside it.

    A level counts quarter octaves: level 40 is 2¹⁰ of the texts counted. *arabic* and *foreign* hold levels
    of words; *endings* those of words with final yeh or alef maksura, from articles that tell the two apart.
    *neighbours* holds quarter bits for yeh, counted from `NO_ODDS`, by `stem<previous word` and `stem>next
    word`.
    """

    arabic_texts: int
    foreign_texts: int
    arabic: Mapping[str, int]
    endings: Mapping[str, int]
    foreign: Mapping[str, int]
    neighbours: Mapping[str, int]

    def known(self, word: str) -> bool:
        """Return whether *word*, as it stands or without its clitics, is an Arabic word."""
        return self.level(word) >= 0

    def level(self, word: str) -> int:
        """Return the level of the Arabic *word*; −1 if it is unknown with and without its clitics.

        A word that is known only without its clitics counts as four times rarer than what is left: 8 levels
        less.
        """
        arabic = self.arabic
        if word in arabic:
            return arabic[word]
        best = -1
        for start in (0, *(match.end() for match in (_PROCLITICS.match(word),) if match)):
            stem = word[start:]
            ending = _ENCLITICS.search(stem)
            for form in (stem, stem[: ending.start()], stem[: ending.start()] + "ة") if ending else (stem,):
                if form in arabic and len(form) > 2:
                    best = max(best, arabic[form] - 8, 0)
        return best

    def odds(self, arabic: str, spelled: str) -> float:
        """Return the log₂ odds that *spelled*, as `cleaner.text.language.words` has it, means *arabic*."""
        seen, foreign = self.level(arabic), self.foreign.get(spelled, -1)
        share = 2 ** (seen / 4) / self.arabic_texts if seen >= 0 else 1 / self.arabic_texts
        # A word that the foreign texts lack counts as standing in one of fifty times as many texts.
        foreign_share = (2 ** (foreign / 4) if foreign >= 0 else 0.02) / self.foreign_texts
        return math.log2(share / foreign_share)

    def neighbour_odds(self, stem: str, previous: str, following: str) -> float:
        """Return the bits that the neighbours of *stem* add to the odds of final yeh over alef maksura."""
        bare = _CONJUNCTION.sub("", stem)
        quarters = 0
        for neighbour in (f"<{previous}", f">{following}"):
            of_bare = self.neighbours.get(bare + neighbour, NO_ODDS)
            quarters += self.neighbours.get(stem + neighbour, of_bare) - NO_ODDS
        return quarters / 4


def parse(text: str) -> Lexicon:
    """Return the lexicon stored in *text*, in the format that `cleaner.data.build_lexicon` writes."""
    _, totals, *sections = text.split("\n\n")
    arabic_texts, foreign_texts = map(int, totals.split())
    arabic, endings, foreign, neighbours = (_levels(section) for section in sections)
    return Lexicon(arabic_texts, foreign_texts, arabic, endings, foreign, neighbours)


def _levels(section: str) -> dict[str, int]:
    words, levels = section.split("\n")
    return dict(zip(words.split(" "), levels.encode("ascii").translate(_LEVEL_OF), strict=True))


@cache
def lexicon() -> Lexicon:
    """Return the lexicon that ships with the package."""
    return parse(zstandard.ZstdDecompressor().decompress(learned.packed("lexicon.zst")).decode())
