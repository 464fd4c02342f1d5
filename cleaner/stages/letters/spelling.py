"""Spell a word that has look-alike letters with Arabic letters, and tell how certain that is."""

from __future__ import annotations

from functools import cache, lru_cache
import re
from typing import TYPE_CHECKING, NamedTuple

from cleaner.rules import rows_of, table
from cleaner.stages.letters.endings import ALEF_MAKSURA, YEH
from cleaner.stages.letters.writers import SAFE, Writer
from cleaner.text.folding import MARKS
from cleaner.text.language import (
    LanguageDecision,
    has_arabic_shape,
    is_foreign_word,
    proves_foreign,
    skeleton,
)
from cleaner.text.lexicon import BREAK, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cleaner.stages.letters.spans import Unit, Word
    from cleaner.text.lexicon import Lexicon

DOUBTFUL_ODDS = -3.0
"""Log₂ odds below which a known word in an Arabic line is left as a word of another language."""
ODDS_BETWEEN_KNOWN = -10.0
"""The same limit for a word, known or not, all of whose neighbours the lexicon knows."""
CERTAIN_ODDS = 3.5
"""Log₂ odds from which on a known word is Arabic even if its line and neighbours decide nothing."""

RARE = 20
"""Level of a word that stands in 32 of the lexicon's articles."""
USUAL = 36
"""Level of a word that stands in 512 of them."""
SUFFIXES = ("ة", "ا", "ات", "ين", "ون", "ه", "ها", "هم", "هما", "هن", "ك", "كم", "نا")
"""Endings that are written onto a word and are no words themselves."""

NON_JOINER = "\u200c"  # ZERO WIDTH NON-JOINER
DROPPED = re.compile(f"[{MARKS}\u0640\u200c]+")
"""Characters that are left out when a word is looked up: marks, tatweel and the non-joiner."""

# ALEF MAKSURA or FARSI YEH with HAMZA ABOVE, as Persian has it, or SUPERSCRIPT ALEF, as Urdu has it.
_FOREIGN_YEH = re.compile(f"[\u0649\u06cc][{MARKS}]*\u0654|\u06cc[{MARKS}]*\u0670")
INSIDE_MAKSURA = re.compile("\u0649(?=[\u0622-\u063a\u0641-\u064a])")
"""ALEF MAKSURA before a letter other than hamza."""


class LookAlike(NamedTuple):
    """What a look-alike letter stands for: *inside* a word ("": it proves a foreign word), and at its end.

    *final* holds one letter, or two, the likelier first.
    """

    rule: str
    inside: str
    final: tuple[str, ...]


class Spelling(NamedTuple):
    """A word in Arabic letters, and the evidence for it, apart from its neighbours.

    *mended* is the Arabic spelling; *known*: the lexicon has it; *shaped*: it has the shape of an Arabic
    word; *foreign_word*: the word as written is a usual one of another language; *odds* are the log₂ odds for
    Arabic.
    """

    mended: str
    known: bool
    shaped: bool
    foreign_word: bool
    odds: float


class Suspect(NamedTuple):
    """A word with suspect letters, its Arabic spelling, and how certain that is.

    It is not *settled* if its last letter may stand for two letters and nothing decides which. *around* are
    the skeletons of the words beside it.
    """

    start: int
    text: str
    spelling: Spelling
    settled: bool
    decision: LanguageDecision
    around: tuple[str, ...]

    @property
    def certain(self) -> bool:
        """Whether the word is Arabic by its own evidence, in a place that is decided as Arabic."""
        word = self.spelling
        return self.decision is LanguageDecision.ARABIC and (word.shaped or (word.known and word.odds >= 0))

    @property
    def probable(self) -> bool:
        """Whether the word is probably Arabic, by its own evidence and its neighbours."""
        word = self.spelling
        if word.foreign_word:
            return False
        if word.shaped or (word.known and word.odds >= CERTAIN_ODDS):
            return True
        if self.decision is not LanguageDecision.ARABIC:
            return False
        return (word.known and word.odds >= DOUBTFUL_ODDS) or (
            word.odds >= ODDS_BETWEEN_KNOWN and all(map(lexicon().known, self.around))
        )


@cache
def look_alikes() -> Mapping[str, LookAlike]:
    """Return the rows of table `look_alikes` by their letter."""
    return {
        row["letter"]: LookAlike(row["id"], row["inside"], tuple(row["final"]))
        for row in rows_of("look_alikes", "letter")
    }


@cache
def suspect_letter() -> re.Pattern[str]:
    """Return a pattern for look-alike and unsafe letters, the non-joiner, and alef maksura inside a word."""
    letters = "".join((*look_alikes(), *table("look_alikes")["unsafe"], NON_JOINER))
    return re.compile(f"[{letters}]|{INSIDE_MAKSURA.pattern}")


class Speller:
    """Spells words with Arabic letters, with the endings that the writer of *text* uses."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.writer = Writer(text)

    def suspects(self, unit: Unit) -> Iterator[tuple[Word, Suspect | None]]:
        """Yield the words of *unit* that have suspect letters and are not foreign, each with its `Suspect`.

        This is None if no spelling is safe; such a word is yielded only where Arabic is expected.
        """
        search = suspect_letter().search
        for at, word in enumerate(unit.words):
            if search(self.text, word.start, word.end):
                decision = unit.decision_at(at)
                suspect = None if decision is LanguageDecision.FOREIGN else self._suspect(unit, at, decision)
                if suspect or decision is LanguageDecision.ARABIC:
                    yield word, suspect

    def _suspect(self, unit: Unit, at: int, decision: LanguageDecision) -> Suspect | None:
        """Return word *at* of *unit* with its Arabic spelling, or None if it has none that is safe."""
        word = unit.words[at]
        found = self.text[word.start : word.end]
        stem = _stem(found)
        if stem is None:
            return None
        ending, settled = self._ending(unit, at, *stem)
        spelling = _spelling(found, ending)
        if spelling is None:
            return None
        around = tuple(unit.words[near].skeleton for near in (at - 1, at + 1) if 0 <= near < len(unit.words))
        return Suspect(word.start, found, spelling, settled, decision, around)

    def _neighbours(self, unit: Unit, at: int) -> tuple[str, str]:
        """Return the words beside word *at* as the lexicon names them: `BREAK` where there is none."""
        previous, following = unit.words[max(0, at - 1) : at], unit.words[at + 1 : at + 2]
        return (
            previous[0].skeleton if previous and previous[0].behind == " " else BREAK,
            following[0].skeleton if following and unit.words[at].behind == " " else BREAK,
        )

    def _ending(self, unit: Unit, at: int, stem: str, last: str) -> tuple[str, bool]:
        """Return what the letter *last* stands for behind *stem*, and whether that is certain enough."""
        endings = look_alikes()[last].final if last in look_alikes() else (last,)
        if len(endings) == 1:
            return endings[0], True
        first, second = endings
        odds = self.writer.odds(stem, first, *self._neighbours(unit, at))
        return first if odds >= 0 else second, abs(odds) >= SAFE


@lru_cache(maxsize=1 << 16)
def _stem(found: str) -> tuple[str, str] | None:
    """Return *found* in Arabic letters without the last one, and the last one as written; None if foreign."""
    plain = DROPPED.sub("", found)
    if not plain or _FOREIGN_YEH.search(found) or proves_foreign(skeleton(plain)):
        return None
    known = look_alikes()
    letters = [known[letter].inside if letter in known else letter for letter in plain[:-1]]
    return None if "" in letters else ("".join(letters).replace(ALEF_MAKSURA, YEH), plain[-1])


@lru_cache(maxsize=1 << 16)
def _spelling(found: str, ending: str) -> Spelling | None:
    """Return the Arabic spelling of the word *found* with this *ending*, or None if none is safe."""
    plain = DROPPED.sub("", found)
    written = skeleton(plain)
    stem = _stem(found)
    mended = stem[0] + ending if stem else ""
    known = lexicon().known(mended)
    if NON_JOINER in found[1:-1] and not known:
        return None
    if INSIDE_MAKSURA.search(plain) and not _stands_for_yeh(plain, mended, lexicon()):
        return None
    return Spelling(
        mended=mended,
        known=known,
        shaped=has_arabic_shape(mended[:-1] + plain[-1]),
        foreign_word=is_foreign_word(written),
        odds=lexicon().odds(mended, written),
    )


def _stands_for_yeh(plain: str, mended: str, known: Lexicon) -> bool:
    """Return whether the alef maksura inside *plain* stands for the yeh of *mended*.

    It may also be a typing slip: then the word without that letter is more usual. Or a space is missing
    behind it: then the part before it is a usual word.
    """
    at = plain.find(ALEF_MAKSURA)
    first, second = plain[: at + 1], plain[at + 1 :]
    level = known.arabic.get(mended, -1)
    if (
        at == 0
        or second.startswith(YEH)
        or level < RARE
        or known.arabic.get(first[:-1] + second, -1) >= level
    ):
        return False
    return second in SUFFIXES or known.arabic.get(first, -1) < USUAL
