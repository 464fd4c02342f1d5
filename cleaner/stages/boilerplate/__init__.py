"""Remove what is not the article: related lists, second articles, tags, share bars, mastheads, metadata lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.document import Edit, Split
from cleaner.folding import fold, offsets
from cleaner.language import is_foreign
from cleaner.stages.boilerplate import facts, inline
from cleaner.stages.boilerplate.layout import read
from cleaner.stages.boilerplate.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Document, Finding
    from cleaner.stages.boilerplate.layout import Layout


def boilerplate(document: Document) -> Iterator[Finding]:
    """Find furniture by markers, vocabulary and the structure of the page; second articles become documents."""
    if is_foreign(document):
        return
    given = document.metadata.get("title")
    title = " ".join(fold(given).lower().split()).strip(" .") if isinstance(given, str) else ""
    page = Page.of(document.text)
    layout = read(page, title)
    yield from facts.find(layout)
    yield from _edits(document.text, layout)


def _edits(text: str, layout: Layout) -> Iterator[Finding]:
    taken: set[int] = set()
    for second in layout.seconds:
        start, end = layout.lines[second.first].start, layout.lines[second.last].end
        taken.update(range(second.first, second.last + 1))
        yield Split(start, text[start:end], second.rule, second.title)
    number = 0
    lines = layout.lines
    while number < len(lines):
        rule = layout.rules[number]
        if not rule or number in taken:
            number += 1
            continue
        last = number
        while last + 1 < len(lines) and layout.rules[last + 1] == rule and last + 1 not in taken:
            last += 1
        start = lines[number].start
        end = lines[last + 1].start if last + 1 < len(lines) else len(text)
        yield Edit(start, text[start:end], "", rule)
        number = last + 1
    for line in lines:
        if layout.is_kept(line.number) and line.number not in layout.glued and line.number not in taken:
            for cut in inline.find(line):
                yield Edit(line.start + cut.start, cut.value, "", cut.rule)
    for number, hit in layout.glued.items():
        line = lines[number]
        places = offsets(line.text)
        lead = len(fold(line.text)) - len(fold(line.text).lstrip()) + (len(line.folded) - len(line.core))
        start, end = line.start + places[lead], line.start + places[lead + hit.length]
        yield Edit(start, text[start:end], "", hit.marker.id)
