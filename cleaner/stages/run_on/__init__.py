"""Find where a page that is one long line lost its line breaks: before labels, and behind headlines.

Of other pages only the first line is examined: a title, with who wrote the article and when behind it.

A label is a phrase of the marker tables. It counts where a sentence has ended before it, or where the text of
another label goes on; so a sentence that uses the words is not cut. Later stages decide what the pieces are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

import regex

from cleaner.document import Edit
from cleaner.page import vocabulary
from cleaner.stages.run_on.head import LONGEST_OPENING, around_credit, behind_path, credit_at_end
from cleaner.stages.run_on.headline_break import CERTAIN, LENGTHS, LIKELY, headline_end
from cleaner.stages.run_on.labels import LISTS, LONGEST_LABELLED, SENTENCE_END, labels, tail_start
from cleaner.text.dates import has_figures
from cleaner.text.folding import offsets, small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Document, Finding

FEWEST_WORDS = 60
"""Words of a line that may be a whole page."""
SHARE = 0.6
"""Share of the page's code points that such a line has at least."""
LONGEST_FIRST_LINE = 300
"""Code points of a first line that is a title with date and time behind it."""
MOST_LOOKS = 3
"""How often a line is examined: once its parts are found, more can be recognized."""
BELOW = frozenset(["tags", "hashtags", "legal", "comments"])
"""Kinds of labels that stand below an article, not inside it."""

_BULLETS = "([*•▪►-–—|"
_DASH = regex.compile(r"(?<=\s)[-–•▪►»](?=\s)")


@dataclass(frozen=True, slots=True)
class LostBreaks:
    """Find lost line breaks: all of a page that is one long line, else the one between title and credit."""

    arabic_only: ClassVar[bool] = True

    def __call__(self, document: Document) -> Iterator[Finding]:
        """Yield the edits that put line breaks in: in the line that is a page, else in the first one."""
        text = document.text
        middle = len(text) // 2  # is inside the line that is a page, if there is one
        start, raw = _line_at(text, middle)
        if len(raw) >= SHARE * len(text) and raw.count(" ") >= FEWEST_WORDS:
            lost = _lost(raw)
        else:
            start, raw = _line_at(text, len(text) - len(text.lstrip()))
            lost = _lost_in_title(raw, text[start + len(raw) :][:LONGEST_OPENING])
        yield from (Edit(start + at, raw[at], "\n", "run-on.line-break") for at in sorted(lost))


def _line_at(text: str, at: int) -> tuple[int, str]:
    """Return the start of the line of *text* in which offset *at* is, and the line."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return start, text[start : end if end >= 0 else len(text)]


def _lost_in_title(raw: str, below: str) -> set[int]:
    """Return the offset of the space in a page's first line that was the break between title and credit.

    The set is empty if there is none. *below* is the beginning of the text below.
    """
    if len(raw) > LONGEST_FIRST_LINE or not has_figures(raw):
        return set()
    line = small(raw)
    at = line.rfind(" ", 0, credit_at_end(line, small(below)))
    return {offsets(raw)[at]} if at > 0 else set()


def _lost(raw: str, looks: int = MOST_LOOKS) -> set[int]:
    """Return the offsets of the spaces in the line *raw* that were line breaks.

    Its longest piece is examined again, up to *looks* times in all.
    """
    line = small(raw)
    found = {_space_before(line, at) for at in breaks(line)}
    # There the words may open with signs, such as quotation marks.
    found |= {line.rfind(" ", 0, at) for at in (*behind_path(line), *around_credit(line))}
    if not (found := {at for at in found if at > 0}):
        return found
    places = offsets(raw)
    lost = {places[at] for at in found}
    edges = sorted({-1, len(raw), *lost})
    first, end = max(pairwise(edges), key=lambda edge: edge[1] - edge[0])
    piece = raw[first + 1 : end]
    if looks > 1 and len(piece) >= SHARE * len(raw) and piece.count(" ") >= FEWEST_WORDS:
        lost |= {first + 1 + at for at in _lost(piece, looks - 1)}
    return lost


def breaks(line: str) -> Iterator[int]:
    """Yield the offsets in a folded *line* where a label, or what belongs to it, should open a new line."""
    found = list(labels(line))
    ended = False  # whether what stands below the article has begun
    for number, label in enumerate(found):
        end = found[number + 1].start if number + 1 < len(found) else len(line)
        yield label.start
        dashes = [match.start() for match in _DASH.finditer(line, label.end, end)]
        is_list = label.kind in LISTS and (len(dashes) >= 2 or (dashes and dashes[0] < label.text))
        if is_list:
            yield from dashes
        elif label.kind == "related":
            in_article = SENTENCE_END.search(line, label.text, end)
            if number or not in_article:
                yield label.text
            # Below no other label, the article itself may go on behind the headline.
            if in_article and number:
                yield headline_end(line, label.text, end, least=LIKELY if ended else CERTAIN)
        elif label.kind == "hashtags" and line.count(" ", label.end, end) >= LENGTHS.start:
            yield label.end
        ended |= is_list or label.kind in BELOW
    if (tail := line.find(" ", tail_start(line))) >= 0 and not _is_cut_off(line[tail + 1 :]):
        yield tail + 1


def _is_cut_off(tail: str) -> bool:
    """Return whether the text behind the last full stop may be a sentence that lost its own."""
    words = tail.split()
    return len(words) > LONGEST_LABELLED or vocabulary.opens_prose(words)


def _space_before(line: str, at: int) -> int:
    """Return the space before *at* and before the bullets that belong to what stands there, or −1."""
    end = at
    while end and (line[end - 1] == " " or (line[end - 1] in _BULLETS and line[end - 2 : end - 1] == " ")):
        end -= 1
    return end if 0 < end < at and line[end] == " " else -1
