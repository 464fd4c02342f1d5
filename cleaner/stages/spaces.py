"""Tidy white space: line ends, runs of spaces, runs of blank lines, both ends of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from cleaner.document import Edit
from cleaner.language import is_foreign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Document, Finding

_FAULT = regex.compile(
    r"\A\s+"  # before the first line
    r"|\s+\Z"  # behind the last
    r"|[^\S\n]*(?:\r\n?|\n)(?:[^\S\n]*\n){2,}[^\S\n]*"  # more than one blank line
    r"|[^\S\n]+(?=\n)|(?<=\n)[^\S\n]+"  # line ends
    r"|[^\S\n]{2,}|\t|\r"  # runs of spaces
)


class Spaces:
    """Blank lines and double spaces mean nothing to other stages, so none of them needs a second look."""

    settled = True

    def __call__(self, document: Document) -> Iterator[Finding]:
        """Find white space that says nothing; one line break or one space stays of each."""
        text = document.text
        if is_foreign(document):
            return
        for match in _FAULT.finditer(text):
            before = match.group()
            start, end = match.span()
            if start == 0 or end == len(text):
                after, rule = "", "spaces.ends"
            elif "\n" in before or "\r" in before:
                after, rule = ("\n\n" if before.count("\n") > 1 else "\n"), "spaces.blank-lines"
            elif text[end] == "\n" or text[start - 1] == "\n":
                after, rule = "", "spaces.line-end"
            else:
                after, rule = " ", "spaces.run"
            if before != after:
                yield Edit(start, before, after, rule)
