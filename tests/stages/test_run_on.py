"""Pages that lost their line breaks: sentences stay whole, and labels get lines again."""

from __future__ import annotations

import pytest

from cleaner import Document, news_pipeline
from cleaner.pipeline import findings_of
from cleaner.stages.run_on import LostBreaks
from cleaner.stages.run_on.headline_break import LIKELY, headline_end
from cleaner.text.folding import small

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
    return document.revise("run-on", findings_of(LostBreaks(), document)).text


def cleaned(text: str) -> str:
    """Return what all stages leave of *text*, in one line."""
    return news_pipeline().clean(Document("1", text)).text.replace("\n", " ")


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
    assert cleaned(raw) == raw


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
        TITLE,
        "سامر الخالدي 14 مارس 2022 13:51",
        "شارك عبر فيسبوك تويتر تيلجرام",
        BODY,
    ]


@pytest.mark.parametrize(
    "credit",
    [
        "صحيفة الساحل · 2022-03-14 13:51",
        "رويترز الإثنين 14 مارس 2022",
        "سامر الخالدي 14 مارس 2022 13:51",
        "تم نشره الإثنين 14 مارس 2022 13:51",
        "- سامر الخالدي 14 مارس 2022 13:51",
        "كتب: سامر الخالدي 14 مارس 2022 13:51",
        "| بقلم سامر الخالدي - 14 مارس 2022 13:51",
        "آخر تحديث: 14 مارس 2022",
        "منذ 5 دقائق وكالة الأنباء الكويتية",
        pytest.param("أمس رويترز", marks=pytest.mark.xfail(reason="two words that the trees find too few")),
    ],
)
def test_who_wrote_it_and_when_has_a_line_between_title_and_text(credit: str) -> None:
    """And goes, as it does on pages that have their line breaks."""
    page = Document("1", f"{TITLE} {credit} {BODY}")
    assert breaks(page.text).split("\n") == [TITLE, credit, BODY]
    cleaned = news_pipeline().clean(page)
    assert cleaned.text == f"{TITLE}\n{BODY}"
    assert cleaned.fact("title") == TITLE


@pytest.mark.parametrize(
    "title",
    [
        "موعد مباراة الساحل والنسور الأحد 14 مارس 2022 20:00",
        f"{TITLE} , اليوم الأحد 14 مارس 2022 8:25",
        f"{TITLE} محمد الساحلي",
        "عودة القوارب إلى ميناء الصيد ورئيس الجمعية سامر الشاطئي يحذر 14 مارس 2022",
    ],
)
def test_a_first_line_with_a_date_is_left_alone(title: str) -> None:
    """Where nothing tells that somebody's name stands before it, and a time of day behind."""
    raw = "\n".join((title, *BODY.split(". ")))
    assert breaks(raw) == raw


@pytest.mark.parametrize(
    "credit", ["محمد الساحلي 14 مارس 2022 13:51", "صحيفة الضفاف الإثنين 14 مارس 2022 - 13:51"]
)
def test_a_credit_in_the_first_line_gets_its_own(credit: str) -> None:
    """Also where the page has its other line breaks."""
    below = BODY.replace(". ", ".\n")
    page = Document("1", f"{TITLE} {credit}\n{below}")
    assert breaks(page.text) == f"{TITLE}\n{credit}\n{below}"
    cleaned = news_pipeline().clean(page)
    assert cleaned.text == f"{TITLE}\n{below}"
    assert (cleaned.fact("title"), cleaned.fact("date")) == (TITLE, "2022-03-14")


@pytest.mark.parametrize("end", ["بحفاوة شعبية كبيرة", "وسط ترحيب حار", "إلى الشاطئ الشمالي"])
def test_a_title_with_words_that_the_text_does_not_take_up_stays(end: str) -> None:
    """They are usual words, and no name."""
    title = f"عودة القوارب إلى ميناء الصيد {end}"
    assert cleaned(f"{title} 14 مارس 2022 13:51 {BODY}").startswith(title)


@pytest.mark.parametrize("name", ["ليث الزهيري", "أوس بن جمعان الغافري", "عبد الصبور القرطاجي"])
def test_a_name_that_nobody_knows_is_told_by_what_the_text_takes_up(name: str) -> None:
    """The words of the title come again in it, also behind one that does not."""
    raw = f"{TITLE} مرير {name} 14 مارس 2022 13:51 {BODY}"
    assert breaks(raw).split("\n")[:2] == [f"{TITLE} مرير", f"{name} 14 مارس 2022 13:51"]
    assert cleaned(raw) == f"{TITLE} مرير {BODY}"


@pytest.mark.parametrize(
    "title",
    [
        "عودة القوارب إلى ميناء الصيد صباح اليوم الإثنين 14 مارس 2022",
        "ماذا قال الوزير قبل 5 أيام عن عودة القوارب",
        "خسائر الصيادين منذ 3 أشهر بالأرقام",
        "عودة القوارب إلى ميناء الصيد في قناة السويس 14 مارس 2022 13:51",
        "عودة القوارب إلى ميناء الصيد في حوار مع سامر الخالدي 14 مارس 2022 13:51",
    ],
)
def test_a_date_or_an_age_in_a_title_stays(title: str) -> None:
    """Nobody is known who wrote it, so it is no credit."""
    raw = f"{title} {BODY}"
    assert cleaned(raw) == raw


@pytest.mark.parametrize(
    "lead",
    [
        "افتتح رئيس البلدية سامر الخالدي الأحد 13 مارس 2022 مرفأ جديدا في الحي الغربي.",
        "توفي الصياد المعروف أحمد الساحلي 27 مارس 2005 بعد مرض طويل.",
        "عادت الحياة إلى المرفأ أمس النهار كان ماطرا لكن الناس خرجوا.",
        "ذكرت وكالة رويترز أمس الجمعة أن السفن وصلت.",
        "العاصمة - أصدر الملك سالم بن عبد العزيز الخميس 5 يناير 2023 أمرا ملكيا بإعفاء وزير البحر.",
    ],
)
def test_a_name_or_a_paper_before_a_date_in_a_sentence_stays(lead: str) -> None:
    """The article begins with its verb: there is no title, and no credit."""
    raw = f"{lead} {BODY}"
    assert cleaned(raw) == raw


def test_a_person_whom_the_text_speaks_of_did_not_write_it() -> None:
    """The title may end in the name."""
    raw = f"حوار عن البحر مع الصياد سامر الخالدي 14 مارس 2022 قال الخالدي إن البحر تغير. {BODY}"
    assert "سامر الخالدي" in cleaned(raw)


@pytest.mark.parametrize(
    "sentence",
    [
        "وعلى الكتاب أن يضعوا كلمات مفتاحية: خمسا لا أكثر كما نصحت المدربة.",
        "الوسوم: لم يناقشها المجلس بعد. وقال رئيسه إن القرار مؤجل.",
    ],
)
def test_a_label_of_keywords_in_a_sentence_stays(sentence: str) -> None:
    """What is behind it ends as sentences do."""
    raw = f"{BODY} {sentence} {BODY}"
    assert cleaned(raw) == raw


def test_letters_that_are_buttons_are_no_words_of_the_text() -> None:
    """Text size and initials of networks stand behind the date, too."""
    lines = breaks(f"{TITLE} 14 مارس 2022 13:51 f t w {BODY}").split("\n")
    assert lines == [f"{TITLE} 14 مارس 2022 13:51", "f t w", BODY]


@pytest.mark.parametrize(
    "path",
    [
        "جريدة الساحل | كل الأخبار | عربي ودولي",
        "الرئيسية > رياضة",
        "الرئيسية أخبار الساحل تقارير فيديو اتصل بنا",
    ],
)
def test_the_title_begins_behind_a_path(path: str) -> None:
    """«And» joins words of the section's name; what else sections are called may be the title's."""
    for title in ("أخبار القوارب العائدة", "«أخبار» القوارب العائدة"):
        assert breaks(f"{path} {title} {BODY}").split("\n")[0] == path


@pytest.mark.parametrize("tail", ["الوسوم الصيد الثلج الميناء", "سمات صيد، ثلج", "شارك فيسبوك تويتر واتساب"])
def test_what_stands_behind_the_last_sentence_begins_a_line(tail: str) -> None:
    """A label of one word needs no colon there."""
    assert news_pipeline().clean(Document("1", f"{BODY} {tail}")).text == BODY


@pytest.mark.parametrize(
    "tail", ["وقال رئيس الجمعية إن آخر الأخبار الواردة من", "كما أن المصدر", "وشارك في الاجتماع كل من رئيس"]
)
def test_a_sentence_that_was_cut_off_stays(tail: str) -> None:
    """It lacks its full stop as boilerplate does, but opens as a sentence."""
    raw = f"{BODY} {tail}"
    assert news_pipeline().clean(Document("1", raw)).text == raw


HEADLINES = {
    "words that come again": (GARDEN_TITLE, GARDEN),
    "a verb with which articles begin": (
        "ثلاثة ملاعب جديدة للناشئين قبل الصيف",
        "أعلنت البلدية مساء أمس بدء العمل.",
    ),
    "a name and what is said": (
        "الخالدي: المصنع الثاني قبل الشتاء",
        "أكد سامر الخالدي أن المصنع يبدأ العمل قريبا.",
    ),
}


@pytest.mark.parametrize(("title", "text"), HEADLINES.values(), ids=HEADLINES)
def test_a_headline_ends_where_its_article_begins(title: str, text: str) -> None:
    """The first sentence of an article says what its headline says, and often opens with its verb."""
    line = small(f"{title} {text}")
    assert line[headline_end(line, 0, len(line), least=LIKELY) :] == small(text)


def test_sentences_are_no_headlines() -> None:
    """What begins with none ends nowhere."""
    line = small(BODY)
    assert headline_end(line, 0, len(line)) == 0


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
