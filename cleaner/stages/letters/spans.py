"""Cut a text into stretches that may differ in language: quotations, and what surrounds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cleaner.language import Verdict, evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHORT = 90
"""Characters up to which a quotation is judged by itself alone; a longer undecided one is as its line is."""

_QUOTED = re.compile(
    '«[^«»\n]{1,600}»|"[^"\n]{1,600}"|\u201c[^\u201c\u201d\n]{1,600}\u201d|\u2018[^\u2018\u2019\n]{1,600}\u2019'
    "|\\([^()\n]{1,600}\\)|\\[[^\\[\\]\n]{1,600}\\]|\\{[^{}\n]{1,600}\\}"
)
_SENTENCE = re.compile("[^.!?؟؛|•\u06d4]+")


class Span(NamedTuple):
    """A stretch of a text and what language its evidence speaks for."""

    start: int
    end: int
    verdict: Verdict


def spans(text: str, suspect: Callable[[str], object]) -> Iterator[Span]:
    """Yield the spans of those lines of *text* that are *suspect*; a foreign line is one span.

    A quotation has a verdict of its own. A sentence that is foreign by itself is foreign in an Arabic line
    too; any other is as its line is.
    """
    start = 0
    for line in text.split("\n"):
        if suspect(line):
            yield from _line_spans(line, start)
        start += len(line) + 1


def _line_spans(line: str, offset: int) -> Iterator[Span]:
    quotations = [match.span() for match in _QUOTED.finditer(line)]
    rest = _blank(line, quotations)
    verdict = evidence(rest).verdict
    if verdict is Verdict.FOREIGN:
        yield Span(offset, offset + len(line), verdict)
        return
    for start, end in quotations:
        own = evidence(line[start:end]).verdict
        if own is Verdict.UNDECIDED and end - start > SHORT:
            own = verdict
        yield Span(offset + start, offset + end, own)
    for sentence in _SENTENCE.finditer(rest):
        if evidence(sentence[0]).verdict is Verdict.FOREIGN:
            yield Span(offset + sentence.start(), offset + sentence.end(), Verdict.FOREIGN)
        else:
            for piece in _between(sentence.span(), quotations):
                yield Span(offset + piece[0], offset + piece[1], verdict)


def _between(sentence: tuple[int, int], quotations: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the pieces of *sentence* that stand outside *quotations*, which are sorted."""
    start, stop = sentence
    for first, last in quotations:
        if last <= start or first >= stop:
            continue
        if first > start:
            yield start, first
        start = max(start, last)
    if start < stop:
        yield start, stop


def _blank(line: str, quotations: list[tuple[int, int]]) -> str:
    """Return *line* with *quotations* overwritten by spaces, so that offsets stay."""
    pieces: list[str] = []
    position = 0
    for start, end in quotations:
        pieces += (line[position:start], " " * (end - start))
        position = end
    return "".join((*pieces, line[position:]))
