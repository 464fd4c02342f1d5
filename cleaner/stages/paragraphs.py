"""Join sentences that a scraper, or an advertisement that was removed, split into two paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
import re
from typing import TYPE_CHECKING, ClassVar

import regex

from cleaner.document import Edit
from cleaner.rules import table
from cleaner.text.screens import Screen, Strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Document, Finding

_BREAK = re.compile(r"\n\s*+")
_LAST_WORD = regex.compile(r"(?r)\w+$")  # (?r): searched backwards
_CONTINUING = "،؛»)."
_CONTINUES = regex.compile(r"[،؛»)]|\.\.+(?=\s*[^\s.])")
_MAY_BE_FRAGMENT = regex.compile(r"\n[^\S\n]*+[\dA-Za-z]")
_FRAGMENT = regex.compile(
    r"(?:\d[\d.,٫٬]*|[A-Za-z][A-Za-z0-9.&'-]*(?: [A-Za-z0-9.&'-]+){0,2})[ \t]*\n[ \t]*(\w+|[،؛»)])"
)
_ENDS = '.!؟?…:»”"'
LONGEST_TAIL = 40
"""Code points before a break in which the last word is searched; no Arabic word is longer."""


@dataclass(frozen=True, slots=True)
class SplitSentences:
    """Find line breaks inside sentences; they become a space, or nothing before punctuation."""

    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = Strings("\n")

    def __call__(self, document: Document) -> Iterator[Finding]:
        """Yield an edit for each line break inside a sentence."""
        text = document.text
        fragmented = _MAY_BE_FRAGMENT.search(text) is not None
        for match in _BREAK.finditer(text):
            start, end = match.span()
            if end == len(text):
                return
            while start and text[start - 1] in " \t":
                start -= 1
            joint = _joint(text, start, end, fragmented=fragmented)
            if joint:
                yield Edit(start, text[start:end], joint[0], joint[1])


def _joint(text: str, start: int, end: int, *, fragmented: bool) -> tuple[str, str] | None:
    """Return what replaces the break from *start* to *end*, and the rule; None if it divides no sentence.

    *fragmented*: some line of the text begins with a digit or a Latin letter.
    """
    if not start or text[start - 1] == "\n":
        return None
    before, behind = text[start - 1], text[end]
    ended = before in _ENDS
    if behind == "." and not ended and not text[end + 1 : end + 2].strip():
        return "", "paragraphs.lost-stop"
    if behind in _CONTINUING and _CONTINUES.match(text, end):
        return _continuation(text, start, behind)
    if before in "،«(":
        return (" " if before == "،" else ""), "paragraphs.open-ended"
    if (
        fragmented
        and text.count("\n", start, end) == 1
        and ((not ended and _is_before_fragment(text, start, end)) or _is_behind_fragment(text, start, end))
    ):
        return " ", "paragraphs.fragment"
    last = None if ended else _LAST_WORD.search(text[max(0, start - LONGEST_TAIL) : start])
    if last and last.group() in _hanging() and _words_in_line(text, start) >= 6:
        return " ", "paragraphs.hanging-word"
    return None


def _continuation(text: str, start: int, first: str) -> tuple[str, str] | None:
    """Return what replaces a break before punctuation *first*, and the rule; None if the break stays."""
    if (first in "»)" and not _is_open_quote(text, start)) or _opens_likewise(text, start):
        return None
    if text[start - 1] not in _ENDS:
        return "", "paragraphs.continues"
    if text[start - 1] == "." and _is_open_quote(text, start):
        return " ", "paragraphs.open-quotation"
    return None


def _is_before_fragment(text: str, start: int, end: int) -> bool:
    """Return whether the break divides a sentence from a number or a Latin name on a line of its own.

    The line before the break must be unfinished, and the one below the fragment must continue it.
    """
    fragment = _FRAGMENT.match(text, end)
    if not fragment:
        return False
    line = text[text.rfind("\n", 0, start) + 1 : start].rstrip()
    if line[-1:] in _ENDS or len(line.split()) < 3:
        return False
    return fragment[1] in "،؛»)" or fragment[1] in _hanging()


def _is_behind_fragment(text: str, start: int, end: int) -> bool:
    """Return whether such a fragment stands before the break, on a line of its own."""
    first = text.rfind("\n", 0, start) + 1
    own = _FRAGMENT.match(text, first)
    if not own or own.start(1) < end:
        return False
    above = text.rfind("\n", 0, max(0, first - 1)) + 1
    before = text[above : max(above, first - 1)].rstrip()
    return len(before.split()) >= 3 and before[-1:] not in _ENDS and own[1] in _hanging()


def _opens_likewise(text: str, start: int) -> bool:
    """Return whether the line before the break also opens with dots or a comma: then this is a list."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return line.lstrip().startswith((".", "…", "،"))


def _is_open_quote(text: str, start: int) -> bool:
    """Return whether a quotation mark or bracket is open at *start*, in its line."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return any(line.count(opening) > line.count(closing) for opening, closing in ("«»", "“”", "()"))


def _words_in_line(text: str, start: int) -> int:
    """Return the number of words before *start* in its line."""
    return len(text[text.rfind("\n", 0, start) + 1 : start].split())


@cache
def _hanging() -> frozenset[str]:
    """Return the words that cannot end a sentence (table `paragraphs`)."""
    return frozenset(table("paragraphs")["hanging"]["words"])
