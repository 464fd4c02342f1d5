"""Turn lines round that were stored from left to right, in the order in which they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, ClassVar

from cleaner.document import Edit
from cleaner.text.lexicon import lexicon
from cleaner.text.screens import Screen, Suspects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.document import Document

FEWEST = 4
"""Words that a line must have."""
KNOWN, UNKNOWN = 0.8, 0.2
"""Least share of the words of the reversed line that must be known, and greatest of the line as it stands."""

_FIRST = re.compile("(?<!\\w)[\u0629\u0649](?=[\u0621-\u064a])")  # TEH MARBUTA or ALEF MAKSURA begins no word
_WORD = re.compile("[\u0621-\u063a\u0641-\u064a]{2,}")
_MARK = re.compile("[\u0640\u064b-\u065f\u0670]")
_LEFT_TO_RIGHT = re.compile(
    "[0-9\u0660-\u0669A-Za-z](?:[0-9\u0660-\u0669A-Za-z.,:/%-]*[0-9\u0660-\u0669A-Za-z])?"
)
_MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")


@dataclass(frozen=True, slots=True)
class ReversedLines:
    """Find lines whose words are known only when they are read backwards."""

    settled: ClassVar[bool] = False  # earlier stages can read the line only now
    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = Suspects(frozenset("\u0629\u0649"))

    def __call__(self, document: Document) -> Iterable[Edit]:
        """Return an edit for each reversed line."""
        return _edits(document.text) if _FIRST.search(document.text) else ()


def _edits(text: str) -> Iterator[Edit]:
    """Yield an edit for each line to turn; numbers and Latin words in it keep their direction."""
    start = 0
    for line in text.split("\n"):
        if _FIRST.search(line) and not _MARK.search(line):
            turned = _LEFT_TO_RIGHT.sub(lambda run: run[0][::-1], line[::-1]).translate(_MIRRORED)
            if _known(turned) >= KNOWN and _known(line) <= UNKNOWN:
                yield Edit(start, line, turned, "reversed-lines.drawn")
        start += len(line) + 1


def _known(line: str) -> float:
    """Return the share of the words of *line* that the lexicon knows; 0 if there are fewer than `FEWEST`."""
    words = _WORD.findall(line)
    if len(words) < FEWEST:
        return 0.0
    return sum(word in lexicon().arabic for word in words) / len(words)
