"""Find the dates that a line prints, and read those that can be read with certainty."""

from __future__ import annotations

from dataclasses import dataclass
import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

import regex

from cleaner.rules import table
from cleaner.text.folding import fold, lower

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
CLOCK = r"\d{1,2}:\d\d"
"""Pattern for a time of day, such as 9:05, in a folded line."""
_CLOCK_BEHIND = regex.compile(rf"\s*[-–—|,،/@]?\s*{CLOCK}\b")
_EARLIEST, _LATEST = 1900, 2100
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Date:
    """A printed date: its span in the searched line (code points), and its day as YYYY-MM-DD, or ""."""

    start: int
    end: int
    iso: str


def find_dates(line: str) -> Iterator[Date]:
    """Yield the dates in a folded *line* (`cleaner.text.folding.fold`) in order; Hijri dates are left out."""
    if may_print_date(line):
        plain = line.translate(_DIGITS) if _OTHER_DIGIT.search(line) else line  # translating is slow
        for match in _pattern().finditer(lower(plain)):
            yield Date(match.start(), match.end(), _read(match))


def has_clock(line: str, date: Date) -> bool:
    """Return whether a time of day stands right behind *date* in a folded *line*, as in a page's own date."""
    return _CLOCK_BEHIND.match(line, date.end) is not None


def may_print_date(text: str) -> bool:
    """Return whether a folded *text* may print a date: a quick test before the slow search of `find_dates`.

    A date has three numbers in a row, as in 3/4/2021; or a year of four digits right behind a day or a month,
    or right before a month.
    """
    return has_figures(text) and any(
        match["year"] is None or _is_of_date(text, *match.span()) for match in _NUMBERS.finditer(text)
    )


def has_figures(text: str) -> bool:
    """Return whether *text* has digits as dates have them; if not, no part of it prints a date."""
    return _FIGURES.search(text) is not None


def _is_of_date(text: str, start: int, end: int) -> bool:
    """Return whether a day or a month stands next to the year between *start* and *end*."""
    before = lower(text[max(0, start - NEAR) : start]).rstrip()
    for word in OF_YEAR:
        before = before.removesuffix(word).rstrip()
    before = before.rstrip(_BETWEEN).rstrip()
    first, last = _edges_of_months()
    if before[-1:].isdecimal() or before.endswith((")", *ORDINALS, *last)):
        return True
    return lower(text[end : end + NEAR]).lstrip().lstrip(_BETWEEN).lstrip().startswith(first)


@cache
def _edges_of_months() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the first words of the months' names, and the last words."""
    names = [name.split() for name in months()]
    return tuple({name[0] for name in names}), tuple({name[-1] for name in names})


def certain_date(line: str) -> Date | None:
    """Return the first date in a folded *line* that names one day, or None.

    None also if a Hijri date on the line means another day. A Hijri month begins when the new moon is seen,
    which differs by country and year, but by no more than `MOON` from the computed calendar.
    """
    if not may_print_date(line):
        return None
    found = next((date for date in find_dates(line) if date.iso), None)
    hijri = _hijri().search(line.translate(_DIGITS)) if found else None
    if found and hijri:
        day = _of_hijri(
            int(hijri["year"]), _hijri_months()[" ".join(hijri["month"].split())], int(hijri["day"])
        )
        if abs(dt.date.fromisoformat(found.iso) - day) > MOON:
            return None
    return found


MOON = dt.timedelta(days=3)


def hijri_pattern() -> str:
    """Return a pattern for a Hijri date such as 21 شوال 1445 هـ in a folded line."""
    return (
        rf"(?P<day>\d{{1,2}})\s+(?:من\s+)?(?P<month>{_alternation('hijri')})"
        r"\s*[,،]?\s*(?P<year>1[34]\d\d)\s*(?:ه(?!\w))?"
    )


@cache
def _hijri() -> regex.Pattern[str]:
    return regex.compile(hijri_pattern())


@cache
def _hijri_months() -> dict[str, int]:
    return _numbered("hijri")


def _of_hijri(year: int, month: int, day: int) -> dt.date:
    """Return the Gregorian day of a Hijri date, by the calendar whose months have 30 and 29 days in turn."""
    days = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day
    return dt.date.fromordinal(days + _HIJRI_EPOCH)


_HIJRI_EPOCH = 226630
"""Difference between `days` in `_of_hijri` and Python's ordinals: 12 Dhu al-Hijja 1442 is 22 July 2021."""

_FIGURES = regex.compile(r"\d(?:\d{3}|\d?\s*[-/.]\s*\d)")
_NUMBERS = regex.compile(
    r"\d{1,4}+\s*[-/.]\s*\d\d?\s*[-/.]\s*\d"
    # a year, in ASCII, Arabic-Indic or Extended Arabic-Indic digits
    r"|(?<!\d)(?P<year>(?:[1\u0661\u06f1][9\u0669\u06f9]|[2\u0662\u06f2][0\u0660\u06f0])\d\d)"
)
_BETWEEN = ",\u060c/-"  # ARABIC COMMA
OF_YEAR = ("عام", "سنه")
ORDINALS = ("st", "nd", "rd", "th")
_OTHER_DIGIT = regex.compile("[\u0660-\u0669\u06f0-\u06f9]")


@cache
def months() -> dict[str, int]:
    """Return the number, 1 to 12, of each month by its folded name in lower case."""
    return _numbered("months")


@cache
def _weekdays() -> dict[str, int]:
    return _numbered("weekdays")


def _numbered(group: str) -> dict[str, int]:
    rows = table("dates")[group].items()
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
    day = rf"(?P<day>\d{{1,2}})(?:{'|'.join(ORDINALS)})?"
    of_year = rf"\s*[,،/ -]?\s*(?:(?:{'|'.join(OF_YEAR)})\s+)?{year}(?!\d)"
    forms = (
        # 2023-10-20
        rf"{year}\s*(?P<separator>[-/.])\s*(?P<number>\d{{1,2}})\s*(?P=separator)\s*{day}(?!\d)",
        # 1402/11/23, of the calendar of Iran
        rf"(?P<solar>1(?:3[6-9]|4[01])\d)\s*(?P<separator>[-/])\s*(?P<number>\d\d?)\s*(?P=separator)\s*{day}(?!\d)",
        # 20/10/2023, 20.10.23
        rf"(?P<first>\d\d?)\s*(?P<separator>[-/.])\s*(?P<second>\d\d?)\s*(?P=separator)\s*{short_year}(?![\d/-])",
        # 20 تشرين الأول/أكتوبر 2023, 20th, October 2023
        rf"{day}\s*[,،/ -]?\s*(?:من\s+|شهر\s+)?{twice}{of_year}",
        # October 20, 2023
        rf"(?<!\w){twice}\s+{day}\s*[,،]?\s+{year}(?!\d)",
        # 2023 October 20
        rf"{year}\s*[,،/ -]?\s*{twice}\s*[,،/ -]?\s*{day}(?![\d:])",
    )
    return regex.compile(rf"(?<![\d/.-])(?:{'|'.join(forms)})")


def _read(match: regex.Match[str]) -> str:
    if match["solar"]:
        return _of_solar(int(match["solar"]), int(match["number"]), int(match["day"]))
    year = match["year"]
    if len(year) == 2:
        year = "20" + year  # hardly any web page is older than that
    try:
        month, day = _month_and_day(match, int(year))
        return dt.date(int(year), month, day).isoformat() if _EARLIEST <= int(year) <= _LATEST else ""
    except ValueError:  # no such day, or digits of a script that `regex` knows and `int` does not
        return ""


def _of_solar(year: int, month: int, day: int) -> str:
    """Return the day of a date of Iran's calendar, or ""; leap years are right for 1343–1472 (1964–2093)."""
    lengths = [31] * 6 + [30] * 5 + [30 if (year % 33) in _SOLAR_LEAPS else 29]
    if not (1 <= month <= MONTHS and 1 <= day <= lengths[month - 1]):
        return ""
    leaps = sum((past % 33) in _SOLAR_LEAPS for past in range(_SOLAR_START[0], year))
    days = 365 * (year - _SOLAR_START[0]) + leaps + sum(lengths[: month - 1]) + day - 1
    return (_SOLAR_START[1] + dt.timedelta(days=days)).isoformat()


_SOLAR_LEAPS = frozenset([1, 5, 9, 13, 17, 22, 26, 30])
_SOLAR_START = (1360, dt.date(1981, 3, 21))


def _month_and_day(match: regex.Match[str], year: int) -> tuple[int, int]:
    if match["month"]:
        return months()[" ".join(match["month"].split())], int(match["day"])
    if match["number"]:
        return int(match["number"]), int(match["day"])
    first, second = int(match["first"]), int(match["second"])
    # Arabic pages write the day first. American order shows by a second number above 12, or by the weekday
    # that is printed beside the date.
    forum = match["separator"] == "-" and _FORUM.match(match.string, match.end())
    if second > MONTHS or (forum and first <= MONTHS):
        return first, second
    weekday = _weekday_beside(match) if first <= MONTHS else 0
    if (
        weekday
        and dt.date(year, first, second).isoweekday() == weekday != dt.date(year, second, first).isoweekday()
    ):
        return first, second
    return second, first


_FORUM = regex.compile(r",\s*\d\d:\d\d\s*[ap]m\b")
"""What the most common message board software prints behind a date; its default order is American."""

NEAR = 24
"""Code points around a year or a date in which a day, a month or a weekday is looked for."""


def _weekday_beside(match: regex.Match[str]) -> int:
    """Return the number (1 Monday … 7 Sunday) of the only weekday named beside a date, or 0."""
    text = match.string
    around = f"{text[max(0, match.start() - NEAR) : match.start()]} {text[match.end() : match.end() + NEAR]}"
    found = {_weekdays()[word] for word in regex.findall(r"\w+", around) if word in _weekdays()}
    return found.pop() if len(found) == 1 else 0
