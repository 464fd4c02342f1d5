"""The comparison key: the words of a text, with every spelling that newspapers vary made equal.

This is the definition, in plain Python. `cleaner.duplicates.words` computes hashes of the same words from
whole batches; a test holds the two together. Why so heavy a folding: an article and its respelled reprint
share 30 % of their shingles as they stand and all of them folded, while unrelated articles go from .1 % to
.3 % only.
"""

from __future__ import annotations

from functools import cache
import re
from typing import TYPE_CHECKING
from unicodedata import decimal

import regex

from cleaner.folding import fold, normalize
from cleaner.rules import table

if TYPE_CHECKING:
    from collections.abc import Sequence

LETTER = r"\p{L}\p{Mc}\p{Nl}\p{No}\p{Cs}"
THOUSANDS_SEPARATORS = ",\u060c\u066c"  # COMMA, ARABIC COMMA, ARABIC THOUSANDS SEPARATOR

_DROPPED = regex.compile(r"[\p{Mn}\p{Me}\p{Cf}\u0640]+")  # marks, format characters, TATWEEL
_DIGIT = re.compile(r"[^\D0-9]")  # `re` and `decimal` know the same digits; `regex` knows newer ones
_THOUSANDS = regex.compile(f"(?<=[0-9])[{THOUSANDS_SEPARATORS}](?=[0-9]{{3}}(?![0-9]))")
_WORD = regex.compile(f"[{LETTER}]+|[0-9]+")


@cache
def _letters() -> dict[int, str]:
    return {ord(letter): row["by"] for row in table("comparison")["fold"] for letter in row["letters"]}


def fold_for_comparison(text: str) -> str:
    """Return *text* as the comparison key sees it: case, compatibility forms, marks and look-alikes folded.

    Every character is folded for itself, so the result for a text is that of its characters, joined.
    """
    text = normalize("NFKD", normalize("NFKD", text).casefold())
    text = _DROPPED.sub("", fold(text).translate(_letters()))
    folded: str = _DIGIT.sub(lambda digit: str(decimal(digit[0])), text)
    return folded


def words(text: str) -> list[str]:
    """Return the words of the comparison key: runs of letters or of digits, 1,500 read as 1500."""
    found: list[str] = _WORD.findall(_THOUSANDS.sub("", fold_for_comparison(text)))
    return found


@cache
def named_figures() -> dict[str, str]:
    """Return the words that are figures without being numbers, and what each stands for."""
    dates, rows = table("dates"), table("comparison")["figure"]
    spelled = [
        name for group in ("months", "hijri", "weekdays") for names in dates[group].values() for name in names
    ]
    spelled += [word for row in rows for word in row.get("words", ())]
    ordinary = {key for row in rows for word in row.get("ordinary", ()) for key in words(word)}
    folded = [words(name) for name in spelled]
    named = {key[0]: key[0] for key in folded if len(key) == 1 and key[0] not in ordinary}
    numbers = [pair for row in rows for pair in row.get("numbers", {}).items()]
    return named | {words(name)[0]: number for number, names in numbers for name in names}


def figures(key: Sequence[str]) -> set[str]:
    """Return the figures among the words of a key: what notices change from one day to the next."""
    named = named_figures()
    return {named.get(word, word) for word in key if word in named or word[0] in "0123456789"}
