"""Put the letters of a lam-alef in order where a converter has swapped them: االجتماع becomes الاجتماع."""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, ClassVar

from cleaner.document import Edit
from cleaner.text.lexicon import lexicon
from cleaner.text.screens import Screen, Strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.document import Document

SWAPPED = "اال"
# A converter that swaps lam and alef does so for all forms of alef.
_WORD = re.compile("[وفبك]?ا[\u0622\u0623\u0625\u0627]ل[\u0621-\u063a\u0641-\u064a]{2,}")
_LETTERS = re.compile("ا([\u0622\u0623\u0625\u0627])ل")
_USUAL = 22  # level of a word that stands in 45 articles


@dataclass(frozen=True, slots=True)
class LamAlef:
    """Find words that are unknown as they stand, and usual with the letters in order."""

    settled: ClassVar[bool] = True
    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = Strings(SWAPPED)

    def __call__(self, document: Document) -> Iterable[Edit]:
        """Return an edit for each word with swapped letters."""
        return list(_edits(document.text))


def _edits(text: str) -> Iterator[Edit]:
    """Yield an edit for each word that is not usual as it stands, but usual with the letters in order."""
    known = lexicon().arabic
    for word in _WORD.finditer(text):
        ordered = _LETTERS.sub("ال\\1", word[0], count=1)
        if known.get(ordered, -1) >= _USUAL > known.get(word[0], -1):
            swapped = _LETTERS.search(text, word.start())
            if swapped:
                yield Edit(swapped.start(), swapped[0], f"ال{swapped[1]}", "lam-alef.swapped")
