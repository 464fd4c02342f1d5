"""How well cleaned texts agree with labelled pages, in words, and without a look at the tool's own log.

A labelled page says of every character whether a careful reader would keep it, remove it, or would not mind.
The words of the page are aligned with those of the output; folded, so that mended letters do not matter.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, Any, NamedTuple
import unicodedata

from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

KEEP, REMOVE, NEUTRAL = "K", "R", "N"
FEWEST_SWAPPED = 3
"""Words. Shorter runs stand twice in a page by chance."""

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


class Word(NamedTuple):
    """A folded word, or the part of one that has one label: markers may be glued to sentences."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Score:
    """How many words of furniture went and stayed, and how many of the article."""

    removed: int  # furniture that went
    left: int  # furniture that stayed
    lost: int  # of the article
    kept: int  # of the article

    @property
    def recall(self) -> float:
        """The share of the furniture that went."""
        return self.removed / max(1, self.removed + self.left)

    @property
    def precision(self) -> float:
        """The share of furniture in what went."""
        return self.removed / max(1, self.removed + self.lost)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    @property
    def share_lost(self) -> float:
        """The share of the article's words that went."""
        return self.lost / max(1, self.lost + self.kept)


def score(pages: Iterable[Mapping[str, Any]], texts: Mapping[str, str]) -> Score:
    """Score *texts*, by id, against labelled *pages*; a text that is missing counts as empty."""
    counts: Counter[tuple[str, bool]] = Counter()
    for page in pages:
        source = labelled_words(page["raw"], page["spans"])
        kept = aligned(source, texts.get(page["id"], ""))
        counts.update((word.label, at in kept) for at, word in enumerate(source))
    return Score(
        removed=counts[REMOVE, False],
        left=counts[REMOVE, True],
        lost=counts[KEEP, False],
        kept=counts[KEEP, True],
    )


def labelled_words(raw: str, spans: Iterable[Sequence[Any]]) -> list[Word]:
    """Return the words of *raw*, cut where the label changes; *spans* are [start, end, kind, action]."""
    labels = [KEEP] * len(raw)
    for start, end, _, action in spans:
        labels[start:end] = [REMOVE if action == "remove" else NEUTRAL] * (end - start)
    words: list[Word] = []
    for match in _WORD.finditer(raw):
        start = match.start()
        for at in range(start + 1, match.end() + 1):
            if at == match.end() or labels[at] != labels[start]:
                words += [Word(text, labels[start])] if (text := _fold(raw[start:at])) else []
                start = at
    return words


def aligned(source: Sequence[Word], output: str) -> set[int]:
    """Return which words of *source* stand in *output*, by longest common subsequence."""
    target = [text for match in _WORD.finditer(output) if (text := _fold(match.group()))]
    kept: set[int] = set()
    for step in LCSseq.opcodes([word.text for word in source], target):
        if step.tag == "equal":
            kept.update(range(step.src_start, step.src_end))
    _prefer_the_article(source, kept)
    return kept


def _prefer_the_article(source: Sequence[Word], kept: set[int]) -> None:
    """Where text stands twice and one copy is left, count the article's copy as the one that is."""
    missed = {
        start: [word.text for word in source[start:end]]
        for label in (NEUTRAL, KEEP)
        for start, end in _runs(source, kept, label, inside=False)
    }
    for start, end in list(_runs(source, kept, REMOVE, inside=True)):
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


def _runs(source: Sequence[Word], kept: set[int], label: str, *, inside: bool) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of words with *label* that all are, or are not, *inside* kept."""
    start = -1
    for at in range(len(source) + 1):
        hit = at < len(source) and source[at].label == label and (at in kept) == inside
        if hit and start < 0:
            start = at
        elif not hit and start >= 0:
            yield start, at
            start = -1


def _fold(word: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", word)).translate(_LETTERS).lower()
