"""Cut the long lines of a page that has lost its line breaks into units: sentences, headlines, labels.

The breaks are those of the line classifier alone; nothing is broken in the text that is written.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from cleaner.page import vocabulary
from cleaner.text.folding import fold, lower, offsets

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_TEXT = 100_000
"""Code points of the longest text that is cut into units; no article is as long."""
FEW_LINES, LONG_LINE = 4, 45
"""A page with fewer lines than the first, one of them of more words than the second, has lost its breaks."""
LONGEST_UNIT, SHORTEST_UNIT = 26, 5
"""Words of a unit that is cut further, before a verb that opens articles, and words of its pieces."""
FEWEST_BETWEEN, FEWEST_PAIRS = 3, 5
"""Times that a sign, or a pair of words, must stand in a line to part headlines."""
OPENS = 3.0
"""Log odds of such a verb."""
_SENTENCE = regex.compile(
    r"(?<=[.!؟?…])[\"”»)\]]*\s+"  # behind the end of a sentence
    r"|(?<=[\u0621-\u064a]{3}[.؟!])(?=[\u0621-\u064a]{3})|(?<=…)(?=\S)"  # also without a space
    r"|(?<=\.\.\.)(?=\w)"
    r"|\s{2,}|\t+"
    r"|\s(?=[•●■▪◄►◆»›|*#©])|(?<=[•●■▪◄►|›»])\s"
    r"|(?<=\d:\d\d)\s+(?!(?:am|pm|gmt|م|ص|مساء|صباحا|بتوقيت)\b)"
    r"|\s(?=(?:https?:|pic\.twitter|copyright|— )|- \S+ -)"
)
_LABEL = regex.compile(
    r"""\s(?=(?:
        [اه]?قرا[ ](?:ايضا|المزيد|كذلك|التالي) | (?:شاهد|تابع|طالع|انظر)[ ](?:ايضا|المزيد|كذلك|التالي)
        | (?:ال)?(?:اخبار|مواضيع|موضوعات|مقالات|روابط|تقارير|محتوي)
          [ ](?:ذات|متعلق|مشابه|قد[ ]|اخري|مرتبط|مقترح)
        | (?:ال)?مصدر[ ]?: | كلمات[ ](?:دلاليه|مفتاحيه) | الكلمات[ ](?:المفتاحيه|الدلاليه) | الوسوم
        | التعليقات | (?:اترك|اضف)[ ](?:تعليق|رد) | (?:جميع[ ])?(?:ال)?حقوق[ ](?:ال)?(?:نشر|محفوظه|الطبع)
        | قد[ ](?:يهمك|يعجبك) | (?:نرشح|اخترنا)[ ]لك | (?:منذ|قبل)[ ]\d+[ ]
        | الاكثر[ ](?:قراءه|مشاهده|تعليقا|تفاعلا) | (?:نشر|منشور|نشرت)[ ](?:في|بتاريخ|منذ|قبل) | تاريخ[ ]النشر
        | (?:كتب|كتبت|بقلم|اعداد|تصوير)[ ]?:
        | اخر[ ]تحديث | الرئيسيه\b | شارك(?:ها)?[ ](?:هذا|الخبر|المقال|علي) | تابعونا | تابعنا
        | اشترك[ ](?:في|الان)
    ))""",
    regex.VERBOSE,
)
_BETWEEN = regex.compile(r" (?:\||•|[-–—ـ]|/+|\*+|»|::|#|▪|■|\.\.\.) |\s{3,}")
_STOP = regex.compile(r"[\w\d][.؟!]\s")
_WORD = regex.compile(r"\S+")


def unit_cuts(text: str) -> Callable[[str], list[int]] | None:
    """Return the function that cuts the lines of *text*, or None if none of its lines is to be cut.

    On a page that has kept its line breaks these are headlines that run together in one line.
    """
    if len(text) > LONGEST_TEXT:
        return None
    lines = [line for line in text.split("\n") if line.strip()]
    if not any(line.count(" ") > LONG_LINE for line in lines):
        return None
    return cuts if len(lines) < FEW_LINES else headline_cuts


def headline_cuts(line: str) -> list[int]:
    """Return the places at which a raw *line* of headlines is cut: behind what stands between them.

    That is a sign or a pair of words that stands there again and again, in a line without a full stop.
    """
    if line.count(" ") <= LONG_LINE or _STOP.search(line):
        return []
    between = max(_BETWEEN.findall(line), key=line.count, default="")
    if not between or line.count(between) < FEWEST_BETWEEN:
        words = line.split()
        pairs = Counter(map(" ".join, pairwise(words)))
        between, count = max(pairs.items(), key=lambda counted: counted[1], default=("", 0))
        if count < FEWEST_PAIRS:
            return []
    return [
        match.end()
        for match in regex.finditer(rf"{regex.escape(between)}\s*", line)
        if match.end() < len(line)
    ]


def cuts(line: str) -> list[int]:
    """Return the places at which a raw *line* is cut into units, in order; none in a short line."""
    if line.count(" ") < LONGEST_UNIT:
        return []
    folded = lower(fold(line))
    found = {match.end() for pattern in (_SENTENCE, _LABEL) for match in pattern.finditer(folded)}
    places = sorted(place for place in found if 0 < place < len(folded))
    odds = vocabulary.opening_verbs()
    more: list[int] = []
    for first, last in zip([0, *places], [*places, len(folded)], strict=True):
        words = list(_WORD.finditer(folded, first, last))
        before = 0
        for number, word in enumerate(words):
            opens = odds.get(word.group().strip('"«»:،.()'), 0.0) >= OPENS
            if opens and number - before >= SHORTEST_UNIT and len(words) - number >= SHORTEST_UNIT:
                if len(words) > LONGEST_UNIT:
                    more.append(word.start())
                before = number
    back = offsets(line)
    return [back[place] for place in sorted({*places, *more})]
