"""Spell as standard orthography does, if the user asks for it: فى الى القاهره becomes في إلى القاهرة.

The other spellings are no faults but habits of papers and countries, so by default they stay. A word changes
only if the lexicon hardly knows it otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, ClassVar

from cleaner.document import Edit
from cleaner.stages.letters.endings import ALEF_MAKSURA, HEH, TEH_MARBUTA, UNSEEN, YEH, teh_odds, yeh_odds
from cleaner.stages.letters.spans import outside_foreign
from cleaner.text.lexicon import BREAK, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.document import Document

FIRM = 5.0
"""Log₂ odds from which on an ending is taken as the standard one."""
FIRM_LEVELS = 20
"""Levels of the lexicon by which the form with one hamza must be more usual than with any other: five
bits."""
MORE_USUAL = 6
"""Levels by which it must be more usual than the form without hamza, which many papers write."""

STANDARD = {True: (YEH, "orthography.yeh"), False: (ALEF_MAKSURA, "orthography.alef-maksura")}
"""The ending and the rule if the log₂ odds of yeh are positive, and if they are not."""

_WORD = re.compile(
    "(?<![\\w\u0640\u064b-\u0652])[\u0621-\u063a\u0641-\u064a]{2,}(?![\\w\u0640\u064b-\u0652])"
)
_ALEF = re.compile("[وفبكل]?(?:ال)?(?=ا)")
_HAMZA = "\u0623\u0625\u0622"  # ALEF WITH HAMZA ABOVE, WITH HAMZA BELOW, WITH MADDA ABOVE


@dataclass(frozen=True, slots=True)
class Orthography:
    """Find words in other than standard orthography, if *standard* is asked for."""

    settled: ClassVar[bool] = True
    arabic_only: ClassVar[bool] = True
    standard: bool = False

    def __call__(self, document: Document) -> Iterable[Edit]:
        """Return an edit for each letter to change; none unless *standard*."""
        return outside_foreign(document.text, _settled(document.text)) if self.standard else ()


def _settled(text: str) -> list[Edit]:
    """Return all edits.

    The search is repeated until it finds nothing, as a mended word is evidence for its neighbours.
    """
    edits: dict[int, Edit] = {}
    letters = list(text)  # edits replace letters one by one, so offsets stay valid
    while found := [edit for edit in _edits("".join(letters)) if edit.start not in edits]:
        for edit in found:
            edits[edit.start] = Edit(edit.start, text[edit.start], edit.after, edit.rule)
            letters[edit.start] = edit.after
    return list(edits.values())


def _edits(text: str) -> Iterator[Edit]:
    """Yield an edit for each missing hamza and each nonstandard ending in *text*."""
    known = lexicon().arabic
    words = list(_WORD.finditer(text))
    for at, word in enumerate(words):
        if wanted := _hamza(word[0]):
            start = word.start() + wanted[0]
            yield Edit(start, text[start], wanted[1], "orthography.hamza")
        last, stem = word[0][-1], word[0][:-1]
        if last in {YEH, ALEF_MAKSURA}:
            odds = yeh_odds(stem, *_neighbours(text, words, at))
            if abs(odds) >= FIRM and (odds > 0) != (last == YEH):
                letter, rule = STANDARD[odds > 0]
                yield Edit(word.end() - 1, last, letter, rule)
        elif last == HEH and stem + TEH_MARBUTA in known and teh_odds(stem) >= FIRM:
            yield Edit(word.end() - 1, last, TEH_MARBUTA, "orthography.teh-marbuta")


def _neighbours(text: str, words: list[re.Match[str]], at: int) -> tuple[str, str]:
    """Return the words beside word *at* of *words*: `BREAK` where not one space stands between."""
    start, end = words[at].span()
    before, behind = words[at - 1 : at], words[at + 1 : at + 2]
    return (
        before[0][0] if before and text[before[0].end() : start] == " " else BREAK,
        behind[0][0] if behind and text[end : behind[0].start()] == " " else BREAK,
    )


def _hamza(word: str) -> tuple[int, str] | None:
    """Return where *word* lacks the hamza of an alef, and the letter with it; or None."""
    known = lexicon().arabic
    for alef in (0, *(match.end() for match in (_ALEF.match(word),) if match)):
        if word[alef] != "ا":
            continue
        forms = [(known.get(word[:alef] + letter + word[alef + 1 :], UNSEEN), letter) for letter in _HAMZA]
        (level, letter), (other, _) = sorted(forms, reverse=True)[:2]
        if level >= max(0, other + FIRM_LEVELS, known.get(word, UNSEEN) + MORE_USUAL):
            return alef, letter
    return None
