"""Lines without a marker, recognized by what they look like and where on the page they stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from cleaner.page import agencies, printed_sources, vocabulary, wording
from cleaner.page.cohesion import subject
from cleaner.page.shapes import (
    FEWEST_COUNTED,
    are_counted,
    has_link,
    has_score,
    is_address,
    is_byline,
    is_dated_credit,
    is_entry,
    is_keyword_list,
    is_name,
    is_saying,
    is_ticker,
)
from cleaner.stages.boilerplate.title_line import is_other_news

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.page.lines import Line
    from cleaner.stages.boilerplate.layout import Layout

BYLINE, DATED_LINE, MENU = "structure.byline", "structure.dated-line", "structure.menu"
SHORT = 4
"""Words of a short line. Entries of menus, tags and names have no more; few sub-headings have fewer than
two."""


def find_lists(layout: Layout) -> None:
    """Keep the lines of lists that stand right below a sentence of the article.

    Results, ingredients, steps, a timetable: many lines of a few words, none of them worded like a heading of
    boilerplate; or few lines that are built alike, such as names.
    """
    for number in range(layout.first_body() + 1, len(layout.lines)):
        if not layout.is_body(number - 1):
            continue
        end = number
        while end < len(layout.lines) and not (layout.prose[end] or layout.hits[end] or layout.rules[end]):
            end += 1
        run = layout.lines[number:end]
        if not run or are_counted(run[-FEWEST_COUNTED:]):
            continue
        if (
            _is_parallel(run)
            or _is_parallel(run[1:])
            or (_is_long(run) and not any(map(_may_be_heading, run)))
        ):
            layout.listed.update(range(number, end))


def find_closing(layout: Layout) -> None:
    """Keep the wish or greeting with which an article may end, right below its last sentence."""
    for number, line in layout.undecided():
        above = number - 1
        if number and (layout.is_body(above) or above in layout.listed) and not layout.prose[number]:
            opening = line.core.removeprefix(vocabulary.AND)
            if line.words <= LONGEST_CLOSING and opening.startswith(vocabulary.closings()):
                layout.listed.add(number)


def keep_headed_list(layout: Layout, number: int) -> bool:
    """Keep line *number*, right below a sentence, and the lines below it if these are built alike.

    Return whether they are: then the line is the heading of a list of the article.
    """
    below = number + 1
    while below < len(layout.lines) and not (layout.prose[below] or layout.hits[below]):
        below += 1
    if not (number and layout.is_body(number - 1) and _is_parallel(layout.lines[number + 1 : below])):
        return False
    layout.listed.update(range(number, below))
    return True


def _is_long(run: Sequence[Line]) -> bool:
    return len(run) >= SHORTEST_LIST and sum(line.words for line in run) >= LIST_WORDS * len(run)


def _is_parallel(run: Sequence[Line]) -> bool:
    """Return whether lines are built alike, as headlines are not: entries, names, quotations, results."""
    if len(run) < SHORTEST_PARALLEL:
        return False
    entries = 3 * sum(map(is_entry, run)) >= 2 * len(run)
    named = sum(is_name(line.first_word, rare=True) for line in run)
    names = 2 * named >= len(run) and all(line.words in NAME for line in run)
    return entries or names or all(map(is_saying, run)) or all(map(has_score, run))


def _may_be_heading(line: Line) -> bool:
    """Return whether a line may head a list of other articles: few words, no digits, and worded so."""
    plain = not line.folded.endswith(":") and not any(map(str.isdecimal, line.folded))
    return plain and line.words <= LONGEST_HEADING and wording.score(line.tokens) > HEADING


LONGEST_CLOSING = 9
"""Words of such a wish or greeting."""
SHORTEST_LIST, LIST_WORDS = 4, 3
"""Lines of a long list, and the words that they have on average; keywords have fewer."""
SHORTEST_PARALLEL, NAME = 3, range(2, 5)
"""Lines that are built alike, and words of a person's name."""
LONGEST_HEADING, HEADING = 5, 0.3
"""Words of a line that may head a list, and the wording score above which it does."""


def find_polls(layout: Layout) -> None:
    """Remove a question with its answers, above a button to vote."""
    for number, line in layout.undecided():
        if not line.folded.endswith(("؟", "?")) or line.words > 16 or is_entry(line):
            continue
        below = range(number + 1, min(number + 7, len(layout.lines)))
        button = next((n for n in below if layout.kinds[n] == "nav" and layout.lines[n].words <= 2), -1)
        if button > 0 and all(layout.lines[n].words <= 5 for n in range(number + 1, button)):
            for member in range(number, button):
                layout.remove(member, "structure.poll", "nav")


def find_credits(layout: Layout) -> None:
    """Remove names, places, agencies, dates and addresses above or below the article, and tickers."""
    first, last = layout.first_body(), layout.last_body()
    if last < 0:
        return  # no article: what looks like a name may be a verse
    for number, line in layout.undecided():
        if first <= number <= last or line.words > 14 or line.folded.endswith("."):
            continue
        if layout.is_announced(number):
            continue
        rule, kind = _credit(line)
        if number < layout.title_line and not rule:
            other = is_ticker(line) or is_other_news(layout, line)
            rule, kind = ("structure.ticker", "nav") if other else ("", "")
        if rule:
            layout.remove(number, rule, kind)


def _credit(line: Line) -> tuple[str, str]:
    if is_dated_credit(line):
        return DATED_LINE, "meta"
    if is_address(line):
        return "structure.address", "meta"
    if has_link(line):
        return "structure.link", "meta"
    if agencies.is_credit(line.folded) or _is_known_source(line):
        return "structure.agency", "meta"
    if is_byline(line):
        return BYLINE, "meta"
    return "", ""


def _is_known_source(line: Line) -> bool:
    """Return whether a line is the known name of a paper beside a word such as «أمس»."""
    return vocabulary.names_any(line.tokens, "dates") and printed_sources.is_known(" ".join(subject(line)))


def clear_head(layout: Layout) -> None:
    """Remove menus above the article, short lines above the title, names and places beside a credit."""
    first, title = layout.first_body(), layout.title_line
    if first == len(layout.lines):
        return  # no sentence anywhere: verses, or a page without an article
    head = [(number, line) for number, line in layout.undecided() if number < first and not line.is_final]
    short = [number for number, line in head if line.words <= SHORT]
    for number in short:
        if layout.lines[number].is_listed:
            continue
        beside = [layout.kinds[n] for n in (number - 1, number + 1) if 0 <= n < len(layout.lines)]
        run = sum(abs(other - number) <= 2 for other in _near(short, number))
        if 0 <= title < number and "meta" in beside:
            layout.remove(number, BYLINE, "meta")
        elif (
            _is_menu(layout, short, number)
            or (number < title and (layout.lines[number].words <= 3 or run >= 3))
            or (run >= 3 and layout.is_beside_boilerplate(number, marked=True))
        ):
            layout.remove(number, MENU, "nav")


def _near(numbers: list[int], number: int) -> list[int]:
    """Return those of the sorted *numbers* that are at most four lines from *number*."""
    return numbers[bisect_left(numbers, number - 4) : bisect_right(numbers, number + 4)]


def _is_menu(layout: Layout, short: list[int], number: int) -> bool:
    """Return whether *number* stands among many lines of a word or two; verses have three words or more."""
    near = [layout.lines[other].words for other in _near(short, number)]
    marked = any(layout.hits[n] for n in range(max(0, number - 6), min(len(layout.lines), number + 7)))
    return marked and len(near) >= 6 and sum(near) / len(near) <= 2.2


def clear_tail(layout: Layout) -> None:
    """Remove short lines, keyword lists and headlines behind boilerplate that is recognized by its words."""
    last = layout.last_body()
    if last < 0:
        return
    headlines: list[int] = []
    behind = False  # whether only boilerplate stands between here and a line recognized by its words
    for number in range(last + 1, len(layout.lines)):
        line, rule = layout.lines[number], layout.rules[number]
        if rule:
            behind |= not rule.startswith("structure.")
            continue
        if number == layout.title_line or layout.is_announced(number):
            behind = False
        elif is_keyword_list(line) and (behind or layout.is_beside_boilerplate(number)):
            layout.remove(number, "structure.keywords", "tags")
        elif behind and line.words <= SHORT and not line.folded.endswith((".", "؟", "!", "»", ":")):
            layout.remove(number, "structure.tail", "nav")
        elif behind and line.is_headline_like and not line.folded.endswith(":"):
            headlines.append(number)
        else:
            behind = False
    if len(headlines) >= 2:
        for number in headlines:
            layout.remove(number, "structure.headlines", "related")


LONG_MENU, KNOWN_IN_MENU = 12, 4
"""Short lines above or below an article from which on the page was dumped whole, menus and all; and how
many lines there must be recognized by their words. Verses and tables have no such lines."""


def clear_menus(layout: Layout) -> None:
    """Remove all short lines around the article of a page that was dumped whole."""
    first, last = layout.first_body(), layout.last_body()
    for zone in (range(first), range(last + 1, len(layout.lines)) if last >= 0 else ()):
        short = [
            n for n in zone if layout.lines[n].words <= SHORT + 2 and not layout.lines[n].folded.endswith(".")
        ]
        known = [n for n in zone if layout.rules[n] and not layout.rules[n].startswith("structure.")]
        if len(short) < LONG_MENU or len(known) < KNOWN_IN_MENU:
            continue
        for number in short:
            if number != layout.title_line and not layout.is_announced(number) and layout.is_kept(number):
                layout.remove(number, MENU, "nav")


def find_site_name(layout: Layout) -> None:
    """Remove a line between paragraphs that repeats the site's name from masthead or footer."""
    said = [
        layout.lines[number].folded
        for number, kind in enumerate(layout.kinds)
        if kind in ("share", "nav", "legal") and layout.hits[number]
    ]
    if not said:
        return
    footer = f" {' | '.join(said)} "
    for number, line in layout.undecided():
        name = line.core.strip(" .:|")
        if 2 <= line.words <= SHORT and len(name) >= 6 and not line.is_final and f" {name} " in footer:
            layout.remove(number, "structure.site-name", "nav")
