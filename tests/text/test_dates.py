"""Dates are found as Arabic pages print them, and read only where they mean one day."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest
import regex

from cleaner.text.dates import certain_date, find_dates, hijri_pattern, months
from cleaner.text.folding import fold

NO_DATES = (
    "فاز الفريق 3-2 في مباراة الأمس",
    "طائرة بي-52 وصاروخ كروز",
    "نسخة 10.2.3 من البرنامج",
    "المادة 12/5 من القانون",
    "الهاتف 00962-6-5001234",
    "من 2019 إلى 2022",
    "بين 14 و16 مارس",
    "الساعة 08:15 مساء",
    "صفحة 99/99/2020",
    "21 شوال 1445 هـ",
    "",
)
DATES = {
    "14 مارس 2022": "2022-03-14",
    "١٤ مارس ٢٠٢٢": "2022-03-14",
    "14 آذار/مارس 2022": "2022-03-14",
    "14 كانون الثاني (يناير) 2022": "2022-01-14",
    "الأحد 3 تشرين الأول، 2021": "2021-10-03",
    "7 أوت 2020": "2020-08-07",
    "9 غشت 2020": "2020-08-09",
    "1 جويلية 2019": "2019-07-01",
    "12 من فبراير 2018": "2018-02-12",
    "5 أيلول من عام 2016": "",
    "2023-05-12T10:00:00": "2023-05-12",
    "2023/5/2": "2023-05-02",
    "2023.05.12": "2023-05-12",
    "12/05/2023": "2023-05-12",
    "05/13/2023": "2023-05-13",
    "12-05-23": "2023-05-12",
    "14th March 2022": "2022-03-14",
    "March 14, 2022": "2022-03-14",
    "14 mars 2022": "2022-03-14",
    "30 فبراير 2021": "",
    "الأربعاء 08/10/2022": "2022-08-10",
    "Wed, 08/10/2022": "2022-08-10",
    "السبت 08/10/2022": "2022-10-08",
    "الاثنين 08/10/2022": "2022-10-08",
    "08-10-2022, 07:21 PM": "2022-08-10",
    "28-10-2022, 07:21 PM": "2022-10-28",
    "2022 مارس 14": "2022-03-14",
    "14 من شهر مارس 2022": "",
    "3 كانون ثاني 2020": "2020-01-03",
    "5 مايس 2011": "2011-05-05",
    "۱۳۹۹/۱۱/۲۳": "2021-02-11",
    "1403/1/1": "2024-03-20",
    "1403/12/30": "2025-03-20",
    "1402/12/30": "",
    "1442/12/12": "",
}


def read(text: str) -> list[str]:
    """Return the days found in *text* as it would be searched."""
    return [date.iso for date in find_dates(fold(text))]


@pytest.mark.parametrize("text", NO_DATES)
def test_no_day_is_read_where_none_is_printed(text: str) -> None:
    """Scores, numbers, versions, years and impossible days are no dates."""
    assert [iso for iso in read(text) if iso] == []


@pytest.mark.parametrize(("text", "iso"), DATES.items(), ids=DATES)
def test_a_date_is_read_if_it_is_certain(text: str, iso: str) -> None:
    """Months of East, West and Europe, digits of both kinds; a day that does not exist is none."""
    assert [found for found in read(f"نشر في {text} عند الفجر") if found] == ([iso] if iso else [])


def test_several_dates_come_in_their_order() -> None:
    """From left to right, each with its place."""
    line = fold("من 1 مارس 2022 إلى 3 نيسان 2022")
    first, second = find_dates(line)
    assert (first.iso, second.iso) == ("2022-03-01", "2022-04-03")
    assert line[second.start : second.end] == fold("3 نيسان 2022")


def test_a_hijri_date_is_known_but_not_read() -> None:
    """It names a day, but which one depends on who saw the moon."""
    assert regex.search(hijri_pattern(), fold("الأحد 21 شوال 1445 هـ"))


HIJRI = {
    "12 ذو الحجة 1442 هـ الموافق 22 يوليو 2021": "2021-07-22",
    "1 رمضان 1445 - 11 مارس 2024": "2024-03-11",
    "1 رمضان 1445 - 12 مارس 2024": "2024-03-12",
    "1 رمضان 1445 - 11 أبريل 2024": "",
    "11 مارس 2024": "2024-03-11",
    "1 رمضان 1445": "",
}


@pytest.mark.parametrize(("line", "iso"), HIJRI.items(), ids=HIJRI)
def test_two_calendars_must_mean_the_same_day(line: str, iso: str) -> None:
    """Give or take the days by which countries differ; else the date is not certain."""
    date = certain_date(fold(line))
    assert (date.iso if date else "") == iso


@given(
    day=st.integers(1, 28),
    month=st.sampled_from(sorted(months())),
    year=st.integers(1950, 2060),
    before=st.sampled_from(["", "نشر ", "(", "| ", "الأحد، "]),
    behind=st.sampled_from(["", " مساء", ")", " |", "، الساعة 10:30"]),
)
def test_every_month_name_is_read(day: int, month: str, year: int, before: str, behind: str) -> None:
    """Whatever stands around it, a day, a known month and a year are that day."""
    expected = f"{year}-{months()[month]:02}-{day:02}"
    assert [date.iso for date in find_dates(fold(f"{before}{day} {month} {year}{behind}"))] == [expected]


@pytest.mark.parametrize(
    "form", ["7 {} 2021", "7 {}  عام ٢٠٢١", "{} 7, 2021", "2021 {} 7", "7/{}/۲۰۲۱", "7{}2021"]
)
def test_every_name_of_a_month_makes_a_date(form: str) -> None:
    """Years that stand in no date, before and behind it, do not hide it."""
    for name, number in months().items():
        line = fold(f"نشر في {form.format(name.title())} بعد عام 2019 وقبل 2022")
        assert [date.iso for date in find_dates(line)] == [f"2021-{number:02d}-07"]
