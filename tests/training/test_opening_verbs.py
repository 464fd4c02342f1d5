"""Words with which articles begin, counted over titles and texts."""

from __future__ import annotations

from cleaner.training.opening_verbs import FEWEST, SITES, Opening, learn

TITLE = "جسر جديد يربط بين ضفتي النهر"


def openings(word: str, sites: int, times: int = 2 * FEWEST) -> list[Opening]:
    """Return articles of some sites that begin with *word*."""
    line = f"{TITLE} {word} الوزارة الجسر الجديد امام المشاه"
    return [Opening(line, len(TITLE) + 1, f"site{number % sites}") for number in range(times)]


def test_articles_of_several_sites_begin_with_a_word() -> None:
    """Not those of one that opens all of its own with a label, and no names and numbers."""
    found = [
        *openings("افتتحت", SITES),
        *openings("كشفت", SITES, FEWEST - 1),
        *openings("خاص", SITES - 1),
        *(opening for word in ("رويترز", "محمد", "next", "12") for opening in openings(word, SITES)),
    ]
    assert learn(found).keys() == {"افتتحت"}
