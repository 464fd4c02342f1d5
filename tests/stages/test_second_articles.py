"""A second article in a page becomes a document of its own; a list of headlines, or a teaser, does not."""

from __future__ import annotations

import pytest

from cleaner import Document, Pipeline, news_pipeline

TITLE = "عودة القوارب إلى ميناء الصيد بعد انقطاع طويل"
ARTICLE = (
    "وصلت إلى ميناء الصيد صباح اليوم عشرون شاحنة محملة بالثلج، بعد انقطاع دام أسبوعين بسبب عطل في المصنع.",
    "وأوضح رئيس جمعية الصيادين أن القوارب ستعود إلى البحر ابتداء من يوم غد إن هدأت الرياح.",
    "تعتمد ثلاثة آلاف أسرة على الصيد في هذا الساحل، ولم يكن لها مورد آخر في الأسبوعين الماضيين.",
)
GARDEN_TITLE = "افتتاح حديقة عامة في الحي الشرقي"
GARDEN = (
    "افتتحت البلدية حديقة عامة في الحي الشرقي مساء الخميس، وحضر الافتتاح مئات السكان وأطفالهم.",
    "وتضم الحديقة ملعبا صغيرا ونافورة ومئة شجرة زيتون نقلت من مشتل المدينة القديم قبل شهرين.",
    "وقال مهندس المشروع إن أعمال الزراعة استغرقت عاما، وإن المتطوعين سقوا الأشجار طوال الصيف.",
)
SCHOOL_TITLE = "مدرسة القرية تستعيد جرسها النحاسي"
SCHOOL = (
    "استعادت مدرسة القرية جرسها النحاسي بعد أن أصلحه حداد متقاعد رفض أن يتقاضى أجرا عن عمله.",
    "وكان الجرس قد سقط في عاصفة الشتاء الماضي وانكسر لسانه، فظل التلاميذ يدخلون على صوت صافرة.",
    "ودق المدير الجرس صباح الأحد أمام الأهالي، ثم علق تحته لوحة صغيرة تحمل اسم الحداد.",
)
FOOTER = ("المصدر: وكالات", "كلمات دلالية: الصيد، الثلج، الميناء")


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """Return the pipeline as it ships."""
    return news_pipeline()


def lines(document: Document) -> list[str]:
    """Return the lines of the cleaned text that are not blank."""
    return [line for line in document.text.split("\n") if line.strip()]


TEASERS = {
    "a list inside the article": (
        TITLE, *ARTICLE[:2], "اقرأ أيضا", GARDEN_TITLE, SCHOOL_TITLE, "", ARTICLE[2],
    ),
    "one headline inside the article": (TITLE, *ARTICLE[:2], "اقرأ أيضا:", GARDEN_TITLE, ARTICLE[2]),
    "a headline on the marker's line": (TITLE, *ARTICLE[:2], f"اقرأ أيضا: {GARDEN_TITLE}", ARTICLE[2]),
    "a list below the article": (TITLE, *ARTICLE, "أخبار ذات صلة", GARDEN_TITLE, SCHOOL_TITLE),
    "a headline and a few opening words": (
        TITLE, *ARTICLE, *FOOTER, "المقال التالي", GARDEN_TITLE, "افتتحت البلدية حديقة عامة في الحي الشرقي.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("page", TEASERS.values(), ids=TEASERS)
def test_a_teaser_is_no_second_article(pipeline: Pipeline, page: tuple[str, ...]) -> None:
    """The headline goes, no document comes of it, and the article's own next paragraph stays."""
    document, *children = pipeline.clean_all(Document("1", "\n".join(page)))
    assert children == []
    assert lines(document) == [TITLE, *ARTICLE]


def test_an_article_below_another_becomes_a_document(pipeline: Pipeline) -> None:
    """It has an id, a title and a place of its own, and of its page's metadata the source and the file."""
    raw = "\n".join((TITLE, *ARTICLE, *FOOTER, "المقال التالي", GARDEN_TITLE, "12 مارس 2022", *GARDEN))
    given = {"source": "جريدة الساحل", "file_path": "raw/1.txt", "author": "سامر", "title": TITLE}
    document, child = pipeline.clean_all(Document("1", raw, given))
    assert lines(document) == [TITLE, *ARTICLE]
    assert lines(child) == [GARDEN_TITLE, *GARDEN]
    assert child.id == "1#2"
    assert child.fact("title") == GARDEN_TITLE
    assert child.fact("date") == "2022-03-12"
    assert child.metadata == {"source": "جريدة الساحل", "file_path": "raw/1.txt"}
    assert child.origin is not None
    assert child.origin.id == "1"
    assert document.original_text() == raw


def test_several_articles_follow_in_page_order(pipeline: Pipeline) -> None:
    """Each becomes a document, numbered as it stands in the page."""
    raw = "\n".join((
        TITLE, *ARTICLE, *FOOTER,
        "المقال التالي", GARDEN_TITLE, *GARDEN, *FOOTER,
        "المقال التالي", SCHOOL_TITLE, *SCHOOL, *FOOTER,
    ))  # fmt: skip
    documents = pipeline.clean_all(Document("1", raw))
    assert [document.id for document in documents] == ["1", "1#2", "1#3"]
    assert [lines(document) for document in documents] == [
        [TITLE, *ARTICLE],
        [GARDEN_TITLE, *GARDEN],
        [SCHOOL_TITLE, *SCHOOL],
    ]


def test_a_page_without_an_article_has_no_second(pipeline: Pipeline) -> None:
    """Below a marker at the top of a page stands the page's own article."""
    raw = "\n".join(("اقرأ أيضا", GARDEN_TITLE, *GARDEN))
    _, *children = pipeline.clean_all(Document("1", raw))
    assert children == []


@pytest.mark.parametrize("box", ["صورة: أرشيف", "المصدر: وكالات", "آخر تحديث: 12:30"])
def test_the_article_goes_on_below_a_box(pipeline: Pipeline, box: str) -> None:
    """A credit alone is no footer: what stands below the headline may be the next paragraph."""
    page = Document("1", "\n".join((TITLE, *ARTICLE[:2], box, "اقرأ أيضا:", GARDEN_TITLE, ARTICLE[2])))
    (article,) = pipeline.clean_all(page)
    assert lines(article)[-1] == ARTICLE[2]


def test_headlines_with_a_paragraph_each_are_no_article(pipeline: Pipeline) -> None:
    """They go with the list that they stand in, and nothing becomes of them."""
    excerpts = (GARDEN_TITLE, GARDEN[0], SCHOOL_TITLE, SCHOOL[0])
    page = Document("1", "\n".join((TITLE, *ARTICLE, *FOOTER, "مقالات مشابهة", *excerpts)))
    (article,) = pipeline.clean_all(page)
    assert lines(article) == [TITLE, *ARTICLE]
