"""Another article below the first one's footer, without any heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.page.markers import Hit, Marker
from cleaner.stages.boilerplate import lists, second_article
from cleaner.stages.boilerplate.layout import SecondArticle

if TYPE_CHECKING:
    from cleaner.stages.boilerplate.layout import Layout

NEXT = Marker(
    "structure.next-article", "related", "header", "A headline and its text stand below the footer."
)
NEXT_HIT = Hit(NEXT, 0, "", separated=True, glued=False)
LONGEST_HEADING_WORDS = 5
"""Words of a heading between the footer and the headline."""


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
        text = number  # of that article, sentences may have been removed already
        while layout.prose[text - 1] and layout.kinds[text - 1] == "related":
            text -= 1
        while heading and not layout.hits[heading] and layout.kinds[heading] == "related":
            heading -= 1
        second = second_article.find_below_list(layout, heading, NEXT_HIT, text)
        if second and second_article.is_whole(layout, second):
            lists.second(layout, number - 1, NEXT_HIT, second)


def find_labelled(layout: Layout) -> None:
    """Make documents of the removed blocks that the line classifier labels as the text of other articles."""
    labels, number = layout.labels, 0
    taken = {line for second in layout.seconds for line in range(second.first, second.last + 1)}
    while labels is not None and number < len(layout.lines):
        if number in taken or layout.is_kept(number) or not _is_text(layout, number):
            number += 1
            continue
        last = number
        while last + 1 < len(layout.lines) and last + 1 not in taken and _goes_on(layout, last + 1):
            last += 1
        while last > number and not _is_text(layout, last):
            last -= 1
        title = _title_above(layout, number)
        first = title if title >= 0 else number
        text = layout.lines[title].text.strip() if title >= 0 else ""
        found = SecondArticle(first, last, text, layout.rules[number])
        ends = layout.lines[last]
        whole = second_article.is_whole(layout, found) and ends.is_final and not ends.trails_off
        if whole and title >= 0 and len(layout.seconds) < second_article.MOST:
            layout.seconds.append(found)
        number = last + 1


def _is_text(layout: Layout, number: int) -> bool:
    return layout.prose[number] and layout.labels is not None and layout.labels.kind(number) == "second"


def _goes_on(layout: Layout, number: int) -> bool:
    """Return whether a removed line belongs to the article whose text stands above it."""
    if layout.is_kept(number) or layout.hits[number]:
        return False
    if _is_text(layout, number):
        return True
    below = number + 1
    return (
        layout.kinds[number] in {"meta", "embed", "ad"}
        and below < len(layout.lines)
        and _is_text(layout, below)
    )


def _title_above(layout: Layout, number: int) -> int:
    """Return the line of the headline above a text, bylines and dates apart, or −1."""
    for above in range(number - 1, max(-1, number - 1 - FARTHEST_TITLE), -1):
        line = layout.lines[above]
        if layout.is_kept(above) or layout.prose[above]:
            return -1
        if layout.kinds[above] == "related" and layout.hits[above] is None and line.is_headline_like:
            return -1 if line.folded.endswith(".") and not line.trails_off else above
    return -1


FARTHEST_TITLE = 4
"""Lines between the headline of another article and its text."""
