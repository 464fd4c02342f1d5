"""Markup: brackets and signs of a text stay; what a page's machinery left goes, and lines stay lines."""

from __future__ import annotations

import pytest

from cleaner import Document
from cleaner.pipeline import findings_of
from cleaner.stages.markup import Markup

HEAD = "وصلت إلى ميناء الصيد صباح اليوم عشرون شاحنة محملة بالثلج، بعد انقطاع دام أسبوعين بسبب عطل في المصنع."

UNTOUCHED = {
    "comparison signs": "إذا كان س < ص وكان ص > ع فإن س < ع.",
    "arrows": "الساحل <<< الجبل",
    "an ampersand in a name": "شركة Black & White للثلج",
    "an unknown entity": "قيمة &xyz; في الجدول",
    "square brackets": "قال [المتحدث] إن القرار نهائي [1]",
    "braces": "المجموعة {1، 2، 3}",
    "an unknown tag": "وردت الكلمة <الساحل> في النص",
    "hyphenated English": "نظام check-in الجديد في الميناء",
    "an address in angle brackets": "المراسلات إلى <desk@example.org>",
    "numbers compared": "إذا كانت 5 < 6 فإن 3 > 2، والسعر <100 أو >200",
    "a heart": "شكرا لكم <3 من القلب",
    "a tag that is spoken of": "يستخدم المطور الوسم <table> لعرض الجداول في صفحته.",
    "code that is spoken of": "تكتب المبرمجة: if (a < b) return c; ثم تشرح السطر لطلابها.",
    "a group with a letter": "المجموعة [B] تضم فريقين، والمجموعة [الأولى] ثلاثة",
    "an address with parameters": "زوروا https://example.org/a?b=1&copy=2 اليوم",
    "a property that is spoken of": "قال إن لون الخط color: red لا يعجبه",
}
CLEANED = {
    "tags around words go": ("عاد <b>الهدوء</b> إلى المدينة", "عاد الهدوء إلى المدينة"),
    "a line break element is a line break": ("السطر الأول<br/>السطر الثاني", "السطر الأول\nالسطر الثاني"),
    "paragraphs are lines": ("<p>السطر الأول</p><p>السطر الثاني</p>", "السطر الأول\nالسطر الثاني"),
    "scripts go with what is in them": ("قبل <script>var a = '<b>';</script>بعد", "قبل بعد"),
    "capitals are the same tag": ("<P>السطر</P><SCRIPT>x</SCRIPT>", "السطر"),
    "comments go": ("قبل <!-- ملاحظة -->بعد", "قبل بعد"),
    "shortcodes leave their text": ("[caption id=1]صورة الميناء[/caption]", "صورة الميناء"),
    "codes in capitals go as well": ("قبل [IMG]http://example.org/a.jpg[/IMG]بعد", "قبل بعد"),
    "entities become characters": ("الساحل &amp; الجبل &quot;معا&quot;", 'الساحل & الجبل "معا"'),
    "entities of entities become characters": ("الساحل &amp;amp; الجبل", "الساحل & الجبل"),
    "escaped tags go": ("عاد &lt;b&gt;الهدوء&lt;/b&gt; مساء", "عاد الهدوء مساء"),
    "escaped scripts go with what is in them": (
        "قبل &lt;script&gt;document.write(&quot;x&quot;);&lt;/script&gt;بعد",
        "قبل بعد",
    ),
    "escaped comments go": ("قبل &lt;!--more--&gt;بعد", "قبل بعد"),
    "tags that were escaped twice go": ("&amp;amp;lt;p&amp;amp;gt;السطر&amp;amp;lt;/p&amp;amp;gt;", "السطر"),
    "escapes of another kind go": ("\\u003cb\\u003eالسطر<\\/b>", "السطر"),
    "a sign in an attribute closes nothing": ('<a title="باب > آخر" href="x">السطر</a>', "السطر"),
    "a quotation mark too many breaks nothing": ('<p style="x>عاد "الهدوء" مساء</p>', 'عاد "الهدوء" مساء'),
    "comments of an editor go": ("<!-- wp:paragraph -->\n<p>السطر</p>\n<!-- /wp:paragraph -->", "السطر"),
    "plugins' codes leave their text": (
        '[et_pb_text a="1"]السطر[/et_pb_text][contact-form-7 id="2"]',
        "السطر",
    ),
    "codes in two lines leave two lines": (
        "[url=http://example.org]السطر الأول[/url]\n[b]السطر الثاني[/b]",
        "السطر الأول\nالسطر الثاني",
    ),
    "lists of choices go": ("<select><option>يناير</option></select>السطر", "السطر"),
    "entities without a semicolon become characters": ("الميناء&nbspالشرقي", "الميناء الشرقي"),
    "an unclosed script is only a tag": ("قبل <script> بعد", "قبل  بعد"),
}


def clean(text: str) -> str:
    """Return *text* after the stage, set below a sentence that makes the page Arabic."""
    page = Document("1", f"{HEAD}\n{text}")
    return page.revise("markup", findings_of(Markup(), page)).text.removeprefix(f"{HEAD}\n")


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_signs_of_a_text_stay(text: str) -> None:
    """What only looks like markup is the writer's."""
    assert clean(text) == text


@pytest.mark.parametrize(("text", "left"), CLEANED.values(), ids=CLEANED)
def test_markup_goes_and_text_stays(text: str, left: str) -> None:
    """The reader's text is left, in the reader's lines."""
    assert [" ".join(line.split()) for line in clean(text).strip().split("\n")] == [
        " ".join(line.split()) for line in left.split("\n")
    ]


def test_elements_of_a_feed_become_facts() -> None:
    """Author, date and address of a feed's item are known from their elements."""
    page = Document(
        "1", f"<item><title>عودة القوارب</title><dc:creator>سامر الخالدي</dc:creator><p>{HEAD}</p></item>"
    )
    document = page.revise("markup", findings_of(Markup(), page))
    assert document.fact("title") == "عودة القوارب"
    assert document.fact("author") == "سامر الخالدي"
    assert document.text.strip() == HEAD
