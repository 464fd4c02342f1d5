"""Follow each marker as far as its scope reaches: its line, the list below it, the rest of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.stages.boilerplate import second_article, vocabulary, wording
from cleaner.stages.boilerplate.layout import DASHES
from cleaner.stages.boilerplate.markers import Hit, Marker
from cleaner.stages.boilerplate.shapes import FEWEST_COUNTED, are_counted, bullet, is_dated

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.stages.boilerplate.layout import Layout, SecondArticle

LONGEST_LIST = 60
"""Lines. No list of headlines that was seen is longer, full-page dumps included."""
LONGEST_TAG_LIST = 40
LONGEST_POLL = 8
LONGEST_HEADLINE = 34
"""Words. A line above it in a list of headlines is a paragraph."""
LONGEST_EXCERPT = 80
"""Words of what a list shows of an article below its headline, where it breaks off."""
BREAKS_LIST = frozenset(["tags", "share", "comments", "legal", "related", "ad"])
ENDS_COMMENTS = frozenset(["related", "share", "legal", "tags"])


def follow_markers(layout: Layout) -> None:
    """Remove what each marker of the page reaches, from the top down."""
    number = 0
    while number < len(layout.lines):
        hit = layout.hits[number]
        if hit is None or not layout.is_kept(number) or number == layout.title_line:
            number += 1
        else:
            number = _follow(layout, number, hit)


HEADING = Marker(
    "structure.heading", "related", "header", "A line that is worded, or stands, as headings do."
)
LONGEST_HEADING_WORDS = 5
SOUNDING, CLEAR = 0.3, 1.5
"""What its wording says for furniture from which on a short line is such a heading, where furniture known by
its words stands beside it and where not; that of sub-headings says less, that of verses nothing."""


def follow_headings(layout: Layout) -> None:
    """Remove what stands below headings that no marker knows: worded as such, or above a list of links."""
    last = layout.last_body()
    for number, line in layout.undecided() if last >= 0 else ():
        if number <= last or line.words > LONGEST_HEADING_WORDS:
            continue
        if line.is_listed or line.folded.endswith(":"):
            continue
        least = SOUNDING if layout.is_beside_furniture(number, marked=True) else CLEAR
        if (
            _heads_links(layout, number)
            or are_counted(layout.lines[number + 1 : number + 1 + FEWEST_COUNTED])
            or (_heads_headlines(layout, number) and wording.score(line.tokens) >= least)
            or _heads_enclosed_list(layout, number)
        ):
            layout.remove(number, HEADING.id, HEADING.kind)
            _related(layout, number, Hit(HEADING, len(line.core), "", separated=True, glued=False))


def follow_endings(layout: Layout) -> None:
    """Remove the article that a page goes on with below the first one's footer, without any heading."""
    for number, line in layout.undecided():
        above = number - 1
        if not (layout.first_plain < above and layout.rules[above]) or layout.prose[number]:
            continue
        second = second_article.find(layout, above, NEXT_HIT)
        if not second or not second_article.is_whole(layout, second):
            continue
        if second.first == number or (second.first == number + 1 and line.words <= LONGEST_HEADING_WORDS):
            for below in range(number, second.last + 1):
                layout.remove(below, NEXT.id, NEXT.kind)
            layout.seconds.append(second)


def follow_lists(layout: Layout) -> None:
    """Remove the article whose headline is the last of a list below the first one's footer."""
    for number, _ in layout.undecided():
        heading = number - 1
        if not (layout.first_plain < heading and layout.kinds[heading] == "related" and layout.prose[number]):
            continue
        while heading and not layout.hits[heading] and layout.kinds[heading] == "related":
            heading -= 1
        second = second_article.find_below_list(layout, heading, NEXT_HIT, number)
        if second and second_article.is_whole(layout, second):
            for below in range(number, second.last + 1):
                layout.remove(below, NEXT.id, NEXT.kind)
            layout.seconds.append(second)


NEXT = Marker(
    "structure.next-article", "related", "header", "A headline and its text stand below the footer."
)
NEXT_HIT = Hit(NEXT, 0, "", separated=True, glued=False)
ARROWS = frozenset("»›>►◄▶◀←→")
"""Signs that stand before links; articles list things with dots and dashes."""


def _heads_links(layout: Layout, number: int) -> bool:
    """Whether two lines or more that open with the same arrow stand right below a line."""
    below = layout.lines[number + 1 : number + 3]
    return len(below) == 2 and bullet(below[0]) in ARROWS and bullet(below[0]) == bullet(below[1])


def _heads_enclosed_list(layout: Layout, number: int) -> bool:
    """Whether three headlines or more stand below a line, and right below them furniture known by words."""
    below = number + 1
    while below < len(layout.lines) and layout.is_kept(below) and _is_headline(layout, below):
        below += 1
    enclosed = below < len(layout.lines) and bool(layout.hits[below]) and not layout.is_kept(below)
    words = sum(layout.lines[n].words for n in range(number + 1, below))
    return enclosed and below - number > FEWEST_ENCLOSED and words >= LONGEST_VERSE * (below - number - 1)


FEWEST_ENCLOSED, LONGEST_VERSE = 3, 7
"""Lines of such a list; and words that they have in the mean, for a poem above the tags has less."""


def _is_headline(layout: Layout, number: int) -> bool:
    line = layout.lines[number]
    return (
        line.is_headline_like
        and line.words >= 4
        and not (layout.hits[number] or line.is_listed or line.folded.endswith(":"))
    )


def _heads_headlines(layout: Layout, number: int) -> bool:
    """Whether two headlines stand right below a line."""
    below = range(number + 1, min(number + 3, len(layout.lines)))
    return len(below) == 2 and all(
        layout.is_kept(n)
        and not layout.hits[n]
        and layout.lines[n].is_headline_like
        and layout.lines[n].words >= 5
        and bullet(layout.lines[n]) not in DASHES
        for n in below
    )


def _follow(layout: Layout, number: int, hit: Hit) -> int:
    """Remove what the marker on line *number* reaches; return the next line to look at."""
    marker, line = hit.marker, layout.lines[number]
    if hit.glued and (marker.scope == "glued" or layout.prose[number] or line.words > 16):
        layout.glued[number] = hit
        return number + 1
    if _is_article(layout, number, hit):
        return number + 1
    layout.remove(number, marker.id, marker.kind)
    if marker.scope == "page":
        return _rest_of_page(layout, number, hit) if layout.first_plain < number else number + 1
    if marker.scope == "field":
        return _field(layout, number, hit)
    if marker.scope == "glued" and hit.is_alone:
        return _related(layout, number, hit, teased=True)
    if marker.scope == "header" and (hit.is_heading or _goes_on(layout, number)):
        return LISTS[marker.kind](layout, number, hit)
    if marker.kind == "related" and not hit.is_alone:
        return (
            _second(layout, number, hit, second_article.find_below_teaser(layout, number, hit)) or number + 1
        )
    return number + 1


def _is_article(layout: Layout, number: int, hit: Hit) -> bool:
    """Whether the line belongs to the article for all that it opens with a marker."""
    marker, line = hit.marker, layout.lines[number]
    if _is_out_of_zone(layout, number, marker.zone):
        return True
    if marker.kind == "related" and not hit.is_alone and layout.prose[number]:
        return True  # a sentence has run into the teaser: only a part of the line may go
    if marker.kind in SENTENCES and _is_sentence_among_others(layout, number):
        return True
    if marker.scope == "page":
        return False
    return (line.is_listed or marker.scope != "header") and layout.is_announced(number)


SENTENCES = frozenset(["legal", "comments", "share", "meta"])
"""Kinds of furniture that has sentences, and that articles are about."""
SHORTEST_SENTENCE = 11
"""Words."""


def _is_sentence_among_others(layout: Layout, number: int) -> bool:
    """Whether a line is a whole sentence, with a comma in it, between two of the article."""
    line, below = layout.lines[number], number + 1
    if not (line.folded.endswith(".") and "،" in line.folded and line.words >= SHORTEST_SENTENCE):
        return False
    return number > 0 and layout.is_body(number - 1) and below < len(layout.lines) and layout.prose[below]


def _is_out_of_zone(layout: Layout, number: int, zone: str) -> bool:
    """Whether a row that holds in one zone of the page only is met elsewhere."""
    if not zone:
        return False
    below_furniture = number > 0 and not layout.is_kept(number - 1)
    if zone == "furniture":
        return not below_furniture
    above_text = number < layout.last_plain
    if zone == "tail":
        return above_text
    return layout.first_plain < number and above_text and not below_furniture


def _goes_on(layout: Layout, number: int) -> bool:
    """Whether bullets go on below a header that has text behind it."""
    below = number + 1
    return below < len(layout.lines) and layout.lines[below].is_listed and not layout.prose[below]


def _field(layout: Layout, number: int, hit: Hit) -> int:
    """Remove the line below a label without a value: it has the value."""
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
    """Remove readers' comments: everything to the next heading of another kind."""
    for below in range(number + 1, len(layout.lines)):
        other = layout.hits[below]
        if other and other.marker.kind in ENDS_COMMENTS and other.marker.scope != "teaser":
            return below
        layout.remove(below, hit.marker.id, hit.marker.kind)
    return len(layout.lines)


def _while(layout: Layout, number: int, hit: Hit, most: int, belongs: Callable[[int], bool]) -> int:
    """Remove the lines below *number* while they belong to the list there; return the first that does not."""
    below = number + 1
    while below < len(layout.lines) and below <= number + most and belongs(below):
        layout.remove(below, hit.marker.id, hit.marker.kind)
        below += 1
    return below


def _share(layout: Layout, number: int, hit: Hit) -> int:
    """Remove share buttons; below the heading of a newsletter up to three lines of its own."""
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


def _related(layout: Layout, number: int, hit: Hit, *, teased: bool = False) -> int:
    """Remove a second article, or a list of headlines; *teased*: the one headline on the next line."""
    second = second_article.find(layout, number, hit)
    if second:
        return _second(layout, number, hit, second)
    if teased:
        return _teased(layout, number, hit)
    below = _headlines(layout, number, hit)
    return _second(layout, number, hit, second_article.find_below_list(layout, number, hit, below)) or below


def _second(layout: Layout, number: int, hit: Hit, second: SecondArticle | None) -> int:
    """Remove a second article, and what stands between it and the marker; return the line behind it, or 0."""
    if not second:
        return 0
    for below in range(number + 1, second.last + 1):
        layout.remove(below, hit.marker.id, hit.marker.kind)
    if second_article.is_whole(layout, second):
        layout.seconds.append(second)
    return second.last + 1


def _teased(layout: Layout, number: int, hit: Hit) -> int:
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
    """Remove headlines, dates and counters to the first sentence; inside the article, to a blank line."""
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
                return (
                    line.words <= LONGEST_LIST
                )  # headlines that run together, and nothing but furniture below
            return bool(same_bullet) and not line.folded.endswith(".")
        return not (inside and not first and line.after_blank and not spaced and not line.is_listed)

    return _while(layout, number, hit, LONGEST_LIST, belongs)


LISTS: dict[str, Callable[[Layout, int, Hit], int]] = {
    "share": _share,
    "tags": _tags,
    "nav": _poll,
    "related": _related,
}
"""How the list below a header is read, by the header's kind."""
