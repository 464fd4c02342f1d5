"""Headings, endings and lists without a known marker, recognized by their place and their wording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.page import wording
from cleaner.page.markers import Hit, Marker
from cleaner.page.shapes import FEWEST_COUNTED, are_counted, bullet
from cleaner.stages.boilerplate import lists, second_article
from cleaner.stages.boilerplate.layout import DASHES

if TYPE_CHECKING:
    from cleaner.stages.boilerplate.layout import Layout

HEADING = Marker(
    "structure.heading", "related", "header", "A line that is worded, or stands, as headings do."
)
NEXT = Marker(
    "structure.next-article", "related", "header", "A headline and its text stand below the footer."
)
NEXT_HIT = Hit(NEXT, 0, "", separated=True, glued=False)
LONGEST_HEADING_WORDS = 5
SOUNDING, CLEAR = 0.3, 1.5
"""Wording scores from which on a short line is such a heading: beside boilerplate that is recognized by
its words, and elsewhere. Sub-headings score less, and verses about 0."""
ARROWS = frozenset("»›>►◄▶◀←→")
"""Bullets of links; articles list things with dots and dashes."""
FEWEST_ENCLOSED, LONGEST_VERSE = 3, 7
"""Lines of an enclosed list, and the words that they have on average; a poem above the tags has fewer."""


def follow_headings(layout: Layout) -> None:
    """Remove headings without a marker below the article, and the lists below them.

    They are worded as headings above headlines, or stand above links, counted headlines or an enclosed list.
    """
    last = layout.last_body()
    for number, line in layout.undecided() if last >= 0 else ():
        if number <= last or line.words > LONGEST_HEADING_WORDS:
            continue
        if line.is_listed or line.folded.endswith(":"):
            continue
        least = SOUNDING if layout.is_beside_boilerplate(number, marked=True) else CLEAR
        if (
            _heads_links(layout, number)
            or are_counted(layout.lines[number + 1 : number + 1 + FEWEST_COUNTED])
            or (_heads_headlines(layout, number) and wording.score(line.tokens) >= least)
            or _heads_enclosed_list(layout, number)
        ):
            layout.remove(number, HEADING.id, HEADING.kind)
            lists.related(layout, number, Hit(HEADING, len(line.core), "", separated=True, glued=False))


def follow_endings(layout: Layout) -> None:
    """Remove the article that follows below the first one's footer without any heading."""
    for number, line in layout.undecided():
        above = number - 1
        if not (layout.first_plain < above and layout.rules[above]) or layout.prose[number]:
            continue
        second = second_article.find_second_article(layout, above, NEXT_HIT)
        if not second or not second_article.is_whole(layout, second):
            continue
        if second.first == number or (second.first == number + 1 and line.words <= LONGEST_HEADING_WORDS):
            lists.second(layout, above, NEXT_HIT, second)


def follow_lists(layout: Layout) -> None:
    """Remove the article whose headline is the last one of a list below the first article's footer."""
    for number, _ in layout.undecided():
        heading = number - 1
        if not (layout.first_plain < heading and layout.kinds[heading] == "related" and layout.prose[number]):
            continue
        while heading and not layout.hits[heading] and layout.kinds[heading] == "related":
            heading -= 1
        second = second_article.find_below_list(layout, heading, NEXT_HIT, number)
        if second and second_article.is_whole(layout, second):
            lists.second(layout, number - 1, NEXT_HIT, second)


def _heads_links(layout: Layout, number: int) -> bool:
    """Return whether two lines that open with the same arrow stand right below a line."""
    below = layout.lines[number + 1 : number + 3]
    return len(below) == 2 and bullet(below[0]) in ARROWS and bullet(below[0]) == bullet(below[1])


def _heads_enclosed_list(layout: Layout, number: int) -> bool:
    """Return whether three headlines or more stand below a line, and then a removed line with a marker."""
    below = number + 1
    while below < len(layout.lines) and layout.is_kept(below) and _is_headline(layout, below):
        below += 1
    enclosed = below < len(layout.lines) and bool(layout.hits[below]) and not layout.is_kept(below)
    words = sum(layout.lines[n].words for n in range(number + 1, below))
    return enclosed and below - number > FEWEST_ENCLOSED and words >= LONGEST_VERSE * (below - number - 1)


def _is_headline(layout: Layout, number: int) -> bool:
    line = layout.lines[number]
    return (
        line.is_headline_like
        and line.words >= 4
        and not (layout.hits[number] or line.is_listed or line.folded.endswith(":"))
    )


def _heads_headlines(layout: Layout, number: int) -> bool:
    """Return whether two headlines stand right below a line."""
    below = range(number + 1, min(number + 3, len(layout.lines)))
    return len(below) == 2 and all(
        layout.is_kept(n)
        and not layout.hits[n]
        and layout.lines[n].is_headline_like
        and layout.lines[n].words >= 5
        and bullet(layout.lines[n]) not in DASHES
        for n in below
    )
