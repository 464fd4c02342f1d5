"""Remove what is listed below a header: buttons, keywords, a poll, headlines, or a whole second article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.page import vocabulary
from cleaner.page.shapes import bullet, is_dated
from cleaner.stages.boilerplate import second_article

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.page.markers import Hit
    from cleaner.stages.boilerplate.layout import Layout, SecondArticle

LONGEST_LIST = 60
"""Lines. No list of headlines that was seen is longer, not even on pages that were dumped whole."""
LONGEST_TAG_LIST = 40
"""Lines."""
LONGEST_POLL = 8
"""Lines."""
LONGEST_HEADLINE = 34
"""Words. A longer line in a list of headlines is a paragraph."""
LONGEST_EXCERPT, LONGEST_GLUED = 80, 60
"""Words of an excerpt that a list shows below a headline, and of headlines that run together on one line."""
BREAKS_LIST = frozenset(["tags", "share", "comments", "legal", "related", "ad"])
"""Kinds of markers at which a list of headlines ends."""


def _while(layout: Layout, number: int, hit: Hit, most: int, belongs: Callable[[int], bool]) -> int:
    """Remove up to *most* lines below *number* while they *belong* to the list; return the next line."""
    below = number + 1
    while below < len(layout.lines) and below <= number + most and belongs(below):
        layout.remove(below, hit.marker.id, hit.marker.kind)
        below += 1
    return below


def _share(layout: Layout, number: int, hit: Hit) -> int:
    """Remove share buttons; below the heading of a newsletter also up to three lines of its own."""
    newsletter = hit.marker.id == "share.newsletter"

    def belongs(below: int) -> bool:
        line = layout.lines[below]
        if layout.hits[below] or layout.prose[below] or line.words > 20:
            return False
        made = line.words <= 1 or vocabulary.is_made_of(line.tokens, "share")
        return made or (newsletter and below <= number + 3)

    return _while(layout, number, hit, LONGEST_LIST, belongs)


def _tags(layout: Layout, number: int, hit: Hit) -> int:
    """Remove keywords, one a line."""
    if not hit.is_alone:
        return number + 1

    def belongs(below: int) -> bool:
        line = layout.lines[below]
        if layout.hits[below] or layout.prose[below] or line.words > 5:
            return False
        return not (vocabulary.is_made_of(line.tokens, "share") or is_dated(line))

    return _while(layout, number, hit, LONGEST_TAG_LIST, belongs)


def _poll(layout: Layout, number: int, hit: Hit) -> int:
    """Remove a question, its answers, its buttons."""

    def belongs(below: int) -> bool:
        line, other = layout.lines[below], layout.hits[below]
        return (
            (other is None or other.marker.kind == "nav")
            and line.words <= 12
            and not line.folded.endswith(".")
        )

    return _while(layout, number, hit, LONGEST_POLL, belongs)


def related(layout: Layout, number: int, hit: Hit, *, teased: bool = False) -> int:
    """Remove a second article, or else a list of headlines; return the line to go on at.

    *teased*: instead of a list, only one headline on the next line.
    """
    if whole := second_article.find_second_article(layout, number, hit):
        return second(layout, number, hit, whole)
    if teased:
        return _teased(layout, number, hit)
    below = _headlines(layout, number, hit)
    return second(layout, number, hit, second_article.find_below_list(layout, number, hit, below)) or below


def second(layout: Layout, number: int, hit: Hit, article: SecondArticle | None) -> int:
    """Remove a second article and what stands above it up to the marker; return the line behind it, or 0.

    0 means that there is no article.
    """
    if not article:
        return 0
    for below in range(number + 1, article.last + 1):
        layout.remove(below, hit.marker.id, hit.marker.kind)
    if second_article.is_whole(layout, article):
        layout.seconds.append(article)
    return article.last + 1


def _teased(layout: Layout, number: int, hit: Hit) -> int:
    """Remove the one headline on the next line, if it stands there; return the line to go on at."""
    below = number + 1
    if below == len(layout.lines):
        return below
    line = layout.lines[below]
    apart = below + 1 == len(layout.lines) or layout.lines[below + 1].after_blank or not line.after_blank
    if 6 <= line.words <= 22 and apart and not (line.is_final or layout.prose[below] or layout.hits[below]):
        layout.remove(below, hit.marker.id, hit.marker.kind)
        return below + 1
    return below


def _headlines(layout: Layout, number: int, hit: Hit) -> int:
    """Remove headlines, dates and counters up to the first sentence, or in the article to a blank line."""
    last = len(layout.lines) - 1
    spaced = number < last and layout.lines[number + 1].after_blank
    inside = number < layout.last_plain

    def belongs(below: int) -> bool:
        line, other = layout.lines[below], layout.hits[below]
        if below == layout.title_line or (other and other.marker.kind in BREAKS_LIST):
            return False
        first = below == number + 1
        same_bullet = not first and bullet(line) and bullet(line) == bullet(layout.lines[below - 1])
        if layout.prose[below] or line.words > LONGEST_HEADLINE:
            if line.trails_off and line.words <= LONGEST_EXCERPT and not first:
                return not layout.prose[below - 1] or layout.lines[below - 1].trails_off
            if first and not line.is_final and layout.last_plain <= below:
                # Headlines that run together, and nothing but boilerplate below.
                return line.words <= LONGEST_GLUED
            return bool(same_bullet) and not line.folded.endswith(".")
        return not (inside and not first and line.after_blank and not spaced and not line.is_listed)

    return _while(layout, number, hit, LONGEST_LIST, belongs)


LISTS: dict[str, Callable[[Layout, int, Hit], int]] = {
    "share": _share,
    "tags": _tags,
    "nav": _poll,
    "related": related,
}
"""The function that removes the list below a header, by the header's kind."""
