"""Mend Latin words that hold a Greek or Cyrillic letter of the same shape."""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, ClassVar

from cleaner.document import Edit
from cleaner.rules import table
from cleaner.text import alphabet
from cleaner.text.screens import Kinds, Screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.document import Document

_OTHER = "[\u0370-\u052f]"
_EITHER = "[A-Za-z\u0370-\u052f]"
_MIXED = re.compile(f"(?<!{_EITHER})(?:[A-Za-z]++{_OTHER}|{_OTHER}++[A-Za-z]){_EITHER}*")


@dataclass(frozen=True, slots=True)
class Homoglyphs:
    """Find words that mix alphabets of the same shape."""

    settled: ClassVar[bool] = True
    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = Kinds(alphabet.GREEK_OR_CYRILLIC)

    def __call__(self, document: Document) -> Iterable[Edit]:
        """Return an edit for each Greek or Cyrillic letter in a Latin word."""
        return list(_edits(document.text))


def _edits(text: str) -> Iterator[Edit]:
    """Yield the edits for words of three or more letters, fewer than half of them Greek or Cyrillic."""
    shapes = table("homoglyphs")["letters"]
    for word in _MIXED.finditer(text):
        others = [(at, letter) for at, letter in enumerate(word[0]) if not letter.isascii()]
        enough = len(word[0]) >= 3 and 2 * len(others) < len(word[0])
        if enough and all(letter in shapes for _, letter in others):
            for at, letter in others:
                yield Edit(word.start() + at, letter, shapes[letter], "homoglyphs.latin")
