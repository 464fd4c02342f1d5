"""The line classifier decides: labels of lines (`cleaner.page.line_labels`) become removals.

It may object to every marker but the user's own: where a line is likelier the article's, nothing goes. How
much likelier boilerplate a line without a marker must be is the level, whose share of lost article words was
measured on pages that the classifier had not seen.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from cleaner.page.evidence import LineMarks
from cleaner.page.line_labels import label_lines
from cleaner.page.line_model import line_model
from cleaner.page.shapes import is_byline
from cleaner.stages.boilerplate import own_series
from cleaner.stages.boilerplate.title_line import LONGEST_TITLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.page.line_labels import LineLabels
    from cleaner.page.line_model import Level, LineModel
    from cleaner.stages.boilerplate.layout import Layout

RULES = {
    "related": "classifier.related",
    "second": "classifier.second",
    "comments": "classifier.comments",
    "meta": "classifier.meta",
    "tags": "classifier.tags",
    "share": "classifier.share",
    "nav": "classifier.nav",
    "legal": "classifier.legal",
    "embed": "classifier.embed",
}
"""The rule by which a line goes, by its label."""
CERTAIN = {"related": -3000, "share": -1500, "navigation": -1500, "comments": -1500, "legal": -1500}
"""Margins, by table of markers, below which a line stays although a marker says that it is boilerplate. What
other tables hold, articles say, too: there the likelier side decides."""
CERTAIN_ROWS = {("vocabulary", "player"): -3000}
"""The same for single rules, in two parts each: what players say."""
SURE = 2800
"""Margin over which sentences go, whatever the level."""
SHORTEST_ARTICLE = 35
"""Words of prose that must be left of a page for other prose to be another article's."""


def classify_lines(layout: Layout, model: LineModel | None = None) -> None:
    """Label the lines of *layout*, take back what markers remove of the article, and find the title."""
    marks = LineMarks(layout.hits, layout.kinds, frozenset(layout.listed))
    labels = layout.labels = label_lines(layout.lines, marks, model or line_model())
    own = layout.own.ids if layout.own else frozenset()
    for number, margin in enumerate(labels.margins):
        rule = layout.rules[number]
        if rule and rule not in own and margin <= _certain(rule):
            layout.keep(number)
    marked = [number for number, rule in enumerate(layout.rules) if rule and rule not in own]
    for number in own_series.kept_together(layout, marked, marked=True):
        if number < len(layout.rules) and layout.rules[number] not in own:
            layout.keep(number)
    if not (layout.title and layout.title_line >= 0) and (title := _title(layout, labels)) >= 0:
        layout.title_line, layout.is_title_labelled = title, True
    elif _is_lone_headline(layout):
        layout.title_line = 0
    if layout.title_line >= 0:
        layout.keep(layout.title_line)


def _certain(rule: str) -> int:
    """Return the margin up to which a line stays that *rule* removes."""
    table, _, row = rule.partition(".")
    return CERTAIN_ROWS.get((table, row), CERTAIN.get(table, 0))


def _title(layout: Layout, labels: LineLabels) -> int:
    """Return the line that the labels make the title, or −1; not a path to it, and no name alone."""
    title = labels.title()
    if title < 0:
        return title
    line = layout.lines[title]
    if line.words > LONGEST_TITLE or (line.words < SHORTEST_HEADLINE and is_byline(line)):
        return -1
    for number in range(title + 1, min(title + 4, len(layout.lines))):
        below = layout.lines[number]
        if below.words > SHORTEST_HEADLINE and line.core.endswith(" " + below.core):
            return number
    return title


def _is_lone_headline(layout: Layout) -> bool:
    """Return whether the first line is a headline, a kicker or a word above a poem, and no byline.

    It holds letters only. At most one line stands between it and the first sentence, and it has three words
    or more, for bylines mostly have two; or one, on a page without markers.
    """
    line = layout.lines[0]
    if line.words > LONGEST_TITLE or not line.folded.replace(" ", "").isalpha() or _SYMBOL.search(line.text):
        return False
    if line.words == 1 and not any(layout.hits):
        return True
    above = layout.hits[: layout.first_plain]
    return line.words >= SHORTEST_HEADLINE and len(above) <= FARTHEST_SENTENCE and not any(above)


_SYMBOL = regex.compile(r"\p{So}")
FARTHEST_SENTENCE = 2
"""The number of the first sentence, at most, below such a line."""
SHORTEST_HEADLINE = 3
"""Words of a headline without any other evidence."""


def remove_lines(layout: Layout, level: str) -> None:
    """Remove the lines whose margin is over that of the *level*.

    Sentences, and lines between two of them, must be more surely boilerplate than others. Of sentences,
    nothing goes where less than a short article would be left.
    """
    labels = layout.labels
    if labels is None:
        return
    least = labels.model.levels[level]
    runs = set(_runs(layout, labels.margins, least.other))
    going = [
        number
        for number, margin in enumerate(labels.margins)
        if (number in runs or margin > _least(layout, number, least))
        # A marker that its place keeps from removing a line between sentences knows better.
        and not (layout.hits[number] and _is_between(layout, number))
        and number not in {layout.title_line, 0 if _is_lone_headline(layout) else -1}
        and number not in layout.glued
    ]
    own = set(own_series.kept_together(layout, going, marked=False))
    going = [number for number in going if number not in own]
    begun = set(_begun(layout, labels, going))
    # A sub-heading above a sentence that stays is the article's, too.
    staying = set(going) - begun
    going = [n for n in going if n in begun and (layout.prose[n] or layout.hits[n] or n + 1 not in staying)]
    inside = set(own_series.subheadings(layout, going))
    going = [number for number in going if number not in inside]
    gone = frozenset(going)
    left = sum(
        line.words
        for number, line in enumerate(layout.lines)
        if layout.is_body(number) and number not in gone
    )
    for number in going:
        if left >= SHORTEST_ARTICLE or not layout.prose[number]:
            label = labels.kind(number)
            layout.remove(number, RULES[label], "related" if label == "second" else label)
    for number in own_series.below_items(layout):
        layout.keep(number)
    for number in _among_comments(layout, labels):
        layout.remove(number, RULES["comments"], "comments")


def _least(layout: Layout, number: int, level: Level) -> int:
    """Return the margin of the *level* over which a line goes."""
    if layout.prose[number]:
        return max(SURE, level.text)
    return level.text if _is_in_text(layout, number) else level.other


def _among_comments(layout: Layout, labels: LineLabels) -> Iterator[int]:
    """Yield the lines between two removed lines of comments that stand close to each other.

    What stands between the names, times and buttons of comments is comments, whatever it speaks of.
    """
    frames = [
        number
        for number, kind in enumerate(layout.kinds)
        if kind == "comments" or labels.label(number) == "comments"
    ]
    if len(frames) < FEWEST_FRAMES:
        return
    first = layout.first_body()
    for above, below in pairwise(frames):
        if above > first and 1 < below - above <= FARTHEST_FRAME:
            between = range(above, below + 1)
            if min(labels.margins[number] for number in between) > CLEARLY_ARTICLE:
                yield from (number for number in between if number != layout.title_line)


FEWEST_FRAMES, FARTHEST_FRAME, CLEARLY_ARTICLE = 4, 12, -3500
"""Lines of comments that a page must have, lines from one to the next, and margin of the article's lines."""


def _begun(layout: Layout, labels: LineLabels, going: Sequence[int]) -> Iterator[int]:
    """Yield the lines *going*, but for sentences that go on with an article that stays.

    «وقالت …» begins no other article, whether a sentence or a sub-heading stands above it.
    """
    begun, last = False, -1
    for number in going:
        if any(map(layout.prose.__getitem__, range(last + 1, number))):
            begun = False
        last = number
        if layout.prose[number] and labels.kind(number) == "second":
            begun |= not layout.lines[number].opens_prose
            if not begun:
                continue
        yield number


LEAST_IN_RUN, SHORTEST_RUN = -500, 5
"""Margin that each headline of a run must have, and the lines of a run."""
LEAST_IN_TAIL = -1000
"""The same behind the last sentence of the page."""


def _runs(layout: Layout, margins: Sequence[int], least: int) -> Iterator[int]:
    """Yield the lines of runs of headlines that go together.

    They are on average likelier boilerplate by the *least* margin, and none is clearly the article's; behind
    the last sentence of a page they need be no likelier.
    """
    last = max((number for number, prose in enumerate(layout.prose) if prose), default=len(margins))
    run: list[int] = []
    for number in range(len(margins) + 1):
        line = layout.lines[number] if number < len(margins) else None
        lowest = LEAST_IN_TAIL if number > last else LEAST_IN_RUN
        if line and line.is_headline_like and not layout.prose[number] and margins[number] > lowest:
            run.append(number)
            continue
        wanted = 0 if run and run[0] > last else least
        if len(run) >= SHORTEST_RUN and sum(margins[member] for member in run) > wanted * len(run):
            yield from run
        run = []


def _is_in_text(layout: Layout, number: int) -> bool:
    """Return whether a line ends as a sentence, or stands between two sentences that stay."""
    line = layout.lines[number]
    is_sentence = line.folded.endswith(".") and not line.trails_off and not layout.hits[number]
    return is_sentence or _is_between(layout, number)


def _is_between(layout: Layout, number: int) -> bool:
    """Return whether a line stands between two sentences that stay."""
    return 0 < number < len(layout.lines) - 1 and layout.is_body(number - 1) and layout.is_body(number + 1)
