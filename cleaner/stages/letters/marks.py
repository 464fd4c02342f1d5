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

_LETTERS = "\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5"
# Two marks, or one that has a composed form with its letter.
_CLUSTER = re.compile(f"[{_LETTERS}]?(?:[{MARKS}]{{2,}}|[\u0653-\u0655])")
_DETACHED = re.compile(f"(?<=[{_LETTERS}]) (?=[\u064b-\u0652])")
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
        once = unicodedata.normalize("NFC", _TWICE.sub(r"\1", unicodedata.normalize("NFC", cluster[0])))
        if once != cluster[0]:
            twice = len(once) < len(unicodedata.normalize("NFC", cluster[0]))
            yield Edit(cluster.start(), cluster[0], once, "marks.twice" if twice else "marks.order")
    for space in _DETACHED.finditer(text):
        yield Edit(space.start(), space[0], "", "marks.detached")
