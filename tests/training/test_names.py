"""Names are told from words, so that none is given a weight."""

from __future__ import annotations

from cleaner.training.names import is_general, of_families, of_rules


def test_numbers_and_names_are_not_general() -> None:
    """Nor are handles and Latin words but those of interfaces; words that names are made of are."""
    names = of_rules()
    for word in (
        "2024",
        "2013م",
        "و200",
        "news24",
        "رويترز",
        "هسبريس",
        "محمد",
        "مهدي",
        "afp",
        "اخبار_محليه",
        "",
    ):
        assert not is_general(word, names), word
    for word in ("advertisement", "راسلنا", "اخبار", "سياسه", "نشره"):
        assert is_general(word, names), word


def test_families_stand_behind_first_names() -> None:
    """A word that stands there now and then, or is seen too seldom, is none."""
    lines = [
        *(["وصل", "محمد", "الشهراني"], ["قال", "الشهراني", "امس"], ["شكر", "الشهراني", "خالد"]),
        *(["محمد", "المصري"], *([["الشعب", "المصري"]] * 4)),
        *(["حضر", "محمد", "النابغه"], ["محمد", "النابغه"]),
    ]
    assert of_families(lines) == {"شهراني"}
