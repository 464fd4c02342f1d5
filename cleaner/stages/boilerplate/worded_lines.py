"""Lines without a marker, recognized by the words that they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.page import printed_sources, vocabulary
from cleaner.page.shapes import has_time, is_only_date
from cleaner.stages.boilerplate.layout import SYMBOLS

if TYPE_CHECKING:
    from cleaner.page.lines import Line
    from cleaner.stages.boilerplate.layout import Layout

CONTROLS = frozenset(["a", "t", "f", "x", "w", "in", "ع", "ت", "ا"])
"""Letters on page controls: text size, initials of networks."""
LONGEST, LONGEST_MESSAGE = 24, 30
"""Words of a line that may be made of the words of one kind of boilerplate alone, and of a player's
message."""

LONGEST_SOURCE = 6
"""Words of a line that names a source and says nothing else."""
NAME, SHORTEST_NAME = range(2, 5), 6
"""Words of the name of a site that is looked for, and its code points at least."""


def find_vocabulary(layout: Layout) -> None:
    """Remove lines that are made of the words of one kind of boilerplate alone."""
    first, last = layout.first_body(), layout.last_body()
    for number, line in layout.undecided():
        if _is_of_player(line):
            layout.remove(number, "vocabulary.player", "embed")
            continue
        if layout.prose[number] or line.words > LONGEST or layout.is_announced(number):
            continue
        outside = not first < number < last
        beside = layout.is_beside_boilerplate(number, marked=True)
        rule, kind = _made_of(line, outside=outside, above=number < first, beside=beside)
        if rule:
            layout.remove(number, rule, kind)


def _is_of_player(line: Line) -> bool:
    """Return whether a line says only what a media player does: at least two of its words, and numbers."""
    first = line.first_word  # a cheap test: most lines need not be cut into words
    if not (first.isdecimal() or vocabulary.is_known(first, "player")) or line.words > LONGEST_MESSAGE:
        return False
    return vocabulary.is_only([token for token in line.tokens if not token.isdecimal()], "player")


def _made_of(line: Line, *, outside: bool, above: bool, beside: bool) -> tuple[str, str]:
    """Return rule and kind for a line made of the words of boilerplate, or "" for both.

    *outside*: not between the article's sentences; *above*: before them; *beside*: near boilerplate that is
    recognized by its words.
    """
    if not line.tokens:
        # A full stop on a line of its own has lost its sentence; it is given back by the paragraphs stage.
        return ("", "") if set(line.folded) <= set(". ") else (SYMBOLS, "nav")
    if line.words <= 8 and all(token in CONTROLS for token in line.tokens):
        return "structure.controls", "share"
    # The name of a network alone may be a sub-heading of an article about it.
    if vocabulary.is_made_of(line.tokens, "share") and (outside or beside or line.words >= 3):
        return "vocabulary.share", "share"
    if outside or beside:
        # Elsewhere, dates between paragraphs are the headings of a chronicle.
        if has_time(line) and is_only_date(line) and (above or not line.folded.endswith(":")):
            return vocabulary.DATES, "meta"
        if any(token.isdecimal() for token in line.tokens) and is_only_date(line) and beside:
            return vocabulary.DATES, "meta"
        if vocabulary.is_made_of(line.tokens, "comments") and line.words >= 2 and not above:
            return "vocabulary.comments", "comments"
        if vocabulary.is_made_of(line.tokens, "sections") and not line.is_final:
            return "vocabulary.sections", "nav"
        if vocabulary.is_made_of(line.tokens, "dates") and line.words <= 6:
            return vocabulary.DATES, "meta"
    return "", ""


def find_site_name(layout: Layout) -> None:
    """Remove short lines that say the name of the site, as a removed line of its masthead or footer does."""
    said = [
        layout.lines[number].folded
        for number, kind in enumerate(layout.kinds)
        if kind in {"share", "nav", "legal"} and layout.hits[number]
    ]
    footer = f" {' | '.join(said)} "
    for number, line in layout.undecided():
        name = line.core.strip(" .:|")
        if line.words in NAME and len(name) >= SHORTEST_NAME and not line.is_final and f" {name} " in footer:
            layout.remove(number, "structure.site-name", "nav")


def find_sources(layout: Layout) -> None:
    """Remove short lines below the article that name a known source and say nothing else: «عن: رويترز»."""
    last = layout.last_body()
    for number, line in layout.undecided():
        is_below = number > last >= 0 and line.words <= LONGEST_SOURCE
        if is_below and printed_sources.is_known(printed_sources.told(line.text)):
            layout.remove(number, "structure.source", "meta")
