"""Lists: the article's own stay, at its end too; those of other headlines go."""

from __future__ import annotations

import pytest

from tests.stages.support import FIRST, LAST, SECOND, TITLE, clean, lines

COUNTED = (
    "وجهات\nافتتاح حديقة عامة في الحي الشرقي من المدينة (1240)\n"
    "مدرسة القرية تستعيد جرسها بعد نصف قرن (965)\nموسم الزيتون يبدأ مبكرا هذا العام في الجبل (57)"
)


def test_headlines_with_counts_below_a_heading_that_nobody_knows_go() -> None:
    """Articles have no lists of such lines."""
    page = f"{TITLE}\n{FIRST}\n{SECOND}\n{LAST}"
    assert lines(clean(f"{page}\n{COUNTED}").text) == lines(page)


@pytest.mark.parametrize(
    "entries",
    [
        (
            "الجوائز\nجائزة أفضل فيلم عربي طويل لفيلم بيت على التل (مصر)\n"
            "جائزة أفضل إخراج لمخرج فيلم ريح الشمال الطويل (لبنان)\n"
            "جائزة لجنة التحكيم الخاصة لفيلم آخر القوارب العائدة (تونس)"
        ),
        "أفلامه\nريح الشمال (2010)\nبيت على التل (2014)\nآخر القوارب (2019)",
        "الفائزون\nسامر الخالدي (الأردن)\nمريم القواسمي (لبنان)\nنور الساحلي (عمان)",
    ],
)
def test_a_list_with_years_or_places_in_brackets_stays(entries: str) -> None:
    """Films and persons have fewer words than headlines."""
    raw = f"{TITLE}\n{FIRST}\n{SECOND}\n{LAST}\n{entries}"
    assert lines(clean(raw).text) == lines(raw)


ALIKE = {
    "entries": "الثور\nمهنيا: تابع عملك بهدوء\nصحيا: نم باكرا\nعاطفيا: خبر سار في الطريق",
    "prices": "الدولار: 1320 دينارا\nاليورو: 1440 دينارا\nأسعار الذهب\nعيار 24: 91 ألفا\nعيار 21: 80 ألفا",
    "names": "سامر الخالدي\nخالد الجعبري\nهدى القواسمي",
    "rarer names": "نادين الساحلي\nكوثر بن صالح\nإيليا الجعبري",
    "sayings": "«الصبر مفتاح البحر» — صياد قديم\n«لا تشتر الريح» — مثل\n«البحر لا يعد» — مجهول",
    "results below a button": "النتائج\nالأهلي 3 - 1 النجم\nالاتحاد 0 - 0 الوحدة\nالشباب 2 - 4 الهلال",
    "results": "الأهلي 3 - 1 النجم\nالاتحاد 0 - 0 الوحدة\nالشباب 2 - 4 الهلال",
}


@pytest.mark.parametrize("entries", ALIKE.values(), ids=ALIKE)
@pytest.mark.parametrize("footer", ["", "\nالمصدر: صحيفة الساحل\nكلمات دلالية: الصيد، الثلج"])
def test_lines_that_are_built_alike_below_the_last_sentence_stay(entries: str, footer: str) -> None:
    """Headlines, tags and credits differ from each other."""
    raw = f"{TITLE}\n{FIRST}\n{SECOND}\n{LAST}\n{entries}"
    assert lines(clean(raw + footer).text) == lines(raw)


ENDINGS = {
    "results": (
        "نتائج الجولة:\nالساحل 2 - 0 نسور الجبل\nالفرسان 1 - 1 أهلي الوادي\nالميناء 0 - 3 اتحاد الشرق"
    ),
    "a timetable": (
        "05:10 قارب الفجر إلى الجزيرة\n09:30 قارب السوق إلى المدينة\n12:45 قارب البريد\n"
        "18:00 قارب العودة إلى الميناء"
    ),
    "matches": (
        "د 5: فرصة ضائعة لفريق الساحل\nد 31: هدف أول للميناء\nد 58: هدف التعادل من ركلة جزاء\n"
        "د 90: صافرة النهاية"
    ),
    "steps": (
        "أغلق محبس الماء الرئيسي\nافحص شباك الصيد قبل الإبحار\nخذ معك مصباحا وسترة نجاة\n"
        "انتظر حتى تهدأ الرياح"
    ),
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_a_list_at_the_end_of_the_article_stays(ending: str) -> None:
    """Also without a full stop, if nothing in it is known as boilerplate."""
    raw = f"{TITLE}\n{FIRST}\n{SECOND}\n{ending}"
    assert clean(raw).text == raw


def test_a_list_above_the_article_ends_at_its_title() -> None:
    """The name of a section may head a list elsewhere."""
    raw = f"متفرقات\nصحة\n{TITLE}\nالسبت, 25 آذار 2023\n{FIRST}\n{SECOND}\n{LAST}"
    assert lines(clean(raw).text) == [TITLE, FIRST, SECOND, LAST]
