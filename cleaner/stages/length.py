"""Reject documents that are empty or too short after cleaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from cleaner.document import Rejection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Document, Finding

_WORD = regex.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Length:
    """Reject empty documents, and those of fewer than *minimum_words* words."""

    minimum_words: int

    def __call__(self, document: Document) -> Iterator[Finding]:
        """Yield a rejection if the text is too short; counting stops at the minimum."""
        words = 0
        for _ in _WORD.finditer(document.text):
            words += 1
            if words >= self.minimum_words:
                return
        if words == 0:
            yield Rejection("length.empty", "nothing is left after cleaning")
        else:
            yield Rejection("length.too-short", f"{words} words, fewer than {self.minimum_words}")
