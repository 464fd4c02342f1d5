"""How usual a word is in Arabic news, and in other languages of Arabic script: counts that ship with cleaner.

The file is read when a suspect letter is met for the first time (about 40 ms), never for clean articles.
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
"""The neighbour of a word next to punctuation or a line end."""
NO_ODDS = 47
"""The level that means that a neighbour speaks for neither ending."""
_LEVEL_OF = bytes(max(0, code - 33) for code in range(256))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Document frequencies as levels: quarter octaves, so level 40 is 2¹⁰ of the texts counted.

    *endings* counts words with final yeh or alef maksura in articles that tell the two apart; *neighbours*
    holds quarter bits for yeh, above `NO_ODDS`, by `stem<previous word` and `stem>next word`.
    """

    arabic_texts: int
    foreign_texts: int
    arabic: Mapping[str, int]
    endings: Mapping[str, int]
    foreign: Mapping[str, int]
    neighbours: Mapping[str, int]

    def known(self, word: str) -> bool:
        """Tell whether *word*, or what is left without its clitics, is an Arabic word."""
        return self.level(word) >= 0

    def level(self, word: str) -> int:
        """Return how usual the Arabic *word* is; −1 if it is unknown with and without its clitics.

        A word that is only known without its clitics is four times rarer than what is left.
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
        # A word that the foreign texts lack may still stand in one of fifty times as many.
        foreign_share = (2 ** (foreign / 4) if foreign >= 0 else 0.02) / self.foreign_texts
        return math.log2(share / foreign_share)

    def neighbour_odds(self, stem: str, previous: str, following: str) -> float:
        """Return the bits that its neighbours add to the odds of yeh over alef maksura behind *stem*."""
        bare = _CONJUNCTION.sub("", stem)
        quarters = 0
        for neighbour in (f"<{previous}", f">{following}"):
            of_bare = self.neighbours.get(bare + neighbour, NO_ODDS)
            quarters += self.neighbours.get(stem + neighbour, of_bare) - NO_ODDS
        return quarters / 4


def parse(text: str) -> Lexicon:
    """Return the lexicon that *text*, as `cleaner.training.lexicon_counts` writes it, holds."""
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
