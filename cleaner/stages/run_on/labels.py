"""The labels in a page that is one line: phrases of the marker tables, headings before a colon, hashtags."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from cleaner.page.lines import Line, Page
from cleaner.page.markers import SEPARATOR, find_markers, markers
from cleaner.text.prefilter import Prefilter

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTS = frozenset(["related", "tags"])
"""Kinds of labels whose text is a list."""
LONGEST_LABELLED = 60
"""Words of a label's text; longer text is an article."""
LONGEST_HEADING = 4
"""Words of a heading before a colon."""
LONGEST_KEYWORDS = 150
"""Code points behind a heading of keywords in which no sentence ends."""
SENTENCE_END = regex.compile(r"(?<=[\w»\"”)\]]{2})[.!؟?](?=[\s\"”»)]|$)")
"""Pattern for the sign that ends a sentence."""

_BEFORE_LABEL = regex.compile(r"(?:^|[.!؟?…»\"”)\]|]|(?:https?://|#|@)\S+|\.\w{2,3}/\S*)[\s*•|\-–—►▪(\[]*$")
_PLAIN_WORD = regex.compile(r"(?<![#@\w])\w+")
_COLON = regex.compile(r"\s?[:|]")
_HASHTAGS = regex.compile(r"#\w{2,}(?:(?: \w+){0,2} #\w{2,})+")
_NO_SPACE = regex.compile(r"\S")


class Label(NamedTuple):
    """A label in a line: where its words start and end, where its text starts, and its kind."""

    start: int
    end: int
    text: int
    kind: str


def labels(line: str) -> Iterator[Label]:
    """Yield the labels of a folded *line*, in order.

    A phrase counts behind the end of a sentence, in the text of another label, or if no sentence has it.
    """
    last: Label | None = None
    for label in sorted({*_phrases_in(line, tail_start(line)), *_headings_in(line), *_hashtags_in(line)}):
        if last and label.start < last.end:
            continue
        goes_on = (
            last is not None
            and not SENTENCE_END.search(line, last.end, label.start)
            and line.count(" ", last.end, label.start) < LONGEST_LABELLED
        )
        if goes_on or _is_certain(line, label) or _BEFORE_LABEL.search(line, *_before(label)):
            yield label
            last = label


def _before(label: Label) -> tuple[int, int]:
    """Return the span in which the end of a sentence before *label* is looked for."""
    return max(0, label.start - 200), label.start


def _is_certain(line: str, label: Label) -> bool:
    """Return whether hardly any sentence prints a label so: as a heading of keywords before a colon.

    No sentence ends in the text behind it.
    """
    words = line[label.start : label.end].strip()
    is_heading = label.kind == "tags" and " " in words and bool(_COLON.match(line, label.end))
    return is_heading and not SENTENCE_END.search(line, label.text, label.text + LONGEST_KEYWORDS)


def tail_start(line: str) -> int:
    """Return where the last sentence of a folded *line* ends; the length if none does."""
    return max((match.end() for match in SENTENCE_END.finditer(line)), default=len(line))


def _phrases_in(line: str, tail: int) -> Iterator[Label]:
    """Yield the phrases that have several words, a colon behind them, or stand behind the last sentence."""
    for phrase in _prefilter().found_in(line):
        for match in _whole(phrase).finditer(line):
            if " " in phrase or match.start() >= tail or _COLON.match(line, match.end()):
                yield Label(match.start(), match.end(), _text_start(line, match.end()), _phrases()[phrase])


def _headings_in(line: str) -> Iterator[Label]:
    """Yield what stands before a colon and is a heading by a pattern or by the words that it is made of."""
    for colon in _COLON.finditer(line):
        words = list(_PLAIN_WORD.finditer(line, max(0, colon.start() - 60), colon.start()))
        for word in words[-LONGEST_HEADING:]:
            if kind := _kind_of_heading(line[word.start() : colon.start()].strip()):
                yield Label(word.start(), colon.start(), _text_start(line, colon.start()), kind)
                break


@lru_cache(maxsize=1 << 12)
def _kind_of_heading(words: str) -> str:
    """Return the kind of list that these folded words head, or ""; cached, as the same words recur."""
    (hit,) = find_markers(Page(words, words, [Line(0, 0, words, words, after_blank=True)]))
    return hit.marker.kind if hit and hit.is_alone and hit.marker.scope == "header" else ""


def _hashtags_in(line: str) -> Iterator[Label]:
    """Yield runs of hashtags; up to two words of a tag may stand before the next one."""
    for match in _HASHTAGS.finditer(line):
        yield Label(match.start(), match.end(), match.end(), "hashtags")


def _text_start(line: str, at: int) -> int:
    """Return where the text of a label begins: behind a separator at *at* and white space."""
    match = SEPARATOR.match(line, at)
    text = _NO_SPACE.search(line, match.end() if match else at)
    return text.start() if text else len(line)


@cache
def _phrases() -> dict[str, str]:
    """Return the kind of each marker phrase that may be a label."""
    return {
        phrase: marker.kind
        for marker in markers()
        for phrase in marker.phrases
        if marker.scope != "glued" and len(phrase) >= 4
    }


@cache
def _whole(phrase: str) -> regex.Pattern[str]:
    return regex.compile(rf"\b{regex.escape(phrase)}(?!\w)")


@cache
def _prefilter() -> Prefilter:
    return Prefilter(_phrases())
