"""What stands around the title: credits, dates, paths and other news; and what only looks like them."""

from __future__ import annotations

import pytest

from tests.stages.support import FIRST, LAST, SECOND, TITLE, clean, lines

BELOW_THE_TITLE = pytest.mark.xfail(reason="right below a title such lines are taken for date lines")


@pytest.mark.parametrize(
    "sentence",
    [
        "لا تزال القوارب راسية منذ 7 أكتوبر 2023",
        "وبدأت العاصفة في 6 أكتوبر 1973",
        "هكذا انتهت العاصفة في 8 أيار 1945",
        pytest.param("ولد في المرفأ 12 مايو 1950", marks=BELOW_THE_TITLE),
        "تبدأ الدراسة يوم الأحد 21 سبتمبر 2025",
        "تقام المباراة يوم الجمعة 12 مايو 2024 الساعة 20:00",
        "الدورة الأولى: 12 مارس 2024، الدورة الثانية: 14 مايو 2024",
        "يعود تاريخ بناء الميناء إلى 12 مايو 1971",
        pytest.param("مواعيد الصلاة: الفجر 4:10 الظهر 12:05 العصر 3:30", marks=BELOW_THE_TITLE),
        pytest.param("المغرب - فرنسا 20:00", marks=BELOW_THE_TITLE),
        "رحلة بيروت 14:30 رحلة عمان 16:45",
        "12 مايو 1950: ولد في المرفأ",
    ],
)
def test_a_sentence_with_a_date_and_no_full_stop_stays(sentence: str) -> None:
    """At either end of the article; and its date is not the article's."""
    for raw in (
        f"{TITLE}\n{sentence}\n{FIRST}\n{SECOND}\n{LAST}",
        f"{TITLE}\n{FIRST}\n{SECOND}\n{LAST}\n{sentence}",
    ):
        cleaned = clean(raw)
        assert lines(cleaned.text) == lines(raw)
        assert not cleaned.fact("author")
        assert not cleaned.fact("date")


@pytest.mark.parametrize(
    "credit",
    [
        "رويترز الإثنين 14 مارس 2022",
        "محمد سامي 12 مايو 2024 20:55",
        "كتب: محمد سامي 12 مايو 2024",
        "تم نشره الإثنين 12 مايو 2024",
        "بيروت - 12 مايو 2024 (أ ف ب)",
        "سياسة 12 مايو 2024",
    ],
)
def test_a_credit_with_a_date_goes(credit: str) -> None:
    """Its verb is one of credits."""
    assert lines(clean(f"{TITLE}\n{credit}\n{FIRST}\n{LAST}").text) == [TITLE, FIRST, LAST]


@pytest.mark.parametrize("title", ["سامر الخالدي.. قلب الميناء النابض", "خالد.. ثالث بحار يعبر المحيط"])
def test_a_title_that_begins_with_a_name_is_no_byline(title: str) -> None:
    """Two dots part the name from what is said of it."""
    raw = f"{title}\n{FIRST}\n{SECOND}\n{LAST}"
    assert lines(clean(raw).text) == lines(raw)


def test_a_short_title_that_stands_twice_stays_once() -> None:
    """The first of two is no menu."""
    raw = f"سعيد يفوز بالكأس\nسعيد يفوز بالكأس\n{FIRST}\n{SECOND}\n{LAST}"
    assert lines(clean(raw).text)[0] == "سعيد يفوز بالكأس"
    assert len(lines(clean(raw).text)) == 4


@pytest.mark.parametrize(
    "line",
    [
        "هكذا غرد الوزير: #أنقذوا_السد #الماء_حياة",
        "1. محمد صلاح - 25 هدفا",
        "الأهلي × الزمالك - 8 مساء - القناة",
    ],
)
def test_ranks_matches_and_hashtags_are_no_bylines(line: str) -> None:
    """They have dashes as bylines do."""
    raw = f"{TITLE}\n{FIRST}\n{SECOND}\n{LAST}\n{line}"
    assert lines(clean(raw).text) == lines(raw)


def test_a_title_with_a_date_stays() -> None:
    """The article takes its words up; a name or a place beside a date it does not."""
    title = "عودة القوارب إلى ميناء الصيد اليوم الأحد 14 مارس 2022"
    document = clean(f"{title}\nسامر الخالدي - الساحل - 14 مارس 2022\n{FIRST}\n{SECOND}")
    assert lines(document.text) == [title, FIRST, SECOND]


@pytest.mark.parametrize(
    "above",
    [
        f"الرئيسية > محليات > {TITLE}",
        f"أنت هنا: الرئيسية / اقتصاد / {TITLE}",
        f"{TITLE} , الأحد 14 مارس 2022 8:25 مساء",
    ],
)
def test_a_path_that_ends_with_the_title_goes(above: str) -> None:
    """The title stands below it, and is not taken for a copy of the path."""
    document = clean(f"{above}\n{TITLE}\n{FIRST}\n{SECOND}")
    assert lines(document.text) == [TITLE, FIRST, SECOND]
    assert document.fact("title") == TITLE


@pytest.mark.xfail(reason="a single other headline above the title is taken for it")
def test_news_of_other_matters_above_the_title_goes() -> None:
    """Of several headlines the one that is like the article is its title, and the others are a ticker."""
    ticker = "عاجل\nافتتاح حديقة عامة في الحي الشرقي\nمدرسة القرية تستعيد جرسها النحاسي"
    document = clean(f"{ticker}\n{TITLE}\n{FIRST}\n{SECOND}\n{LAST}")
    assert lines(document.text) == [TITLE, FIRST, SECOND, LAST]
    assert document.fact("title") == TITLE


def test_a_line_above_the_title_on_the_same_matter_stays() -> None:
    """A kicker belongs to the article."""
    raw = f"صيادو الساحل بلا ثلج منذ أسبوعين\nأسر كثيرة تنتظر عودة القوارب إلى ميناء الصيد\n{FIRST}\n{SECOND}"
    assert clean(raw).text == raw
