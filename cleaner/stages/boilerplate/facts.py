"""What the boilerplate says about the article: title, date, sources, agencies, author, category, keywords."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from cleaner.document import Fact
from cleaner.page import agencies, markers, printed_sources, vocabulary
from cleaner.page.lines import Page
from cleaner.page.shapes import is_name
from cleaner.stages.boilerplate import date_fact, title_fact, unlabelled
from cleaner.text.dates import certain_date, find_dates
from cleaner.text.folding import fold, lower, offsets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.document import Edit
    from cleaner.page.lines import Line
    from cleaner.page.markers import Hit
    from cleaner.stages.boilerplate.layout import Layout

_SPLIT_KEYWORDS = regex.compile(r"\s*(?:[،,|;؛•▪◦\n]|\s[-–—/]\s|(?<!\w)#)\s*")
_NEXT_LABEL = regex.compile(r"\s+(?:التصنيف|تاريخ الخبر|تاريخ النشر|القسم|الناشر|التاريخ|المصدر|الباب)\s*:")
_EDGES = " \t:.،,-–—ـ|/>»…·•"
LONGEST_VALUE = 300
"""Code points. A longer value is no fact."""
MOST_KEYWORDS = 60
"""Lines below a label that are read as its keywords."""
LONGEST_NAME = 5
"""Words of a person's name."""
_CREDITS = regex.compile(r"\s+[-–—ـ|]+\s+|[/|_()،,@:]|\d+")
_STEPS = regex.compile(r"\s*[<>»«/|◂›‹]\s*|\s[-–]\s|,\s")


def find_facts(layout: Layout, parts: Sequence[Edit], earlier: Iterable[Edit]) -> Iterator[Fact]:
    """Yield the facts of the page; of several with the same name the first is the likeliest.

    *parts* are the edits inside lines that stay, *earlier* those of earlier stages.
    """
    spoken_of = -1  # the line of a title with a date in it
    if title := title_fact.find_title_fact(layout):
        yield _fact("title", title[1], "structure.title", title[0])
        dated = title[0].figures and any(find_dates(fold(title[1])))
        spoken_of = title[0].number if dated else -1
    end = _end(layout)
    yield from _dates(layout, date_fact.find_date(layout, end, spoken_of), end, [*parts, *earlier])
    found = [*_of_lines(layout, end), *(fact for part in parts for fact in _of_part(part))]
    yield from found
    told = {fact.name for fact in found}
    if "author" not in told:
        yield from unlabelled.find_author(layout)
    if "source" not in told:
        yield from (fact for source in unlabelled.find_source(layout, end) for fact in _of_source(*source))


def _of_lines(layout: Layout, end: int) -> Iterator[Fact]:
    """Yield the facts in the removed lines before line *end*; keywords also behind it."""
    last = layout.last_body()
    for number, line in enumerate(layout.lines):
        hit, rule = layout.hits[number], layout.rules[number]
        if number >= end and not (hit and hit.marker.fact == "keyword"):
            continue
        if hit and hit.marker.fact and rule == hit.marker.id:
            yield from _of_marker(layout, number, hit)
        elif rule and number > last and (source := _told(layout, number, last)):
            yield from _of_source(source, rule, line)
        elif layout.kinds[number] == "meta":
            yield from _of_credit(line, rule)


def _of_part(part: Edit) -> Iterator[Fact]:
    """Yield the facts in a removed part of a line: it is read as a line of its own."""
    page = Page.of(part.before.strip(_EDGES + "()[]"))
    for line, hit in zip(page.lines, markers.find_markers(page), strict=True):
        said: Iterator[Fact] = iter(())
        if hit and hit.marker.fact == "source":
            said = _of_source(_value(line, hit), part.rule, line)
        elif hit and hit.marker.fact == "keyword":
            said = _split_keywords(_value(line, hit), part.rule, line)
        elif agencies.is_credit(line.text):
            said = (_fact("agency", name, agencies.RULE, line) for name in agencies.named(line.text))
        yield from (replace(fact, start=part.start, end=part.end) for fact in said)


def _told(layout: Layout, number: int, last: int) -> str:
    """Return the source that the removed line *number* below the article names without a label, or ""."""
    line = layout.lines[number]
    if source := printed_sources.told(line.text):
        return source
    is_next = number <= last + 2 and all(not layout.is_kept(other) for other in range(last + 1, number))
    is_source = layout.rules[number].startswith("classifier.") and (
        printed_sources.is_medium(line.text) or printed_sources.is_outlet(line.text.strip())
    )
    return line.text.strip(_EDGES) if is_next and is_source and layout.hits[number] is None else ""


def _end(layout: Layout) -> int:
    """Return the first line of the first list of other articles: from there on the page speaks of them."""
    for number in range(layout.last_body() + 1, len(layout.lines)):
        hit = layout.hits[number]
        if hit and hit.marker.kind == "related" and hit.is_heading and layout.rules[number] == hit.marker.id:
            return number
    return len(layout.lines)


def _of_marker(layout: Layout, number: int, hit: Hit) -> Iterator[Fact]:
    """Yield the facts of a removed line that opens with a marker; dates are chosen elsewhere."""
    if hit.marker.fact in date_fact.LABELS:
        return  # see `date_fact`: chosen from all dates that the page prints
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
        if value and vocabulary.stem(fold(value).split()[-1]) in vocabulary.words("dates"):
            return  # «أعداد هذا الأسبوع»: the issues of a paper
    if not value or len(value) > LONGEST_VALUE:
        return
    if hit.marker.fact == "source":
        yield from _of_source(value, hit.marker.id, line)
    else:
        yield _fact(hit.marker.fact, value, hit.marker.id, line)


def _of_source(value: str, rule: str, line: Line) -> Iterator[Fact]:
    """Yield the sources that *value* names, their agencies, and a reporter printed instead of a source."""
    for source in printed_sources.printed(value):
        yield _fact("source", source, rule, line)
    for agency in agencies.canonical(value):
        yield Fact("agency", agency, agencies.RULE, line.start, line.end)
    if reporter := printed_sources.reporter(value):
        yield _fact("author", reporter, rule, line)


def _of_credit(line: Line, rule: str) -> Iterator[Fact]:
    """Yield the author and the agencies that a byline, a dateline or a sign-off names."""
    for part in _CREDITS.split(line.text):
        words = part.strip(_EDGES).split()
        while words and vocabulary.stem(fold(words[-1])) in vocabulary.words("dates"):
            words.pop()  # a weekday
        if 2 <= len(words) <= LONGEST_NAME and is_name(fold(words[0])) and not any(map(str.isdecimal, words)):
            yield _fact("author", " ".join(words), rule, line)
    paper = _without_dates(line.text)
    if line.dates and printed_sources.is_outlet(paper):
        yield _fact("source", paper, rule, line)
    for name in agencies.named(line.text):
        yield Fact("agency", name, agencies.RULE, line.start, line.end)


def _keywords(layout: Layout, number: int, hit: Hit) -> Iterator[Fact]:
    """Yield the keywords behind the label or on the lines below it; a line without separators is one."""
    line = layout.lines[number]
    value = _value(line, hit)
    if line.folded.endswith(":") and value:
        return  # the heading of a box that the page has lost
    texts = [value] if value else []
    below = number + 1
    while not value and _continues(layout, below, hit) and below - number <= MOST_KEYWORDS:
        texts.append(layout.lines[below].text)
        below += 1
    for text in texts:
        yield from _split_keywords(text, hit.marker.id, line)


def _split_keywords(text: str, rule: str, line: Line) -> Iterator[Fact]:
    for keyword in _SPLIT_KEYWORDS.split(text):
        if keyword.strip(" #."):
            yield _fact("keyword", keyword.strip(" #.").replace("_", " "), rule, line)


def _continues(layout: Layout, number: int, hit: Hit) -> bool:
    """Return whether line *number* belongs to the label above it: removed with it, and no label itself."""
    size = len(layout.lines)
    return number < size and layout.rules[number] == hit.marker.id and layout.hits[number] is None


def _without_dates(value: str) -> str:
    """Return *value* up to the first date or wide gap in it."""
    folded = fold(value)
    ends = [offsets(value)[date.start] for date in find_dates(folded)]
    return value[: min(ends, default=len(value))].split("  ", maxsplit=1)[0].strip(_EDGES)


def _value(line: Line, hit: Hit) -> str:
    """Return what is printed behind the label, up to another label on the same line."""
    folded = fold(line.text)
    at = lower(folded).find(line.core.lstrip("([ ")[: hit.length])
    if at < 0 or hit.marker.pattern:
        return line.text.strip(_EDGES) if hit.marker.pattern else ""
    raw = line.text[offsets(line.text)[at + hit.length] :]
    raw = _NEXT_LABEL.split(raw.lstrip(_EDGES), maxsplit=1)[0]
    return str(raw).strip(_EDGES)


def _dates(
    layout: Layout, printed: date_fact.Printed | None, end: int, gone: Sequence[Edit]
) -> Iterator[Fact]:
    """Yield the facts `date` and `date_text`: the day of the article, and the words that tell it.

    A page without a printed date that embeds posts of one day is taken to be of that day. «منذ 3 ساعات» gives
    `date_text` only.
    """
    if printed:
        line, hit = layout.lines[printed.number], layout.hits[printed.number]
        rule = layout.rules[printed.number] or "structure.dateline"
        yield _fact("date", printed.iso, rule, line)
        labelled = hit is not None and hit.marker.fact in date_fact.LABELS
        yield _fact("date_text", (_value(line, hit) if hit and labelled else "") or _short(line), rule, line)
        return
    if day := date_fact.of_addresses(gone) or date_fact.of_posts(gone):
        yield Fact("date", *day)
    for number in range(min(end, len(layout.lines))):
        line, hit = layout.lines[number], layout.hits[number]
        told = hit and hit.marker.fact in date_fact.LABELS and layout.rules[number] == hit.marker.id
        if hit and told and (value := _value(line, hit)):  # not certain: Hijri alone, or of two orders
            yield _fact("date_text", value, hit.marker.id, line)
            return
    if (number := date_fact.ago(layout, end)) >= 0:
        line = layout.lines[number]
        yield _fact("date_text", line.text.strip(), layout.rules[number] or vocabulary.DATES, line)


def _short(line: Line) -> str:
    """Return the line; of a long paragraph only the words of the date."""
    folded = fold(line.text)
    date = certain_date(lower(folded)) if len(line.text) > LONGEST_VALUE else None
    places = offsets(line.text)
    return line.text[places[date.start] : places[date.end]] if date else line.text.strip()


def _fact(name: str, value: str, rule: str, line: Line) -> Fact:
    return Fact(name, value, rule, line.start, line.end)
