"""Separate words that a scraper glued together, if both halves are words: 2023وكانت, المدرسةالجديدة."""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, ClassVar

from cleaner.document import Edit
from cleaner.stages.letters.spans import outside_foreign
from cleaner.text.lexicon import lexicon
from cleaner.text.screens import Screen, Suspects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.document import Document

SEAMS = frozenset("0123456789\u0629\u0649")
"""Characters behind which a letter is suspect: digits, TEH MARBUTA, ALEF MAKSURA."""

LONGEST = 20
"""Letters of a half. Usual words have fewer; the limit keeps long runs of letters from taking long."""

_LETTER = "[\u0621-\u063a\u0641-\u064a]"
# Patterns that begin with a letter or digit are searched ten times faster than patterns with a look-behind.
_YEAR = tuple(re.compile(f"{century}[0-9]{{2}}(?={_LETTER}{{3}})") for century in ("19", "20"))
# Only TEH MARBUTA and ALEF MAKSURA prove the end of a word by themselves.
_WORD_END = tuple(re.compile(f"{letter}(?={_LETTER}{{3}})") for letter in ("\u0629", "\u0649"))
_COMMA = re.compile("\u0629ن(?=\\s)")  # TEH MARBUTA, and the letter on the key of the comma
_WORD = re.compile(f"{_LETTER}{{1,{LONGEST}}}+(?!\\w)")
_BEFORE_YEAR = re.compile("[\\w./:]")
_HALF = re.compile(f"(?<!\\w){_LETTER}{{2,}}$")


@dataclass(frozen=True, slots=True)
class GluedWords:
    """Find a year glued to a word, and two words glued where the first must end."""

    settled: ClassVar[bool] = False  # a marker may become a word of its own
    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = Suspects(SEAMS)
    rule: ClassVar[str] = "glued-words"

    def __call__(self, document: Document) -> Iterable[Edit]:
        """Return an edit for each missing space, and for each comma that was typed as a letter."""
        found = [*_edits(document.text), *_commas(document.text)]
        return outside_foreign(document.text, found) if found else ()


def _edits(text: str) -> Iterator[Edit]:
    """Yield an edit for each place between a year and a word, or between two words."""
    for pattern in _YEAR:
        for year in pattern.finditer(text):
            word = _WORD.match(text, year.end())
            if (
                word
                and _usual(word[0])
                and not _BEFORE_YEAR.match(text[max(0, year.start() - 1) : year.start()])
            ):
                yield Edit(year.end(), "", " ", "glued-words.year")
    for pattern in _WORD_END:
        for letter in pattern.finditer(text):
            first = _HALF.search(text[max(0, letter.end() - LONGEST) : letter.end()])
            second = _WORD.match(text, letter.end())
            if (
                first
                and second
                and _usual(first[0])
                and _usual(second[0])
                and not _usual(first[0] + second[0])
            ):
                yield Edit(letter.end(), "", " ", "glued-words.word-end")


def _commas(text: str) -> Iterator[Edit]:
    """Yield an edit for each comma that was typed without the shift key, behind a letter that ends a word."""
    for slip in _COMMA.finditer(text):
        word = _HALF.search(text[max(0, slip.start() + 1 - LONGEST) : slip.start() + 1])
        if word and lexicon().known(word[0]):
            yield Edit(slip.start() + 1, "ن", "،", "glued-words.comma")


def _usual(word: str) -> bool:
    """Return whether *word* itself, not only without its clitics, stands in about 45 articles or more."""
    return lexicon().arabic.get(word, -1) >= 22
