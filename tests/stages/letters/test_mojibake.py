"""Arabic lines through seven garblings come back; lines of other languages stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cleaner.document import Document
from cleaner.stages.encoding import Encoding, shown
from tests.stages.letters.corpus import articles

if TYPE_CHECKING:
    from collections.abc import Callable

LINES = (
    "أعلنت وزارة الصحة اليوم تسجيل حالات جديدة في ثلاث مدن، وفق بيان رسمي",
    "وصل الرئيس إلى العاصمة مساء أمس في زيارة تستمر يومين",
    "قال المدرب إن الفريق يستحق الفوز بعد أداء قوي في الشوط الثاني",
)
GARBLINGS: dict[str, Callable[[str], str]] = {
    "UTF-8 shown as Windows Western": lambda text: shown(text.encode(), "cp1252"),
    "UTF-8 shown as Latin-1": lambda text: shown(text.encode(), "latin-1"),
    "UTF-8 shown as Mac Roman": lambda text: shown(text.encode(), "mac_roman"),
    "UTF-8 shown as Windows Arabic": lambda text: shown(text.encode(), "cp1256"),
    "Windows Arabic shown as Windows Western": lambda text: shown(text.encode("cp1256"), "cp1252"),
    "Windows Arabic shown as Latin-1": lambda text: shown(text.encode("cp1256"), "latin-1"),
    "ISO 8859-6 shown as Latin-1": lambda text: shown(text.encode("iso8859-6"), "latin-1"),
}
OTHERS = (
    "Le président a été reçu à l'Élysée, où il a déjà parlé aux délégués étrangers",
    "Über größere Änderungen müssen die Länder äußerst schnell entscheiden",
    "Cumhurbaşkanı İstanbul'da görüştü, çok önemli açıklamalar yaptı",
    "Hội nghị thượng đỉnh ở Hà Nội đã kết thúc với những kết quả quan trọng",
    "Президент провёл встречу с министрами",
    "国家主席会见了来访的客人",
    "مرحبا \U0001f468\U0001f3fd‍\U0001f680 café 25° ± 3",
    "الشرط، والخطأ؛ والقسط؟ الوسط، والحظ.",
    "حسب الاختصاص. \u00a0 \u00a0 \u00a0 \u00a0 \u00a0 \u00a0",
)


def mended(text: str) -> str:
    """Return *text* after the stage."""
    document = Document("1", text)
    return document.revise("encoding", Encoding()(document)).text


@pytest.mark.parametrize("line", OTHERS)
def test_other_languages_stay(line: str) -> None:
    """Odd letters are no mojibake."""
    assert mended(line) == line


@pytest.mark.parametrize("garble", GARBLINGS.values(), ids=GARBLINGS)
@pytest.mark.parametrize("line", LINES)
def test_garbled_lines_come_back(line: str, garble: Callable[[str], str]) -> None:
    """A line garbled once, then once more as UTF-8, and half a line are mended."""
    words = line.split(" ")
    half = " ".join(words[:6])
    assert mended(garble(line)) == line
    assert mended(GARBLINGS["UTF-8 shown as Windows Western"](garble(line))) == line
    assert mended(" ".join((garble(half), *words[6:]))) == line


def twice(garble: Callable[[str], str]) -> Callable[[str], str]:
    """Return a function that garbles as *garble* does, and then as browsers do."""
    return lambda text: GARBLINGS["UTF-8 shown as Windows Western"](garble(text))


def half(garble: Callable[[str], str]) -> Callable[[str], str]:
    """Return a function that garbles the first half of a line."""

    def garbled(line: str) -> str:
        words = line.split(" ")
        middle = len(words) // 2
        return " ".join((garble(" ".join(words[:middle])), *words[middle:]))

    return garbled


@pytest.mark.slow
@pytest.mark.parametrize("garble", GARBLINGS.values(), ids=GARBLINGS)
def test_real_lines_come_back(garble: Callable[[str], str]) -> None:
    """At least 97 % of them are mended exactly, garbled once or twice, whole or half."""
    lines = [line for text in articles(400) for line in text.split("\n") if 30 < len(line) < 400]
    for way in (garble, twice(garble), half(garble), half(twice(garble))):
        right = total = 0
        for line in lines[: 1000 : 1 if way is garble else 3]:
            try:
                garbled = way(line)
            except UnicodeEncodeError:
                continue
            total += 1
            right += mended(garbled) == line
        assert right >= 0.97 * total
