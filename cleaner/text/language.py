"""Which language a text is in: evidence from its words and letters, and the decision drawn from it.

Only Arabic texts are edited; foreign and undecided texts keep their letters byte for byte. Here the decision
is made for whole documents; the stage that mends look-alike letters makes it for lines and quotations.
"""

from __future__ import annotations

from enum import Enum
from functools import cache, lru_cache
import re
from typing import TYPE_CHECKING, NamedTuple

from cleaner.rules import table
from cleaner.text import alphabet
from cleaner.text.folding import MARKS, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cleaner.document import Document

ARABIC = "ar"
UNDECIDED = "und"

_ARABIC_SCRIPT = (
    alphabet.ARABIC | alphabet.LOOK_ALIKE | alphabet.FOREIGN | alphabet.LOAN | alphabet.PRESENTATION
)
_OTHER_SCRIPTS = alphabet.LATIN | alphabet.OTHER_LETTER
_SUSPECTS = alphabet.LOOK_ALIKE | alphabet.FOREIGN | alphabet.LOAN | alphabet.PRESENTATION
_MARKS = re.compile(f"[{MARKS}\u0640]+")
_WORD = re.compile("[\u0620-\u064a\u0671-\u06d5\u06ee-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\u200c]+")
_MARKED_WORD = re.compile(f"{_WORD.pattern[:-2]}{MARKS}\u0640]+")
_TAG = re.compile(r"<(script|style)\b(?:(?!<\1\b).)*?</\1>|<[^<>]{1,600}>", re.DOTALL | re.IGNORECASE)
_ARABIC_SHAPE = re.compile(
    "(?:[وفب]?ال|[وف]?لل)[\u0621-\u064a]{4}"  # the article before a word of four letters or more
    "|.*\u0625"  # ALEF WITH HAMZA BELOW
    "|.{2,}\u0629$"  # TEH MARBUTA
)
_URDU = re.compile("[\u06c1-\u06c3\u06be\u06d2]")  # heh, teh marbuta and yeh of Urdu
_TANWIN = re.compile("\u064b\u0627?(?![\u0621-\u064a])")
_SPELLINGS = (
    ("\u06cc", "\u064a"),  # FARSI YEH
    ("\u0649", "\u064a"),  # ALEF MAKSURA
    ("\u06d2", "\u064a"),  # YEH BARREE
    ("\u06a9", "\u0643"),  # KEHEH
    ("\u06aa", "\u0643"),  # SWASH KAF
    ("\u06c1", "\u0647"),  # HEH GOAL
    ("\u06be", "\u0647"),  # HEH DOACHASHMEE
    ("\u06c3", "\u0629"),  # TEH MARBUTA GOAL
)

# Arabic news has 14 or more words with the article «ال» in 1,000 characters (99.9 % of 15,100 texts); no text
# of 13 other languages reached 13.
_DENSITY = 14 / 1000
# A page that also holds letters of other languages needs more to be taken for Arabic at first sight (95 % of
# the Arabic texts have 28 or more).
_CLEAR_DENSITY = 25 / 1000
_FEWEST = 5  # words with the article; with fewer, a text is too short for a density


class LanguageDecision(Enum):
    """What the evidence in a stretch of text says about its language."""

    ARABIC = "Arabic"
    FOREIGN = "foreign"
    UNDECIDED = "undecided"


class Evidence(NamedTuple):
    """Points for Arabic, and points for other languages."""

    arabic: float
    foreign: float

    @property
    def decision(self) -> LanguageDecision:
        """The decision that the points give.

        Arabic needs 2 points and at least three times the foreign ones, foreign 2 points and at least two
        thirds of the Arabic ones.
        """
        if self.arabic >= 2 and self.arabic >= 3 * self.foreign:
            return LanguageDecision.ARABIC
        if self.foreign >= 2 and 1.5 * self.foreign >= self.arabic:
            return LanguageDecision.FOREIGN
        return LanguageDecision.UNDECIDED


def skeleton(text: str) -> str:
    """Return *text* with every yeh, kaf and heh spelled as in Arabic, and marks and tatweel dropped."""
    for letter, plain in _SPELLINGS:
        if letter in text:
            text = text.replace(letter, plain)
    return _MARKS.sub("", text) if _MARKS.search(text) else text


def words(text: str) -> list[str]:
    """Return the words of Arabic script in *text*, spelled as by `skeleton`."""
    return _WORD.findall(skeleton(text))


def weighed_words(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, Evidence]]:
    """Yield start, end, skeleton and evidence of each Arabic-script word in *text* from *start* to *end*."""
    for match in _MARKED_WORD.finditer(text, start, end):
        yield match.start(), match.end(), *_weighed(match[0])


@lru_cache(maxsize=1 << 16)
def _weighed(written: str) -> tuple[str, Evidence]:
    word = skeleton(written)
    return word, points(word, written)


@cache
def _function_words() -> Mapping[str, frozenset[str]]:
    return {row["code"]: frozenset(row["words"].split()) for row in table("languages")["language"]}


@cache
def _foreign_words() -> frozenset[str]:
    every = _function_words()
    return frozenset().union(*(every[code] for code in every if code != ARABIC)) - every[ARABIC]


@cache
def _proof() -> re.Pattern[str]:
    """Return a pattern for what no Arabic word has, for words spelled as by `skeleton`.

    That is a foreign letter, or ZERO WIDTH NON-JOINER or AE inside the word.
    """
    first, last = "\u0672", "\u06d3"
    loans = "".join(table("languages")["loan_letters"])
    return re.compile(
        f"(?:(?![{loans}])[\u0620\u063b-\u063f{first}-{last}\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff]"
        "|(?<=\\w)\u200c(?=\\w)|\u06d5\\w)"
    )


@cache
def _loan() -> re.Pattern[str]:
    return re.compile("[" + "".join(table("languages")["loan_letters"]) + "]")


def is_foreign_word(word: str) -> bool:
    """Return whether *word*, spelled as by `words`, is a function word of another language only."""
    return word in _foreign_words()


def proves_foreign(word: str) -> bool:
    """Return whether *word*, spelled as by `words`, has a foreign letter or one that Arabic borrows."""
    return _proof().search(word) is not None or _loan().search(word) is not None


def has_arabic_shape(word: str) -> bool:
    """Return whether *word* has the article, a hamza below alef or a teh marbuta."""
    return _ARABIC_SHAPE.match(word) is not None


def points(word: str, written: str) -> Evidence:
    """Return the evidence of one *word*, spelled as by `words`, that stands in the text as *written*.

    A function word gives 2 points, the shape of an Arabic word 1.5, a foreign letter 3, a borrowed one 1. A
    word with letters of Urdu gives Arabic no points.
    """
    if word in _foreign_words():
        return Evidence(0, 2)
    if _proof().search(word):
        joined = word.replace("\u200c", "")  # a ZERO WIDTH NON-JOINER alone may be an error
        return Evidence(0, 0 if _ARABIC_SHAPE.match(joined) and not _proof().search(joined) else 3)
    if _loan().search(word):
        return Evidence(0, 1)
    if _URDU.search(written):
        return Evidence(0, 0)
    if word in _function_words()[ARABIC]:
        return Evidence(2, 0)
    return Evidence(1.5, 0) if _ARABIC_SHAPE.match(word) else Evidence(0, 0)


def evidence(text: str) -> Evidence:
    """Return the evidence of *text*: the points of its words, and those of signs that mark a language."""
    weighed = [word[-1] for word in weighed_words(text, 0, len(text))]
    return Evidence(
        sum(word.arabic for word in weighed) + 1.5 * len(_TANWIN.findall(text)),
        sum(word.foreign for word in weighed) + 3 * text.count("\u06d4"),  # ARABIC FULL STOP, of Urdu
    )


def language(text: str) -> str:
    """Return the code of the language of *text*: `ar`, that of another known language, or `und`.

    A page is Arabic if most of its evidence is, whatever it quotes. Markup does not count.
    """
    found = alphabet.kinds(text)
    if not found & _ARABIC_SCRIPT:
        return UNDECIDED
    wanted = max(_FEWEST, (_CLEAR_DENSITY if found & _SUSPECTS else _DENSITY) * len(text))
    # In most articles the first half already has enough for the whole.
    if text.count(" ال", 0, len(text) // 2) >= wanted or text.count(" ال") >= wanted:
        return ARABIC
    return _language(text, found)


def _language(text: str, found: int) -> str:
    """Return the language of a text that is not clearly Arabic; *found* are its kinds of characters."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    # Of the letters of an article a fifth or more is Arabic, even with a long embed in English.
    if alphabet.count(text, _ARABIC_SCRIPT) < 0.2 * alphabet.count(text, _ARABIC_SCRIPT | _OTHER_SCRIPTS):
        return UNDECIDED
    if found & alphabet.PRESENTATION:
        text = normalize("NFKC", text)
    weighed = evidence(text)
    if weighed.foreign >= 2 and 2 * weighed.foreign >= weighed.arabic:
        return _nearest(text)
    if weighed.decision is LanguageDecision.ARABIC or weighed.arabic >= 10:
        return ARABIC
    return UNDECIDED if found & (alphabet.LOOK_ALIKE | alphabet.FOREIGN | alphabet.LOAN) else ARABIC


def _nearest(text: str) -> str:
    """Return the foreign language with the most frequent words and letters in *text*, or `und` if too few."""
    found = words(text)
    best, most = UNDECIDED, 0.05 * len(found) + 1
    for row in table("languages")["language"]:
        if row["code"] == ARABIC:
            continue
        known, letters = _function_words()[row["code"]], frozenset(row["letters"])
        points = sum(2 if word in known else not letters.isdisjoint(word) for word in found)
        if points > most:
            best, most = row["code"], points
    return best


def is_foreign(document: Document) -> bool:
    """Return whether *document* is in another language than Arabic, or in no known one.

    The language recorded as a fact counts; without one the text is examined.
    """
    return (document.fact("language") or language(document.text)) != ARABIC
