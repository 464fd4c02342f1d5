"""Remove what is not the article: related lists, second articles, tags, share bars, mastheads, metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cleaner.document import Edit, Split
from cleaner.page import inline_markers
from cleaner.page.lines import Page
from cleaner.page.units import unit_cuts
from cleaner.stages.boilerplate import (
    below_footer,
    facts,
    marker_scope,
    title_fact,
    title_line,
    worded_lines,
)
from cleaner.stages.boilerplate.layout import Layout
from cleaner.text.folding import fold, offsets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Document, Finding
    from cleaner.page.line_model import LineModel
    from cleaner.page.markers import MarkerIndex


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Find boilerplate by markers, words and the structure of the page; second articles become documents.

    The user's *own* markers come before those that are shipped.
    """

    arabic_only: ClassVar[bool] = True
    own: MarkerIndex | None = None
    level: str = "balanced"
    model: LineModel | None = None

    def __call__(self, document: Document) -> Iterator[Finding]:
        """Yield the facts of the page, its second articles, and the lines and parts of lines to remove."""
        layout = read(document, own=self.own, level=self.level, model=self.model)
        parts = list(_parts_of_lines(layout))
        earlier = (edit for revision in document.revisions for edit in revision.edits)
        # Facts that an earlier stage found on the fuller page are better than those found on what is left.
        known = {name for name in ("title", "date", "date_text") if document.fact(name)}
        yield from (fact for fact in facts.find_facts(layout, parts, earlier) if fact.name not in known)
        yield from _second_articles(layout)
        yield from _whole_lines(layout)
        yield from parts


def read(
    document: Document,
    *,
    judged: bool = True,
    own: MarkerIndex | None = None,
    level: str = "balanced",
    model: LineModel | None = None,
) -> Layout:
    """Return the layout of the page of *document*, with a decision for each line.

    *judged*: the line classifier decides the lines that the rules leave undecided. *own* are the user's
    markers.
    """
    given = document.metadata.get("title")
    title = " ".join(fold(given).lower().split()).strip(" .") if isinstance(given, str) else ""
    layout = Layout(Page.of(document.text, unit_cuts(document.text)), title, own)
    title_line.find_title(layout)
    if layout.is_bare_article():
        title_line.find_repeated(layout)
        return layout
    marker_scope.follow_markers(layout)
    worded_lines.find_vocabulary(layout)
    if judged and layout.lines:
        # Only here, for it loads numpy: who checks one bare article does not wait for it.
        from cleaner.stages.boilerplate import line_classifier  # noqa: PLC0415

        line_classifier.classify_lines(layout, model)
        title_line.find_repeated(layout)
        line_classifier.remove_lines(layout, level)
        worded_lines.find_site_name(layout)
        worded_lines.find_sources(layout)
        below_footer.follow_endings(layout)
        below_footer.follow_lists(layout)
        below_footer.find_labelled(layout)
    return layout


def _second_articles(layout: Layout) -> Iterator[Split]:
    for second in layout.seconds:
        start, end = layout.lines[second.first].start, layout.lines[second.last].end
        title = title_fact.without_credit(second.title)
        yield Split(start, layout.page.text[start:end], second.rule, title)


def _whole_lines(layout: Layout) -> Iterator[Edit]:
    """Yield one edit for each run of lines that the same rule removes, with the line breaks behind them."""
    text, lines, rules = layout.page.text, layout.lines, layout.rules
    split = {number for second in layout.seconds for number in range(second.first, second.last + 1)}
    number = 0
    while number < len(lines):
        rule, first = rules[number], number
        number += 1
        if not rule or first in split:
            continue
        while number < len(lines) and rules[number] == rule and number not in split:
            number += 1
        start = lines[first].start
        end = lines[number].start if number < len(lines) else len(text)
        if first and "\n" not in text[lines[first - 1].end : start]:
            end = lines[number - 1].end  # what stands before it on its line stays: so does the line break
        yield Edit(start, text[start:end], "", rule)


def _parts_of_lines(layout: Layout) -> Iterator[Edit]:
    """Yield the edits inside lines that stay: labels glued to a sentence, and cuts by inline markers."""
    for number, line in enumerate(layout.lines):
        hit = layout.glued.get(number)
        if hit:
            places = offsets(line.text)
            folded = fold(line.text)
            lead = len(folded) - len(folded.lstrip()) + len(line.folded) - len(line.core.lstrip("([ "))
            first, last = places[lead], places[lead + hit.length]
            yield Edit(line.start + first, line.text[first:last], "", hit.marker.id)
        elif layout.is_kept(number):
            for cut in inline_markers.find_cuts(line, layout.inline):
                before, behind = line.text[cut.start - 1 : cut.start], line.text[cut.end : cut.end + 1]
                glued = before.strip() and behind.strip()
                yield Edit(line.start + cut.start, cut.value, " " if glued else "", cut.rule)
