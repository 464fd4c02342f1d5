"""Which language a text is in: texts of many languages, short ones, mixed ones, and pages full of markup."""

from __future__ import annotations

import pytest

from cleaner.document import Document, Fact, Revision
from cleaner.stages.language_label import Language
from cleaner.text.language import Evidence, LanguageDecision, evidence, is_foreign, language

ARABIC = (
    "أعلنت الحكومة في بيان أن الوزارة تعمل على تنفيذ المشروع، وقالت إن العمل الذي بدأ أمس مستمر في المدينة."
)
PERSIAN = "وزیر امور خارجه در این نشست گفت که همکاری دو کشور باید بیشتر شود و این خبر را برای مردم داد."
FOREIGN = {
    "Persian": ("fa", PERSIAN),
    "Persian typed with Arabic letters": (
        "fa",
        "وزير امور خارجه در اين نشست گفت كه همكاري دو كشور بايد بيشتر شود",
    ),
    "Urdu": (
        "ur",
        "وزیر خارجہ نے کہا ہے کہ دونوں ملکوں کے درمیان بات چیت جاری رہے گی اور یہ ایک اچھی بات ہے",
    ),
    "Central Kurdish": ("ckb", "وەزیری دەرەوە گوتی کە هەموو وڵاتان دەبێت پێکەوە کار بکەن لە کوردستان"),
    "Uyghur": ("ug", "بۇ كىتاب بىلەن ئۇنىڭ دوستى ھەر كۈنى مەكتەپكە بارىدۇ، ئۇلار بىز ئۈچۈن"),
    "Pashto": ("ps", "د بهرنیو چارو وزیر وویل چې دواړه هېوادونه به سره کار وکړي"),
    "Sindhi": ("sd", "هي ڪتاب تمام سٺو آهي ۽ ان جو ليکڪ سنڌي آهي"),
    "Kashmiri": ("ks", "یہِ چھُ اَکھ شہر یُس کٔشیٖرِ مَنٛز چھُ"),
    "English": ("und", "The minister said on Monday that talks would go on."),
    "Russian": ("und", "Министр сказал, что переговоры продолжатся."),
    "digits alone": ("und", "2024-05-06 12:30"),
    "nothing": ("und", ""),
    "a Persian name alone": ("und", "کیوان میرزائی"),
}


@pytest.mark.parametrize(("code", "text"), FOREIGN.values(), ids=FOREIGN)
def test_other_languages_are_foreign(code: str, text: str) -> None:
    """Each has its code, or `und`, and is left alone."""
    assert language(text) == code
    assert is_foreign(Document("1", text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ARABIC, id="news"),
        pytest.param("كتب محمد رمضان", id="a byline"),
        pytest.param("قال الوزير فى المؤتمر الصحفى إن المشروع الذى بدأ أمس مستمر", id="Egyptian spelling"),
        pytest.param(
            "كنمشيو لديك البلاصة ديال الݣهوة فالصباح مع الدراري", id="Moroccan, with a letter of its own"
        ),
        pytest.param(f"{ARABIC * 3}\n«{PERSIAN}»\n{ARABIC}", id="a page that quotes Persian"),
        pytest.param(f"{ARABIC}\nThe minister said on Monday that talks would go on.", id="an English embed"),
        pytest.param(
            f'<div class="article-body main">{ARABIC}</div><script>var a = {{}};</script>', id="markup"
        ),
        pytest.param(
            ARABIC.replace("ي", "\u06cc").replace("ك", "\u06a9").replace("ى", "\u06cc"), id="Persian letters"
        ),
    ],
)
def test_arabic_is_arabic(text: str) -> None:
    """However it is spelled and whatever it quotes."""
    assert language(text) == "ar"


def test_the_recorded_fact_counts() -> None:
    """What the language stage has recorded is not decided anew."""
    recorded = Revision("language", facts=(Fact("language", "fa", "language.evidence"),))
    document = Document("1", ARABIC, revisions=(recorded,))
    assert is_foreign(document)
    assert not list(Language()(document))


def test_the_stage_records_the_code_once() -> None:
    """The fact carries the code; a second look adds none."""
    document = Document("1", PERSIAN)
    document = document.revise("language", Language()(document))
    assert document.fact("language") == "fa"
    assert document.text == PERSIAN
    assert document.revise("language", Language()(document)) is document


@pytest.mark.parametrize(
    ("arabic", "foreign", "decision"),
    [
        (2, 0, LanguageDecision.ARABIC), (3, 1, LanguageDecision.ARABIC), (2, 1, LanguageDecision.UNDECIDED),
        (3, 2, LanguageDecision.FOREIGN), (1, 1, LanguageDecision.UNDECIDED),
    ],
)  # fmt: skip
def test_verdicts(arabic: float, foreign: float, decision: LanguageDecision) -> None:
    """Arabic needs three times the foreign evidence, foreign two thirds of the Arabic."""
    assert Evidence(arabic, foreign).decision is decision


def test_letters_of_urdu_do_not_speak_for_arabic() -> None:
    """An Arabic function word spelled with heh goal is Urdu as well."""
    assert evidence("ہو").arabic == 0
    assert evidence("هو").arabic == 2
