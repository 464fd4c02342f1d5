"""Choose the last letter of a word where one that looks like two Arabic letters stands for either."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.lexicon import Lexicon

YEH = "\u064a"  # ARABIC LETTER YEH
ALEF_MAKSURA = "\u0649"  # ARABIC LETTER ALEF MAKSURA
TEH_MARBUTA = "\u0629"  # ARABIC LETTER TEH MARBUTA
HEH = "\u0647"  # ARABIC LETTER HEH
SAME_TEXT = 4.0
"""Log₂ odds that the same word elsewhere in the text adds."""

_LETTER = "[\u0621-\u064a]"
_WITHOUT_DOTS = re.compile(f"(?<!{_LETTER})و?(?:فى|التى|الذى|هى)(?!{_LETTER})")
_WITH_DOTS = re.compile(f"(?<!{_LETTER})و?(?:في|التي|الذي|هي)(?!{_LETTER})")
_DOTTED_MAKSURA = re.compile(f"(?<!{_LETTER})و?(?:إلي|الي|حتي|أخري|لدي)(?!{_LETTER})")
_PLAIN_MAKSURA = re.compile(f"(?<!{_LETTER})و?(?:إلى|الى|حتى|أخرى|لدى)(?!{_LETTER})")
_FINAL = re.compile(f"{_LETTER}+[{YEH}{ALEF_MAKSURA}](?!\\w)")
_ARTICLE = re.compile("[وف]?(?:[بك]?ال|لل)")
_PROCLITIC = re.compile(f"^(?:[وف]?[بكل]|[وف])(?={_LETTER}{{3}})")


def habit(text: str) -> str:
    """Return the one letter that *text* writes for both, or an empty string if it tells them apart.

    Egyptian papers write every final yeh without dots; some sites write every alef maksura with dots.
    """
    if len(_WITHOUT_DOTS.findall(text)) > len(_WITH_DOTS.findall(text)):
        return ALEF_MAKSURA
    if len(_DOTTED_MAKSURA.findall(text)) > len(_PLAIN_MAKSURA.findall(text)):
        return YEH
    return ""


def spelled(text: str) -> frozenset[str]:
    """Return the words of *text* that end in one of the two letters."""
    return frozenset(_FINAL.findall(text))


def yeh_or_maksura(lexicon: Lexicon, stem: str, previous: str, following: str, known: frozenset[str]) -> str:
    """Return the letter that ends the word *stem* between its neighbours, in standard orthography.

    *known* are the words of the same text that are spelled out: names are repeated in a text's tags.
    """
    if stem + YEH in lexicon.endings or stem + ALEF_MAKSURA in lexicon.endings:
        odds = lexicon.yeh_odds(stem, previous, following)
    else:
        odds = (lexicon.level(stem + YEH) - lexicon.level(stem + ALEF_MAKSURA)) / 4
    odds += SAME_TEXT * ((stem + YEH in known) - (stem + ALEF_MAKSURA in known))
    return YEH if odds >= 0 else ALEF_MAKSURA


def teh_or_heh(lexicon: Lexicon, stem: str) -> str:
    """Return TEH MARBUTA or HEH, whichever ends the word *stem* more often.

    If both are unknown: «his» cannot stand behind the article, nor behind the yeh of relation.
    """
    for form in (stem, _PROCLITIC.sub("", stem)):
        teh, heh = (lexicon.arabic.get(form + letter, -1) for letter in (TEH_MARBUTA, HEH))
        if teh != heh:
            return TEH_MARBUTA if teh > heh else HEH
    return TEH_MARBUTA if _ARTICLE.match(stem) or stem.endswith(YEH) or not lexicon.known(stem) else HEH
