"""Mend letters of other languages that stand in Arabic words: کوریا الشمالیة becomes كوريا الشمالية.

Text in other languages stays. That is decided first for the document, then for each line, quotation and
stretch of words, then for each word with the help of the lexicon. The quality is measured by
`tests/stages/letters/test_injected.py` and `tests/stages/letters/test_foreign.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cleaner.document import Edit, Fact
from cleaner.stages.letters.endings import ALEF_MAKSURA
from cleaner.stages.letters.spans import units
from cleaner.stages.letters.spelling import (
    CERTAIN_ODDS,
    DROPPED,
    NON_JOINER,
    Speller,
    look_alikes,
    suspect_letter,
)
from cleaner.text import alphabet
from cleaner.text.language import LanguageDecision
from cleaner.text.lexicon import lexicon
from cleaner.text.screens import AnyOf, Kinds, Screen, Suspects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.document import Document
    from cleaner.stages.letters.spans import Unit, Word
    from cleaner.stages.letters.spelling import Suspect

STEADY = 3
"""Certainly Arabic suspect words from which on the writer's keyboard explains the doubtful ones as well."""
MOST = 0.7
"""Share of certain words among the suspect words of a text, and of known words in an undecided line, from
which on the other words count as Arabic too."""
FEW = 4
"""Words of a name."""
LINE_ODDS = 2.0
"""Log₂ odds that an undecided line needs, on average of its suspect words, if none has the shape of an
Arabic word."""


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """Put the Arabic letter where one of another language stands in an Arabic word."""

    settled: ClassVar[bool] = True
    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = AnyOf(
        (Kinds(alphabet.LOOK_ALIKE | alphabet.FOREIGN), Suspects(frozenset(ALEF_MAKSURA)))
    )

    def __call__(self, document: Document) -> Iterable[Edit | Fact]:
        """Return an edit for each letter to replace, and a fact `doubt` for each word left as it is."""
        text = document.text
        return _mend(text) if suspect_letter().search(text) else ()


def _mend(text: str) -> list[Edit | Fact]:
    """Return all edits and doubts.

    The search is repeated until it finds nothing, as a mended word is evidence for its neighbours.
    """
    edits: dict[int, Edit] = {}
    letters = list(text)
    offsets = list(range(len(text)))  # of the letters in the given text
    while True:
        found, left = _judge("".join(letters))
        if not found:
            break
        for edit in found:
            at = offsets[edit.start]
            edits[at] = Edit(at, text[at], edit.after, edit.rule)
            letters[edit.start] = edit.after
        if not all(letters):  # a non-joiner was removed
            offsets = [offset for offset, letter in zip(offsets, letters, strict=True) if letter]
            letters = [letter for letter in letters if letter]
    spans = ((offsets[word.start], offsets[word.end - 1] + 1, rule) for word, rule in left)
    return [
        *edits.values(),
        *(Fact("doubt", text[start:end], rule, start, end) for start, end, rule in spans),
    ]


def _judge(text: str) -> tuple[list[Edit], list[tuple[Word, str]]]:
    """Return the edits for Arabic words, and the words left as they are, each with the rule that says why.

    How many words are certainly Arabic decides about the doubtful ones.
    """
    speller = Speller(text)
    judged = [
        (unit, list(speller.suspects(unit)))
        for unit in units(text, suspect_letter().search)
        if unit.decision is not LanguageDecision.FOREIGN
    ]
    suspects = [suspect for _, found in judged for _, suspect in found if suspect]
    certain = sum(suspect.certain for suspect in suspects)
    steady = certain >= STEADY and certain >= MOST * len(suspects)
    edits: list[Edit] = []
    left: list[tuple[Word, str]] = []
    for unit, found in judged:
        spelled = [suspect for _, suspect in found if suspect]
        arabic = bool(spelled) and _is_arabic(unit, spelled, faulty=certain > 0, steady=steady)
        for word, suspect in found:
            if not suspect:
                left.append((word, "look-alikes.no-spelling"))
            elif not (arabic or (unit.decision is LanguageDecision.ARABIC and (steady or suspect.probable))):
                left.append((word, "look-alikes.language"))
            elif not suspect.settled:
                left.append((word, "look-alikes.ending"))
            else:
                edits += _edits(suspect)
    return edits, left


def _is_arabic(unit: Unit, suspects: Sequence[Suspect], *, faulty: bool, steady: bool) -> bool:
    """Return whether the *suspects* of an undecided *unit*, such as a tag cloud or a name, are Arabic.

    *faulty*: a word of the page is mended for certain, so a name is not quoted in another language but typed
    on the same keyboard. *steady*: so are most suspect words of the page (see `STEADY` and `MOST`).
    """
    if unit.decision is LanguageDecision.ARABIC:
        return False  # each word is judged by its own neighbours
    if unit.foreign and any(suspect.spelling.foreign_word for suspect in suspects):
        return False
    if not unit.foreign and (
        any(suspect.spelling.shaped for suspect in suspects) or (faulty and len(unit.words) <= FEW)
    ):
        return True
    known = [lexicon().known(word.skeleton) for word in unit.words] + [
        suspect.spelling.known for suspect in suspects
    ]
    if sum(known) < (1 if unit.quoted else MOST) * len(known):
        return False
    odds = sum(suspect.spelling.odds for suspect in suspects) / len(suspects)
    return odds > (0.0 if steady else CERTAIN_ODDS if unit.quoted else LINE_ODDS)


def _edits(word: Suspect) -> Iterator[Edit]:
    """Yield an edit for each letter in which *word* and its mended spelling differ."""
    table = look_alikes()
    mended = iter(word.spelling.mended)
    for at, letter in enumerate(word.text):
        if DROPPED.match(letter):
            if letter == NON_JOINER:
                yield Edit(word.start + at, letter, "", "look-alikes.zero-width-non-joiner")
            continue
        after = next(mended)
        if after != letter:
            rule = table[letter].rule if letter in table else "look-alikes.alef-maksura"
            yield Edit(word.start + at, letter, after, rule)
