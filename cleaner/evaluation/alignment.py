"""Align the words of a labelled page with those of the cleaned text, without using the edits.

Labels say of every code point whether a careful reader would keep it, remove it, or not mind. Words are
compared folded, so that mended letters do not matter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
import unicodedata

from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.evaluation.gold import Span

KEEP, REMOVE, NEUTRAL = "K", "R", "N"
LABELS = {"remove": REMOVE, "neutral": NEUTRAL}
FEWEST_SWAPPED = 3
"""Words. Shorter runs may occur twice in a page by chance."""

_WORD = re.compile(r"\w+")
_MARKS = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]"
)
_LETTERS = str.maketrans({
    "\u0623": "\u0627",  # ALEF WITH HAMZA ABOVE
    "\u0625": "\u0627",  # ALEF WITH HAMZA BELOW
    "\u0622": "\u0627",  # ALEF WITH MADDA ABOVE
    "\u0671": "\u0627",  # ALEF WASLA
    "\u0649": "\u064a",  # ALEF MAKSURA
    "\u06cc": "\u064a",  # FARSI YEH
    "\u06d0": "\u064a",  # E
    "\u06a9": "\u0643",  # KEHEH
    "\u0629": "\u0647",  # TEH MARBUTA
    "\u06be": "\u0647",  # HEH DOACHASHMEE
    "\u06c1": "\u0647",  # HEH GOAL
    "\u0624": "\u0648",  # WAW WITH HAMZA ABOVE
    "\u0626": "\u064a",  # YEH WITH HAMZA ABOVE
})  # fmt: skip


class AlignedWord(NamedTuple):
    """A folded word, or a part of one with one label, as markers may be glued to sentences.

    *kind* is that of the boilerplate, or ""; *start* and *end* are code points of the raw text.
    """

    text: str
    label: str
    kind: str
    start: int
    end: int


def labelled_words(raw: str, spans: Iterable[Span]) -> list[AlignedWord]:
    """Return the words of *raw* in order, cut where the label changes.

    Where *spans* overlap, the last one counts; text outside of them is to be kept.
    """
    labels, kinds = [KEEP] * len(raw), [""] * len(raw)
    for start, end, kind, action in spans:
        labels[start:end] = [LABELS[action]] * (end - start)
        kinds[start:end] = [kind] * (end - start)
    words: list[AlignedWord] = []
    for match in _WORD.finditer(raw):
        start = match.start()
        for at in range(start + 1, match.end() + 1):
            if at == match.end() or labels[at] != labels[start]:
                if text := _fold(raw[start:at]):
                    words.append(AlignedWord(text, labels[start], kinds[start], start, at))
                start = at
    return words


def folded_words(text: str) -> list[str]:
    """Return the words of *text*, folded."""
    return [word for match in _WORD.finditer(text) if (word := _fold(match.group()))]


def stands_in(words: Sequence[str], text: Sequence[str]) -> bool:
    """Return whether *words* stand in *text* one directly behind the other."""
    return f" {' '.join(words)} " in f" {' '.join(text)} "


def aligned(source: Sequence[AlignedWord], output: str) -> set[int]:
    """Return the indexes of the words of *source* that stand in *output*, by longest common subsequence."""
    kept: set[int] = set()
    for step in LCSseq.opcodes([word.text for word in source], folded_words(output)):
        if step.tag == "equal":
            kept.update(range(step.src_start, step.src_end))
    _prefer_the_article(source, kept)
    return kept


def _prefer_the_article(source: Sequence[AlignedWord], kept: set[int]) -> None:
    """Change *kept* so that of text that stands twice and is kept once the article's copy counts as kept."""
    missed = {
        start: [word.text for word in source[start:end]]
        for label in (NEUTRAL, KEEP)
        for start, end in runs(source, kept, label, inside=False)
    }
    for start, end in list(runs(source, kept, REMOVE, inside=True)):
        run = [word.text for word in source[start:end]]
        if len(run) < FEWEST_SWAPPED:
            continue
        for at, other in missed.items():
            place = next((n for n in range(len(other) - len(run) + 1) if other[n : n + len(run)] == run), -1)
            if place >= 0:
                kept.difference_update(range(start, end))
                kept.update(range(at + place, at + place + len(run)))
                other[place : place + len(run)] = [""] * len(run)
                break


def runs(
    source: Sequence[AlignedWord], kept: set[int], label: str, *, inside: bool
) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of words with *label*, as indexes of *source*, in order.

    All words of a run are in *kept* if *inside*, else none is.
    """
    start = -1
    for at in range(len(source) + 1):
        hit = at < len(source) and source[at].label == label and (at in kept) == inside
        if hit and start < 0:
            start = at
        elif not hit and start >= 0:
            yield start, at
            start = -1


def _fold(word: str) -> str:
    """Return *word* in lower case without marks, with letters that are often interchanged made equal."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", word)).translate(_LETTERS).lower()
