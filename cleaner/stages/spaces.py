"""Tidy white space: line ends, runs of spaces, runs of blank lines, both ends of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from cleaner.document import Edit
from cleaner.text import alphabet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Document, Finding

_RUN = re.compile(r"\s(?:\s+|(?<=[^\n ])|(?<=\A\s)|\Z)")
_BREAK = re.compile(r"\n\s*")
_LONG_BREAKS = (" \n", "\n ", "\n\n\n")


class Spaces:
    """Find white space that says nothing: one line break, one blank line or one space stays of each."""

    arabic_only: ClassVar[bool] = True
    settled: ClassVar[bool] = (
        True  # no other stage depends on spaces at line ends or on the number of blank lines
    )

    def __call__(self, document: Document) -> Iterator[Finding]:
        """Yield an edit for each run of white space that can be shorter."""
        text = document.text
        for start, end in _runs(text):
            before = text[start:end]
            lines = max(before.count("\n"), before.count("\r"))
            if start == 0 or end == len(text):
                after, rule = "", "spaces.ends"
            elif lines > 1:
                after, rule = "\n\n", "spaces.blank-lines"
            elif lines:
                after, rule = "\n", "spaces.line-end"
            else:
                after, rule = " ", "spaces.run"
            if before != after:
                yield Edit(start, before, after, rule)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of white space that may be more than one space between two words, in order."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    body = text[first:last]
    if "  " in body or any(map(str.isspace, alphabet.suspects(text))):
        yield from (match.span() for match in _RUN.finditer(text))
        return
    if first:
        yield 0, first
    if any(run in body for run in _LONG_BREAKS):  # between the ends, only line breaks can be left to shorten
        for match in _BREAK.finditer(text, first, last):
            start, end = match.span()
            yield start - (text[start - 1] == " "), end
    if first < last < len(text):
        yield last, len(text)
