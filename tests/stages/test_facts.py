"""What the boilerplate says about the article: of titles, dates and sources the ones that are its own."""

from __future__ import annotations

import pytest

from cleaner import Document, Pipeline, news_pipeline
from cleaner.page import printed_sources
from cleaner.rules import table

TITLE = "عودة القوارب إلى ميناء الصيد بعد انقطاع طويل"
BODY = (
    "عادت القوارب إلى ميناء الصيد صباح اليوم بعد انقطاع دام أسبوعين بسبب عطل في مصنع الثلج.",
    "وأوضح رئيس جمعية الصيادين أن القوارب ستخرج إلى البحر ابتداء من يوم غد إن هدأت الرياح.",
    "تعتمد ثلاثة آلاف أسرة على الصيد في هذا الساحل، ولم يكن لها مورد آخر في الأسبوعين الماضيين.",
)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """Return the pipeline as it ships."""
    return news_pipeline()


def page(*head: str, foot: tuple[str, ...] = ()) -> Document:
    """Return a page with lines above and below the article."""
    return Document("1", "\n".join((*head, *BODY, *foot)))


def values(document: Document, name: str) -> list[str]:
    """Return what was found under *name*."""
    return [fact.value for fact in document.facts(name)]


TITLES = {
    "alone": (TITLE,),
    "below a ticker": ("عاجل", "افتتاح معرض الزهور في الحديقة العامة مساء الخميس", TITLE, "12 مارس 2022"),
    "below a trail that repeats it": (f"البحر > أخبار الساحل > {TITLE}", TITLE),
    "below a menu without signs that repeats it": (f"الرئيسية محليات {TITLE}", TITLE),
    "below how long ago it was": ("منذ ساعتين", TITLE),
    "before a date": (f"{TITLE} , اليوم الجمعة 5 فبراير 2021 11:35 مساء",),
    "behind an agency's section": (f"عام / {TITLE}",),
    "above the caption of a picture": (TITLE, "التعليق على الصورة، قارب في الميناء"),
}


@pytest.mark.parametrize("head", TITLES.values(), ids=TITLES)
def test_the_title_is_the_headline_that_the_article_takes_up(
    pipeline: Pipeline, head: tuple[str, ...]
) -> None:
    """Bare of what the page prints around it."""
    assert values(pipeline.clean(page(*head)), "title") == [TITLE]


def test_an_agency_before_the_title_is_no_part_of_it_in_its_own_story(pipeline: Pipeline) -> None:
    """In another paper's headline it says who says so."""
    first = BODY[0]
    own = Document("1", "\n".join((f"كونا : {TITLE}", f"الكويت - 6 - 8 (كونا) -- {first}", *BODY[1:])))
    assert values(pipeline.clean(own), "title") == [TITLE]
    assert values(pipeline.clean(page(f"رويترز: {TITLE}")), "title") == [f"رويترز: {TITLE}"]


def test_a_page_without_a_headline_has_no_title(pipeline: Pipeline) -> None:
    """The name of its author is none, nor is the time."""
    assert values(pipeline.clean(page()), "title") == []
    assert values(pipeline.clean(page("قبل 5 ساعات", "محمد الساحلي")), "title") == []


DATES: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "above the article": ((TITLE, "18:40 - 9 آب 2019"), (), "2019-08-09"),
    "labelled, and another above": ((TITLE, "1 مارس 2022", "تاريخ النشر: 3 مارس 2022"), (), "2022-03-03"),
    "published before it was updated": (
        (TITLE, "آخر تحديث: 5 مارس 2022", "نشر في: 3 مارس 2022"), (), "2022-03-03",
    ),
    "only updated": ((TITLE, "آخر تحديث: 5 مارس 2022"), (), "2022-03-05"),
    "below the article": ((TITLE,), ("تاريخ النشر: 3 مارس 2022",), "2022-03-03"),
    "in the article's address": (
        (TITLE,), ("رابط الخبر: https://example.org/2024/02/06/1234",), "2024-02-06",
    ),
    "with a Hijri date that agrees": (
        (TITLE, "الأربعاء 12 ذو الحجة 1442 هـ الموافق 22 يوليو 2021 م"), (), "2021-07-22",
    ),
    "with a Hijri date of another month": (
        (TITLE, "الأربعاء 12 رمضان 1442 هـ الموافق 22 يوليو 2021 م"), (), "",
    ),
    "of other articles": ((TITLE,), ("أخبار ذات صلة", "معرض الكتاب يفتح أبوابه", "3 مارس 2022"), ""),
    "in the title": (("عودة القوارب إلى ميناء الصيد في 18 سبتمبر 2014",), (), ""),
    "in the story": ((TITLE,), ("وكان الميناء قد أغلق في 3 مارس 2022 - بعد العاصفة - مدة شهر كامل.",), ""),
    "without a year": ((TITLE, "الجمعة، 21 فبراير 00:48"), (), ""),
}  # fmt: skip


@pytest.mark.parametrize(("head", "foot", "day"), DATES.values(), ids=DATES)
def test_the_date_is_the_articles_own_or_none(
    pipeline: Pipeline, head: tuple[str, ...], foot: tuple[str, ...], day: str
) -> None:
    """Of several the likeliest; of other articles, and what is not certain, none."""
    assert pipeline.clean(page(*head, foot=foot)).fact("date") == day


def test_a_dateline_is_dated(pipeline: Pipeline) -> None:
    """A place, a day and an agency open the first sentence; it stays as it is."""
    first = f"رام الله 28-1-2020 وفا- {BODY[0]}"
    document = pipeline.clean(Document("1", "\n".join((TITLE, first, *BODY[1:]))))
    assert document.fact("date") == "2020-01-28"
    assert first in document.text


def test_how_long_ago_stays_in_words(pipeline: Pipeline) -> None:
    """Nobody knows since when."""
    document = pipeline.clean(page("منذ ساعتين", TITLE))
    assert (document.fact("date"), document.fact("date_text")) == ("", "منذ ساعتين")


def test_a_page_without_a_date_is_of_the_day_of_its_posts(pipeline: Pipeline) -> None:
    """If that is one day."""
    posts = [
        f"السفن تصل pic.twitter.com/7hTx0bVn5{number} — الضفاف (@addifaf) March {number}, 2024"
        for number in (4, 5)
    ]
    assert pipeline.clean(page(TITLE, foot=(posts[0],))).fact("date") == "2024-03-04"
    assert pipeline.clean(page(TITLE, foot=tuple(posts))).fact("date") == ""
    dated = pipeline.clean(page(TITLE, "9 مارس 2024", foot=(posts[0],)))
    assert values(dated, "date") == ["2024-03-09"]


SOURCES: dict[str, tuple[str, list[str]]] = {
    "one": ("المصدر: صحيفة الضفاف", ["صحيفة الضفاف"]),
    "two": ("المصدر: الضفاف + وكالات", ["الضفاف", "وكالات"]),
    "with a country": ("المصدر: موقع الضفاف - الأردن", ["موقع الضفاف - الأردن", "موقع الضفاف"]),
    "with a country in brackets": ("المصدر: الضفاف (لبنان)", ["الضفاف (لبنان)", "الضفاف"]),
    "a city before an agency": ("المصدر: الرياض - واس", ["واس"]),
    "a paper named after a city": ("المصدر: الرياض", ["الرياض"]),
    "a city and a reporter": ("المصدر: دبي - سالم الخالدي", []),
    "behind an arrow": ("المصدر ⬅️ الضفاف", ["الضفاف"]),
    "where it was printed first": ("نشر أولا في صحيفة الضفاف", ["صحيفة الضفاف"]),
    "a feed's footer": (f"The post {TITLE} appeared first on صحيفة الضفاف.", ["صحيفة الضفاف"]),
}


@pytest.mark.parametrize(("line", "names"), SOURCES.values(), ids=SOURCES)
def test_sources_are_told_as_they_are_printed(pipeline: Pipeline, line: str, names: list[str]) -> None:
    """And without the place beside them."""
    document = pipeline.clean(page(TITLE, foot=(line,)))
    assert values(document, "source") == names


def test_a_date_that_cannot_be_read_is_told_as_it_is_printed(pipeline: Pipeline) -> None:
    """A Hijri day begins at another time in every country."""
    document = pipeline.clean(page(TITLE, foot=("تاريخ النشر: 25 رجب 1442",)))
    assert (document.fact("date"), document.fact("date_text")) == ("", "25 رجب 1442")


@pytest.mark.parametrize("byline", ["إعداد/ محمد سامي", "محمد سامي - الثلاثاء 15 مارس 2022"])
def test_no_sign_and_no_day_belongs_to_the_author(pipeline: Pipeline, byline: str) -> None:
    """They stand beside the name."""
    assert pipeline.clean(page(TITLE, byline)).fact("author") == "محمد سامي"


def test_a_reporter_in_place_of_a_source_is_the_author(pipeline: Pipeline) -> None:
    """Gulf papers print «Dubai - name» there."""
    document = pipeline.clean(page(TITLE, foot=("المصدر: دبي - سالم الخالدي",)))
    assert document.fact("author") == "سالم الخالدي"


@pytest.mark.parametrize("row", table("sources")["phrase"], ids=lambda row: row["why"])
def test_a_phrase_tells_its_source_and_no_other(row: dict[str, object]) -> None:
    """Every row of the table proves itself."""
    tells, keeps = row["tells"], row["keeps"]
    assert isinstance(tells, dict)
    assert isinstance(keeps, list)
    assert tells
    for line, source in tells.items():
        assert printed_sources.told(line) == source
    for line in keeps:
        assert printed_sources.told(line) == ""


def test_a_page_that_lost_its_line_breaks_tells_what_it_can(pipeline: Pipeline) -> None:
    """Title and author before its date, source and keywords behind its last sentence."""
    text = " ".join(BODY)
    raw = f"الضفاف | أخبار | {TITLE} محمد الساحلي 3 أغسطس 2019 20:55 {text} المصدر: صحيفة الضفاف"
    document = pipeline.clean(Document("1", raw))
    found = {name: document.fact(name) for name in ("title", "author", "date", "source")}
    assert found == {
        "title": TITLE,
        "author": "محمد الساحلي",
        "date": "2019-08-03",
        "source": "صحيفة الضفاف",
    }
