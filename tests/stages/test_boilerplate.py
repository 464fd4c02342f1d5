"""Boilerplate: what looks like furniture and is the article, first; then what goes, wherever it stands."""

from __future__ import annotations

import pytest

from cleaner import Document
from cleaner.stages.boilerplate import find_boilerplate

TITLE = "عودة القوارب إلى ميناء الصيد بعد انقطاع طويل"
FIRST = "وصلت إلى ميناء الصيد صباح اليوم عشرون شاحنة محملة بالثلج، بعد انقطاع دام أسبوعين بسبب عطل في المصنع."
SECOND = "وأوضح رئيس جمعية الصيادين أن القوارب ستعود إلى البحر ابتداء من يوم غد إن هدأت الرياح."
LAST = "تعتمد ثلاثة آلاف أسرة على الصيد في هذا الساحل، ولم يكن لها مورد آخر في الأسبوعين الماضيين."

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
    "verses": "يا بحر كم خبأت فيك حكاية\nوكم انتظرنا مركبا لم يرجع\nنمنا على صوت الرياح وما درت\nأمواجك السوداء كم لم نهجع",
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
    "a mail address in a sentence": "وتستقبل الجمعية طلبات التعويض على البريد help@example.org حتى نهاية الشهر.",
    "a study with sub-headings": f"النتائج\n{SECOND}\nالتوصيات",
    "a share in a company": "مشاركة الصيادين في إدارة المصنع مطلب قديم لم يتحقق بعد.",
    "most read as a subject": "الأكثر مبيعا في السوق هذا الأسبوع هو السردين، يليه البوري.",
}
"""Parts of an article, by the rule that they state."""


def clean(text: str, **metadata: str) -> Document:
    """Return *text* after the stage, until it finds nothing more."""
    document = Document("1", text, metadata)
    return document.revise("boilerplate", find_boilerplate(document))


def lines(text: str) -> list[str]:
    """Return the lines of *text* that are not blank."""
    return [line for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("blank", ["\n", "\n\n"], ids=["dense", "spaced"])
@pytest.mark.parametrize("part", UNTOUCHED.values(), ids=UNTOUCHED)
def test_a_part_of_the_article_stays_between_paragraphs(part: str, blank: str) -> None:
    """Between two paragraphs nothing is taken that a careful reader would miss."""
    raw = blank.join((TITLE, FIRST, part, LAST))
    assert clean(raw).text == raw


@pytest.mark.parametrize("part", UNTOUCHED.values(), ids=UNTOUCHED)
def test_a_part_of_the_article_stays_among_furniture(part: str) -> None:
    """Furniture above and below a page does not drag a part of its article along."""
    raw = "\n".join(
        (
            "الرئيسية > اقتصاد",
            TITLE,
            "تاريخ النشر: 14 مارس 2022",
            FIRST,
            part,
            LAST,
            "شارك الخبر",
            "فيسبوك",
            "تويتر",
        )
    )
    assert lines(clean(raw).text) == lines("\n".join((TITLE, FIRST, part, LAST)))
