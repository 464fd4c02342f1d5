"""Boilerplate inside a line: behind its last sentence, before its first, or glued to one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

import regex

from cleaner.page import vocabulary
from cleaner.rules import expand, rows_of
from cleaner.text.folding import fold, offsets
from cleaner.text.prefilter import Prefilter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.page.lines import Line

LONGEST_HEADLINE = 26
"""Words of a headline behind an invitation such as «اقرأ أيضاً». More words are a headline and the
sentence that follows it."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a line that goes: its span in code points of the raw line, and the rule that removes it."""

    start: int
    end: int
    rule: str
    value: str  # the removed text


@dataclass(frozen=True, slots=True)
class InlineMarker:
    """One row of the table `inline`; *anchors* and *pattern* are folded.

    The pattern is tried only where an anchor stands; if *within* is not 0, only in so many code points at the
    end of the line. *behind_sentence*: an anchor must stand behind the end of a sentence. *headline*: a
    headline, whose end must be found, follows the anchor.
    """

    id: str
    anchors: tuple[str, ...]
    pattern: regex.Pattern[str]
    headline: bool
    within: int
    behind_sentence: bool


Proposal: TypeAlias = tuple[InlineMarker, list[str]]
"""A row that may find something on a page, and those of its anchors that stand there."""


@cache
def rows() -> tuple[InlineMarker, ...]:
    """Return the rows of the table `inline`."""
    return tuple(
        InlineMarker(
            row["id"],
            tuple(fold(anchor) for anchor in row["anchors"]),
            regex.compile(fold(expand(row["pattern"]))),
            row.get("headline", False),
            row.get("within", 0),
            row.get("behind_sentence", False),
        )
        for row in rows_of("inline", "inline")
    )


@cache
def _anchors() -> Prefilter:
    return Prefilter(chain.from_iterable(row.anchors for row in rows()))


def proposals(folded: str) -> list[Proposal]:
    """Return the rows that may find something on a *folded* page, each with its anchors that stand there."""
    found = _anchors().found_in(folded)
    return [
        (row, [anchor for anchor in row.anchors if anchor in found])
        for row in rows()
        if not found.isdisjoint(row.anchors)
    ]


def find_cuts(line: Line, proposals: Iterable[Proposal]) -> Iterator[Cut]:
    """Yield the parts of a *line* that the rows in *proposals* remove; never the whole line."""
    folded = line.folded
    for row, page_anchors in proposals:
        start = max(0, len(folded) - row.within) if row.within else 0
        near = folded[start:]
        anchors = [anchor for anchor in page_anchors if anchor in near]
        if not anchors:
            continue
        if row.behind_sentence:
            span = _behind_sentence(row, anchors, folded)
        else:
            match = row.pattern.search(folded, start)
            span = match.span("cut") if match else None
        if span and (span[0] > 0 or span[1] < len(folded)):
            yield _unfolded(line, *span, row.id)


def _behind_sentence(row: InlineMarker, anchors: Sequence[str], folded: str) -> tuple[int, int] | None:
    """Return the span that *row* removes behind the end of a sentence, or None.

    For each anchor, what stands before it is examined first: that is the cheapest test.
    """
    for anchor in anchors:
        at = folded.find(anchor)
        while at >= 0:
            start = _opening(folded, at)
            reach = at + LONGEST_TEXT if row.headline else len(folded)
            match = row.pattern.match(folded, at, reach) if start >= 0 else None
            if match:
                end = at + _headline_end(match.group()) if row.headline else match.end()
                if end > at:
                    return start, end
            at = folded.find(anchor, at + len(anchor))
    return None


def _opening(folded: str, at: int) -> int:
    """Return where boilerplate with an anchor at *at* begins, or −1 if no sentence ends before it.

    A bracket or bullet before the anchor belongs to the boilerplate.
    """
    before = folded[max(0, at - 8) : at]
    bare = before.rstrip(" ([*•►▪-")
    if not bare and at <= len(before):
        return 0
    if bare[-1:] in BOUNDARIES:
        return at - len(before) + len(bare)
    return -1


LONGEST_TEXT = 1000
"""Code points behind an anchor in which its headline is looked for; a text made of labels alone has
thousands."""
BOUNDARIES = tuple('.!؟?»"”)]…|')


def _headline_end(text: str) -> int:
    """Return where the headline ends that *text* begins with, or 0 if it cannot be told from a sentence.

    If the next sentence follows behind a space, or is glued to the headline, its opening word marks the end.
    """
    if len(text) == LONGEST_TEXT:
        return 0
    words = list(_WORD.finditer(text))
    pause = _PAUSE.search(text)
    for number, word in enumerate(words[: LONGEST_HEADLINE - 6]):
        if pause and pause.start() < word.start():
            break  # headlines have no comma: this one ended before it, at an unknown place
        if number >= 2 and _opens_sentence(word.group()):
            return int(word.start())
        if number >= 4 and (seam := _seam(word.group())):
            return int(word.start() + seam)
    if pause and len(words) > 12:
        return 0
    ends_as_sentence = text.rstrip().endswith((".", "»."))
    return len(text) if len(words) <= LONGEST_HEADLINE and not ends_as_sentence else 0


def _seam(word: str) -> int:
    """Return where in a folded *word* the next sentence is glued to the headline, or 0.

    Either the word ends with a word that opens sentences; or it is unknown, and splits into two known words,
    of which the second has «و» (and) before it.
    """
    if opener := _glued_opener().search(word):
        return int(opener.start())
    seams = [at for at in range(3, len(word) - 3) if word[at] == "و"]
    if not seams or vocabulary.is_usual(word):
        return 0
    halves = ((at, (word[:at], word[at + 1 :])) for at in seams)
    return next((at for at, both in halves if all(map(vocabulary.is_usual, both))), 0)


_WORD = regex.compile(r"\w+")
_PAUSE = regex.compile(r"[،؛]|(?<=\w\w\w)[.؟!]\s")


def _opens_sentence(word: str) -> bool:
    """Return whether a folded *word* opens sentences inside articles and is rare in headlines."""
    return word in _long_openers() or bool(_FUTURE.match(word))


_FUTURE = regex.compile(r"وس[يت]\w{3}")  # «and will …», as in «وسيعلن»


@cache
def _long_openers() -> frozenset[str]:
    known = (word for word in vocabulary.openers() if len(word) >= 4 and word.startswith("و"))
    verbs = (f"و{word}" for word, odds in vocabulary.opening_verbs().items() if odds >= CLEARLY_OPENS)
    return frozenset([*known, *verbs])


CLEARLY_OPENS = 2.0
"""Log odds by which articles are likelier to begin with a verb than to have it elsewhere."""


@cache
def _glued_opener() -> regex.Pattern[str]:
    long = sorted((word for word in vocabulary.openers() if len(word) >= 4), key=len, reverse=True)
    return regex.compile(rf"(?<=\w\w)(?:{'|'.join(map(regex.escape, long))})$")


def _unfolded(line: Line, start: int, end: int, rule: str) -> Cut:
    """Return the cut for a span of the folded *line*."""
    places = offsets(line.text)
    lead = len(fold(line.text)) - len(fold(line.text).lstrip())
    first, last = places[lead + start], places[lead + end]
    return Cut(first, last, rule, line.text[first:last])
