"""What the article's own lines have in common keeps them, whatever the line classifier says of one of them.

Entries of a live blog, data of a book: of such a series most lines are clearly the article's, and a single
one that looks like boilerplate is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from cleaner.page import vocabulary
from cleaner.page.shapes import bullet, has_score, is_entry, tells_of_date
from cleaner.stages.boilerplate.own_lists import is_parallel

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from cleaner.page.lines import Line
    from cleaner.stages.boilerplate.layout import Layout

FEWEST, STAYING = 3, 0.6
"""Lines of a series, and the share of them that stays by itself."""
LONGEST_HEADING = 4
"""Words of a sub-heading that begins with a preposition."""
DOUBTFUL = 2500
"""Margin up to which a line that tells what happened on a day is the article's."""
LONGEST_CLOSING = 9
"""Words of the wish or greeting with which an article may end."""
PREPOSITIONS = frozenset(["في", "عن", "بين", "مع", "ضد", "نحو", "حول", "عند", "هل", "لماذا", "كيف"])
_CLOCK = regex.compile(r"\d{1,2}[:.]\d\d\b")
_SAID = regex.compile(
    r"[،»]\s*(?:ت?يقول|تقول|قال|قالت|علق|علقت|اضاف|اضافت|كتب|كتبت|ردد|رددت|هكذا|صاح|صاحت|همس|همست)\b"
    r"|\b(?:غرد|غردت|غردوا|كتب|كتبت|قال|قالت)\b[^:]{0,40}: ?[#«\"]"
)


def kept_together(layout: Layout, going: Collection[int], *, marked: bool) -> Iterator[int]:
    """Yield the lines of the article's series among those that are *going*.

    *marked*: markers say so; what has a date or a score may then be a credit.
    """
    series: dict[str, list[int]] = {}
    for number, line in enumerate(layout.lines):
        if form := _form(line):
            series.setdefault(form, []).append(number)
    for members in series.values():
        stay = {number for number in members if number not in going and layout.is_kept(number)}
        if len(members) < FEWEST or len(stay) < STAYING * len(members):
            continue
        plain = {number for number in members if layout.hits[number] is None}
        for number in members:
            if number in plain:
                if plain & {number - 2, number - 1, number + 1, number + 2}:
                    yield number
            elif {number - 1, number + 1} <= stay:
                yield number  # a marker, but in the middle of the series
    yield from (number for number in going if _is_own(layout, number, going, marked=marked))
    if not marked:
        yield from _below_sentences(layout)


def _is_own(layout: Layout, number: int, going: Collection[int], *, marked: bool) -> bool:
    """Return whether what a line says or begins with makes it the article's."""
    line = layout.lines[number]
    if _SAID.search(line.folded):
        return True
    doubtful = layout.labels is not None and layout.labels.margins[number] < DOUBTFUL
    if not marked and (layout.is_announced(number) or has_score(line) or (doubtful and tells_of_date(line))):
        return True
    if layout.hits[number] is None and line.words <= LONGEST_HEADING and line.first_word in PREPOSITIONS:
        return not layout.is_in_menu(number)
    above = number - 1
    ends = above > 0 and layout.is_body(above) and above not in going
    opening = line.core.removeprefix(vocabulary.AND)
    return ends and line.words <= LONGEST_CLOSING and opening.startswith(vocabulary.closings())


def _below_sentences(layout: Layout) -> Iterator[int]:
    """Yield the lines of lists right below a sentence whose lines, or all but the first, are built alike."""
    for number in range(1, len(layout.lines)):
        if not layout.is_body(number - 1) or layout.prose[number]:
            continue
        end = number
        while end < len(layout.lines) and not (layout.prose[end] or (layout.hits[end] and end > number)):
            end += 1
        run = layout.lines[number:end]
        if is_parallel(run) or is_parallel(run[1:]):
            yield from range(number, end)


def _form(line: Line) -> str:
    """Return how a line is built, if lines of a series are built so, else ""."""
    if _CLOCK.match(line.core):
        return "clock"
    if is_entry(line):
        return "entry"
    return bullet(line)
