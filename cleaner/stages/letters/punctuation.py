"""Set Arabic punctuation as in print: no space before a sign, one behind a comma."""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, ClassVar

from cleaner.document import Edit
from cleaner.stages.letters.spans import outside_foreign
from cleaner.text.screens import Screen, Suspects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.document import Document

SIGNS = frozenset("،؛؟.:\u066c\u2033")
"""The signs that are set, with ARABIC THOUSANDS SEPARATOR and DOUBLE PRIME, which stand for others."""
LONGEST = 9
"""Code points before a sign in which its word is searched."""

_LETTER = "[\u0621-\u063a\u0641-\u064a]"
# Before an ellipsis or a number (.5) a full stop keeps its space, and so does the colon of a list (:-).
_SPACE = re.compile(" [،؛؟.:]")
_CLOSES = re.compile("[،؛؟](?![،؛؟])|\\.(?![.\\w])|:(?![-\\w/)(])")
_WORD_AND_SPACES = re.compile("[\u0621-\u065f0-9\u0660-\u0669»\"')\\]]( +)$")
_NO_SPACE_BEHIND = (re.compile(f"،(?={_LETTER})"), re.compile(f"؛(?={_LETTER})"))
_LETTER_BEFORE = re.compile(f"{_LETTER} *$")
_THOUSANDS = re.compile(f"(?<={_LETTER})\u066c(?= |{_LETTER})")  # ARABIC THOUSANDS SEPARATOR
_DOUBLE_PRIME = re.compile("(?<=[0-9\u0660-\u0669])\u2033(?=[\\s.,،؛:!?؟)]|$)")  # DOUBLE PRIME


@dataclass(frozen=True, slots=True)
class Punctuation:
    """Find spaces before Arabic punctuation, commas without one behind, and signs that stand for others."""

    settled: ClassVar[bool] = True
    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = Suspects(SIGNS)

    def __call__(self, document: Document) -> Iterable[Edit]:
        """Return an edit for each place."""
        found = list(_edits(document.text))
        return outside_foreign(document.text, found) if found else ()


def _edits(text: str) -> Iterator[Edit]:
    """Yield the edits for spaces before and behind signs, then for signs that stand for others."""
    yield from _spaces_before(text)
    yield from _spaces_behind(text)
    if "\u066c" in text:
        for separator in _THOUSANDS.finditer(text):
            comma = "،" if text[separator.end()] == " " else "، "
            yield Edit(separator.start(), separator[0], comma, "punctuation.thousands-separator")
    if "\u2033" in text:
        for prime in _DOUBLE_PRIME.finditer(text):
            if text.rfind("\u201c", 0, prime.start()) > text.rfind("\u201d", 0, prime.start()):
                yield Edit(prime.start(), prime[0], "\u201d", "punctuation.double-prime")


def _spaces_before(text: str) -> Iterator[Edit]:
    """Yield an edit that removes the spaces between a word and the sign that closes it."""
    for space in _SPACE.finditer(text):
        end = space.end() - 1
        behind = _WORD_AND_SPACES.search(text[max(0, end - LONGEST) : end])
        if behind and _CLOSES.match(text, end):
            yield Edit(end - len(behind[1]), behind[1], "", "punctuation.space-before")


def _spaces_behind(text: str) -> Iterator[Edit]:
    """Yield an edit that inserts a space between a comma or semicolon and the next word."""
    for pattern in _NO_SPACE_BEHIND:
        for comma in pattern.finditer(text):
            if _LETTER_BEFORE.search(text[max(0, comma.start() - LONGEST) : comma.start()]):
                yield Edit(comma.end(), "", " ", "punctuation.space-behind")
