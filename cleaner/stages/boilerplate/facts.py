"""What the furniture says about the article: title, date, sources, author, category, keywords, address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from cleaner.dates import find_dates
from cleaner.document import Fact
from cleaner.folding import fold, lower, offsets
from cleaner.stages.boilerplate import agencies
from cleaner.stages.boilerplate.shapes import is_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.stages.boilerplate.layout import Layout
    from cleaner.stages.boilerplate.markers import Hit
    from cleaner.stages.boilerplate.page import Line

_SPLIT_KEYWORDS = regex.compile(r"\s*(?:[،,|;؛•▪◦\n]|\s[-–—/]\s|(?<!\w)#)\s*")
_NEXT_LABEL = regex.compile(r"\s+(?:التصنيف|تاريخ الخبر|تاريخ النشر|القسم|الناشر|التاريخ|المصدر|الباب)\s*:")
_EDGES = " \t:.،,-–—ـ|>»…"
LONGEST_VALUE = 300
MOST_KEYWORDS = 60
"""Lines below a label that are read for its keywords."""
LONGEST_NAME = 5
"""Words of a person's name."""
_CREDITS = regex.compile(r"\s+[-–—ـ|]+\s+|[/|_()،,@:]|\d+")
DATES = {"date_text": 0, "updated": 3}
"""Facts that hold dates, and their rank; dated lines above the article have 1, those below it 2."""
_STEPS = regex.compile(r"\s*[<>»«/|◂›‹]\s*|\s[-–]\s|,\s")


def find(layout: Layout) -> Iterator[Fact]:
    """Yield the facts of the page; the first of a name is the likeliest."""
    if layout.title_line >= 0:
        line = layout.lines[layout.title_line]
        yield _fact("title", line.text.strip(), "structure.title", line)
    end = _end(layout)
    yield from _dates(layout, end)
    for number, line in enumerate(layout.lines):
        hit = layout.hits[number]
        if number >= end and not (hit and hit.marker.fact == "keyword"):
            continue
        if hit and hit.marker.fact and layout.rules[number] == hit.marker.id:
            yield from _of_marker(layout, number, hit)
        elif layout.kinds[number] == "meta":
            yield from _of_credit(line, layout.rules[number])


def _end(layout: Layout) -> int:
    """Return the line from which on the page speaks of other articles: the first list of them."""
    for number in range(layout.last_body() + 1, len(layout.lines)):
        hit = layout.hits[number]
        if hit and hit.marker.kind == "related" and hit.is_heading and layout.rules[number] == hit.marker.id:
            return number
    return len(layout.lines)


def _of_marker(layout: Layout, number: int, hit: Hit) -> Iterator[Fact]:
    if hit.marker.fact in DATES:
        return  # dates are chosen among all that the page prints
    if hit.marker.fact == "keyword":
        yield from _keywords(layout, number, hit)
        return
    line = layout.lines[number]
    value = _value(line, hit)
    if not value and _continues(layout, number + 1, hit):
        line = layout.lines[number + 1]
        value = line.text.strip(_EDGES)
    if hit.marker.id == "navigation.breadcrumb":
        parts = [part.strip() for part in _STEPS.split(line.text) if part.strip()]
        value = parts[1] if len(parts) > 2 else ""
    if hit.marker.fact == "author":
        value = _without_dates(value)
    if value and len(value) <= LONGEST_VALUE:
        yield _fact(hit.marker.fact, value, hit.marker.id, line)
        if hit.marker.fact == "source":
            for agency in agencies.canonical(value):
                yield Fact("agency", agency, "agencies", line.start, line.end)


def _of_credit(line: Line, rule: str) -> Iterator[Fact]:
    """Yield the author and the agencies that a byline, a dateline or a sign-off names."""
    for part in _CREDITS.split(line.text):
        words = part.strip(_EDGES).split()
        if 2 <= len(words) <= LONGEST_NAME and is_name(fold(words[0])) and not any(map(str.isdecimal, words)):
            yield _fact("author", " ".join(words), rule, line)
    for name in agencies.named(line.text):
        yield Fact("agency", name, "agencies", line.start, line.end)


def _keywords(layout: Layout, number: int, hit: Hit) -> Iterator[Fact]:
    """Yield the keywords behind the label, or on the lines below it; without separators they are one."""
    line = layout.lines[number]
    value = _value(line, hit)
    if line.folded.endswith(":") and value:
        return  # the heading of a box that is not there
    texts = [value] if value else []
    below = number + 1
    while not value and _continues(layout, below, hit) and below - number <= MOST_KEYWORDS:
        texts.append(layout.lines[below].text)
        below += 1
    for text in texts:
        for keyword in _SPLIT_KEYWORDS.split(text):
            if keyword.strip(" #."):
                yield _fact("keyword", keyword.strip(" #.").replace("_", " "), hit.marker.id, line)


def _continues(layout: Layout, number: int, hit: Hit) -> bool:
    """Whether line *number* belongs to the label above it: removed with it, and no label itself."""
    size = len(layout.lines)
    return number < size and layout.rules[number] == hit.marker.id and layout.hits[number] is None


def _without_dates(value: str) -> str:
    """Return *value* up to the first date or wide gap in it."""
    folded = fold(value)
    ends = [offsets(value)[date.start] for date in find_dates(folded)]
    return value[: min(ends, default=len(value))].split("  ", maxsplit=1)[0].strip(_EDGES)


def _value(line: Line, hit: Hit) -> str:
    """Return what stands behind the label, as it is printed, up to another label on the same line."""
    folded = fold(line.text)
    at = lower(folded).find(line.core.lstrip("([ ")[: hit.length])
    if at < 0 or hit.marker.pattern:
        return line.text.strip(_EDGES) if hit.marker.pattern else ""
    raw = line.text[offsets(line.text)[at + hit.length] :]
    raw = _NEXT_LABEL.split(raw.lstrip(_EDGES), maxsplit=1)[0]
    return str(raw).strip(_EDGES)


def _dates(layout: Layout, end: int) -> Iterator[Fact]:
    """Choose the date: of a line that says when it was published, else one above the article, then below."""
    ranked: list[tuple[int, int, str]] = []
    first = layout.first_body()
    for number, line in enumerate(layout.lines[:end]):
        hit = layout.hits[number]
        if layout.kinds[number] not in ("meta", "nav"):
            continue
        iso = next((date.iso for date in find_dates(fold(line.text)) if date.iso), "")
        if iso:
            named = DATES.get(hit.marker.fact if hit else "")
            ranked.append((named if named is not None else 1 if number < first else 2, number, iso))
    if ranked:
        _, number, iso = min(ranked)
        line, hit, rule = layout.lines[number], layout.hits[number], layout.rules[number]
        labelled = hit is not None and hit.marker.fact in DATES
        yield _fact("date", iso, rule, line)
        yield _fact(
            "date_text", (_value(line, hit) if hit and labelled else "") or line.text.strip(), rule, line
        )


def _fact(name: str, value: str, rule: str, line: Line) -> Fact:
    return Fact(name, value, rule, line.start, line.end)
