"""Find the language of each word of a text from its quotation, its line and its neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
import re
from typing import TYPE_CHECKING, NamedTuple

from cleaner.text import alphabet
from cleaner.text.language import Evidence, LanguageDecision, weighed_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cleaner.document import Edit

SHORT = 90
"""Code points up to which a quotation is judged by its own words; a longer undecided one takes its line's
language."""
SHORT_LINE = 30
"""Code points of a line that is too short to judge by itself."""
WINDOW = 6
"""Words before and behind a word that can show that another language begins in the middle of a line."""
FOREIGN_SIDE = 3
"""Foreign points on one side of a word that make it foreign: more than one function word gives."""
FOREIGN = alphabet.LOOK_ALIKE | alphabet.FOREIGN | alphabet.LOAN | alphabet.EXTENDED_DIGIT
"""Kinds of characters of other languages in Arabic script."""

# Marks with different forms for opening and closing are paired first, as they are more certain.
_PAIRED = re.compile(
    "«[^«»\n]{0,2000}(?:«[^«»\n]{0,90}»[^«»\n]{0,2000})*»|\u201c[^\u201c\u201d\n]{1,2000}\u201d"
)
_LOOSE = re.compile(
    '"[^"\n]{1,2000}"|\u2018[^\u2018\u2019\n]{1,2000}\u2019'
    "|\\([^()\n]{1,2000}\\)|\\[[^\\[\\]\n]{1,2000}\\]|\\{[^{}\n]{1,2000}\\}"
)
_GUILLEMET_OR_BREAK = re.compile("[«»\n]")


class Word(NamedTuple):
    """A word: its place, skeleton, points of evidence, and the character behind it ("" at the end)."""

    start: int
    end: int
    skeleton: str
    points: Evidence
    behind: str


class Unit:
    """Words that are judged together: of a quotation, or of a line without its quotations.

    *start* and *end* are code points of the text, quotations included. *around* is the unit that a quotation
    stands in.
    """

    def __init__(self, start: int, end: int, words: Sequence[Word], around: Unit | None) -> None:
        self.start, self.end = start, end
        self.words = words
        self.quoted = around is not None
        self._arabic = list(accumulate((word.points.arabic for word in words), initial=0.0))
        self._foreign = list(accumulate((word.points.foreign for word in words), initial=0.0))
        self.arabic, self.foreign = self._arabic[-1], self._foreign[-1]
        self.decision = Evidence(self.arabic, self.foreign).decision
        if around and self.decision is LanguageDecision.UNDECIDED:
            if end - start > SHORT and self.arabic > self.foreign:
                self.decision = around.decision
            elif around.decision is LanguageDecision.UNDECIDED:
                self.foreign += around.foreign

    def decision_at(self, at: int) -> LanguageDecision:
        """Return the language of word *at*: the unit's decision, unless the words around it contradict.

        It is foreign if the `WINDOW` words on one side are, and undecided if they have too little evidence.
        """
        arabic, foreign = self._arabic, self._foreign
        first, last = max(0, at - WINDOW), min(len(self.words), at + WINDOW + 1)
        arabic_before, arabic_behind = arabic[at] - arabic[first], arabic[last] - arabic[at + 1]
        foreign_before, foreign_behind = foreign[at] - foreign[first], foreign[last] - foreign[at + 1]
        if foreign_before >= max(FOREIGN_SIDE, arabic_before):
            return LanguageDecision.FOREIGN
        if foreign_behind >= max(FOREIGN_SIDE, arabic_behind):
            return LanguageDecision.FOREIGN
        if arabic_before + arabic_behind < max(1, foreign_before + foreign_behind):
            return LanguageDecision.UNDECIDED
        return self.decision


def units(text: str, suspect: Callable[[str], object]) -> Iterator[Unit]:
    """Yield the units of those lines of *text* for which *suspect* is true, in order.

    A foreign unit is one with all its quotations. Consecutive short lines, such as tags, are judged together.
    """
    for start, end in _blocks(text):
        if suspect(text[start:end]):
            yield from _units(text, start, end, None)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each line of *text*; consecutive short lines are one block."""
    position, first = 0, -1
    for line in text.split("\n"):
        end = position + len(line)
        if len(line) <= SHORT_LINE:
            first = position if first < 0 else first
        else:
            if first >= 0:
                yield first, position
            first = -1
            yield position, end
        position = end + 1
    if first >= 0:
        yield first, len(text)


def outside_foreign(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """Return those of *edits* that stand in no foreign quotation or line; *text* is an Arabic page.

    An undecided quotation may be foreign if it has a letter or digit of another language.
    """
    found = list(edits)
    places = sorted(edit.start for edit in found)
    if not alphabet.kinds(text) & FOREIGN:  # only quotations typed on an Arabic keyboard can be foreign
        places = list(_in_guillemets(text, places))
    foreign = [
        unit
        for start, end in (_blocks(text) if places else ())
        if bisect_left(places, start) < bisect_left(places, end)
        for unit in _units(text, start, end, None)
        if _may_be_foreign(unit, text)
    ]
    return _outside(found, foreign) if foreign else found


def _in_guillemets(text: str, places: Sequence[int]) -> Iterator[int]:
    """Yield those of the sorted *places* that have an open guillemet before them in their line."""
    signs = list(_GUILLEMET_OR_BREAK.finditer(text)) if "«" in text else []
    starts = [sign.start() for sign in signs]
    for at in places:
        before = bisect_left(starts, at) - 1
        if before >= 0 and signs[before][0] == "«":
            yield at


def _outside(edits: list[Edit], foreign: list[Unit]) -> list[Edit]:
    """Return the *edits* that stand in none of the *foreign* units, which may enclose each other."""
    starts = sorted(unit.start for unit in foreign)
    ends = sorted(unit.end for unit in foreign)
    return [e for e in edits if bisect_right(starts, e.start) == bisect_right(ends, e.start)]


def _may_be_foreign(unit: Unit, text: str) -> bool:
    if unit.decision is LanguageDecision.UNDECIDED and unit.quoted:
        return alphabet.kinds(text[unit.start : unit.end]) & FOREIGN != 0
    return unit.decision is LanguageDecision.FOREIGN


def _units(text: str, start: int, end: int, around: Unit | None) -> Iterator[Unit]:
    """Yield the unit of the line or quotation from *start* to *end*, then the units of its quotations.

    *around* is the unit that a quotation stands in.
    """
    quotations = list(_quotations(text, start, end))
    words: list[Word] = []
    position = start
    for first, last in quotations:
        words += _words(text, position, first)
        position = last
    words += _words(text, position, end)
    unit = Unit(start, end, words, around)
    yield unit
    if unit.decision is not LanguageDecision.FOREIGN:
        for first, last in quotations:
            yield from _units(text, first + 1, last - 1, unit)


def _quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of the outermost quotations from *start* to *end*, in order."""
    position = start
    for paired in _PAIRED.finditer(text, start, end):
        yield from (loose.span() for loose in _LOOSE.finditer(text, position, paired.start()))
        yield paired.span()
        position = paired.end()
    yield from (loose.span() for loose in _LOOSE.finditer(text, position, end))


def _words(text: str, start: int, end: int) -> list[Word]:
    """Return the words of *text* from *start* to *end*."""
    return [
        Word(first, last, skeleton, points, text[last : last + 1])
        for first, last, skeleton, points in weighed_words(text, start, end)
    ]
