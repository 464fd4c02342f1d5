"""The line classifier: decides the lines that no marker, vocabulary or place decides.

Each line shows a few of about a hundred yes-or-no features with plain names. Each feature has a weight,
learned from labelled pages by logistic regression (`cleaner/training`); a line whose weights sum to more than
the threshold is removed. Weights and threshold are data (`cleaner/rules/weights.toml`). Features are shapes,
places and classes of words; single words count only through their wording score (`wording`).
"""

from __future__ import annotations

from collections import Counter
from functools import cache, cached_property
from typing import TYPE_CHECKING

import regex

from cleaner import learned
from cleaner.page import inline_markers, vocabulary, wording
from cleaner.page.shapes import (
    announces_list,
    bullet,
    has_link,
    has_time,
    is_byline,
    tells_of_date,
    tells_of_more,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.page.lines import Line
    from cleaner.stages.boilerplate.layout import Layout

_LATIN = regex.compile(r"[a-z]")
_ARABIC = regex.compile(r"[\u0621-\u064a]")
_WORD_BINS = ((1, "1"), (2, "2"), (3, "3"), (4, "4"), (6, "5-6"), (9, "7-9"), (14, "10-14"), (24, "15-24"))


def classify_lines(layout: Layout) -> None:
    """Remove the undecided lines whose feature weights sum to more than the threshold."""
    view = View(layout)
    judged = list(candidates(view))
    if not judged:
        return
    weights, threshold = _model()
    for number in judged:
        if sum(weights.get(name, 0.0) for name in view.features(number)) > threshold:
            layout.remove(number, "structure.judged", view.kind(number))


SOUNDING, LOUD = 1.0, 2.0
"""Wording scores. Above the first, a line may be classified although it stands where lines of articles
stand, too; above the second, although it is a sentence, and nearly all sentences are the article's."""
LONGEST_DOUBTFUL = 40
"""Words. A longer sentence is the article's, whatever its wording score."""


def candidates(view: View) -> Iterator[int]:
    """Yield the lines to classify; of those that stand or read as the article's, only the oddly worded."""
    layout = view.layout
    for number, line in layout.undecided():
        if layout.prose[number]:
            is_doubtful = number > view.first and line.spaces < LONGEST_DOUBTFUL
            if is_doubtful and _is_loud(view, number) and not _is_of_list(layout, number):
                yield number
            continue
        if not line.tokens or _is_of_list(layout, number) or tells_of_date(line) or tells_of_more(line):
            continue
        if line.folded.endswith((".", ":")) and not _LATIN.search(line.folded):
            in_doubt = _is_loud(view, number)
        else:
            in_doubt = _may_be_boilerplate(view, number)
        if in_doubt and (not _in_run(layout, number) or any(inline_markers.find_cuts(line, layout.inline))):
            yield number


def _is_of_list(layout: Layout, number: int) -> bool:
    """Return whether a line is part of a list of the article, below its sentence or its first item."""
    listed = layout.lines[number].is_listed and number > 0 and layout.is_kept(number - 1)
    return listed or layout.is_announced(number)


def _is_loud(view: View, number: int) -> bool:
    """Return whether a line is worded so much like boilerplate that hardly any sentence of an article is.

    Lines that open as sentences do are not scored unless they stand beside boilerplate: that saves time, for
    most lines do.
    """
    layout, line = view.layout, view.layout.lines[number]
    beside = view.furnished and layout.is_beside_boilerplate(number, marked=True)
    if line.opens_prose and not beside:
        return False
    return view.wording(number) > (SOUNDING if beside and number >= view.last else LOUD)


def _may_be_boilerplate(view: View, number: int) -> bool:
    """Return whether a line that is no sentence stands, or is worded, as lines of articles seldom are."""
    layout, line = view.layout, view.layout.lines[number]
    if line.words >= 5 and layout.title_line < number < view.first:
        return _is_loud(view, number)  # if not, it is a second headline below the first
    # Between title and last sentence stand sub-headings, second headlines, questions of an interview.
    within = layout.title_line < number < max(view.first, view.last)
    if within and line.folded.endswith(("؟", "?")):
        return False
    if (not within and line.words < 6) or not _ARABIC.search(line.folded):
        return True
    return layout.is_beside_boilerplate(number, marked=True) or (
        line.words > 2 and view.wording(number) > SOUNDING
    )


LONGEST_RUN = 3
"""Undecided lines in a row that may be classified; longer runs are verses, results, a recipe."""
DENSE = 1 / 3
"""Share of the lines around that are boilerplate recognized by its words, from which on a longer run is a
menu."""


def _in_run(layout: Layout, number: int) -> bool:
    """Return whether a line stands in too long a run of undecided lines to be classified."""
    if number < layout.title_line:
        return False
    size = len(layout.lines)
    first = last = number
    while first > 0 and number - first <= LONGEST_RUN and _is_open(layout, first - 1):
        first -= 1
    while last + 1 < size and last - number <= LONGEST_RUN and _is_open(layout, last + 1):
        last += 1
    if last - first < LONGEST_RUN:
        return False
    near = range(max(0, number - 8), min(size, number + 9))
    marked = sum(bool(layout.rules[n]) and not layout.rules[n].startswith("structure.") for n in near)
    return marked < DENSE * len(near)


def _is_open(layout: Layout, number: int) -> bool:
    return layout.is_kept(number) and not layout.prose[number]


@cache
def _model() -> tuple[dict[str, float], float]:
    content = learned.table("line_labels")
    return content["weights"], content["threshold"]


class View:
    """The features of the lines of a layout; places and neighbours are measured once.

    *score* gives the wording score of folded tokens.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.scores: dict[int, float] = {}
        self.furnished = any(layout.rules)  # if not, no line stands beside boilerplate
        self.first = layout.first_body()
        self.last = layout.last_body()

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each line's core stands on the page."""
        return Counter(line.core for line in self.layout.lines)

    @cached_property
    def article(self) -> set[str]:
        """The longer words of the article's sentences, by the first six letters of their stems."""
        return {
            vocabulary.stem(token)[:6]
            for number, line in enumerate(self.layout.lines)
            if self.layout.is_body(number)
            for token in line.tokens
            if len(token) >= 4
        }

    def wording(self, number: int) -> float:
        """Return the wording score of line *number*; it is computed once."""
        if number not in self.scores:
            self.scores[number] = wording.score(self.layout.lines[number].tokens)
        return self.scores[number]

    def kind(self, number: int) -> str:
        """Return the kind of the boilerplate beside line *number*; "nav" if none is there."""
        for other in (number - 1, number + 1):
            if 0 <= other < len(self.layout.lines) and self.layout.kinds[other]:
                return self.layout.kinds[other]
        return "nav"

    def features(self, number: int) -> Iterator[str]:
        """Yield the names of the features that line *number* shows."""
        line = self.layout.lines[number]
        yield "any"
        yield from _shape(line)
        yield from _words(line)
        yield from self._wording(number)
        yield from self._place(number)
        yield from self._neighbours(number)
        if self.counts[line.core] > 1:
            yield "stands-twice"
        wanted = {vocabulary.stem(token)[:6] for token in line.tokens if len(token) >= 4}
        if wanted:
            share = len(wanted & self.article) / len(wanted)
            yield "of-the-article-" + (
                "none" if share == 0 else "some" if share < 0.5 else "most" if share < 1 else "all"
            )

    def _wording(self, number: int) -> Iterator[str]:
        """Yield the features of the wording score: the same score says more about a line of many words."""
        score, words = self.wording(number), self.layout.lines[number].words
        level = min(3, max(-3, round(score)))
        yield f"wording-{level:+d}"
        yield f"wording-{level:+d}-of-{'few' if words <= 4 else 'some' if words <= 12 else 'many'}"

    def _place(self, number: int) -> Iterator[str]:
        size, title = len(self.layout.lines), self.layout.title_line
        if self.last < 0:
            yield "place-no-article"
        elif number > self.last:
            yield "place-below"
            yield f"below-by-{min(number - self.last, 4)}"
            if number == size - 1:
                yield "below-last-line"
        elif number < self.first:
            yield "place-above-title" if number < title else "place-above"
            yield f"above-by-{min(self.first - number, 4)}"
        else:
            yield "place-inside"
        if title < 0:
            yield "no-title"

    def _neighbours(self, number: int) -> Iterator[str]:
        layout, size = self.layout, len(self.layout.lines)
        line = layout.lines[number]
        yield from self._neighbour("previous", number, number - 1)
        yield from self._neighbour("next", number, number + 1)
        near = [n for n in range(max(0, number - 3), min(size, number + 4)) if n != number]
        boilerplate = sum(bool(layout.rules[n]) for n in near)
        yield f"furniture-near-{'none' if not boilerplate else 'some' if boilerplate <= 2 else 'much'}"
        if number and announces_list(layout.lines[number - 1]) and layout.is_kept(number - 1):
            yield "announced"
        if line.after_blank:
            yield "after-blank"
        if number + 1 < size and layout.lines[number + 1].after_blank:
            yield "before-blank"

    def _neighbour(self, name: str, number: int, other: int) -> Iterator[str]:
        layout, line = self.layout, self.layout.lines[number]
        if not 0 <= other < len(layout.lines):
            yield f"{name}-none"
        elif layout.rules[other]:
            yield f"{name}-{layout.kinds[other]}"
            yield f"{name}-furniture"
        elif layout.prose[other]:
            yield f"{name}-prose"
        else:
            yield f"{name}-undecided"
            if layout.lines[other].words <= 4 and line.words <= 4:
                yield f"{name}-short-too"
            if bullet(line) and bullet(line) == bullet(layout.lines[other]):
                yield f"{name}-same-bullet"


_ENDS = (
    ("trailing-off", ("...", "…", "..")),
    ("full-stop", (".", ".»", '."', ".”")),
    ("asking", ("؟", "?", "!")),
    ("colon", (":",)),
    ("quote", ("»", '"', "”")),
    ("open", ("",)),
)


def _shape(line: Line) -> Iterator[str]:
    yield "words-" + next((name for most, name in _WORD_BINS if line.words <= most), "25+")
    text = line.folded
    yield "ends-" + next(name for name, endings in _ENDS if text.endswith(endings))
    for name, found in (
        ("bullet", bool(bullet(line))),
        ("list-sign", line.is_listed),
        ("indent", line.text[:1].isspace()),
        ("time", has_time(line)),
        ("digit", any(character.isdecimal() for character in text)),
        ("link", has_link(line)),
        ("hashtag", "#" in text),
        ("handle", "@" in text),
        ("bar", "|" in text),
        ("slash", "/" in text),
        ("arrow", any(sign in text for sign in "<>←→◄►▶◂»" if not text.endswith(sign))),
        ("colon", ":" in text[:-1]),
        ("comma", "،" in text or "," in text),
        ("copyright", "©" in text or "®" in text),
        ("bracket", text[:1] in "([" and text[-1:] in ")]"),
        ("quote", "«" in text or '"' in text or "“" in text),
        ("two-dots", ".." in text),
        ("byline", is_byline(line)),
    ):
        if found:
            yield f"has-{name}"
    latin, arabic = bool(_LATIN.search(text)), bool(_ARABIC.search(text))
    if latin:
        yield "latin-among-arabic" if arabic else "latin-only"
    elif not arabic:
        yield "no-letters"


def _words(line: Line) -> Iterator[str]:
    if not line.tokens:
        return
    stems = [vocabulary.stem(token) for token in line.tokens]
    for kind in ("share", "dates", "sections", "comments", "channels"):
        strong = sum(token in vocabulary.words(kind) for token in stems)
        if strong:
            share = strong / len(stems)
            yield f"{kind}-{'few' if share <= 0.25 else 'half' if share <= 0.6 else 'most'}"
    if line.opens_prose:
        yield "opens-prose"
    if stems[0] in vocabulary.words("given_names"):
        yield "opens-name"
    if stems[0] in vocabulary.words("invitations"):
        yield "opens-invitation"
    if any(token in vocabulary.words("invitations") for token in stems[1:]):
        yield "has-invitation"
    if any(len(token) >= 5 and token.endswith(("نا", "كم")) for token in line.tokens):
        yield "we-or-you"
    if any(token in vocabulary.words("page") for token in stems):
        yield "speaks-of-the-page"
