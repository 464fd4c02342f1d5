"""Runs of other articles' headlines, in every layout, with a heading and without: the article stays."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from cleaner import Document, news_pipeline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HEADLINES = (
    "افتتاح مستشفى للأطفال في ضاحية الزيتون بسعة مئتي سرير",
    "ارتفاع أسعار النحاس عالميا مع تراجع المخزونات",
    "منتخب الناشئين يتأهل إلى نصف نهائي البطولة القارية",
    "اكتشاف مقبرة أثرية تعود إلى القرن الرابع قرب الوادي",
    "البرلمان يناقش مشروع قانون الإيجارات الجديد الأسبوع المقبل",
    "عاصفة رملية تعطل حركة الطيران في ثلاثة مطارات",
    "جامعة الساحل تطلق برنامجا للدكتوراه في علوم البيانات",
    "مصرع صيادين غرقا قبالة شاطئ الصخور",
    "معرض الكتاب يستقبل مليون زائر في أسبوعه الأول",
    "البنك المركزي يثبت سعر الفائدة للمرة الثالثة",
    "فيلم وثائقي عن عازفي الربابة يفوز بجائزة الجمهور",
    "تشغيل أول حافلات كهربائية بين المدينة والمطار",
    "وزارة الزراعة تحذر من دودة تهدد محصول القطن",
    "مباحثات لإعادة فتح المعبر الحدودي أمام الشاحنات",
    "إقالة مدرب الفريق بعد خسارته الخامسة على التوالي",
    "علماء يطورون لقاحا جديدا ضد حمى المستنقعات",
)
ARTICLES = (
    (
        "ورشة لصناعة الخزف تعيد الحياة إلى حي الفخارين",
        (
            "افتتحت جمعية الحرفيين أمس ورشة لتعليم صناعة الخزف في "
            "حي الفخارين القديم، بمشاركة أربعين متدربا من أبناء الحي."
        ),
        (
            "وقالت مديرة الجمعية إن الورشة تستقبل المتدربين ثلاثة أيام "
            "في الأسبوع، وإن أفرانها القديمة رممت بأيدي حرفيين متقاعدين."
        ),
        "وأضافت أن منتجات الورشة ستباع في سوق صغيرة تقام أمام باب الحي في نهاية كل شهر.",
    ),
    (
        "نادية تروي حكاية مكتبة تسير على عجلات",
        (
            "منذ ست سنوات تقود المعلمة المتقاعدة شاحنة صغيرة محملة "
            "بالكتب بين القرى الجبلية، وتقف في ساحة كل قرية ساعتين."
        ),
        (
            "تقول نادية إن الأطفال كانوا يظنون أول الأمر أنها "
            "تبيع الخضار، ثم صاروا ينتظرون الشاحنة عند مدخل القرية."
        ),
        "وتحمل المكتبة اليوم ثلاثة آلاف كتاب، نصفها للأطفال، جاء معظمها من تبرعات القراء.",
        "ولا تطلب المعلمة من القارئ إلا أن يعيد الكتاب نظيفا.",
    ),
    (
        "المياه تعود إلى قناة الري بعد إصلاح السد الصغير",
        (
            "عادت المياه صباح اليوم إلى قناة الري الرئيسية في سهل "
            "البرتقال بعد انقطاع دام شهرا بسبب تصدع في السد الصغير."
        ),
        (
            "وأوضح مهندس الري أن فرق الصيانة حقنت الشقوق "
            "بالإسمنت، وأن ضخ المياه سيزداد تدريجيا حتى نهاية الأسبوع."
        ),
        "وقدر المزارعون خسائرهم بثلث المحصول، وطالبوا بصيانة دورية للسد كل عامين.",
    ),
    (
        "ثلاثة أصدقاء يعبرون الصحراء على دراجات هوائية",
        (
            "قطع ثلاثة أصدقاء ألفا ومئتي كيلومتر عبر الصحراء على دراجات "
            "هوائية في تسعة عشر يوما، وصاموا عن الهاتف طوال الطريق."
        ),
        "وكان الثلاثة ينامون في خيمة واحدة ويطبخون العدس على نار من سعف النخيل، كما روى أكبرهم.",
        "ويستعد الأصدقاء الآن لرحلة ثانية على طول الساحل، لكن في فصل الربيع هذه المرة.",
    ),
    (
        "المجلس البلدي يقر خطة لتشجير الشوارع الرئيسية",
        (
            "أقر المجلس البلدي بالإجماع خطة لغرس عشرة آلاف شجرة "
            "في الشوارع الرئيسية خلال عامين، بكلفة نصف مليون دينار."
        ),
        "وتبدأ الخطة من شارع المحطة وشارع السوق، حيث تزرع أشجار الزيتون والخروب التي تحتمل الجفاف.",
        "وقال رئيس المجلس إن كل مدرسة ستتبنى صفا من الأشجار ويتولى تلاميذها سقايته.",
        "وينتظر أن تغرس أول شجرة في الحادي والعشرين من مارس.",
    ),
)
LAYOUTS: dict[str, Callable[[Sequence[str]], str]] = {
    "lines": "\n".join,
    "spaces": "    ".join,
    "separators": " | ".join,
    "hours": lambda headlines: "\n".join(
        f"{10 + n // 4}:{n % 4 * 14 + 10} {headline}" for n, headline in enumerate(headlines)
    ),
    "site's name": " الشراع نيوز ".join,
    "run together": " ".join,
}
HEADINGS = ("", "شريط الأنباء")


def left_of(article: Sequence[str], layout: str, heading: str, *, above: bool) -> tuple[list[str], str, int]:
    """Return the lines left of a page with a ticker, its title, and how many headlines are left."""
    ticker = "\n".join(filter(None, (heading, LAYOUTS[layout](HEADLINES))))
    page = "\n".join([ticker, *article] if above else [*article, ticker])
    document = news_pipeline().clean(Document("1", page))
    left = sum(headline in document.text for headline in HEADLINES)
    return [line.strip() for line in document.text.split("\n")], document.fact("title"), left


ABOVE = pytest.mark.xfail(reason="above the title a title may be lost among other headlines")


@pytest.mark.parametrize("above", [pytest.param(True, marks=ABOVE), False], ids=["above", "below"])
def test_nothing_of_the_article_goes(above: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Whatever the layout: each line of the article is left."""
    for article, layout, heading in product(ARTICLES, LAYOUTS, HEADINGS):
        lines, _, _ = left_of(article, layout, heading, above=above)
        assert [line for line in article if line not in lines] == [], (layout, heading)


@pytest.mark.xfail(reason="headlines that run together without any sign stay")
@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
def test_headlines_go_and_the_title_is_right(above: bool) -> None:  # noqa: FBT001 - the same
    """At least 95 of 100 headlines go."""
    left: dict[str, int] = {}
    wrong = []
    for article, layout, heading in product(ARTICLES, LAYOUTS, HEADINGS):
        _, title, count = left_of(article, layout, heading, above=above)
        left[layout] = left.get(layout, 0) + count
        if title != article[0]:
            wrong.append((layout, heading, title))
    assert sum(left.values()) <= 0.05 * len(HEADLINES) * len(ARTICLES) * len(LAYOUTS) * len(HEADINGS), left
    assert wrong == []
