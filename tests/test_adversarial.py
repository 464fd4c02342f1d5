"""No text is expensive: four times as much of anything takes about four times as long, whatever it is.

Times are compared with each other, never with a clock: from 160 KB to 640 KB the ratio must stay under 8.
"""

from __future__ import annotations

from functools import cache
import gc
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

import pytest

from cleaner import Document, news_pipeline
from cleaner.pipeline import findings_of
from cleaner.recurring.conclusion import LEAST_ARTICLES, conclude
from cleaner.recurring.counting import passage_counts

if TYPE_CHECKING:
    from cleaner.recurring.recurrences import Recurrences

SMALL, LARGE = 160_000, 640_000
GROWTH, STEEPEST = 4, 8
"""How many times as long the large text is, and how many times as long a stage may take: linear is 4,
quadratic 16. Where the stages before left more of the large text, a stage has more to do."""
NEGLIGIBLE = 0.1
"""Seconds. Less is noise."""

REPEATED = {
    "letters": "ا",
    "spaces": " ",
    "tabs": "\t",
    "no-break spaces": "\u00a0",
    "line breaks": "\n",
    "carriage returns": "\r",
    "blank lines with spaces": " \n",
    "tatweel": "\u0640",
    "marks": "\u064e",
    "digits": "1",
    "Arabic-Indic digits": "٣",
    "dots": ".",
    "colons": ":",
    "dashes": "- ",
    "slashes": "/",
    "open brackets": "(",
    "open square brackets": "[",
    "open shortcodes": "[caption ",
    "unclosed embeds": "[embed]",
    "open angle brackets": "<",
    "half tags": "<div class=",
    "unclosed scripts": "<script>",
    "unclosed comments": "<!--",
    "unclosed comments and dashes": "<!-- --",
    "tags": "<p>",
    "ampersands": "&",
    "nested entities": "&amp;",
    "escaped tags": "&lt;p",
    "class names": "ab-",
    "Latin words": "ab cd ",
    "quotes and slashes": '"/>',
    "opening guillemets": "«",
    "hashtags": "#وسم ",
    "handles": "@name ",
    "link prefixes": "https://",
    "links": "https://t.co/a ",
    "cut links": "https://t. ",
    "signatures": "— name (@name) ",
    "dashes before names": "— اسم ",
    "dates": "14 مارس 2022 ",
    "half dates": "12/",
    "clocks": "08:15 ",
    "markers": "اقرأ أيضا ",
    "markers with colons": "اقرأ أيضا: ",
    "markers with dots": "اقرأ.. ",
    "glued markers": "إقرأ المزيد",
    "keywords": "سمات ",
    "labels": "المصدر: ",
    "sign-offs": "(أ ش أ) ",
    "initials": "ا.ب/",
    "sentence ends": "ا. ",
    "commas": "ا، ",
    "words": "كلمة ",
    "openers": "وقال ",
    "long gaps": "كلمة    ",
    "equals signs": "=",
    "notes of music": "♬ ",
    "shares": "شارك تويتر ",
    "ZERO WIDTH NON-JOINERS": "ا\u200c",
    "presentation forms": "\ufefb",
    "look-alikes": "\u06cc",
    "mojibake": "\u00d8\u00a7",
    "lone surrogates' neighbours": "\ufffd",
    "emoji": "\U0001f534",
    "open attributes": '<a b="',
    "open attributes with signs": "<p x='>",
    "escaped signs": "&lt;",
    "escapes of another kind": "\\u003c",
    "open style rules": "a {",
    "nested style rules": ".a{b:",
    "style rules": "a{b:c;}",
    "open data": '{"@context":',
    "nested data": '{"@context":{',
    "open placeholders": "{{ a",
    "open blocks": "{% ",
    "open code": "<?php ",
    "open media": "[[{",
    "players": "{youtube}",
    "open calls": "gtag(a",
    "nested calls": "document.write((",
    "assignments": "var a=",
    "truths": "false ",
    "codes": '[a_b c="',
    "entities without a semicolon": "&nbsp",
    "choices": "<select>",
    "abbreviations": "ab. ",
    "Latin letters": "a",
    "words without spaces": "كتب",
    "letters of three alphabets": "اaб",
    "words that have ended": "ةو",
    "words that have not ended": "ىو",
    "words with numbers": "سنة1",
    "marks out of order": "\u064b\u0650",
    "marks out of order on letters": "ا\u064b\u0650\u064b",
    "shapes of marks": "\ufe76\ufe7a",
    "digits with shapes of marks": "12\ufe76",
    "mail addresses": "a@.",
    "parts of an address": ".a",
    "cut links and carriage returns": "www.\r",
}
"""Repeated, these fill one line."""

LINES = {
    "letters": "ا",
    "words": "كلمة هنا",
    "headlines": "عودة القوارب إلى ميناء الصيد بعد غياب",
    "sentences": "وعاد الهدوء إلى المدينة مساء أمس بعد أسبوع طويل.",
    "questions": "متى تعود القوارب إلى البحر؟",
    "read-also": "اقرأ أيضا",
    "read-also with headline": "اقرأ أيضا: عودة القوارب إلى البحر",
    "related": "أخبار ذات صلة\nعودة القوارب إلى البحر بعد غياب طويل",
    "next articles": (
        "المقال التالي\nعودة القوارب إلى البحر بعد غياب\nعادت القوارب إلى البحر صباح اليوم، وفق الجمعية."
    ),
    "keywords": "كلمات دلالية: ماء، هواء، نار، تراب",
    "hashtags": "#ماء #هواء",
    "share": "شارك الخبر\nفيسبوك\nتويتر",
    "sources": "المصدر: وكالات",
    "dates": "14 مارس 2022",
    "comment numbers": "زائر 2",
    "comment headings": "التعليقات (5)",
    "sign-offs": "ا.ب/ج.د",
    "controls": "البحث",
    "advertisements": "إعلان",
    "announced lists": "وجاء فيها ما يلي:\n1- عودة القوارب",
    "numbered": "1- عودة القوارب",
    "names": "سامر الخالدي",
    "addresses": "https://example.org/a",
    "posts": "— اسم (@name) 14 مارس 2022",
    "post lines": "كلمة https://t.co/abc",
    "tags": "<div>\nكلمة\n</div>",
    "hanging words": "وقال الوزير في كلمته أمام الحضور إن العمل في",
    "open quotations": "«كلمة",
    "fragments": "قال رجل من القرية\n2022\nفي",
    "site names": "جريدة الساحل\nجميع الحقوق محفوظة لجريدة الساحل",
    "polls": "ما رأيك؟\nنعم\nلا\nتصويت",
    "repeated lines of a menu": "الرئيسية\nسياسة\nرياضة",
}
"""Repeated, these fill a page of short lines."""
SOURCE = "جريدة الساحل"
SIGNS = "б ة \ufefb \u06cc \u064e 12/3/2022 https://example.org/a <p>"
"""What several stages do nothing without."""
PROSE = "وصلت إلى ميناء الصيد صباح اليوم عشرون شاحنة محملة بالثلج، بعد انقطاع دام أسبوعين بسبب عطل في المصنع."


@cache
def boilerplate() -> Recurrences:
    """Return what makes boilerplate of all short lines of a source, so that its stage has something to do."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "evidence"
        path.write_bytes(
            passage_counts(
                Document(str(n), "\n".join([f"{n} {PROSE}", *LINES.values()]), {"source": SOURCE})
                for n in range(LEAST_ARTICLES)
            )
        )
        return conclude(path)


class Cost(NamedTuple):
    """Processor time of a stage, in seconds, and the code points that the stages before it left."""

    seconds: float
    size: int

    def is_steep(self, small: Cost) -> bool:
        """Return whether the time grew faster than the text, compared with that for a *small* text."""
        growth = max(1.0, self.size / max(1, small.size) / GROWTH)
        return self.seconds > STEEPEST * growth * max(small.seconds, NEGLIGIBLE / STEEPEST)


def costs(raw: str) -> dict[str, Cost]:
    """Return the cost of counting *raw* and of each stage on it, the others' edits applied."""
    document = Document("1", raw, {"source": SOURCE})
    gc.collect()
    gc.disable()  # a million findings are a million objects to collect, whatever the stage does
    try:
        start = process_time()
        passage_counts([document])
        spent = {"count pass": Cost(process_time() - start, len(raw))}
        for name, stage in news_pipeline(recurrences=boilerplate()).stages.items():
            start = process_time()
            findings = list(findings_of(stage, document))
            spent[name] = Cost(process_time() - start, len(document.text))
            document = document.revise(name, findings)
    finally:
        gc.enable()
    return spent


def check(small: str, large: str) -> None:
    """Compare what each stage takes for *small* and for *large*, which is four times as long.

    Other processes only ever add time: a stage is steep if it is in every one of three attempts.
    """
    steep: dict[str, tuple[Cost, Cost]] = {}
    for attempt in range(3):
        before, after = costs(small), costs(large)
        found = {name: (before[name], after[name]) for name in before if after[name].is_steep(before[name])}
        steep = {name: found[name] for name in found if attempt == 0 or name in steep}
        if not steep:
            return
    assert not steep


def filled(piece: str, size: int) -> str:
    """Return *piece* repeated to *size* code points."""
    return piece * (size // len(piece))


@pytest.mark.slow
@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED)
def test_a_long_line_takes_linear_time(piece: str) -> None:
    """One line of 640 KB of anything between Arabic sentences, with signs for every stage."""
    check(*(f"{PROSE}\n{filled(piece, size)}\n{PROSE} {SIGNS}" for size in (SMALL, LARGE)))


@pytest.mark.slow
@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED)
def test_a_text_of_one_line_takes_linear_time(piece: str) -> None:
    """A line that is the whole text; shorter, for the tests take their time."""
    check(*(filled(piece, size) for size in (SMALL // 6, LARGE // 6)))


@pytest.mark.slow
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_page_of_many_lines_takes_linear_time(line: str) -> None:
    """6,400 short lines, with and without an article above them."""
    for head in ("", f"{PROSE}\n"):
        check(*(head + filled(f"{line}\n", number * (len(line) + 1)) for number in (1_600, 6_400)))


@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED)
def test_any_text_is_cleaned(piece: str) -> None:
    """Nothing crashes or hangs, and the raw text is restored."""
    raw = f"{PROSE}\n{filled(piece, 3_000)}\n{PROSE}"
    assert news_pipeline().clean(Document("1", raw)).original_text() == raw
