"""How the writer of a text ends words: as standard orthography does, or with one letter for two.

Egyptian papers write every final yeh without dots, some sites every alef maksura with dots, and many writers
mix both. A letter that may stand for either is replaced by the one that this writer would have written, or
left if that is not certain.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property, lru_cache
from math import log2
import re
from typing import NamedTuple

from cleaner.stages.letters.endings import ALEF_MAKSURA, HEH, TEH_MARBUTA, YEH, teh_odds, yeh_odds

SAFE = 2.85
"""Log₂ odds from which on an ending is chosen; a word with less is left as it stands."""
CLEAR = 5.0
"""Log₂ odds from which on it is clear which letter a word should end in, so that it shows the writer's
habit."""
SAME_WORD = 4.0
"""Log₂ odds that the same word elsewhere in the text adds: names are repeated in the page's tags."""
USUAL_WORDS, USUAL_SLIPS = 5, 0.05
"""Assumed before any word is read: so many words of each letter, and so many of them with the other
letter."""

_LETTER = "[\u0621-\u064a]"
_FINAL = re.compile(f"(?<!{_LETTER}){_LETTER}{{2,}}+(?<=[{YEH}{ALEF_MAKSURA}{TEH_MARBUTA}{HEH}])(?!\\w)")


class Slips(NamedTuple):
    """The shares of words that should end in the *first* or second of two letters, and end in the other."""

    of_first: float
    of_second: float


class Writer:
    """The habit of the writer of *text*, learned from its words that are spelled with Arabic letters."""

    def __init__(self, text: str) -> None:
        self.words = Counter(_FINAL.findall(text))

    def odds(self, stem: str, first: str, previous: str, following: str) -> float:
        """Return the log₂ odds that this writer ends the word *stem*, between its neighbours, in *first*.

        *first* is YEH (rather than ALEF MAKSURA) or TEH MARBUTA (rather than HEH).
        """
        second, slips = (ALEF_MAKSURA, self._yeh) if first == YEH else (HEH, self._teh)
        standard = _odds(stem, first) if first != YEH else yeh_odds(stem, previous, following)
        standard += SAME_WORD * ((stem + first in self.words) - (stem + second in self.words))
        share = 1 / (1 + 2**-standard)
        written = share * (1 - slips.of_first) + (1 - share) * slips.of_second
        return log2(written / (1 - written))

    @cached_property
    def _yeh(self) -> Slips:
        return self._slips(YEH, ALEF_MAKSURA)

    @cached_property
    def _teh(self) -> Slips:
        return self._slips(TEH_MARBUTA, HEH)

    def _slips(self, first: str, second: str) -> Slips:
        """Return how often words that should end in *first* or *second* end in the other letter."""
        slips = {first: USUAL_SLIPS, second: USUAL_SLIPS}
        words = {first: USUAL_WORDS, second: USUAL_WORDS}
        for word, count in self.words.items():
            stem, last = word[:-1], word[-1]
            if last in words and abs(odds := _odds(stem, first)) >= CLEAR:
                meant = first if odds > 0 else second
                words[meant] += count
                slips[meant] += count * (last != meant)
        return Slips(slips[first] / words[first], slips[second] / words[second])


@lru_cache(maxsize=1 << 15)
def _odds(stem: str, first: str) -> float:
    """Return the log₂ odds of *first* behind *stem* in standard orthography, without its neighbours."""
    return yeh_odds(stem, "", "") if first == YEH else teh_odds(stem)
