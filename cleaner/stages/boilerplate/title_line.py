"""The line of the title: found first, for what stands above it and what says it again is boilerplate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.page import vocabulary, wording
from cleaner.page.cohesion import beginnings, likeness, subject
from cleaner.page.shapes import is_address, is_byline, is_dated

if TYPE_CHECKING:
    from cleaner.page.lines import Line
    from cleaner.stages.boilerplate.layout import Layout

LONGEST_TITLE = 32
"""Words; the longest of 7,000 real titles has 31."""
SOUNDING = 1.5
"""What its wording says for boilerplate from which on a line sounds like a page that speaks of itself."""
TICKER_LIKENESS, TITLE_LIKENESS = 0.2, 0.4
"""Shares of a headline's longer words that stand in the article's first sentences: other news, which a ticker
shows above the title, have less than the first; nine titles in ten have more than the second."""
MORE, LONG_THANKS = 12, 30
"""Words around a title in the path above it, and in what an aggregator says of it below the article."""
LONGEST_TICKER = 4
"""Headlines that a ticker shows."""
SHORTEST_NEWS = 5
"""Words of such a headline."""
REPEATED = "structure.repeated"


def find_title(layout: Layout) -> None:
    """Find the title: the line that equals the given one, else a headline above the article.

    A headline has four words or more; where there is none, the last of two or three above the article is it.
    """
    headlines: list[int] = []
    dated: list[int] = []
    short = -1
    for number, line in enumerate(layout.lines):
        if layout.title and line.core.strip(" .") == layout.title:
            layout.title_line = number
            return
        if _repeats_below(layout, number):
            continue
        if layout.prose[number] and not layout.hits[number]:
            break
        words = 0 if layout.hits[number] else _headline_words(line)
        if not layout.hits[number] and is_dated(line):
            dated.append(number)
        if words >= 4:
            headlines.append(number)
        elif words >= 2:
            short = number
    if headlines:
        layout.title_line = _title_among(layout, headlines)
    else:
        layout.title_line = next((number for number in dated if _is_dated_title(layout, number)), short)


def _is_dated_title(layout: Layout, number: int) -> bool:
    """Whether a line with a date says what the article says: «gold prices on Thursday, 9 May»."""
    return likeness(subject(layout.lines[number]), layout.opening_words(number + 1)) >= TITLE_LIKENESS


def _title_among(layout: Layout, headlines: list[int]) -> int:
    """Return the first of *headlines*; if that is other news, and stands as a ticker does, the likest."""
    first = headlines[0]
    sounds_so = wording.score(layout.lines[first].tokens) > SOUNDING
    if len(headlines) == 1 or not (first or sounds_so):
        return first
    text = layout.opening_words(headlines[-1])
    likenesses = {n: likeness(layout.lines[n].tokens, text) for n in headlines}
    best = max(headlines, key=lambda n: likenesses[n])
    is_other = likenesses[first] <= TICKER_LIKENESS or _is_in_ticker(layout, first)
    return best if is_other and likenesses[best] >= TITLE_LIKENESS else first


def _is_in_ticker(layout: Layout, number: int) -> bool:
    """Whether line *number* stands below the heading of a ticker, as one of the headlines it shows."""
    for above in range(number - 1, max(-1, number - LONGEST_TICKER - 1), -1):
        if hit := layout.hits[above]:
            return hit.is_alone and hit.marker.id == "navigation.breaking"
    return False


def _repeats_below(layout: Layout, number: int) -> bool:
    """Whether a line is a headline that stands on one of the next lines, with a path or a date around it."""
    line = layout.lines[number]
    return any(
        other.core.strip(" .") in line.core and 4 <= other.words < line.words <= other.words + MORE
        for other in layout.lines[number + 1 : number + 4]
    )


def _headline_words(line: Line) -> int:
    """Return how many words a line has that may be a title, or 0 if it is none."""
    if line.words > LONGEST_TITLE or is_dated(line) or is_byline(line) or is_address(line):
        return 0
    if line.folded.endswith(":") and line.opens_prose:
        return 0
    if vocabulary.is_made_of(line.tokens, "sections") or vocabulary.is_made_of(line.tokens, "share"):
        return 0
    return sum(not token.isdecimal() for token in line.tokens)


def is_other_news(layout: Layout, line: Line) -> bool:
    """Whether a headline above the title is of another matter than title and article."""
    if line.words < SHORTEST_NEWS:
        return False
    text = beginnings(layout.lines[layout.title_line].tokens) | layout.opening_words(layout.title_line)
    most = TITLE_LIKENESS if _is_in_ticker(layout, line.number) else TICKER_LIKENESS
    return likeness(line.tokens, text) <= most


def find_repeated(layout: Layout) -> None:
    """Remove a line that says again what the line above it, or the title, said."""
    first = layout.first_body()
    if first == len(layout.lines):
        return
    title = layout.lines[layout.title_line].core.strip(" .") if layout.title_line >= 0 else ""
    seen: dict[str, int] = {}
    for number, line in enumerate(layout.lines):
        if not layout.is_kept(number):
            continue
        key = line.core.strip(" .")
        again = seen.get(key, -2)
        if title and title in line.core and _is_title_with_more(layout, number, title):
            layout.remove(number, REPEATED, "meta")
        elif (
            key
            and not (line.is_prose or line.folded.endswith("."))
            and ((number - again == 1 and number < first) or again == layout.title_line >= 0)
        ):
            layout.remove(number, REPEATED, "caption")
            if number == layout.title_line:
                layout.title_line = again
        else:
            seen.setdefault(key, number)


def _is_title_with_more(layout: Layout, number: int, core: str) -> bool:
    """Whether a line that says the title's *core* has a path, a date, a name or thanks around it."""
    line, title = layout.lines[number], layout.lines[layout.title_line]
    if number == layout.title_line or title.words < 4 or len(line.core) == len(core):
        return False
    if number < layout.title_line:
        return line.words <= title.words + MORE
    return number >= layout.last_body() > layout.first_body() and line.words <= title.words + LONG_THANKS
