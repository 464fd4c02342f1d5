"""The day of a row and the moment by which rows are ordered, read from whatever the input gives."""

from __future__ import annotations

import pytest

from cleaner.output.rows import certain_date, moment


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2015-07-21 02:47:05", "2015-07-21"),
        ("2024-11-03T06:00:00+03:00", "2024-11-03"),
        ("2015/07/21", "2015-07-21"),
        ("Tue, 21 Jul 2015 02:47:05 GMT", "2015-07-21"),
        ("2015-13-41", None),
        ("yesterday", None),
        (1437446825, None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_iso_or_null(given: object, expected: str | None) -> None:
    """A date that is not certain is none."""
    assert certain_date(given) == expected


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2015-07-21 02:47:05", "2015-07-21T02:47:06.5"),
        ("2015-07-21 23:59", "2015-07-22"),
        ("2015-07-21T10:00:00+03:00", "2015-07-21T08:00:00Z"),
        ("2015-07-22T01:00+03:00", "2015-07-21T23:00Z"),
        ("2015-07-21", "2015-07-21 02:47"),
        ("21/7/2015", "2015-07-21 02:47"),
        ("2015-07-21 09:30", "2015-07-21T10:00"),
        ("2015-07-21 25:61", "2015-07-21 00:01"),
        ("2015-07-21 03:04:05.123+03", "2015-07-21 00:04:06+00"),
    ],
)
def test_moments_sort_by_time(earlier: str, later: str) -> None:
    """By the time of day where it is given; an hour that is none is not."""
    assert moment(earlier) < moment(later)


@pytest.mark.parametrize(
    "given",
    [
        "2015-13-41 10:00",
        "yesterday",
        "0001-01-01T00:00+14:00",
        "1436-10-05",
        "1436-10-05 01:02:03",
        14,
        None,
    ],
)
def test_what_is_no_date_has_no_moment(given: object) -> None:
    """Nor has a day before there were newspapers: it is one of another calendar."""
    assert not moment(given)


def test_a_minute_is_the_moment_when_it_begins() -> None:
    """However it is written."""
    assert moment("2015-07-21 03:04") == moment("2015-07-21T03:04:00") == moment("2015-07-21 03:04:00.5Z")
