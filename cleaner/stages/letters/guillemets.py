"""Turn guillemets that open where they should close, or close where they should open: و»كالة» becomes و«كالة»."""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from cleaner.document import Edit
from cleaner.language import is_foreign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.document import Document

_GUILLEMET = re.compile("[«»]")
_BEFORE_OPENING = re.compile(r"(?:^|[\s(\[:])[وفبلك]?ـ?$")
_AFTER_CLOSING = re.compile(r"[\s.,،؛:!?؟)\]]|$")


class Mark(NamedTuple):
    """A guillemet, and which way its neighbours want it to be turned: `«`, `»`, or empty for either."""

    start: int
    written: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Guillemets:
    """Find guillemets turned round, where all others of the line prove it."""

    settled: ClassVar[bool] = True

    def __call__(self, document: Document) -> Iterable[Edit]:
        """Return an edit for every guillemet that is turned round."""
        text = document.text
        if ("«" not in text and "»" not in text) or text.count("«") == text.count("»") == text.count("» "):
            return ()
        found = list(_edits(text))
        return () if found and is_foreign(document) else found


def _edits(text: str) -> Iterator[Edit]:
    start = 0
    for line in text.split("\n"):
        marks = [_mark(line, match.start(), start) for match in _GUILLEMET.finditer(line)]
        yield from _turned(marks)
        start += len(line) + 1


def _mark(line: str, at: int, offset: int) -> Mark:
    opens = _BEFORE_OPENING.search(line[max(0, at - 3) : at]) and line[at + 1 : at + 2].strip()
    closes = line[:at].strip() and not line[at - 1].isspace() and _AFTER_CLOSING.match(line, at + 1)
    wanted = "«" if opens and not closes else "»" if closes and not opens else ""
    return Mark(offset + at, line[at], wanted)


def _turned(marks: list[Mark]) -> Iterator[Edit]:
    """Yield an edit for each mark that stands wrong between two that stand right: « » or the line's end."""
    for at, mark in enumerate(marks):
        if mark.wanted in {"", mark.written}:
            continue
        before = marks[at - 1].written if at else ""
        behind = marks[at + 1].written if at + 1 < len(marks) else ""
        if mark.wanted == "«" and before != "«" and behind == "»" and marks[at + 1].wanted != "«":
            yield Edit(mark.start, mark.written, "«", "guillemets.opening")
        elif mark.wanted == "»" and before == "«" and behind != "»" and marks[at - 1].wanted != "»":
            yield Edit(mark.start, mark.written, "»", "guillemets.closing")
