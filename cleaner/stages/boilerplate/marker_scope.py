"""Remove what is in the scope of each marker: its line, the list below it, the rest of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.stages.boilerplate import lists, own_lists, second_article

if TYPE_CHECKING:
    from cleaner.page.markers import Hit
    from cleaner.stages.boilerplate.layout import Layout

ENDS_COMMENTS = frozenset(["related", "share", "legal", "tags"])
"""Kinds of markers at which readers' comments end."""


def follow_markers(layout: Layout) -> None:
    """Remove what is in the scope of each marker, from the top of the page down."""
    number = 0
    while number < len(layout.lines):
        hit = layout.hits[number]
        if hit is None or not layout.is_kept(number) or number == layout.title_line:
            number += 1
        else:
            number = _follow(layout, number, hit)


def _follow(layout: Layout, number: int, hit: Hit) -> int:
    """Remove what is in the scope of the marker on line *number*; return the next line to look at."""
    marker, line = hit.marker, layout.lines[number]
    if hit.glued and (marker.scope == "glued" or layout.prose[number] or line.words > 16):
        layout.glued[number] = hit
        return number + 1
    may_head = marker.scope == "label" and marker.zone == "outside"
    if _is_article(layout, number, hit) or (may_head and own_lists.keep_headed_list(layout, number)):
        return number + 1
    layout.remove(number, marker.id, marker.kind)
    if marker.scope == "page":
        return _rest_of_page(layout, number, hit) if layout.first_plain < number else number + 1
    if marker.scope == "field":
        return _field(layout, number, hit)
    if marker.scope == "glued" and hit.is_alone:
        return lists.related(layout, number, hit, teased=True)
    if marker.scope == "header" and (hit.is_heading or _goes_on(layout, number)):
        return lists.LISTS[marker.kind](layout, number, hit)
    if marker.kind == "related" and not hit.is_alone:
        teased = second_article.find_below_teaser(layout, number, hit)
        return lists.second(layout, number, hit, teased) or number + 1
    return number + 1


def _is_article(layout: Layout, number: int, hit: Hit) -> bool:
    """Return whether the line belongs to the article although it opens with a marker."""
    marker, line = hit.marker, layout.lines[number]
    if _is_out_of_zone(layout, number, marker.zone):
        return True
    if marker.kind == "related" and not hit.is_alone and layout.prose[number]:
        return True  # a sentence is glued to the teaser: only a part of the line may go
    if marker.kind in SENTENCES and _is_sentence_among_others(layout, number):
        return True
    if marker.scope == "page":
        return False
    return (line.is_listed or marker.scope != "header") and layout.is_announced(number)


SENTENCES = frozenset(["legal", "comments", "share", "meta"])
"""Kinds of boilerplate that may be sentences, and that articles may be about."""
SHORTEST_SENTENCE = 11
"""Words of such a sentence."""


def _is_sentence_among_others(layout: Layout, number: int) -> bool:
    """Return whether a line is a whole sentence with a comma, between two sentences of the article."""
    line, below = layout.lines[number], number + 1
    if not (line.folded.endswith(".") and "،" in line.folded and line.words >= SHORTEST_SENTENCE):
        return False
    return number > 0 and layout.is_body(number - 1) and below < len(layout.lines) and layout.prose[below]


def _is_out_of_zone(layout: Layout, number: int, zone: str) -> bool:
    """Return whether line *number* is outside the zone of the page to which its marker is limited."""
    if not zone:
        return False
    below_boilerplate = number > 0 and not layout.is_kept(number - 1)
    if zone == "boilerplate":
        return not below_boilerplate
    above_text = number < layout.last_plain
    if zone == "tail":
        return above_text
    return layout.first_plain < number and above_text and not below_boilerplate


def _goes_on(layout: Layout, number: int) -> bool:
    """Return whether lines with bullets follow below a header that has text behind it."""
    below = number + 1
    return below < len(layout.lines) and layout.lines[below].is_listed and not layout.prose[below]


def _field(layout: Layout, number: int, hit: Hit) -> int:
    """Remove the line below a label without a value, for it is the value; return the line to go on at."""
    below = number + 1
    if not hit.is_empty or below == len(layout.lines) or below == layout.title_line:
        return below
    line = layout.lines[below]
    if (hit.marker.next_line and line.words <= 5) or (
        line.words <= 6 and not line.is_final and not layout.hits[below]
    ):
        layout.remove(below, hit.marker.id, hit.marker.kind)
        return below + 1
    return below


def _rest_of_page(layout: Layout, number: int, hit: Hit) -> int:
    """Remove readers' comments: all lines down to the next heading of another kind, which is returned."""
    for below in range(number + 1, len(layout.lines)):
        other = layout.hits[below]
        if other and other.marker.kind in ENDS_COMMENTS and other.marker.scope != "teaser":
            return below
        layout.remove(below, hit.marker.id, hit.marker.kind)
    return len(layout.lines)
