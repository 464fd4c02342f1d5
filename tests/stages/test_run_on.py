"""Pages that lost their line breaks: sentences stay whole, and labels get lines again."""

from __future__ import annotations

import pytest

from cleaner import Document, news_pipeline
from cleaner.stages.run_on import find_lost_breaks, headline_end

TITLE = "عودة القوارب إلى ميناء الصيد بعد انقطاع طويل"
BODY = (
    "وصلت إلى ميناء الصيد صباح اليوم عشرون شاحنة محملة بالثلج، بعد انقطاع دام أسبوعين بسبب عطل في المصنع. "
    "وأوضح رئيس جمعية الصيادين أن القوارب ستعود إلى البحر ابتداء من يوم غد إن هدأت الرياح. "
    "تعتمد ثلاثة آلاف أسرة على الصيد في هذا الساحل، ولم يكن لها مورد آخر في الأسبوعين الماضيين. "
    "وطالب الصيادون بمصنع ثان للثلج حتى لا تتكرر الخسارة في مواسم الصيد القادمة."
)
GARDEN_TITLE = "افتتاح حديقة عامة في الحي الشرقي"
GARDEN = (
    "افتتحت البلدية حديقة عامة في الحي الشرقي مساء الخميس، وحضر الافتتاح مئات السكان وأطفالهم. "
    "وتضم الحديقة ملعبا صغيرا ونافورة ومئة شجرة زيتون نقلت من مشتل المدينة القديم قبل شهرين. "
    "وقال مهندس المشروع إن أعمال الزراعة استغرقت عاما."
)


def breaks(text: str) -> str:
    """Return *text* after the stage."""
    document = Document("1", text)
    return document.revise("run-on", find_lost_breaks(document)).text


@pytest.mark.parametrize(
    "sentence",
    [
        "وقال إن آخر الأخبار الواردة من الجزيرة تبعث على الأمل.",
        "المصدر الذي رفض ذكر اسمه قال إن الثلج لن يكفي سوى ثلاثة أيام.",
        "اقرأ أيضا ما كتبه الباحث في مقدمته، ففيها شرح واف لأسباب التراجع. ثم عد إلى النص من أوله.",
        "وأضاف المصدر: لا جديد حتى الآن.",
        "وشارك على فيسبوك وتويتر صورا من الميناء.",
        "وبدأ الموسم في 14 مارس 2022 بعد تأخر طويل.",
    ],
)
def test_a_sentence_with_the_words_of_a_label_stays_whole(sentence: str) -> None:
    """Within one long line nothing is cut that is a sentence."""
    raw = f"{BODY} {sentence} {BODY}"
    text = news_pipeline().clean(Document("1", raw)).text
    assert text.replace("\n", " ") == raw


def test_pages_with_line_breaks_are_left_alone() -> None:
    """A long paragraph among others is not a page of one line."""
    raw = f"{TITLE}\n{BODY} اقرأ أيضا: {GARDEN_TITLE}\n{BODY}"
    assert breaks(raw) == raw


def test_each_label_behind_the_text_begins_a_line() -> None:
    """Also where no sentence ends before it, because the text of another label does."""
    assert breaks(f"{BODY} #الصيد #الثلج المصدر: وكالات مقالات مشابهة: {GARDEN_TITLE}").split("\n") == [
        BODY,
        "#الصيد #الثلج",
        "المصدر: وكالات",
        "مقالات مشابهة:",
        GARDEN_TITLE,
    ]


def test_headlines_with_dashes_get_lines() -> None:
    """A list that ran together is one again."""
    text = breaks(f"{BODY} أخبار قريبة: - {GARDEN_TITLE} - مدرسة القرية تستعيد جرسها")
    assert text.split("\n") == [BODY, "أخبار قريبة:", f"- {GARDEN_TITLE}", "- مدرسة القرية تستعيد جرسها"]


def test_the_text_begins_behind_date_and_buttons() -> None:
    """They stand between the title and the first sentence."""
    assert breaks(f"{TITLE} سامر الخالدي 14 مارس 2022 13:51 شارك عبر فيسبوك تويتر تيلجرام {BODY}").split(
        "\n"
    ) == [
        f"{TITLE} سامر الخالدي 14 مارس 2022 13:51",
        "شارك عبر فيسبوك تويتر تيلجرام",
        BODY,
    ]


def test_the_title_begins_behind_a_path() -> None:
    """«And» joins words of the section's name; what else sections are called may be the title's."""
    path = "جريدة الساحل | كل الأخبار | عربي ودولي"
    assert breaks(f"{path} أخبار القوارب العائدة {BODY}").split("\n")[0] == path


def test_a_headline_ends_where_its_words_come_again() -> None:
    """The first sentence of an article says what its headline says."""
    line = f"{GARDEN_TITLE} {GARDEN}"
    assert line[headline_end(line, 0, len(line)) :] == GARDEN
    assert headline_end(BODY, 0, len(BODY)) == 0


def test_a_second_article_behind_tags_becomes_a_document() -> None:
    """With its own title, although no line break parts it from anything."""
    page = Document("1", f"{TITLE} {BODY} كلمات دلالية: الصيد، الثلج إقرأ أيضاً: {GARDEN_TITLE} {GARDEN}")
    article, child = news_pipeline().clean_all(page)
    assert article.text == f"{TITLE} {BODY}"
    assert child.fact("title") == GARDEN_TITLE
    assert child.text.split("\n") == [GARDEN_TITLE, GARDEN]


def test_of_a_teaser_inside_the_article_the_text_behind_it_stays() -> None:
    """Without a footer above it, nobody can tell a second article from the first one's next sentence."""
    page = Document("1", f"{TITLE} {BODY} اقرأ أيضا: {GARDEN_TITLE} {BODY}")
    (article,) = news_pipeline().clean_all(page)
    assert article.text.count(BODY) == 2


def test_a_space_is_left_between_sentences_around_a_teaser() -> None:
    """What stands before and behind it is not glued."""
    page = Document("1", f"{BODY} اقرأ أيضا: سعر الدولار اليوم وأضاف أن القوارب جاهزة.")
    assert news_pipeline().clean(page).text.split() == f"{BODY} وأضاف أن القوارب جاهزة.".split()
