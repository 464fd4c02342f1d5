"""The title as a fact: the headline that the article takes up, without what the page prints around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

from cleaner.dates import find_dates, has_clock, may_print_date
from cleaner.folding import fold, offsets
from cleaner.stages.boilerplate import agencies, sources, vocabulary
from cleaner.stages.boilerplate.likeness import OPENING, beginning, beginnings, likeness, opening, subject
from cleaner.stages.boilerplate.shapes import is_address, is_byline, is_dated_credit, is_name

if TYPE_CHECKING:
    from cleaner.stages.boilerplate.layout import Layout
    from cleaner.stages.boilerplate.page import Line

LIKE, UNLIKE = 0.5, 0.2
"""Shares of a headline's longer words that those sentences take up: at least, for most titles; and less than,
for most other lines."""
SHORTEST, LONGEST = 3, 31
"""Words of a line that may take the place of the first headline."""
LONGEST_STEP = 40
"""Code points between a headline and the date behind it: a comma, «today», the name of a day."""
_TRAIL = regex.compile(r"\S\s*[<>›◂⁄]\s*\S|\S\s\|\s\S|^[^«]*\S\s»\s\S|\S\s+/\s+\S+\s+/\s+\S")
_CAPTION = regex.compile(r"(?:التعليق علي|تعليق|مصدر|صدر)\s+الصوره\b|صوره\s*:")
_SECTION = regex.compile(r"(\S+)\s+/\s+(?=\S)")
_AGENCY = regex.compile(r"([^:]{2,30}?)\s*:\s+(?=\S)")
_TODAY = regex.compile(r"[,،]\s*اليوم\s+(?:\w+\s+)?$")
_BEFORE_DATE = regex.compile(r"\s*[,،|–—-]\s*(?:اليوم\s+)?(?:\w+\s*[,،]?\s*)?$")


def find(layout: Layout, head: Head | None) -> tuple[Line, str] | None:
    """Return the line of the title, and the title in it; None where the page has none.

    *head* is what `glued` returns.
    """
    if head:
        return layout.lines[0], head.title
    number = _line(layout)
    if number >= 0:
        line = layout.lines[number]
        return line, _bare(line.text.strip(), layout)
    if not sources.may_tell(layout.page.folded, "title"):
        return None
    return next(((line, title) for line in layout.lines if (title := sources.told(line.text, "title"))), None)


def _line(layout: Layout) -> int:
    """Return the number of the title's line, or −1: the first headline, unless another is clearly the one.

    That is one that the first sentences take up, where they do not take up the first headline or that is no
    headline by its shape; or one that the first headline repeats behind the names of sections.
    """
    title, first = layout.title_line, layout.first_body()
    if first == len(layout.lines) or (layout.title and title >= 0):
        return title
    line = layout.lines[first]  # it has a comma, and so many words that it passes for a sentence
    if title < 0 and line.dates and _before_date(line.folded) < len(line.folded) and line.words <= LONGEST:
        return first
    candidates = [number for number in range(first) if _may_be_title(layout, number)]
    if candidates == [title] and not is_dated_credit(layout.lines[title]):
        return title
    text = opening(layout, first) if candidates else set()
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
    """Whether a line above the article is no title by its shape: a byline, a trail, a caption, a time."""
    return (
        is_byline(line)
        or is_address(line)
        or bool(_TRAIL.search(line.core))
        or bool(_CAPTION.match(line.core))
        or any(vocabulary.is_made_of(line.tokens, kind) for kind in ("dates", "sections", "share"))
    )


def _bare(title: str, layout: Layout) -> str:
    """Return *title* without a section or an agency before it, or a date behind it."""
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


def _before_date(folded: str, start: int = 0) -> int:
    """Return where a title ends that has a date and at most a time behind a comma or dash; or its length."""
    for date in find_dates(folded):
        before = _BEFORE_DATE.search(folded, max(start, date.start - LONGEST_STEP), date.start)
        if before and len(folded[date.end :].split()) <= 3:
            return int(before.start())
    return len(folded)


class Head(NamedTuple):
    """What stands before the first sentence of a page that lost its line breaks; "" for what does not."""

    title: str
    author: str
    source: str


def glued(layout: Layout) -> Head | None:
    """Return the head of a page that lost its line breaks: what stands before its date and time in line 0.

    Between title and date stands who wrote it: a paper of known name, a person known by a first name, or two
    to four words that the text behind the date does not take up. Else nobody can tell where the title ends.
    """
    line = layout.lines[0] if layout.lines else None
    if not (line and line.figures and may_print_date(line.folded[:LONGEST_HEAD])):
        return None
    text = "\n".join(line.text for line in layout.lines[:OPENING])
    folded = fold(text)
    date = next(find_dates(folded.partition("\n")[0][:LONGEST_HEAD]), None)
    if not date or not has_clock(folded, date) or _TODAY.search(folded[: date.start]):
        return None
    start = max((match.end() for match in _STEP.finditer(folded, 0, date.start)), default=0)
    words = list(_WORD.finditer(folded, start, date.start))
    if not SHORTEST < len(words) <= LONGEST:
        return None
    places = offsets(text)

    def between(first: int, last: int) -> str:
        return text[places[words[first].start()] : places[words[last - 1].end()]]

    size = len(words)
    body = beginnings(_WORD.findall(folded, date.end, date.end + LONGEST_BODY))
    paper = next((n for n in range(max(SHORTEST, size - 4), size) if sources.is_outlet(between(n, size))), 0)
    writer = paper or _writer([word[0] for word in words], body)
    if not writer or sum(beginning(word[0]) in body for word in words[:writer]) < 3:
        return None
    title, rest = text[places[start] : places[words[writer - 1].end()]].strip(), between(writer, size)
    return Head(title, "", rest) if paper else Head(title, rest, "")


def _writer(words: list[str], body: set[str]) -> int:
    """Return where in the last of *words* a person's name begins, or 0."""
    last = len(words) - 2
    named = next((n for n in range(max(SHORTEST, last - 2), last + 1) if is_name(words[n])), 0)
    if named:
        return named
    writer = len(words)
    while writer > SHORTEST and beginning(words[writer - 1]) not in body:
        writer -= 1
    return writer if writer in range(last - 2, last + 1) else 0


LONGEST_BODY = 600
LONGEST_HEAD = 300
_STEP = regex.compile(r"\s[|>»]\s|(?<!\w)(?:اتصل بنا|من نحن|تواصل معنا|تسجيل الدخول|خريطه الموقع)\s")
_WORD = regex.compile(r"[\w%./]*\w[\w%]*")


def _agencies_of(layout: Layout) -> list[str]:
    """Return the agencies that the beginning of the first sentence names: «Kuwait - 26 - 3 (KUNA) -- …»."""
    first = layout.first_body()
    return agencies.named(layout.lines[first].text[:60]) if first < len(layout.lines) else []
