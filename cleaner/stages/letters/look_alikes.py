"""Mend letters of other languages that stand in Arabic words: کوریا الشمالیة becomes كوريا الشمالية.

What is foreign stays: the decision is taken for the document, then for each line, quotation and sentence,
then for each word with the help of the lexicon. The measures behind the thresholds stand in
`tests/letters/test_injected.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from cleaner import alphabet
from cleaner.document import Edit
from cleaner.folding import MARKS
from cleaner.language import (
    Verdict,
    has_arabic_shape,
    is_foreign,
    is_foreign_word,
    proves_foreign,
    skeleton,
)
from cleaner.lexicon import BREAK, lexicon
from cleaner.rules import table
from cleaner.stages.letters.endings import ALEF_MAKSURA, YEH, habit, spelled, teh_or_heh, yeh_or_maksura
from cleaner.stages.letters.spans import units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cleaner.document import Document
    from cleaner.lexicon import Lexicon
    from cleaner.stages.letters.spans import Unit

STEADY = 3
"""Certainly Arabic words, from which on the writer's keyboard is to blame for the doubtful ones too."""
MOST = 0.7
"""Share of the suspect words (of a text, of an undecided line) that must be known to judge the others."""
DOUBTFUL_ODDS = -3.0
"""Log₂ odds under which a word of an Arabic line is left to another language."""
FEW = 4
"""Words of a name."""
ODDS_BETWEEN_KNOWN = -10.0
"""The same for a word between two words that the lexicon knows."""
LINE_ODDS = 2.0
"""Log₂ odds that an undecided line needs if none of its words has the shape of an Arabic word."""
QUOTATION_ODDS = 3.5
"""The same for an undecided quotation, which is foreign more often."""

_NON_JOINER = "\u200c"  # ZERO WIDTH NON-JOINER
_EZAFE = "\u06cc\u0654"  # FARSI YEH with HAMZA ABOVE: it has no Arabic counterpart
_LETTERS = "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff"
_INSIDE_MAKSURA = "\u0649(?=[\u0622-\u063a\u0641-\u064a])"  # before a letter other than hamza
_DROPPED = re.compile(f"[{MARKS}\u0640\u200c]+")


class Row(NamedTuple):
    """What one look-alike letter stands for."""

    rule: str
    inside: str
    final: tuple[str, ...]


class Suspect(NamedTuple):
    """A word with suspect letters, what it should be, and how sure that is."""

    start: int
    text: str
    mended: str
    verdict: Verdict
    known: bool
    shaped: bool
    between_known: bool
    foreign_word: bool
    odds: float

    @property
    def certain(self) -> bool:
        """Whether the word is Arabic whatever stands around it."""
        return self.verdict is Verdict.ARABIC and (self.shaped or (self.known and self.odds >= 0))

    def probable(self) -> bool:
        """Tell whether the word is Arabic as far as it and its neighbours show."""
        if self.foreign_word:
            return False
        if self.shaped or (self.known and self.odds >= QUOTATION_ODDS):
            return True
        if self.verdict is not Verdict.ARABIC:
            return False
        return (self.known and self.odds >= DOUBTFUL_ODDS) or (
            self.between_known and self.odds >= ODDS_BETWEEN_KNOWN
        )


@cache
def _rows() -> Mapping[str, Row]:
    return {
        row["letter"]: Row(f"look-alikes.{row['rule']}", row["inside"], tuple(row["final"]))
        for row in table("look_alikes")["letter"]
    }


@cache
def _suspect_word() -> re.Pattern[str]:
    letters = "".join(_rows())
    word = f"[{_LETTERS}{MARKS}\u0640{_NON_JOINER}]"
    return re.compile(f"{word}*?(?:[{letters}{_NON_JOINER}]|{_INSIDE_MAKSURA}){word}*")


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """Put the Arabic letter where one of another language stands in an Arabic word."""

    settled: ClassVar[bool] = True

    def __call__(self, document: Document) -> Iterable[Edit]:
        """Return an edit for each letter."""
        text = document.text
        foreign = alphabet.kinds(text) & (alphabet.LOOK_ALIKE | alphabet.FOREIGN)
        if not (foreign or _inside_maksura(text)) or is_foreign(document):
            return ()
        return list(_mend(text))


def _inside_maksura(text: str) -> bool:
    return _MAKSURA.search(text) is not None


_MAKSURA = re.compile(_INSIDE_MAKSURA)


def _mend(text: str) -> Iterator[Edit]:
    """Mend what is certain first; how much that is decides about the rest."""
    writer = _Writer(text)
    judged = [
        (unit, list(writer.suspects(unit)))
        for unit in units(text, _suspect_word().search)
        if unit.verdict is not Verdict.FOREIGN
    ]
    suspects = [suspect for _, found in judged for suspect in found]
    certain = sum(suspect.certain for suspect in suspects)
    steady = certain >= STEADY and certain >= MOST * len(suspects)
    for unit, found in judged:
        if unit.verdict is Verdict.ARABIC:
            chosen = found if steady else [suspect for suspect in found if suspect.probable()]
        else:
            chosen = found if found and _is_arabic(unit, found, faulty=certain > 0, steady=steady) else []
        for suspect in chosen:
            yield from _edits(suspect)


def _is_arabic(unit: Unit, suspects: Sequence[Suspect], *, faulty: bool, steady: bool) -> bool:
    """Tell whether the *suspects* of an undecided *unit* of an Arabic page are Arabic: a tag cloud, a name.

    A page is *faulty* if a word of it is mended for certain: then a name is not quoted in another language,
    but typed on the same keyboard.
    """
    foreign = sum(word.points.foreign for word in unit.words)
    if foreign and any(suspect.foreign_word for suspect in suspects):
        return False
    if not foreign and (any(suspect.shaped for suspect in suspects) or (faulty and len(unit.words) <= FEW)):
        return True
    known = [lexicon().known(word.skeleton) for word in unit.words] + [suspect.known for suspect in suspects]
    if sum(known) < (1 if unit.quoted else MOST) * len(known):
        return False
    odds = sum(suspect.odds for suspect in suspects) / len(suspects)
    return odds > (0.0 if steady else QUOTATION_ODDS if unit.quoted else LINE_ODDS)


class _Writer:
    """Spells words the Arabic way, as *text* around them does."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lexicon = lexicon()
        self.both = habit(text)
        self.endings = spelled(text)

    def suspects(self, unit: Unit) -> Iterator[Suspect]:
        """Yield the words of *unit* that have suspect letters and may be Arabic."""
        for at, (word, verdict) in enumerate(zip(unit.words, unit.verdicts(), strict=True)):
            found = self.text[word.start : word.end]
            if verdict is Verdict.FOREIGN or not _suspect_word().search(found):
                continue
            plain = _DROPPED.sub("", found)
            if not plain or _EZAFE in found or proves_foreign(word.skeleton.replace(_NON_JOINER, "")):
                continue
            around = [
                unit.words[near].skeleton if 0 <= near < len(unit.words) else "" for near in (at - 1, at + 1)
            ]
            mended = self._spell(plain, *self._neighbours(unit, at))
            known = mended is not None and self.lexicon.known(mended)
            if mended is None or not (known or self._may_be_unknown(found, plain)):
                continue
            written = skeleton(plain)
            yield Suspect(
                start=word.start,
                text=found,
                mended=mended,
                verdict=verdict,
                known=known,
                shaped=has_arabic_shape(mended),
                between_known=all(self.lexicon.known(near) for near in around if near),
                foreign_word=is_foreign_word(written),
                odds=self.lexicon.odds(mended, written),
            )

    def _neighbours(self, unit: Unit, at: int) -> tuple[str, str]:
        """Return the words beside word *at* as the lexicon names them: `BREAK` for punctuation."""
        previous, following = unit.words[at - 1 : at], unit.words[at + 1 : at + 2]
        return (
            previous[0].skeleton if previous and previous[0].behind == " " else BREAK,
            following[0].skeleton if following and unit.words[at].behind == " " else BREAK,
        )

    def _may_be_unknown(self, found: str, plain: str) -> bool:
        """Tell whether *found* may be mended without the lexicon: not with a non-joiner or alef maksura inside."""
        return _NON_JOINER not in found[1:-1] and not _MAKSURA.search(plain)

    def _spell(self, plain: str, previous: str, following: str) -> str | None:
        """Return the Arabic spelling of *plain*, a word without marks; None if it has none."""
        rows = _rows()
        letters = [rows[letter].inside if letter in rows else letter for letter in plain[:-1]]
        if "" in letters or (_MAKSURA.search(plain) and _glued(plain, self.lexicon)):
            return None
        stem = "".join(letters).replace(ALEF_MAKSURA, YEH)
        last = plain[-1]
        endings = rows[last].final if last in rows else (last,)
        if len(endings) == 1:
            return stem + endings[0]
        if YEH in endings:
            return stem + (self.both or yeh_or_maksura(self.lexicon, stem, previous, following, self.endings))
        return stem + teh_or_heh(self.lexicon, stem)


def _glued(plain: str, known: Lexicon) -> bool:
    """Tell whether an alef maksura inside *plain* ends one word to which the next is glued."""
    at = plain.find(ALEF_MAKSURA)
    return 0 < at < len(plain) - 1 and plain[: at + 1] in known.arabic and known.known(plain[at + 1 :])


def _edits(word: Suspect) -> Iterator[Edit]:
    """Yield an edit for every letter in which *word* and its mended spelling differ."""
    rows = _rows()
    mended = iter(word.mended)
    for at, letter in enumerate(word.text):
        if _DROPPED.match(letter):
            if letter == _NON_JOINER:
                yield Edit(word.start + at, letter, "", "look-alikes.zero-width-non-joiner")
            continue
        after = next(mended)
        if after != letter:
            rule = rows[letter].rule if letter in rows else "look-alikes.alef-maksura"
            yield Edit(word.start + at, letter, after, rule)
