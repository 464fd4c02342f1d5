"""How standard orthography ends a word: yeh or alef maksura, teh marbuta or heh, as log₂ odds.

A look-alike letter, or a writer's habit, may put one letter for both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from math import log2
import re
from typing import TYPE_CHECKING

from cleaner.text.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

YEH = "\u064a"  # ARABIC LETTER YEH
ALEF_MAKSURA = "\u0649"  # ARABIC LETTER ALEF MAKSURA
TEH_MARBUTA = "\u0629"  # ARABIC LETTER TEH MARBUTA
HEH = "\u0647"  # ARABIC LETTER HEH
PLAIN = 5.0
"""Log₂ odds of an ending that grammar decides."""
LEVELS_A_BIT = 8
"""Levels of the lexicon that count as one bit: twice the usual 4, as a word may be known only without its
clitics."""
UNSEEN = -8
"""Level of a word that was seen in no text: it counts as seen in a quarter of one."""
TAIL = 3
"""Letters before the last one by which the usual ending of similar words is counted: -ائي, -اني, -توى."""
FIRST_GUESS = 3
"""Words with the average ending that are added to the words counted of one shape."""
ANY = (False, "")
"""The key under which the endings of all words are counted."""

_LETTER = "[\u0621-\u064a]"
_ARTICLE = re.compile("[وف]?(?:[بك]?ال|لل)")
_PROCLITIC = re.compile(f"^(?:[وف]?[بكل]|[وف])(?={_LETTER}{{3}})")


def yeh_odds(stem: str, previous: str, following: str) -> float:
    """Return the log₂ odds of YEH over ALEF MAKSURA behind *stem* in standard orthography.

    *previous* and *following* are the words beside it as the lexicon names them, or "".
    """
    known = lexicon()
    yeh, maksura = stem + YEH, stem + ALEF_MAKSURA
    context = known.neighbour_odds(stem, previous, following)
    if yeh in known.endings or maksura in known.endings:
        return (known.endings.get(yeh, UNSEEN) - known.endings.get(maksura, UNSEEN)) / 4 + context
    return (known.level(yeh) - known.level(maksura)) / LEVELS_A_BIT + _shape_odds(stem) + context


def _shape_odds(stem: str) -> float:
    """Return the log₂ odds of YEH over ALEF MAKSURA behind words of the same shape as *stem*."""
    every, words = _shapes()[ANY], _shapes()[_shape(stem)]
    yeh, maksura = (
        words[letter] + FIRST_GUESS * every[letter] / every.total() for letter in (YEH, ALEF_MAKSURA)
    )
    return log2(yeh / maksura)


def _shape(stem: str) -> tuple[bool, str]:
    """Return the shape of *stem*: whether it has the article, and its last three letters."""
    return _ARTICLE.match(stem) is not None, stem[-TAIL:]


@cache
def _shapes() -> Mapping[tuple[bool, str], Counter[str]]:
    """Return for each shape how many words usually end in YEH, and how many in ALEF MAKSURA."""
    endings = lexicon().endings
    shapes: defaultdict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
    for word, level in endings.items():
        stem, letter = word[:-1], word[-1]
        if level >= endings.get(stem + (ALEF_MAKSURA if letter == YEH else YEH), -1):
            shapes[_shape(stem)][letter] += 1
            shapes[ANY][letter] += 1
    return shapes


def teh_odds(stem: str) -> float:
    """Return the log₂ odds of TEH MARBUTA over HEH behind *stem* in standard orthography.

    If the lexicon does not decide, grammar does: the suffix «his» cannot stand behind a word with the
    article, nor behind an adjective in -ي.
    """
    for form in (stem, _PROCLITIC.sub("", stem)):
        teh, heh = (lexicon().arabic.get(form + letter, -1) for letter in (TEH_MARBUTA, HEH))
        if teh != heh:
            return (teh - heh) / 4
    return PLAIN if _ARTICLE.match(stem) or stem.endswith(YEH) else 0.0
