"""Remove characters that show nothing, and replace every other space by the plain one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from cleaner.document import Edit, Fact
from cleaner.rules import rows_of
from cleaner.stages.letters.spans import outside_foreign
from cleaner.text import alphabet
from cleaner.text.screens import Kinds, Screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cleaner.document import Document

SUBSTITUTE = "\x1a"
"""SUBSTITUTE, which converters write for a character that they cannot convert; in news mostly quotation
marks."""


class InvisibleCharacter(NamedTuple):
    """What replaces a character, and a pattern for the places where the character stays (None: nowhere)."""

    rule: str
    put: str
    keep: re.Pattern[str] | None


@cache
def _rows() -> Mapping[str, InvisibleCharacter]:
    """Return the row of table `invisible` for each character."""
    rows: dict[str, InvisibleCharacter] = {}
    for row in rows_of("invisible", "character"):
        keep = re.compile(row["keep"]) if "keep" in row else None
        for character in row["characters"]:
            rows[character] = InvisibleCharacter(row["id"], row["put"], keep)
    return rows


@cache
def _any() -> re.Pattern[str]:
    """Return a pattern that matches any of these characters."""
    return re.compile("[" + re.escape("".join(_rows())) + "]")


@dataclass(frozen=True, slots=True)
class Invisible:
    """Find invisible characters; direction marks stay if *keep_bidi_marks*."""

    settled: ClassVar[bool] = True
    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = Kinds(alphabet.INVISIBLE)
    keep_bidi_marks: bool = False

    def __call__(self, document: Document) -> Iterable[Edit | Fact]:
        """Return an edit for each character that may not stay, and a fact `doubt` if one is a SUBSTITUTE."""
        text = document.text
        lost = [Fact("doubt", "U+001A", "invisible.substitute")] if SUBSTITUTE in text else []
        return [*outside_foreign(text, self._edits(text)), *lost]

    def _edits(self, text: str) -> Iterator[Edit]:
        rows = _rows()
        for match in _any().finditer(text):
            character, at = match[0], match.start()
            rule, put, keep = rows[character]
            if self.keep_bidi_marks and rule == "invisible.bidi-mark":
                continue
            if keep and keep.match(text, at):
                continue
            is_inside = text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()
            if rule == "invisible.control" and is_inside:
                put = " "
            elif character == "\r" and text[at + 1 : at + 2] == "\n":
                put = ""
            yield Edit(at, character, put, rule)
