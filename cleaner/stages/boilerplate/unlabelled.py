"""Author and source where no known label tells them: a name that stands where such names stand.

The line must be labelled as one of the article's record: between title and text, right above the title, or
right behind the last sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from cleaner.document import Fact
from cleaner.page import agencies, printed_sources, vocabulary
from cleaner.page.shapes import is_name
from cleaner.text.dates import find_dates
from cleaner.text.folding import fold, offsets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.page.lines import Line
    from cleaner.stages.boilerplate.layout import Layout

NEAR = 2
"""Lines above the title, or behind the last sentence, that may tell the author."""
LONGEST_LINE, LONGEST_NAME, LONGEST_LABEL = 12, 4, 4
"""Words of such a line, of a name and of an unknown label."""
_PARTS = regex.compile(r"\s*[-–—ـ|/()\[\]،,»:]+\s*|\s{2,}|\d+")
_LABELLED = regex.compile(r"^([^:»|]{3,40}?)\s*[:»]+\s*(\S.*)$")
_WORD = regex.compile(r"\p{Arabic}+\.?")
_EDGES = " \t:.،,-–—ـ|/>»…()[]"


def find_author(layout: Layout) -> Iterator[Fact]:
    """Yield the author whom a line without a label names, if one does."""
    for number in _places(layout):
        line, hit = layout.lines[number], layout.hits[number]
        if layout.kinds[number] != "meta" or (hit and hit.marker.fact) or line.words > LONGEST_LINE:
            continue
        for part in _PARTS.split(_without_dates(line)):
            name = part.strip(_EDGES)
            if _is_person(name):
                yield Fact("author", name, layout.rules[number], line.start, line.end)
                return


def find_source(layout: Layout, end: int) -> Iterator[tuple[str, str, Line]]:
    """Yield the source that a line without a known label names: its value, the line's rule, and the line.

    The line holds an unknown label and a value, a name and the date, or the name behind a section.
    """
    first, last = layout.first_body(), layout.last_body()
    outside = [*range(max(0, layout.title_line), first), *range(last + 1, end)] if last >= 0 else []
    for number in outside:
        line, hit = layout.lines[number], layout.hits[number]
        if layout.kinds[number] != "meta" or (hit and hit.marker.fact) or line.words > LONGEST_LINE:
            continue
        labelled = _LABELLED.match(line.text.strip())
        if labelled and not line.dates and len(labelled[1].split()) <= LONGEST_LABEL:
            value = labelled[2].strip(_EDGES)
        else:
            parts = [part.strip(_EDGES) for part in _PARTS.split(_without_dates(line)) if part.strip(_EDGES)]
            rest = [
                part for part in parts if not vocabulary.is_made_of(fold(part).lower().split(), "sections")
            ]
            if len(rest) != 1 or not (line.dates or len(parts) > 1):
                continue
            value = rest[0]
        words = value.split()
        if (
            1 <= len(words) <= LONGEST_NAME
            and not _names_person(value)
            and not printed_sources.is_place(value)
        ):
            yield value, layout.rules[number], line
            return


def _places(layout: Layout) -> Iterator[int]:
    title, first, last = layout.title_line, layout.first_body(), layout.last_body()
    if last < 0:
        return
    yield from range(max(0, title + 1), first)
    yield from range(min(title, first) - 1, max(-1, title - NEAR - 1), -1)
    yield from range(last + 1, min(last + 1 + NEAR, len(layout.lines)))


def _without_dates(line: Line) -> str:
    folded = fold(line.text)
    places = offsets(line.text)
    text = line.text
    for date in reversed(list(find_dates(folded))):
        text = f"{text[: places[date.start]]} | {text[places[date.end] :]}"
    return text


def _names_person(text: str) -> bool:
    return is_name(fold(text.split(maxsplit=1)[0]))


def _is_person(name: str) -> bool:
    """Return whether *name* may be a person's: Arabic words, and none of a place, a paper or a section."""
    words = name.split()
    if not 2 <= len(words) <= LONGEST_NAME or not all(map(_WORD.fullmatch, words)):
        return False
    folded = fold(name).split()
    if printed_sources.is_place(name) or printed_sources.is_medium(name) or agencies.named(name):
        return False
    kinds = ("sections", "dates", "share", "desks", "page", "headings", "comments", "invitations")
    return not folded[0].startswith("ال") and not any(vocabulary.names_any(folded, kind) for kind in kinds)
