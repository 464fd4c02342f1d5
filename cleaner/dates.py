"""Find the dates that a line prints, and read them where they can be read with certainty."""

from __future__ import annotations

from dataclasses import dataclass
import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

import regex

from cleaner.folding import fold, lower
from cleaner.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_EARLIEST, _LATEST = 1900, 2100
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Date:
    """A printed date: its place in the searched line, and YYYY-MM-DD, or "" where it is no date at all."""

    start: int
    end: int
    iso: str


def find_dates(line: str) -> Iterator[Date]:
    """Yield the Gregorian dates in a folded *line* (`cleaner.folding.fold`), from left to right."""
    if not _HAS_NUMBER.search(line):
        return
    plain = line.translate(_DIGITS) if _OTHER_DIGIT.search(line) else line  # a translation takes its time
    for match in _pattern().finditer(lower(plain)):
        yield Date(match.start(), match.end(), _read(match))


def hijri_pattern() -> str:
    """Return a pattern for a Hijri date such as 21 شوال 1445 هـ in a folded line."""
    return rf"\d{{1,2}}\s+(?:{_alternation('hijri')})\s*[,،]?\s*1[34]\d\d\s*(?:ه(?!\w))?"


_HAS_NUMBER = regex.compile(r"\d")
_OTHER_DIGIT = regex.compile("[\u0660-\u0669\u06f0-\u06f9]")


@cache
def months() -> dict[str, int]:
    """Return the number of each month by its folded name in lower case."""
    rows = table("dates")["months"].items()
    return {fold(name).lower(): int(number) for number, names in rows for name in names}


@cache
def _alternation(group: str) -> str:
    names = {fold(name).lower() for spelled in table("dates")[group].values() for name in spelled}
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(regex.escape(name).replace(r"\ ", r"\s+") for name in longest_first)


@cache
def _pattern() -> regex.Pattern[str]:
    month = rf"(?P<month>{_alternation('months')})"
    # كانون الثاني/يناير and تموز (يوليو) name the same month twice
    twice = rf"{month}(?:\s*[/(]\s*(?:{_alternation('months')})\s*\)?)?"
    year, short_year = r"(?P<year>(?:19|20)\d\d)", r"(?P<year>(?:19|20)\d\d|\d\d)"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    of_year = rf"\s*[,،/ -]?\s*(?:عام\s+|سنه\s+)?{year}(?!\d)"
    forms = (
        # 2023-10-20
        rf"{year}\s*(?P<separator>[-/.])\s*(?P<number>\d{{1,2}})\s*(?P=separator)\s*{day}(?!\d)",
        # 20/10/2023, 20.10.23
        rf"(?P<first>\d\d?)\s*(?P<separator>[-/.])\s*(?P<second>\d\d?)\s*(?P=separator)\s*{short_year}(?![\d/-])",
        # 20 تشرين الأول/أكتوبر 2023, 20th, October 2023
        rf"{day}\s*[,،/ -]?\s*(?:من\s+)?{twice}{of_year}",
        # October 20, 2023
        rf"(?<!\w){twice}\s+{day}\s*[,،]?\s+{year}(?!\d)",
    )
    return regex.compile(rf"(?<![\d/.-])(?:{'|'.join(forms)})")


def _read(match: regex.Match[str]) -> str:
    year = match["year"]
    if len(year) == 2:
        year = "20" + year  # the web is younger than 2000
    try:
        month, day = _month_and_day(match)
        return dt.date(int(year), month, day).isoformat() if _EARLIEST <= int(year) <= _LATEST else ""
    except ValueError:  # no such day; or digits of a script so new that only `regex` knows them
        return ""


def _month_and_day(match: regex.Match[str]) -> tuple[int, int]:
    if match["month"]:
        return months()[" ".join(match["month"].split())], int(match["day"])
    if match["number"]:
        return int(match["number"]), int(match["day"])
    first, second = int(match["first"]), int(match["second"])
    # Arabic pages write the day first; American ones betray themselves by a second number above 12.
    return (first, second) if second > MONTHS else (second, first)
