"""Find where a page that is one long line lost its line breaks: before labels, and behind headlines.

A label is a phrase of the marker tables. It counts where a sentence has ended before it, or where another
label's text goes on; so a sentence that uses the words is not cut. What the pieces are, later stages decide.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from cleaner.dates import find_dates
from cleaner.document import Edit
from cleaner.folding import offsets, small
from cleaner.language import is_foreign
from cleaner.needles import Needles
from cleaner.stages.boilerplate import vocabulary
from cleaner.stages.boilerplate.likeness import LONGER, beginning
from cleaner.stages.boilerplate.markers import SEPARATOR, markers
from cleaner.stages.boilerplate.markers import find as find_marker
from cleaner.stages.boilerplate.page import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Document, Finding

FEWEST_WORDS = 60
"""Words of a line from which on it may be a page."""
SHARE = 0.6
"""Share of the page that the line must be."""
LONGEST_LABELLED = 60
"""Words. A label's own text is no longer; what is longer is an article."""
LONGEST_HEADING = 4
"""Words."""
LONGEST_HEAD = 60
"""Words before the date that stands between title and text."""
HEADLINE = range(4, 25)
"""Words of a headline that is followed by its article without a break."""
LOOK_AHEAD = 40
"""Words of an article's beginning in which those of its headline are looked for."""

LISTS = frozenset(["related", "tags"])
"""What stands in lists, a dash before each."""

_SENTENCE_END = regex.compile(r"(?<=[\w»\"”)\]]{2})[.!؟?](?=[\s\"”»)]|$)")
_BEFORE_LABEL = regex.compile(r"(?:^|[.!؟?…»\"”)\]|]|(?:https?://|#|@)\S+|\.\w{2,3}/\S*)[\s*•|\-–—►▪(\[]*$")
_PLAIN_WORD = regex.compile(r"(?<![#@\w])\w+")
_WORD = regex.compile(r"\w+")
_COLON = regex.compile(r"\s?[:|]")
_BULLETS = "([*•▪►-–—|"
_NO_SPACE = regex.compile(r"\S")
_DASH = regex.compile(r"(?<=\s)[-–•▪►»](?=\s)")
_HASHTAGS = regex.compile(r"#\w{2,}(?:(?: \w+){0,2} #\w{2,})+")


class Label(NamedTuple):
    """A label in a line: where its words start and end, where its text starts, and what it marks."""

    start: int
    end: int
    text: int
    kind: str


def find_lost_breaks(document: Document) -> Iterator[Finding]:
    """Find where a page that is one long line lost its line breaks, before labels and behind headlines."""
    text = document.text
    if text.count(" ") < FEWEST_WORDS or is_foreign(document):
        return
    middle = len(text) // 2  # stands in the line, if there is one
    start, end = text.rfind("\n", 0, middle) + 1, text.find("\n", middle)
    raw = text[start : end if end >= 0 else len(text)]
    if len(raw) < SHARE * len(text) or raw.count(" ") < FEWEST_WORDS:
        return
    line = small(raw)
    found = {_space_before(line, at) for at in breaks(line)}
    places = offsets(raw) if found else []
    for at in sorted(found):
        if at > 0:
            place = places[at]
            yield Edit(start + place, raw[place], "\n", "run-on.line-break")


def breaks(line: str) -> Iterator[int]:
    """Yield where in a folded *line* another line should begin, behind a space."""
    labels = list(_labels(line))
    for number, label in enumerate(labels):
        end = labels[number + 1].start if number + 1 < len(labels) else len(line)
        yield label.start
        dashes = [match.start() for match in _DASH.finditer(line, label.end, end)]
        if label.kind in LISTS and (len(dashes) >= 2 or (dashes and dashes[0] < label.text)):
            yield from dashes
        elif label.kind == "related":
            in_article = _SENTENCE_END.search(line, label.text, end)
            # Below no other label, the article itself may go on behind the headline.
            headline = headline_end(line, label.text, end) if in_article and number else 0
            if number or not in_article:
                yield label.text
            if headline:
                yield headline
    yield from _behind_path(line)
    yield from _behind_date(line)


def _space_before(line: str, at: int) -> int:
    """Return where the space is before *at* and the bullets that belong to what is there, or −1."""
    end = at
    while end and (line[end - 1] == " " or (line[end - 1] in _BULLETS and line[end - 2 : end - 1] == " ")):
        end -= 1
    return end if 0 < end < at and line[end] == " " else -1


def _labels(line: str) -> Iterator[Label]:
    """Yield the labels of *line*, in order, each behind the end of a sentence or in the text of another."""
    last: Label | None = None
    for label in sorted({*_phrases_in(line), *_headings_in(line), *_hashtags_in(line)}):
        if last and label.start < last.end:
            continue
        goes_on = (
            last is not None
            and not _SENTENCE_END.search(line, last.end, label.start)
            and line.count(" ", last.end, label.start) < LONGEST_LABELLED
        )
        if goes_on or _BEFORE_LABEL.search(line, max(0, label.start - 200), label.start):
            yield label
            last = label


def _phrases_in(line: str) -> Iterator[Label]:
    """Yield the phrases of several words, and those with a separator behind them."""
    for phrase in _needles().found_in(line):
        for match in _whole(phrase).finditer(line):
            if " " in phrase or _COLON.match(line, match.end()):
                yield Label(match.start(), match.end(), _text_start(line, match.end()), _phrases()[phrase])


def _headings_in(line: str) -> Iterator[Label]:
    """Yield what stands before a colon and is a heading by a pattern or by the words it is made of."""
    for colon in _COLON.finditer(line):
        words = list(_PLAIN_WORD.finditer(line, max(0, colon.start() - 60), colon.start()))
        for word in words[-LONGEST_HEADING:]:
            if kind := _kind_of_heading(line[word.start() : colon.start()].strip()):
                yield Label(word.start(), colon.start(), _text_start(line, colon.start()), kind)
                break


@lru_cache(maxsize=1 << 12)
def _kind_of_heading(words: str) -> str:
    """Return the kind of list whose heading these folded words are, or ""; the same stand in many texts."""
    hit = find_marker(Line(0, 0, words, words, after_blank=True))
    return hit.marker.kind if hit and hit.is_alone and hit.marker.scope == "header" else ""


def _hashtags_in(line: str) -> Iterator[Label]:
    """Yield runs of hashtags; words that belong to the tag before them stand between."""
    for match in _HASHTAGS.finditer(line):
        yield Label(match.start(), match.end(), match.end(), "hashtags")


def _text_start(line: str, at: int) -> int:
    match = SEPARATOR.match(line, at)
    text = _NO_SPACE.search(line, match.end() if match else at)
    return text.start() if text else len(line)


@cache
def _phrases() -> dict[str, str]:
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
def _needles() -> Needles:
    return Needles(_phrases())


def headline_end(line: str, start: int, end: int) -> int:
    """Return where the article begins that follows its headline at *start*, or 0 if nothing tells.

    Articles say first what their headlines say: as long as the words come again, they are the
    headline's. Each counts 1, each that does not come again −½; the sum is greatest where the headline ends.
    """
    words = list(_WORD.finditer(line, start, end))[: HEADLINE.stop + LOOK_AHEAD]
    beginnings = [beginning(word.group()) for word in words]
    best, best_at, total = 2.0, 0, 0.0
    for number in range(min(HEADLINE.stop, len(words) - 1)):
        if len(words[number].group()) >= LONGER:
            later = beginnings[max(number + 1, HEADLINE.start) : number + LOOK_AHEAD]
            total += 1 if beginnings[number] in later else -0.5
        if number + 1 in HEADLINE and total > best:
            best, best_at = total, words[number + 1].start()
    return best_at


def _behind_path(line: str) -> Iterator[int]:
    """Yield where the title begins behind a menu or path with bars, whose last item names a section."""
    path = _PATH.match(line)
    if not path:
        return
    sections = vocabulary.words("sections")
    for number, word in enumerate(_WORD.finditer(line, path.end(), path.end() + 60)):
        # A second word is of the name only if «and» joins it: else it may be the first of the title.
        if vocabulary.stem(word.group()) not in sections or (number and not word.group().startswith("و")):
            if number:
                yield word.start()
            return


_PATH = regex.compile(r"(?:[^|\n]{2,30}\s[|>»/]\s){2,}")


def _behind_date(line: str) -> Iterator[int]:
    """Yield where the text begins behind the date, and the share buttons, that part it from its title."""
    words = _WORD.finditer(line)
    head = line[
        : next((word.end() for number, word in enumerate(words) if number == LONGEST_HEAD), len(line))
    ]
    date = next(iter(find_dates(head)), None)
    if (
        not date
        or head.count(" ", 0, date.start) < HEADLINE.start
        or _SENTENCE_END.search(head[: date.start])
    ):
        return
    behind = _TIME.match(line, date.end)
    at = behind.end() if behind else date.end
    yield at
    buttons = at
    strong, weak = vocabulary.words("share"), vocabulary.words("share", "weak")
    found = 0
    for word in _WORD.finditer(line, at, at + 120):
        stem = vocabulary.stem(word.group())
        if stem not in strong and stem not in weak:
            buttons = word.start()
            break
        found += stem in strong
    if found >= FEWEST_BUTTONS:
        yield buttons


FEWEST_BUTTONS = 3
_TIME = regex.compile(r"(?:\s*[-–|,،]?\s*(?:\d{1,2}:\d\d(?::\d\d)?|[صم]\b|am\b|pm\b|مساء|صباحا|gmt))*\s*")
