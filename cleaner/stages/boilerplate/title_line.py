"""The line of the title. It is found first, for what stands above it and what repeats it is boilerplate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.page import vocabulary, wording
from cleaner.page.cohesion import likeness, subject
from cleaner.page.shapes import is_address, is_byline, is_dated

if TYPE_CHECKING:
    from cleaner.page.lines import Line
    from cleaner.stages.boilerplate.layout import Layout

LONGEST_TITLE = 32
"""Words; the longest of 7,000 real titles has 31."""
SOUNDING = 1.5
"""Wording score above which a line sounds like a page that speaks about itself."""
TICKER_LIKENESS, TITLE_LIKENESS = 0.2, 0.4
"""Shares of a headline's longer words that stand in the article's first sentences. Other news, which a
ticker shows above the title, has at most the first; nine titles in ten have more than the second."""
MORE, LONG_THANKS = 12, 30
"""Words around a title in the path above it, and in what an aggregator says of it below the article."""
LONGEST_TICKER = 4
"""Headlines that a ticker shows."""
SHORTEST_NEWS = 5
"""Words of such a headline."""
REPEATED = "structure.repeated"


def find_title(layout: Layout) -> None:
    """Set the title line of *layout*: the line that equals the given title, or a headline above the article.

    A headline has four words or more. Without one, the title is a line with a date that says what the article
    says, else the last line of two or three words above the article.
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
    """Return whether a line with a date says what the article says: «أسعار الذهب يوم الخميس 9 مايو»."""
    return likeness(subject(layout.lines[number]), layout.opening_words(number + 1)) >= TITLE_LIKENESS


def _title_among(layout: Layout, headlines: list[int]) -> int:
    """Return the first of *headlines*; if that is other news, as in a ticker, the one most like the text."""
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
    """Return whether line *number* is one of the headlines below the heading of a ticker."""
    for above in range(number - 1, max(-1, number - LONGEST_TICKER - 1), -1):
        if hit := layout.hits[above]:
            return hit.is_alone and hit.marker.id == "navigation.breaking"
    return False


def _repeats_below(layout: Layout, number: int) -> bool:
    """Return whether a line has a headline of the next three lines in it, with a path or a date around it."""
    line = layout.lines[number]
    return any(
        other.core.strip(" .") in line.core and 4 <= other.words < line.words <= other.words + MORE
        for other in layout.lines[number + 1 : number + 4]
    )


def _headline_words(line: Line) -> int:
    """Return how many words, without numbers, a line has that may be a title; 0 if it cannot be one."""
    if line.words > LONGEST_TITLE or is_dated(line) or is_byline(line) or is_address(line):
        return 0
    if line.folded.endswith(":") and line.opens_prose:
        return 0
    if vocabulary.is_made_of(line.tokens, "sections") or vocabulary.is_made_of(line.tokens, "share"):
        return 0
    return sum(not token.isdecimal() for token in line.tokens)


def find_repeated(layout: Layout) -> None:
    """Remove lines that repeat the title, or, above the article, the line right above them."""
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
    """Return whether a line with the title's *core* in it has a path, a date, a name or thanks around it."""
    line, title = layout.lines[number], layout.lines[layout.title_line]
    if number == layout.title_line or title.words < 4 or len(line.core) == len(core):
        return False
    if number < layout.title_line:
        return line.words <= title.words + MORE
    return number >= layout.last_body() > layout.first_body() and line.words <= title.words + LONG_THANKS
