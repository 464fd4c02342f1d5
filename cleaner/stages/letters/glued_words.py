"""Part words that a scraper has glued together, where both halves are words: 2023وكانت, المدرسةالجديدة."""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, ClassVar

from cleaner.document import Edit
from cleaner.language import is_foreign
from cleaner.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.document import Document

_LETTER = "[\u0621-\u063a\u0641-\u064a]"
_NUMBER_AND_WORD = re.compile(f"(?<![\\w./:])((?:19|20)[0-9]{{2}})({_LETTER}{{3,}})")
# Only TEH MARBUTA and ALEF MAKSURA prove the end of a word by themselves.
_TWO_WORDS = re.compile(f"(?<!\\w)({_LETTER}{{2,}}[\u0629\u0649])({_LETTER}{{3,}})(?!\\w)")


@dataclass(frozen=True, slots=True)
class GluedWords:
    """Find a year glued to a word, and two words glued where the first must end."""

    settled: ClassVar[bool] = False  # a marker may come free
    rule: ClassVar[str] = "glued-words"

    def __call__(self, document: Document) -> Iterable[Edit]:
        """Return a space for every seam."""
        found = list(_edits(document.text))
        return () if not found or is_foreign(document) else found


def _edits(text: str) -> Iterator[Edit]:
    for match in _NUMBER_AND_WORD.finditer(text):
        if _usual(match[2]):
            yield Edit(match.end(1), "", " ", "glued-words.year")
    for match in _TWO_WORDS.finditer(text):
        if _usual(match[1]) and _usual(match[2]) and match[0] not in lexicon().arabic:
            yield Edit(match.end(1), "", " ", "glued-words.word-end")


def _usual(word: str) -> bool:
    """Tell whether *word* stands in fifty articles or more as it is, not only without its clitics."""
    return lexicon().arabic.get(word, -1) >= 22
