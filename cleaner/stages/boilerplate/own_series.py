"""What the article's own lines have in common keeps them, whatever the line classifier says of one of them.

Entries of a live blog, data of a book: of such a series most lines are clearly the article's, and a single
one that looks like boilerplate is not. Sub-headings stand between sentences that stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from cleaner.page import inline_markers, vocabulary
from cleaner.page.cohesion import beginnings, likeness
from cleaner.page.shapes import announces_list, bullet, has_score, is_entry, tells_of_date
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
LONGEST_SUBHEADING, SURE_INSIDE = 4, 4500
"""Words of a short line, and the margin over which it goes from between two sentences that stay: most are
sub-headings, which share no word with what is around them."""
LIKE = 0.5
"""Share of a sub-heading's words that the sentence below it says."""
LONGEST_CLOSING = 9
"""Words of the wish or greeting with which an article may end."""
PREPOSITIONS = frozenset(["في", "عن", "بين", "مع", "ضد", "نحو", "حول", "عند", "هل", "لماذا", "كيف"])
_COMMA = regex.compile(r"[\u060c,] ")  # ARABIC COMMA
_OPEN = regex.compile(r"\p{L}\s*[-–\u0640,،]\s*$")  # ARABIC TATWEEL
_CLOSES = regex.compile(r"[^()\n]{6,}[^()\s]\)\s")
_NUMBER = regex.compile(r"\(?\d{1,2}\s?[-).–]\s?(?=\p{L})")
_CLOCK = regex.compile(r"\d{1,2}[:.]\d\d\b")
_SAID = regex.compile(
    r"[،»]\s*(?:ت?يقول|تقول|قال|قالت|علق|علقت|اضاف|اضافت|كتب|كتبت|ردد|رددت|هكذا|صاح|صاحت|همس|همست)\b"
    r"|\b(?:غرد|غردت|غردوا|كتب|كتبت|قال|قالت)\b[^:]{0,40}: ?[#«\"]"
)


def kept_together(layout: Layout, going: Collection[int], *, marked: bool) -> Iterator[int]:
    """Yield the lines of the article's series among those that are *going*.

    *marked*: markers say so; what has a date or a score may then be a credit.
    """
    left = set(going)
    yield from _of_series(layout, frozenset(going))
    if not marked:
        yield from _of_lists(layout)
    for number in sorted(going, reverse=True):
        if _is_own(layout, number, left, marked=marked):
            left.discard(number)
            yield number
    if not marked:
        yield from _below_sentences(layout)


def subheadings(layout: Layout, going: Collection[int]) -> Iterator[int]:
    """Yield the lines among those *going* that stand inside the article and may be sub-headings.

    They are short, and not surely boilerplate: single words only between two sentences. Or the sentence right
    below, which stays, says what they say. What an inline marker cuts off a sub-heading goes alone.
    """
    gone = frozenset(going)
    staying = {n for n in range(len(layout.lines)) if layout.is_body(n) and n not in gone}
    first, last = min(staying, default=0), max(staying, default=0)
    for number in going:
        line = layout.lines[number]
        if not first < number < last or layout.prose[number]:
            continue
        beside = {number - 1, number + 1}
        if not any(n not in gone and layout.is_kept(n) for n in beside):
            continue
        if any(cut.start > 0 for cut in inline_markers.find_cuts(line, layout.inline)):
            yield number
        elif line.words <= LONGEST_SUBHEADING and (_is_worded(line) or beside <= staying):
            if layout.margin(number) <= SURE_INSIDE:
                yield number
        elif number + 1 in staying and layout.hits[number] is None:
            below = beginnings(layout.lines[number + 1].tokens)
            if likeness(line.tokens, below) >= LIKE:
                yield number


def _is_worded(line: Line) -> bool:
    """Return whether a line has at least two words that are no figures."""
    return sum(not token.isdecimal() for token in line.tokens) > 1


def below_items(layout: Layout) -> Iterator[int]:
    """Yield the sub-headings that a marker took for items of its list: far shorter than the item above."""
    taken = [number for number in range(1, len(layout.lines)) if _is_below_item(layout, number)]
    yield from (number for number in subheadings(layout, taken) if layout.is_body(number + 1))


def _is_below_item(layout: Layout, number: int) -> bool:
    """Return whether a line is removed with a headline above it that is far longer, and has no figures."""
    above, line, rule = layout.lines[number - 1], layout.lines[number], layout.rules[number]
    if layout.hits[number] or layout.kinds[number] != "related" or line.figures or line.words < 2:
        return False
    return layout.rules[number - 1] == rule and above.words > 2 * line.words


def _of_lists(layout: Layout) -> Iterator[int]:
    """Yield runs of lines of which each has a comma, as headlines have not: signatories with their posts."""
    run: list[int] = []
    for number in range(len(layout.lines) + 1):
        line = layout.lines[number] if number < len(layout.lines) else None
        if line and layout.hits[number] is None and not line.is_final and _COMMA.search(line.folded):
            run.append(number)
            continue
        if len(run) >= SHORTEST_LIST:
            yield from run
        run = []


SHORTEST_LIST = 5
"""Lines of such a run."""


def _of_series(layout: Layout, going: Collection[int]) -> Iterator[int]:
    """Yield the lines of series of which most lines stay."""
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


def _is_own(layout: Layout, number: int, going: Collection[int], *, marked: bool) -> bool:
    """Return whether what a line says or begins with makes it the article's."""
    line = layout.lines[number]
    if _SAID.search(line.folded) or _CLOSES.match(line.folded):
        return True
    doubtful = layout.margin(number) < DOUBTFUL
    if not marked and (
        _goes_on(layout, number, going)
        or layout.is_announced(number)
        or has_score(line)
        or (doubtful and number > layout.title_line and tells_of_date(line))
    ):
        return True
    if layout.hits[number] is None and line.words <= LONGEST_HEADING and line.first_word in PREPOSITIONS:
        return not layout.is_in_menu(number)
    above = number - 1
    ends = above > 0 and layout.is_body(above) and above not in going
    opening = line.core.removeprefix(vocabulary.AND)
    return ends and line.words <= LONGEST_CLOSING and opening.startswith(vocabulary.closings())


def _goes_on(layout: Layout, number: int, going: Collection[int]) -> bool:
    """Return whether a line without a marker is open at its end, and the line below stays.

    It ends with a dash or a comma, as a sentence that a page broke; or it announces a list.
    """
    line, below = layout.lines[number], number + 1
    if layout.hits[number] or below == len(layout.lines) or not layout.is_kept(below):
        return False
    return (_OPEN.search(line.folded) or announces_list(line)) and below not in going


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
    if _NUMBER.match(line.folded):
        return "number"
    if is_entry(line):
        return "entry"
    return bullet(line)
