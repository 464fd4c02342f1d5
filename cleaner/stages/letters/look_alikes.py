"""Mend letters of other languages that stand in Arabic words: کوریا الشمالیة becomes كوريا الشمالية.

What is foreign stays: the decision is taken for the document, then for each line, quotation and sentence,
then for each word with the help of the lexicon. The measures behind the thresholds stand in
`tests/letters/test_injected.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
import re
from typing import TYPE_CHECKING, NamedTuple

from cleaner import alphabet
from cleaner.document import Edit
from cleaner.folding import MARKS
from cleaner.language import Verdict, has_arabic_shape, is_foreign, proves_foreign, skeleton
from cleaner.lexicon import lexicon
from cleaner.rules import table
from cleaner.stages.letters.endings import ALEF_MAKSURA, YEH, choose, habit
from cleaner.stages.letters.spans import Span, spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cleaner.document import Document
    from cleaner.lexicon import Lexicon

STEADY = 3
"""Words mended for certain, from which on the writer's keyboard is to blame for doubtful ones as well."""
DOUBTFUL_ODDS = -3.0
"""Log₂ odds under which a word of an Arabic line is left to another language."""
UNDECIDED_ODDS = 4.0
"""Log₂ odds that a word without the shape of Arabic needs where nothing around it decides."""

_NON_JOINER = "\u200c"  # ZERO WIDTH NON-JOINER
_LETTERS = "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff"
_INSIDE_MAKSURA = "\u0649(?=[\u0622-\u063a\u0641-\u064a])"  # before a letter other than hamza
_NEIGHBOUR = re.compile(f"[{_LETTERS}]+")
_DROPPED = re.compile(f"[{MARKS}\u0640\u200c]+")


class Row(NamedTuple):
    """What one look-alike letter stands for."""

    rule: str
    inside: str
    final: tuple[str, ...]


class Word(NamedTuple):
    """A word with suspect letters, and the certainty with which it is Arabic."""

    start: int
    text: str
    mended: str
    known: bool
    shaped: bool
    odds: float


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
    pattern = _suspect_word()
    writer = _Writer(text, lexicon(), habit(text))
    judged = [
        (span, [writer.word(match) for match in pattern.finditer(text, span.start, span.end)])
        for span in spans(text, pattern.search)
        if span.verdict is not Verdict.FOREIGN
    ]
    certain = sum(
        word.known and word.odds >= 0
        for span, words in judged
        if span.verdict is Verdict.ARABIC
        for word in words
        if word
    )
    for span, words in judged:
        for word in _mendable(text, span, [word for word in words if word], steady=certain >= STEADY):
            yield from _edits(word)


def _mendable(text: str, span: Span, words: list[Word], *, steady: bool) -> Iterable[Word]:
    """Return those of the *words* of *span* that are Arabic beyond doubt."""
    if span.verdict is Verdict.ARABIC:
        familiar = steady or (len(words) >= 3 and sum(word.known for word in words) >= 0.7 * len(words))
        return [
            word for word in words
            if (word.known and word.odds >= DOUBTFUL_ODDS) or word.shaped or (familiar and word.odds >= 0)
        ]  # fmt: skip
    if not words or not all(word.known for word in words):
        return ()
    everything = _NEIGHBOUR.findall(skeleton(text[span.start : span.end]))
    if not all(lexicon().known(word) for word in everything if not any(letter in _rows() for letter in word)):
        return ()
    enough = 0.0 if steady else UNDECIDED_ODDS
    mean = sum(word.odds for word in words) / len(words)
    shaped = any(word.shaped for word in words)
    return words if mean > 0 and (shaped or mean >= enough) else ()


class _Writer:
    """Spells words the Arabic way, as *text* around them does."""

    def __init__(self, text: str, known: Lexicon, both: str) -> None:
        self.text = text
        self.lexicon = known
        self.both = both

    def word(self, match: re.Match[str]) -> Word | None:
        """Return the suspect word *match* with what it should be, or None if it cannot be Arabic."""
        found = match[0]
        plain = _DROPPED.sub("", found)
        if not plain or proves_foreign(skeleton(found.replace(_NON_JOINER, ""))):
            return None
        spelled = self._spell(plain, match)
        if spelled is None:
            return None
        non_joiner = _NON_JOINER in found
        known = self.lexicon.known(spelled)
        if non_joiner and not known:
            return None
        if _MAKSURA.search(plain) and (not known or _glued(plain, self.lexicon)):
            return None
        shaped = has_arabic_shape(spelled)
        return Word(match.start(), found, spelled, known, shaped, self.lexicon.odds(spelled, skeleton(plain)))

    def _spell(self, plain: str, match: re.Match[str]) -> str | None:
        rows = _rows()
        spelled = [rows[letter].inside if letter in rows else letter for letter in plain[:-1]]
        if "" in spelled:
            return None
        stem = "".join(spelled).replace(ALEF_MAKSURA, YEH)
        last = plain[-1]
        endings = rows[last].final if last in rows else (last,)
        if len(endings) == 1:
            return stem + endings[0]
        if YEH in endings:
            return stem + (self.both or choose(self.lexicon, stem, *self._neighbours(match)))
        return stem + max(endings, key=lambda ending: self.lexicon.level(stem + ending))

    def _neighbours(self, match: re.Match[str]) -> tuple[str, str]:
        before = _NEIGHBOUR.findall(skeleton(self.text[max(0, match.start() - 30) : match.start()]))
        behind = _NEIGHBOUR.findall(skeleton(self.text[match.end() : match.end() + 30]))
        return (before[-1] if before else ""), (behind[0] if behind else "")


def _glued(plain: str, known: Lexicon) -> bool:
    """Tell whether an alef maksura inside *plain* ends one word to which the next is glued."""
    at = plain.find(ALEF_MAKSURA)
    return 0 < at < len(plain) - 1 and plain[: at + 1] in known.arabic and known.known(plain[at + 1 :])


def _edits(word: Word) -> Iterator[Edit]:
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
