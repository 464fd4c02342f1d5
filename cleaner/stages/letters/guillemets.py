"""Turn guillemets that open where they should close, or the reverse: و»كالة» becomes و«كالة»."""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from cleaner.document import Edit, Fact
from cleaner.text import alphabet
from cleaner.text.screens import Screen, Strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.document import Document

_GUILLEMET = re.compile("[«»]")
_BEFORE_OPENING = re.compile(r"(?:^|[\s(\[:،؛\u066c])[وفبلك\u06a9\u06aa]?ـ?$")
_BEFORE_CLOSING = re.compile(r"[^\s:،؛(\[«]")  # what a quotation can end with
_AFTER_CLOSING = re.compile(r"[\s.,،؛:!?؟)\]]|$")


class Guillemet(NamedTuple):
    """A guillemet, and the direction that the characters beside it ask for: `«`, `»`, or "" for either."""

    start: int
    written: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Guillemets:
    """Find guillemets turned round, where the ones beside them prove it."""

    settled: ClassVar[bool] = True
    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = Strings("«", "»")

    def __call__(self, document: Document) -> Iterable[Edit | Fact]:
        """Return an edit for each guillemet to turn; without edits, a fact `doubt` if one has no partner."""
        text = document.text
        found: list[Edit | Fact] = []
        if not alphabet.suspects(text).isdisjoint("«»"):
            found += _edits(text)
        if not found and (surplus := text.count("«") - text.count("»")):
            found.append(Fact("doubt", "«" if surplus > 0 else "»", "guillemets.unpaired"))
        return found


def _edits(text: str) -> Iterator[Edit]:
    """Yield the edits for all guillemets together: a quotation may run over several paragraphs."""
    return _turned([_mark(text, match.start()) for match in _GUILLEMET.finditer(text)])


def _mark(text: str, at: int) -> Guillemet:
    """Return the guillemet at code point *at* of *text*."""
    opens = _BEFORE_OPENING.search(text[max(0, at - 3) : at]) and text[at + 1 : at + 2].strip()
    closes = _BEFORE_CLOSING.match(text[max(0, at - 1) : at]) and _AFTER_CLOSING.match(text, at + 1)
    wanted = "«" if opens and not closes else "»" if closes and not opens else ""
    return Guillemet(at, text[at], wanted)


def _turned(marks: list[Guillemet]) -> Iterator[Edit]:
    """Yield an edit for each wrong guillemet whose neighbours among *marks* are right."""
    for at, mark in enumerate(marks):
        if mark.wanted in {"", mark.written}:
            continue
        before = marks[at - 1].written if at else ""
        behind = marks[at + 1].written if at + 1 < len(marks) else ""
        if mark.wanted == "«" and before != "«" and behind == "»" and marks[at + 1].wanted != "«":
            yield Edit(mark.start, mark.written, "«", "guillemets.opening")
        elif mark.wanted == "»" and before == "«" and behind != "»" and marks[at - 1].wanted != "»":
            yield Edit(mark.start, mark.written, "»", "guillemets.closing")
