"""Find the dates that a line prints, and read them where they can be read with certainty."""

from __future__ import annotations

from dataclasses import dataclass
import datetime
from functools import cache
from typing import TYPE_CHECKING

import regex

from cleaner.folding import fold
from cleaner.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_EARLIEST, _LATEST = 1900, 2100


@dataclass(frozen=True, slots=True)
class Date:
    """A printed date: its place in the searched line, and YYYY-MM-DD, or "" where it can be read in two ways."""

    start: int
    end: int
    iso: str


def find_dates(line: str) -> Iterator[Date]:
    """Yield the Gregorian dates in *line* from left to right; the line must be folded (`cleaner.folding.fold`)."""
    if not _HAS_NUMBER.search(line):
        return
    for match in _pattern().finditer(line.translate(_DIGITS).lower()):
        yield Date(match.start(), match.end(), _read(match))


def hijri_pattern() -> str:
    """Return a pattern for a Hijri date such as 21 شوال 1445 هـ in a folded line."""
    return rf"\d{{1,2}}\s+(?:{_alternation('hijri')})\s*[,،]?\s*1[34]\d\d\s*(?:ه(?!\w))?"


_HAS_NUMBER = regex.compile(r"\d")


@cache
def months() -> dict[str, int]:
    """Return the number of each month by its folded name in lower case."""
    return {fold(name).lower(): int(number) for number, names in table("dates")["months"].items() for name in names}


@cache
def _alternation(group: str) -> str:
    names = {fold(name).lower() for spelled in table("dates")[group].values() for name in spelled}
    return "|".join(regex.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=lambda n: (-len(n), n)))


@cache
def _pattern() -> regex.Pattern[str]:
    month = rf"(?P<month>{_alternation('months')})"
    # كانون الثاني/يناير and تموز (يوليو) name the same month twice
    twice = rf"{month}(?:\s*[/(]\s*(?:{_alternation('months')})\s*\)?)?"
    return regex.compile(
        rf"(?<![\d/.-])(?:"
        rf"(?P<year>(?:19|20)\d\d)\s*(?P<separator>[-/.])\s*(?P<number>\d{{1,2}})\s*(?P=separator)\s*(?P<day>\d{{1,2}})(?!\d)"
        rf"|(?P<first>\d{{1,2}})\s*(?P<separator>[-/.])\s*(?P<second>\d{{1,2}})\s*(?P=separator)\s*(?P<year>(?:19|20)\d\d|\d\d)(?![\d/-])"
        rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*[,،/ -]?\s*(?:من\s+)?{twice}\s*[,،/ -]?\s*(?:عام\s+|سنه\s+)?(?P<year>(?:19|20)\d\d)(?!\d)"
        rf"|(?<!\w){twice}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*[,،]?\s+(?P<year>(?:19|20)\d\d)(?!\d)"
        rf")"
    )


def _read(match: regex.Match[str]) -> str:
    year = match["year"]
    if len(year) == 2:
        year = "20" + year  # the web is younger than 2000
    if match["month"]:
        month = months()[" ".join(match["month"].split())]
        day = int(match["day"])
    elif match["number"]:
        month, day = int(match["number"]), int(match["day"])
    else:
        first, second = int(match["first"]), int(match["second"])
        # Arabic pages write the day first; American ones betray themselves by a second number above 12.
        day, month = (second, first) if second > 12 else (first, second)
    try:
        return datetime.date(int(year), month, day).isoformat() if _EARLIEST <= int(year) <= _LATEST else ""
    except ValueError:
        return ""
