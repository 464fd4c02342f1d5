"""Remove the strokes that stretch a word, and keep those that have a meaning: 1445هـ, بـ«…», أـ."""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, ClassVar

from cleaner.document import Edit
from cleaner.stages.letters.spans import outside_foreign
from cleaner.text.folding import MARKS
from cleaner.text.screens import Screen, Suspects

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.document import Document

TATWEEL = "\u0640"  # ARABIC TATWEEL
LONGEST = 100
"""Code points before a letter in which strokes are searched; a longer run is an ornament."""

_LETTER = f"[\u0620-\u063f\u0641-\u064a\u0671-\u06d3\u06d5{MARKS}]"
_LAST = re.compile(f"{TATWEEL}(?={_LETTER})")
# A single stroke behind a word's first letter may set off a proclitic or a list letter: بـالقاهرة.
_STRETCH = re.compile(f"(?:(?<=[{TATWEEL}{_LETTER[1:]}{_LETTER}){TATWEEL}+|(?<={_LETTER}){TATWEEL}{{2,}})$")


@dataclass(frozen=True, slots=True)
class Tatweel:
    """Find tatweel between two letters of a word; all of it stays if *keep*."""

    settled: ClassVar[bool] = True
    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = Suspects(frozenset(TATWEEL))
    keep: bool = False

    def __call__(self, document: Document) -> Iterable[Edit]:
        """Return an edit that removes each run of strokes; none if *keep*."""
        text = document.text
        if self.keep:
            return ()
        found = [
            Edit(last.end() - len(stretch[0]), stretch[0], "", "tatweel.inside")
            for last in _LAST.finditer(text)
            if (stretch := _STRETCH.search(text[max(0, last.end() - LONGEST) : last.end()]))
        ]
        return outside_foreign(text, found) if found else ()
