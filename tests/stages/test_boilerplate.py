"""Boilerplate: what looks like boilerplate and is the article, first; then what goes, wherever it stands."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st
import pytest

from cleaner import Document
from cleaner.page.lines import Page
from cleaner.stages.boilerplate import marker_scope, read, title_line, worded_lines
from cleaner.stages.boilerplate.layout import Layout
from tests.stages.support import FIRST, LAST, SECOND, TITLE, clean, lines

UNTOUCHED = {
    "advice is not an invitation": "تابعوا التعليمات الصادرة عن الدفاع المدني ولا تقتربوا من الشاطئ.",
    "a source that speaks": "المصدر الذي رفض ذكر اسمه قال إن الثلج لن يكفي سوى ثلاثة أيام.",
    "a source after a colon": "المصدر: لن يكفي الثلج الذي وصل اليوم سوى ثلاثة أيام على أبعد تقدير.",
    "an interview by initials": (
        "س: متى تعود القوارب؟\n"
        "ج: حين تهدأ الرياح ويصل الثلج إلى كل مركب.\n"
        "س: ومن يعوض الصيادين؟\n"
        "ج: الجمعية تدفع نصف الخسارة، والباقي على أصحاب المصنع."
    ),
    "an interview without initials": (
        "متى تعود القوارب؟\n"
        "حين تهدأ الرياح ويصل الثلج إلى كل مركب في الميناء.\n"
        "ومن يعوض الصيادين؟\n"
        "الجمعية تدفع نصف الخسارة، والباقي على أصحاب المصنع."
    ),
    "verses": (
        "يا بحر كم خبأت فيك حكاية\n"
        "وكم انتظرنا مركبا لم يرجع\n"
        "نمنا على صوت الرياح وما درت\n"
        "أمواجك السوداء كم لم نهجع"
    ),
    "short verses": "يا بحر\nيا صاحب الغياب\nمتى تعود\nمراكب الأحباب",
    "a recipe": (
        "المكونات:\n"
        "كيلو سمك\n"
        "ثلاث حبات طماطم\n"
        "ملعقة كمون\n"
        "نصف كوب زيت\n"
        "طريقة التحضير:\n"
        "يقطع السمك ويتبل بالكمون ثم يترك ساعة.\n"
        "تضاف الطماطم ويطهى على نار هادئة."
    ),
    "match results": "نتائج الجولة\nالساحل 2 - 0 النسور\nالفرسان 1 - 1 الوادي\nالميناء 0 - 3 الاتحاد",
    "recommendations announced by a colon": (
        "وخرج الاجتماع بالتوصيات التالية:\n"
        "1- إنشاء مصنع ثان للثلج\n"
        "2- صيانة الطريق الساحلي\n"
        "3- صندوق لتعويض الصيادين\n"
        "4- مشاركة الجمعية في الإدارة"
    ),
    "sub-headings without a full stop": f"خسائر كبيرة\n{SECOND}\nموسم ضائع",
    "a sub-heading of one word": f"الخسائر\n{SECOND}",
    "a list of names": "وضم الوفد كلا من:\nسالم البحري\nخديجة المرساوي\nيوسف الشاطئ\nناصر القلوع",
    "a quoted post of the story": "وكتب رئيس الجمعية على فيسبوك: «شاركونا الفرحة غدا عند الفجر».",
    "prices": "وجاءت الأسعار كما يلي:\nالسردين: 20 جنيها\nالبوري: 60 جنيها\nالجمبري: 250 جنيها",
    "a table": "الميناء القوارب الشاحنات\nالشرقي 120 14\nالغربي 85 6\nالجنوبي 40 2",
    "a quoted speaker": f"وعن بداياته يقول:\n{SECOND}",
    "a headline that quotes": "رئيس الجمعية: لن نقبل تعويضا ناقصا",
    "a question as sub-heading": f"من يدفع ثمن الثلج؟\n{SECOND}",
    "a warning": "إعلان حالة الطوارئ في الميناء",
    "background": "يذكر أن المصنع أنشئ قبل أربعين عاما، ولم تجدد آلاته منذ ذلك الحين.",
    "a correction": "تصحيح: ورد في نسخة سابقة أن عدد الشاحنات عشر، والصحيح عشرون شاحنة.",
    "years as milestones": "1998: افتتاح المصنع\n2006: أول عطل كبير\n2015: انضمام الجمعية إلى الاتحاد",
    "hashtag in a sentence": "وأطلق أهل الساحل وسم #ثلج_للصيادين الذي شارك فيه الآلاف خلال ساعات.",
    "a disclaimer that is news": "وقالت إدارة المصنع إنها لا تتحمل مسؤولية ما فسد من السمك.",
    "symptoms": "إذا كان لديك دوار في البحر فاجلس في وسط المركب.",
    "a mail address in a sentence": "وتستقبل الجمعية الطلبات على البريد help@example.org حتى نهاية الشهر.",
    "a study with sub-headings": f"النتائج\n{SECOND}\nالتوصيات",
    "a share in a company": "مشاركة الصيادين في إدارة المصنع مطلب قديم لم يتحقق بعد.",
    "a question with a reader's words": "وختم بقوله: «راسلونا على موقع الجمعية، فكل رأي يصل إلينا يهمنا».",
    "a policy in the news": "وأوصى المجتمعون بنشر سياسة الخصوصية لتطبيق الجمعية بلغة يفهمها كل صياد.",
    "a list with dashes": "- سفن صغيرة تعمل بالشباك\n- سفن متوسطة تعمل بالخيوط الطويلة\n- سفن كبيرة للأعماق",
    "a sentence on copying": "يمنع نسخ أي جزء من سجل الميناء دون إذن خطي، كما جاء في عقد الصيادين.",
    "a year that begins a sentence": "نشر في عام 1998 أول سجل للقوارب في الساحل الشرقي.",
    "sentences that begin with a label": "الوسوم: لم يناقشها المجلس بعد. وقال رئيسه إن القرار مؤجل إلى الغد.",
    "more of what no site has": "المزيد من المطر يهطل غدا",
    "most read as a subject": "الأكثر مبيعا في السوق هذا الأسبوع هو السردين، يليه البوري.",
}
"""Parts of an article, by the rule that they state."""


@pytest.mark.parametrize("blank", ["\n", "\n\n"], ids=["dense", "spaced"])
@pytest.mark.parametrize("part", UNTOUCHED.values(), ids=UNTOUCHED)
def test_a_part_of_the_article_stays_between_paragraphs(part: str, blank: str) -> None:
    """Between two paragraphs nothing is taken that a careful reader would miss."""
    raw = blank.join((TITLE, FIRST, part, LAST))
    assert clean(raw).text == raw


@pytest.mark.parametrize("part", UNTOUCHED.values(), ids=UNTOUCHED)
def test_a_part_of_the_article_stays_among_boilerplate(part: str) -> None:
    """Boilerplate above and below a page does not drag a part of its article along."""
    above, below = "الرئيسية > اقتصاد\n", "\nشارك الخبر\nفيسبوك\nتويتر"
    raw = f"{above}{TITLE}\nتاريخ النشر: 14 مارس 2022\n{FIRST}\n{part}\n{LAST}{below}"
    assert lines(clean(raw).text) == lines(f"{TITLE}\n{FIRST}\n{part}\n{LAST}")


BARE = (
    FIRST,
    SECOND,
    LAST,
    f"شكرا لمتابعتكم مقال {TITLE} على موقع جريدة الساحل، ونرجو أن يكون قد نال إعجابكم.",
    "فمن يعوض الصيادين عن أسبوعين بلا عمل إن لم تدفع الجمعية نصف الخسارة وأصحاب المصنع نصفها الآخر؟",
    "وجاء في البيان الذي صدر مساء أمس عن الجمعية، وهو بيانها الثالث هذا الأسبوع، ما يلي:",
    "وكان المصنع قد توقف عن العمل بعد انقطاع الكهرباء عن الميناء",
)
"""Lines that read as sentences, one of them the title and more."""


@given(st.sampled_from(["", TITLE + "\n"]), st.lists(st.sampled_from(BARE), min_size=1, max_size=6))
def test_in_a_bare_article_no_marker_is_missed(title: str, sentences: list[str]) -> None:
    """The steps that are left out of its reading, but for the line classifier, would find nothing."""
    text = title + "\n".join(sentences)
    layout = Layout(Page.of(text), "")
    title_line.find_title(layout)
    assume(layout.is_bare_article())
    marker_scope.follow_markers(layout)
    worded_lines.find_vocabulary(layout)
    assert not any(layout.rules)
    title_line.find_repeated(layout)
    assert layout.rules == read(Document("1", text)).rules


@pytest.mark.parametrize(
    "message",
    [
        "This video is unavailable.",
        "To view this video please enable JavaScript in your browser",
        "No media source currently available\n0:00\n0:07:43",
        "فشل تشغيل الوسائط على جهازك",
        "المشغل غير مدعوم على جهازك",
    ],
)
def test_what_a_player_says_between_paragraphs_goes(message: str) -> None:
    """Such lines stand where a video stood, in any language of the page."""
    assert lines(clean(f"{TITLE}\n{FIRST}\n{message}\n{SECOND}\n{LAST}").text) == lines(
        f"{TITLE}\n{FIRST}\n{SECOND}\n{LAST}"
    )


@pytest.mark.parametrize(
    "line",
    ["تشغيل الفيديو", "الصوت والصورة", "بث مقطع صوتي"],
)
def test_a_subheading_about_videos_stays(line: str) -> None:
    """Two words are not what a player says unless they name the device or the browser."""
    raw = f"{TITLE}\n{FIRST}\n{line}\n{SECOND}\n{LAST}"
    assert lines(clean(raw).text) == lines(raw)


BOILERPLATE = {
    "a list of other articles": "أخبار ذات صلة\nافتتاح حديقة في الحي الشرقي\nمدرسة القرية تستعيد جرسها",
    "a teaser": "إقرأ أيضاً: افتتاح حديقة عامة في الحي الشرقي",
    "keywords": "كلمات دلالية: الصيد، الثلج، الميناء",
    "a tag cloud": "الوسوم\nالصيد\nالثلج\nالميناء",
    "share buttons": "شارك الخبر\nفيسبوك\nتويتر\nواتساب",
    "an invitation": "تابعوا آخر أخبارنا عبر تطبيق واتساب",
    "source and date": "المصدر: وكالات\nتاريخ النشر: 14 مارس 2022",
    "a copyright line": "جميع الحقوق محفوظة لجريدة الساحل 2022",
    "comments": "التعليقات (2)\nسامر\nربنا يصلح الحال\nهدى\nكان الثلج غاليا.",
    "an advertisement": "إعلان",
    "a link to a section": "المزيد من أخبار الرياضة المحلية",
    "a sign-off": "// انتهى //",
    "a newsletter": "النشرة البريدية\nاشترك لتصلك أهم الأخبار كل صباح\nاشترك",
    "links under a heading that no table has": (
        "على المنوال ذاته\n» سفينة أبحاث ترسو في الميناء الغربي\n» سباق القوارب الشراعية ينطلق السبت"
    ),
    "headlines with excerpts": (
        "أخبار ذات صلة\nافتتاح حديقة عامة في الحي الشرقي\n"
        "افتتحت البلدية مساء الخميس حديقة عامة في الحي الشرقي، وحضر الافتتاح مئات السكان من [...]\n"
        "مدرسة القرية تستعيد جرسها النحاسي\n"
        "استعادت مدرسة القرية جرسها النحاسي بعد أن أصلحه حداد متقاعد، ودق المدير الجرس أمام..."
    ),
    "a page that speaks to its readers": "راسلنا على بريدنا الإلكتروني إن وجدت خطأ في هذه الصفحة",
    "thanks for reading": f"نشكركم على قراءة خبر {TITLE} على صفحتنا، والمسؤولية على ناشره الأول.",
    "a poll": "استطلاع رأي\nما رأيك في الموقع؟\nممتاز\nجيد\nتصويت",
}


NOT_YET = {
    "links under a heading that no table has": "headlines with arrows among dashes; the trees find too few"
}


@pytest.mark.parametrize(
    "boilerplate",
    [
        pytest.param(text, id=name, marks=pytest.mark.xfail(reason=NOT_YET[name]) if name in NOT_YET else ())
        for name, text in BOILERPLATE.items()
    ],
)
def test_boilerplate_goes_from_below_an_article(boilerplate: str) -> None:
    """All of it, and not a word of the article."""
    assert lines(clean(f"{TITLE}\n{FIRST}\n{SECOND}\n{LAST}\n\n{boilerplate}").text) == [
        TITLE,
        FIRST,
        SECOND,
        LAST,
    ]


CLOSINGS = ("والسلام عليكم ورحمة الله وبركاته", "مشاهدة ممتعة للجميع", "وللحديث بقية", "والله من وراء القصد")


@pytest.mark.parametrize("closing", CLOSINGS)
@pytest.mark.parametrize("boilerplate", ["", f"\n{BOILERPLATE['keywords']}\n{BOILERPLATE['share buttons']}"])
def test_a_wish_at_the_end_of_the_article_stays(closing: str, boilerplate: str) -> None:
    """Without a full stop as well, whatever is below it."""
    raw = f"{TITLE}\n{FIRST}\n{SECOND}\n{closing}"
    assert lines(clean(raw + boilerplate).text) == lines(raw)


def test_a_wish_below_the_boilerplate_is_the_pages() -> None:
    """The article has ended above it."""
    raw = f"{TITLE}\n{FIRST}\n{SECOND}"
    assert lines(
        clean(f"{raw}\n{BOILERPLATE['share buttons']}\nكل عام وأنتم بخير\nحقوق النشر محفوظة 2022").text
    ) == lines(raw)


def test_a_masthead_goes_from_above_the_title() -> None:
    """Menu, editors, date and breadcrumb."""
    head = "جريدة الساحل\nرئيس التحرير\nسامر الخالدي\nالرئيسية\nسياسة\nاقتصاد\nرياضة\nالأحد 14 مارس 2022"
    assert lines(clean(f"{head}\n{TITLE}\n{FIRST}\n{SECOND}", title=TITLE).text) == [TITLE, FIRST, SECOND]


@pytest.mark.parametrize("label", ["إقرأ المزيد", "اقرأ المزيد", "قراءة المزيد"])
def test_of_a_glued_line_only_the_label_goes(label: str) -> None:
    """The sentence that the label is glued to stays."""
    assert lines(clean(f"{TITLE}\n{FIRST}\n{label}{SECOND}\n{LAST}").text) == [TITLE, FIRST, SECOND, LAST]


def test_boilerplate_becomes_facts() -> None:
    """What a removed line says about the article is known of the document."""
    document = clean(
        f"الرئيسية > اقتصاد > موانئ\n{TITLE}\nبقلم: محمد الساحلي\nتاريخ النشر: 14 مارس 2022\n"
        f"{FIRST}\n{LAST}\nالمصدر: رويترز\nكلمات دلالية: الصيد، الثلج"
    )
    assert document.fact("title") == TITLE
    assert document.fact("author") == "محمد الساحلي"
    assert document.fact("date") == "2022-03-14"
    assert document.fact("category") == "اقتصاد"
    assert document.fact("source") == "رويترز"
    assert [fact.value for fact in document.facts("keyword")] == ["الصيد", "الثلج"]


def test_a_foreign_page_keeps_its_boilerplate() -> None:
    """The markers are Arabic ones; what they would do elsewhere nobody has looked at."""
    raw = "این گزارش را وزیر امور خارجه در نشست دیروز داد و گفت که باید همکاری شود.\n" * 4 + "المصدر: رويترز"
    assert clean(raw).text == raw
