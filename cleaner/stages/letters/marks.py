"""Put combining marks in canonical order, compose hamza and madda, and remove doubled marks."""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, ClassVar
import unicodedata

from cleaner.document import Edit
from cleaner.stages.letters.spans import outside_foreign
from cleaner.text import alphabet
from cleaner.text.folding import MARKS
from cleaner.text.screens import Kinds, Screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.document import Document

LONGEST = 9
"""Code points before a detached mark in which its letter is searched."""
MOST = 30
"""Marks on one letter in any writing system (Unicode's stream-safe format). Longer runs are left as they
are."""

_LETTER = re.compile("[\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5]")
TATWEEL = "\u0640"  # ARABIC TATWEEL
_COMPOSED = "\u0653\u0654\u0655"  # MADDAH ABOVE, HAMZA ABOVE, HAMZA BELOW
# A single mark right behind its letter is correct, unless it can be composed with the letter.
_MARKS = re.compile(f"[{MARKS}](?:(?<= .)|(?=[{MARKS}])|(?<=[{_COMPOSED}]))[{MARKS}]*")
_DETACHED = re.compile(f"{_LETTER.pattern}[{MARKS}]* $")
_HARAKA = re.compile("[\u064b-\u0652]")
_TWICE = re.compile(f"([{MARKS}])\\1+")


@dataclass(frozen=True, slots=True)
class Marks:
    """Find combining marks that are stored in another way than Unicode normal form C."""

    settled: ClassVar[bool] = True
    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = Kinds(alphabet.MARK)

    def __call__(self, document: Document) -> Iterable[Edit]:
        """Return an edit for each letter whose marks change."""
        text = document.text
        found = list(_edits(text))
        return outside_foreign(text, found) if found else ()


def _edits(text: str) -> Iterator[Edit]:
    """Yield an edit for each run of marks that is not in normal form, doubled, or detached by a space."""
    for marks in _MARKS.finditer(text):
        start, end = marks.span()
        if end - start > MOST:
            continue
        before = _DETACHED.search(text[max(0, start - LONGEST) : start])
        if before and _may_join(marks[0], text[end : end + 1]):
            first = start - len(before[0])
            yield Edit(first, text[first:end], _once(before[0][:-1] + marks[0]), "marks.detached")
        else:
            yield from _cluster(text, start, end)


def _may_join(marks: str, behind: str) -> bool:
    """Return whether *marks*, behind a space, may be joined to the letter before it: only harakat may.

    If tatweel stands *behind* them, joining would give the tatweel stage, which runs earlier, something to
    find.
    """
    return behind != TATWEEL and _HARAKA.match(_once(marks)) is not None


def _cluster(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield the edit that composes the marks from *start* to *end* with their letter, if they change."""
    if _LETTER.match(text[max(0, start - 1) : start]):
        start -= 1
    written = text[start:end]
    once = _once(written)
    if once != written:
        same = once == unicodedata.normalize("NFC", written)
        yield Edit(start, written, once, "marks.order" if same else "marks.twice")


def _once(cluster: str) -> str:
    """Return *cluster* in Unicode normal form C, with each mark only once in a row."""
    return unicodedata.normalize("NFC", _TWICE.sub(r"\1", unicodedata.normalize("NFC", cluster)))
