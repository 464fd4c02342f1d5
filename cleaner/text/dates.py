"""Find the dates that a line prints, and read them where they can be read with certainty."""

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
"""A time of day, as a pattern for a folded line."""
_CLOCK_BEHIND = regex.compile(rf"\s*[-–—|,،/@]?\s*{CLOCK}\b")
_EARLIEST, _LATEST = 1900, 2100
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Date:
    """A printed date: its place in the searched line, and YYYY-MM-DD, or "" where it is no date at all."""

    start: int
    end: int
    iso: str


def find_dates(line: str) -> Iterator[Date]:
    """Yield the Gregorian dates in a folded *line* (`cleaner.text.folding.fold`), from left to right."""
    if may_print_date(line):
        plain = line.translate(_DIGITS) if _OTHER_DIGIT.search(line) else line  # a translation takes its time
        for match in _pattern().finditer(lower(plain)):
            yield Date(match.start(), match.end(), _read(match))


def has_clock(line: str, date: Date) -> bool:
    """Whether a time of day stands right behind a *date* of a folded *line*, as pages date themselves."""
    return _CLOCK_BEHIND.match(line, date.end) is not None


def may_print_date(text: str) -> bool:
    """Tell quickly whether a folded *text* has what every date has, for the search itself takes its time.

    That is three numbers in one; or a year of four digits right behind a day or a month, or before a month.
    """
    return has_figures(text) and any(
        match["year"] is None or _is_of_date(text, *match.span()) for match in _NUMBERS.finditer(text)
    )


def has_figures(text: str) -> bool:
    """Tell at a glance whether a text has figures as dates have them; if not, no part of it has a date."""
    return _FIGURES.search(text) is not None


def _is_of_date(text: str, start: int, end: int) -> bool:
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
    """Return the first words of the names of months, and the last."""
    names = [name.split() for name in months()]
    return tuple({name[0] for name in names}), tuple({name[-1] for name in names})


def certain_date(line: str) -> Date | None:
    """Return the first date in a folded *line* that names one day, or None.

    A Hijri date beside it must mean the same day: its month begins when somebody sees the moon, which
    differs by country and year, but by no more than `MOON` days from the computed calendar.
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
    """Return the day of the computed calendar, in which months have 30 and 29 days by turns."""
    days = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day
    return dt.date.fromordinal(days + _HIJRI_EPOCH)


_HIJRI_EPOCH = 226630
"""What makes `days` of the computed calendar an ordinal of Python's: 12 Dhu al-Hijja 1442 is 22 July 2021."""

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
    """Return the number of each month by its folded name in lower case."""
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
        year = "20" + year  # the web is younger than 2000
    try:
        month, day = _month_and_day(match, int(year))
        return dt.date(int(year), month, day).isoformat() if _EARLIEST <= int(year) <= _LATEST else ""
    except ValueError:  # no such day; or digits of a script so new that only `regex` knows them
        return ""


def _of_solar(year: int, month: int, day: int) -> str:
    """Return a day of Iran's calendar; its leap years are so from 1343 to 1472, which is 1964 to 2093."""
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
    # Arabic pages write the day first; American ones betray themselves by a second number above 12, or by
    # the day of the week.
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
"""What the commonest software of message boards puts behind its dates; they are American by default."""

NEAR = 24
"""Code points between the name of a day or a month and its date."""


def _weekday_beside(match: regex.Match[str]) -> int:
    """Return the number of the day of the week that is named beside a date, or 0."""
    text = match.string
    around = f"{text[max(0, match.start() - NEAR) : match.start()]} {text[match.end() : match.end() + NEAR]}"
    found = {_weekdays()[word] for word in regex.findall(r"\w+", around) if word in _weekdays()}
    return found.pop() if len(found) == 1 else 0
