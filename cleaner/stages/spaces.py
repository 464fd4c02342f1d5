"""Tidy white space: line ends, runs of spaces, runs of blank lines, both ends of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.document import Edit
from cleaner.language import is_foreign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Document, Finding

_RUN = re.compile(r"\s{2,}|[^\S\n ]|\A\s|\s\Z")


class Spaces:
    """Find white space that says nothing: one line break, one blank line or one space stays of each."""

    settled = True  # what other stages look for does not depend on the ends of lines and on blank lines

    def __call__(self, document: Document) -> Iterator[Finding]:
        """Find every run of white space that can be shorter."""
        text = document.text
        if is_foreign(document):
            return
        for match in _RUN.finditer(text):
            before = match.group()
            start, end = match.span()
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
