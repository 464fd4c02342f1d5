"""Remove passages that recur in the articles of their source, as counted by a count pass."""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from cleaner.document import Edit, Fact
from cleaner.recurring.passages import Lines, Passage, Place, passages, source_number
from cleaner.recurring.recurrences import NO_RECURRENCES, Recurrences
from cleaner.text.folding import fold, lower

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.document import Document, Finding

RULE = "recurring"
FACT = "recurrence"
"""The fact that says beside each removal in how many of the source's articles the passage stands."""
TITLE_SHARE = 0.1
"""Share of a source's articles from which on a line is not kept as the title that was found on the page."""
MOST_ROUNDS = 50
"""Rounds in which lines are searched that have become the last ones; a page may lose its lines one by one."""
_NOT_A_BREAK = re.compile(r"[^\n]")
_SEPARATORS = " \t\u00a0:|،-–—ـ"


class _Found(NamedTuple):
    """A passage to remove: its code points, the articles it stands in, and the words it is recognized by."""

    start: int
    end: int
    times: int
    known: str  # the words it is recognized by


@dataclass(frozen=True, slots=True)
class Recurring:
    """Find what recurs in its source, if there is a count of that."""

    recurrences: Recurrences = NO_RECURRENCES
    arabic_only: ClassVar[bool] = True
    settled: ClassVar[bool] = False

    def __call__(self, document: Document) -> Iterator[Finding]:
        """Yield an edit and a fact for each recurring passage.

        Nothing is found if the source is not named, or has too few articles.
        """
        source = document.metadata.get("source")
        number = source_number(source) if isinstance(source, str) else 0
        size = self.recurrences.articles.get(number)
        if size is None:
            return
        text = document.text
        for found in self._found(document, number, size):
            before = text[found.start : found.end]
            yield Edit(found.start, before, "", RULE)
            said = f"{found.times} of {size}: {found.known}"
            yield Fact(FACT, said, RULE, found.start, found.end)

    def _found(self, document: Document, number: int, size: int) -> Iterator[_Found]:
        """Yield the passages to remove; repeated, as a removal may make another line the last one."""
        given, found = _titles(document)
        text = document.text
        for _ in range(MOST_ROUNDS):
            lines = Lines(text)
            chosen: dict[int, Passage] = {}
            others: dict[int, Passage] = {}
            for passage in passages(lines, number):
                line = lines.folded[passage.number]
                share = self._count(passage) / size
                if passage.place == Place.HEAD and (line == given or (line == found and share < TITLE_SHARE)):
                    continue
                known = chosen.get(passage.number, passage)
                if self._is_alone(passage) and self._rank(passage) >= self._rank(known):
                    chosen[passage.number] = passage
                elif share:
                    others[passage.number] = passage
            if not chosen:
                return
            _join(chosen, others, lines)
            gone = [_located(lines, passage, self._count(passage)) for passage in chosen.values()]
            yield from gone
            text = _without(text, sorted(gone))

    def _is_alone(self, passage: Passage) -> bool:
        """Return whether *passage* is boilerplate by itself, whatever stands beside it."""
        return passage.key in self.recurrences.alone.get(passage.place, ())

    def _rank(self, passage: Passage) -> tuple[int, int, int]:
        """Return what orders the passages of one line: the length, the frequency, the end of the label."""
        return passage.last - passage.first, self._count(passage), passage.known

    def _count(self, passage: Passage) -> int:
        """Return the number of articles in which *passage* recurs; 0 if it does not."""
        alone = self.recurrences.alone.get(passage.place, {}).get(passage.key, 0)
        return alone or self.recurrences.among.get(passage.place, {}).get(passage.key, 0)


def _join(chosen: dict[int, Passage], others: dict[int, Passage], lines: Lines) -> None:
    """Add to *chosen* the *others* that stand in one run of lines with them, without a sentence between."""
    sentences = set(lines.sentences)
    above = -1  # the last removed line above, if no sentence stands between; else −1
    for number in range(len(lines.folded)):
        if number in sentences:
            above = -1
        elif number in chosen:
            above = number
        elif above >= 0 and number in others:
            chosen[number] = others[number]
    for number in sorted(others, reverse=True):
        is_tail = others[number].place == Place.TAIL
        if is_tail and number + 1 in chosen and number + 1 not in sentences:
            chosen.setdefault(number, others[number])


def _without(text: str, gone: Sequence[_Found]) -> str:
    """Return *text* with the passages *gone* (in order) replaced by spaces, so that offsets stay valid."""
    parts: list[str] = []
    position = 0
    for found in gone:
        if found.start >= position:
            parts += (text[position : found.start], _NOT_A_BREAK.sub(" ", text[found.start : found.end]))
            position = found.end
    return "".join([*parts, text[position:]])


def _located(lines: Lines, passage: Passage, count: int) -> _Found:
    """Return where *passage* stands, with the line break of a whole line or the separators behind a part."""
    start, end = lines.span(passage.number, passage.first, passage.last)
    text = lines.text
    known = " ".join(text[slice(*lines.span(passage.number, passage.first, passage.known))].split())
    if passage.known < passage.last:
        known += " …"
    if passage.first == 0 and passage.last == len(lines.folded[passage.number]):
        return _Found(start, min(len(text), end + 1), count, known)
    while end < len(text) and text[end] in _SEPARATORS:
        end += 1
    return _Found(start, end, count, known)


def _titles(document: Document) -> tuple[str, str]:
    """Return the title that the input gives and the first one that was found, both folded; "" if missing."""
    given = document.metadata.get("title")
    return _plain(given if isinstance(given, str) else ""), _plain(document.fact("title"))


def _plain(title: str) -> str:
    """Return *title* folded and in lower case."""
    return lower(fold(title)).strip()
