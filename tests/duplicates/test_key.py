"""The comparison key: what is one spelling of a word; and the arrays see the words of the definition."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import Any
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from cleaner.duplicates import fingerprint
from cleaner.duplicates import words as arrays
from cleaner.duplicates.comparison_key import fold_for_comparison, named_numbers, numbers, words
from cleaner.duplicates.words import word_hashes
from cleaner.options import Options
from cleaner.rules import table

FOLDS = table("comparison")["fold"]

DIFFERENT = {
    "another letter": ("كتاب", "كتب"),
    "another word border": ("في الدار", "فيالدار"),
    "a decimal point is a border": ("3.5", "35"),
    "two numbers": ("1500", "1501"),
    "a comma before two digits separates": ("1,50", "150"),
    "a comma before four digits separates": ("1,5000", "15000"),
    "a comma between words separates": ("الأول،الثاني", "الأولالثاني"),
    "an emoji separates": ("قبل😀بعد", "قبلبعد"),
}

SAME = {
    "hamza seats": ("أإآٱ ؤ ئ", "اااا و ي"),
    "alef maksura and teh marbuta": ("على مدينة", "علي مدينه"),
    "foreign yeh and kaf": ("عل\u06cc \u06a9تاب", "علي كتاب"),
    "harakat and tatweel": ("مُحَـــمَّد", "محمد"),
    "invisible characters": ("\u200fمحمد\u200c\ufeff", "محمد"),
    "presentation forms": (normalize("NFKC", "\ufefb"), "\ufefb"),  # LAM WITH ALEF ISOLATED FORM
    "composed or not": ("caf\u00e9", "cafe\u0301"),
    "case": ("BBC Straße", "bbc STRASSE"),
    "digits of every script": ("١٢٣ ۴۵۶ १२", "123 456 12"),
    "thousands separators": ("1,234,567 و١٬٥٠٠ و2،500", "1234567 و1500 و2500"),
    "digits glued to letters": ("ال24ساعة", "ال 24 ساعه"),
    "punctuation": ("«قال»: نعم؛ لا؟", "قال نعم لا"),
    "letters beyond the first 65,536": ("\U0001d400\U0001d401 \U0001e900", "ab \U0001e922"),
}

TROUBLE = (
    "ابتهويءأإآؤئىة \n\t"
    "\u0640\u064b\u0651\u0670\u06cc\u06a9\u06d5\u06be\u067e\u0686\u06af"  # tatweel, marks, foreign letters
    "\u200b\u200c\u200e\u200f\u202b\ufeff\u00ad\u00a0\u0085\u2028"  # invisible
    "\ufefb\ufdfa\ufdf2\u00bd\u2026\u00b2"  # what folds to several characters, or to another
    "019\u0660\u0669\u06f4\u0967,،٬.؛؟«»-_"
    "aZ\u00e9e\u0301ßİı\u03a3\u0915\u093e\u4e2d\ud55c"
    "\U0001f600\U0001d400\U00010330"
)


def hashed(texts: list[str]) -> list[list[int]]:
    """Return the word hashes of each of *texts*."""
    hashes, offsets = word_hashes(texts)
    return [hashes[start:end].tolist() for start, end in pairwise(offsets.tolist())]


@pytest.mark.parametrize("pair", DIFFERENT.values(), ids=DIFFERENT)
def test_keeps_apart(pair: tuple[str, str]) -> None:
    """What readers tell apart has another key."""
    assert words(pair[0]) != words(pair[1])


@pytest.mark.parametrize("pair", SAME.values(), ids=SAME)
def test_takes_for_the_same(pair: tuple[str, str]) -> None:
    """What newspapers spell in several ways has one key, in the definition and in arrays."""
    assert words(pair[0]) == words(pair[1])
    assert hashed([pair[0]]) == hashed([pair[1]])


@pytest.mark.parametrize("row", FOLDS, ids=lambda row: row["id"])
def test_rows_prove_themselves(row: dict[str, Any]) -> None:
    """Each row of the table makes its `same` pairs equal and leaves its `different` pairs different."""
    for one, other in row["same"]:
        assert any(letter in one + other for letter in row["letters"])
        assert words(one) == words(other)
    for one, other in row["different"]:
        assert words(one) != words(other)


@pytest.mark.parametrize("row", table("comparison")["number"], ids=lambda row: row["id"])
def test_rows_of_numbers_prove_themselves(row: dict[str, Any]) -> None:
    """Texts of a `same` pair have the same numbers, those of a `different` pair have not."""
    for one, other in row["same"]:
        assert numbers(words(one)) == numbers(words(other))
    for one, other in row["different"]:
        assert numbers(words(one)) != numbers(words(other))


@settings(deadline=None)
@given(st.lists(st.sampled_from((*named_numbers(), "2024", "7", "كلمة")), max_size=30))
def test_arrays_see_the_numbers_of_the_definition(key: list[str]) -> None:
    """As many as there are, each standing for the same as in the definition."""
    prints = fingerprint([" ".join(key), *sorted(numbers(key))], Options())
    found = [prints.numbers[start:end].tolist() for start, end in pairwise(prints.number_offsets.tolist())]
    assert found[0] == sorted(number for part in found[1:] for number in part)


def test_no_letter_has_two_rows() -> None:
    """A letter is folded by one row, and not to a letter that another row folds."""
    letters = [letter for row in FOLDS for letter in row["letters"]]
    assert len(letters) == len(set(letters))
    assert not set(letters) & {row["by"] for row in FOLDS}


@given(st.text(TROUBLE), st.text(TROUBLE))
def test_folds_every_character_for_itself(one: str, other: str) -> None:
    """Folding a joined text joins the folded texts; so a table of characters can do it."""
    assert fold_for_comparison(one + other) == fold_for_comparison(one) + fold_for_comparison(other)


@settings(deadline=None)  # the first call makes the tables
@given(st.lists(st.text(TROUBLE, max_size=30), max_size=6))
def test_arrays_see_the_words_of_the_definition(texts: list[str]) -> None:
    """Each text has as many hashes as words, and two hashes are equal where the words are."""
    expected = [words(text) for text in texts]
    found = hashed(texts)
    assert [len(hashes) for hashes in found] == [len(key) for key in expected]
    known = dict(zip(chain(*expected), chain(*found), strict=True))
    assert len(set(known.values())) == len(known)
    assert found == [[known[word] for word in key] for key in expected]


@settings(deadline=None)
@given(st.lists(st.text(TROUBLE, max_size=40), min_size=1, max_size=4), st.integers(1, 12))
def test_the_cut_into_batches_changes_nothing(texts: list[str], size: int) -> None:
    """Long texts are cut into pieces and short ones go together; the hashes are the same."""
    whole = hashed(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "PIECE", size)
        assert hashed(texts) == whole


def test_text_without_spaces_is_cut_in_bounded_memory() -> None:
    """Megabytes without a space are no writing: their hashes are those of what they are cut into."""
    blob = "ب" * 100
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "PIECE", 10)
        patch.setattr(arrays, "LONGEST_WORD", 40)
        assert [len(found) for found in hashed([blob, blob])] == [3, 3]


def test_no_emoji_is_a_word() -> None:
    """The emoji that arrays replace without a further look are no words in the definition either."""
    found = arrays._EMOJI.findall("".join(map(chr, range(0x10000, 0x110000))))  # noqa: SLF001 - its only use
    assert not words(" ".join("".join(found)))


def test_every_character_has_a_key() -> None:
    """Also digits that one Unicode table of this Python knows and another does not yet, as U+10D41."""
    every = [chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000]
    for at in range(0, len(every), 0x1000):
        text = " ".join(every[at : at + 0x1000])
        assert [len(found) for found in hashed([text])] == [len(words(text))]
