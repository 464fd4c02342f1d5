"""Write each number in one set of digits: ASCII or Arabic-Indic."""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, ClassVar

from cleaner.document import Edit
from cleaner.stages.letters.spans import outside_foreign
from cleaner.text import alphabet
from cleaner.text.screens import Kinds, Screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.document import Document

_ASCII = "0123456789"
_ARABIC_INDIC = "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669"
_EXTENDED = "\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9"
_NUMBER = re.compile("(?<!\\w)[0-9\u0660-\u0669\u06f0-\u06f9]+(?!\\w)")


@dataclass(frozen=True, slots=True)
class Digits:
    """Find Persian digits in Arabic text, and numbers that mix two sets of digits."""

    settled: ClassVar[bool] = True
    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = Kinds(alphabet.INDIC_DIGIT | alphabet.EXTENDED_DIGIT)

    def __call__(self, document: Document) -> Iterable[Edit]:
        """Return an edit for each number with Persian digits or mixed digits."""
        return outside_foreign(document.text, _edits(document.text))


def _edits(text: str) -> Iterator[Edit]:
    """Yield an edit for each number that changes.

    It gets ASCII digits if at least half of its digits are ASCII, else Arabic-Indic ones.
    """
    for number in _NUMBER.finditer(text):
        written = number[0]
        latin = sum(digit in _ASCII for digit in written)
        extended = sum(digit in _EXTENDED for digit in written)
        if latin in {0, len(written)} and not extended:
            continue
        wanted = _ASCII if 2 * latin >= len(written) else _ARABIC_INDIC
        after = "".join(wanted[int(digit)] for digit in written)
        rule = "digits.mixed" if latin or extended < len(written) else "digits.extended"
        yield Edit(number.start(), written, after, rule)
