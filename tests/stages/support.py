"""An article about a harbour, what the stage makes of it, and how that is read."""

from __future__ import annotations

from cleaner import Document
from cleaner.pipeline import findings_of
from cleaner.stages.boilerplate import Boilerplate

TITLE = "عودة القوارب إلى ميناء الصيد بعد انقطاع طويل"
FIRST = "وصلت إلى ميناء الصيد صباح اليوم عشرون شاحنة محملة بالثلج، بعد انقطاع دام أسبوعين بسبب عطل في المصنع."
SECOND = "وأوضح رئيس جمعية الصيادين أن القوارب ستعود إلى البحر ابتداء من يوم غد إن هدأت الرياح."
LAST = "تعتمد ثلاثة آلاف أسرة على الصيد في هذا الساحل، ولم يكن لها مورد آخر في الأسبوعين الماضيين."


def clean(text: str, **metadata: str) -> Document:
    """Return *text* after the stage, until it finds nothing more."""
    document = Document("1", text, metadata)
    return document.revise("boilerplate", findings_of(Boilerplate(), document))


def lines(text: str) -> list[str]:
    """Return the lines of *text* that are not blank."""
    return [line for line in text.split("\n") if line.strip()]
