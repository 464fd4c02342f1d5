"""Put the letters of a lam-alef back in order that a converter has swapped: االجتماع becomes الاجتماع."""

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

SWAPPED = "اال"
_WORD = re.compile("[وفبك]?اال[\u0621-\u063a\u0641-\u064a]{2,}")
_USUAL = 22  # level of a word in 45 articles


@dataclass(frozen=True, slots=True)
class LamAlef:
    """Find words that are unknown as they stand, and usual with the letters in order."""

    settled: ClassVar[bool] = True

    def __call__(self, document: Document) -> Iterable[Edit]:
        """Return an edit for every word."""
        if SWAPPED not in document.text or is_foreign(document):
            return ()
        return list(_edits(document.text))


def _edits(text: str) -> Iterator[Edit]:
    known = lexicon().arabic
    for word in _WORD.finditer(text):
        ordered = word[0].replace(SWAPPED, "الا", 1)
        if known.get(ordered, -1) >= _USUAL > known.get(word[0], -1):
            at = word.start() + word[0].index(SWAPPED)
            yield Edit(at, SWAPPED, "الا", "lam-alef.swapped")
