"""The title as a fact: the headline that the article repeats, without what the page prints around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from cleaner.page import agencies, printed_sources, vocabulary
from cleaner.page.cohesion import likeness, subject
from cleaner.page.shapes import is_address, is_byline, is_dated_credit
from cleaner.text.dates import find_dates
from cleaner.text.folding import fold, offsets

if TYPE_CHECKING:
    from cleaner.page.lines import Line
    from cleaner.stages.boilerplate.layout import Layout

LIKE, UNLIKE = 0.5, 0.2
"""Shares of a headline's longer words that the first sentences repeat: most titles have at least the
first, most other lines less than the second."""
SHORTEST, LONGEST = 3, 31
"""Words of a line that may be the title instead of the first headline."""
LONGEST_STEP = 40
"""Code points between a headline and the date behind it: a comma, «اليوم», a weekday."""
_TRAIL = regex.compile(r"\S\s*[<>›◂⁄]\s*\S|\S\s\|\s\S|^[^«]*\S\s»\s\S|\S\s+/\s+\S+\s+/\s+\S")
_CAPTION = regex.compile(r"(?:التعليق علي|تعليق|مصدر|صدر)\s+الصوره\b|صوره\s*:")
_SECTION = regex.compile(r"(\S+)\s+/\s+(?=\S)")
_AGENCY = regex.compile(r"([^:]{2,30}?)\s*:\s+(?=\S)")
_BEFORE_DATE = regex.compile(r"\s*[,،|–—-]\s*(?:اليوم\s+)?(?:\w+\s*[,،]?\s*)?$")
_CLOCK = regex.compile(r"\s*[,،|–—-]?\s*\d{1,2}:\d\d\s*$")
_WEEKDAY = r"(?:(?:ال)?(?:سبت|احد|اثنين|ثلاثاء|اربعاء|خميس|جمعه)\s*[,،]?\s*)?$"
_BEFORE_CLOCK = regex.compile(r"\s*[,،|–—-]?\s*" + _WEEKDAY)
_BYLINE = regex.compile(r"\s(?:كتبت?|بقلم|اعداد|تصوير)\s?:")
_PLACED = regex.compile(r"\s\w+ [-–] (?P<agency>\w+(?: \w+)?)$")
_CREDIT = regex.compile(r"\s(?P<agency>\w+)\s+" + _WEEKDAY)


def find_title_fact(layout: Layout) -> tuple[Line, str] | None:
    """Return the line of the title, and the title in it; None if the page has none."""
    number = _line(layout)
    if number >= 0:
        line = layout.lines[number]
        return line, _bare(line.text.strip(), layout) + _rest(layout, number)
    if not printed_sources.may_tell(layout.page.folded, "title"):
        return None
    return next(
        ((line, title) for line in layout.lines if (title := printed_sources.told(line.text, "title"))), None
    )


def _rest(layout: Layout, number: int) -> str:
    """Return the second half, behind a space, of a title broken over line *number* and the next, or ""."""
    below = number + 1
    if not layout.is_title_labelled or layout.labels is None or below == len(layout.lines):
        return ""
    first, second = layout.lines[number], layout.lines[below]
    if layout.labels.label(below) != "title" or first.words + second.words > LONGEST or first.is_final:
        return ""
    if _is_other(second) or second.dates or agencies.named(second.text):
        return ""  # a credit
    if first.core in second.core or second.core in first.core or not layout.is_kept(below):
        return ""
    return " " + second.text.strip()


def _line(layout: Layout) -> int:
    """Return the number of the title's line, or −1: the first headline, unless another is clearly the title.

    Another is if the first sentences repeat it, and do not repeat the first headline, or that has not the
    shape of a title; or if the first headline repeats it behind the names of sections.
    """
    title, first = layout.title_line, layout.first_body()
    if first == len(layout.lines) or (layout.title and title >= 0) or layout.is_title_labelled:
        return title
    line = layout.lines[first]  # a title with a comma and many words passes for a sentence
    if title < 0 and line.dates and _before_date(line.folded) < len(line.folded) and line.words <= LONGEST:
        return first
    candidates = [number for number in range(first) if _may_be_title(layout, number)]
    if candidates == [title] and not is_dated_credit(layout.lines[title]):
        return title
    text = layout.opening_words(first) if candidates else set()
    likenesses = {
        number: share
        for number in candidates
        if (share := likeness(subject(layout.lines[number]), text)) >= LIKE
        or not is_dated_credit(layout.lines[number])
    }
    best = max(likenesses, key=lambda number: (likenesses[number], -number), default=-1)
    if title not in likenesses and (title < 0 or _is_other(layout.lines[title])):
        return best if best >= 0 and likenesses[best] > UNLIKE else -1
    if best >= 0 and likenesses[best] >= LIKE and likeness(subject(layout.lines[title]), text) < UNLIKE:
        return best
    said = layout.lines[title].core
    return next((n for n in likenesses if n != title and said.endswith(" " + layout.lines[n].core)), title)


def _may_be_title(layout: Layout, number: int) -> bool:
    line = layout.lines[number]
    return (
        SHORTEST <= line.words <= LONGEST
        and (layout.hits[number] is None or number == layout.title_line)
        and layout.kinds[number] not in ("comments", "tags", "legal")
        and not _is_other(line)
    )


def _is_other(line: Line) -> bool:
    """Return whether a line above the article has no title's shape: a byline, a path, a caption, a time."""
    return (
        is_byline(line)
        or is_address(line)
        or bool(_TRAIL.search(line.core))
        or bool(_CAPTION.match(line.core))
        or any(vocabulary.is_made_of(line.tokens, kind) for kind in ("dates", "sections", "share"))
    )


def _bare(title: str, layout: Layout) -> str:
    """Return *title* without a section or an agency before it, and without a date behind it."""
    folded = fold(title)
    start = 0
    section = _SECTION.match(folded)
    if section and (section[1] == "عام" or vocabulary.is_made_of([section[1]], "sections")):
        start = section.end()
    agency = _AGENCY.match(folded)
    if agency and (named := agencies.canonical(agency[1])) and set(named) & set(_agencies_of(layout)):
        start = agency.end()
    end = _before_date(folded, start)
    if not start and end == len(folded):
        return title
    places = offsets(title)
    return title[places[start] : places[end]].strip()


def without_credit(title: str) -> str:
    """Return *title* without a byline or an agency that a page has run together with it."""
    folded = fold(title)
    credit = _BYLINE.search(folded)
    if not credit:
        credit = _PLACED.search(folded)
        if not (credit and agencies.is_agency(credit["agency"])):
            return title
    return title[: offsets(title)[credit.start()]].strip()


def _before_date(folded: str, start: int = 0) -> int:
    """Return where the title ends before a date with at most a time behind it; the length if it has none.

    A comma or dash, «اليوم» and a weekday before the date belong to the date. Before one with a time, they
    need not stand. The name of an agency may stand before the date.
    """
    for date in find_dates(folded):
        step = _BEFORE_CLOCK if _CLOCK.match(folded, date.end) else _BEFORE_DATE
        before = step.search(folded, max(start, date.start - LONGEST_STEP), date.start)
        if before and len(folded[date.end :].split()) <= 3:
            return int(before.start())
        credit = _CREDIT.search(folded, max(start, date.start - LONGEST_STEP), date.start)
        if credit and agencies.is_agency(credit["agency"]) and date.end == len(folded):
            return int(credit.start())
    return len(folded)


def _agencies_of(layout: Layout) -> list[str]:
    """Return the agencies named at the beginning of the first sentence: «الكويت - 26 - 3 (كونا) -- …»."""
    first = layout.first_body()
    return agencies.named(layout.lines[first].text[:60]) if first < len(layout.lines) else []
