"""Put combining marks in canonical order, compose hamza and madda, and drop marks written twice."""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, ClassVar
import unicodedata

from cleaner import alphabet
from cleaner.document import Edit
from cleaner.folding import MARKS
from cleaner.language import is_foreign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.document import Document

_LETTER = re.compile("[\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5]")
# Two marks, or one that has a composed form with its letter: MADDAH ABOVE, HAMZA ABOVE, HAMZA BELOW.
_CLUSTER = re.compile(f"[{MARKS}](?:[{MARKS}]+|(?<=[\u0653-\u0655]))")
_DETACHED = tuple(f" {chr(mark)}" for mark in range(0x064B, 0x0653))  # FATHATAN to SUKUN
_TWICE = re.compile(f"([{MARKS}])\\1+")


@dataclass(frozen=True, slots=True)
class Marks:
    """Find combining marks that are stored in another way than Unicode normal form C."""

    settled: ClassVar[bool] = True

    def __call__(self, document: Document) -> Iterable[Edit]:
        """Return an edit for every letter whose marks change."""
        text = document.text
        if not alphabet.kinds(text) & alphabet.MARK:
            return ()
        found = list(_edits(text))
        return () if found and is_foreign(document) else found


def _edits(text: str) -> Iterator[Edit]:
    for cluster in _CLUSTER.finditer(text):
        start = cluster.start()
        if _LETTER.match(text[max(0, start - 1) : start]):
            start -= 1
        written = text[start : cluster.end()]
        composed = unicodedata.normalize("NFC", written)
        once = unicodedata.normalize("NFC", _TWICE.sub(r"\1", composed))
        if once != written:
            yield Edit(start, written, once, "marks.order" if once == composed else "marks.twice")
    for detached in _DETACHED:
        at = text.find(detached)
        while at >= 0:
            if _LETTER.match(text[max(0, at - 1) : at]):
                yield Edit(at, " ", "", "marks.detached")
            at = text.find(detached, at + 1)
