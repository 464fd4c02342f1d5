"""What a person is shown cannot steer the terminal, and hides nothing."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
import pytest

from cleaner.text.printable import visible

ALPHABET = (
    "aا\u0301😀 \\"  # they print
    "\0\x07\x08\t\n\r\x1b\x7f\x85\x9b\xa0\xad"
    "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202e\u2066\u2069\u2028\u2029\ufeff\u3000"
    "\ue000\U000f0000\U000e0001\U0010ffff"
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("خبر é\u0301 😀", "خبر é\u0301 😀"),
        ("a\x1b[2Jb", r"a\u001b[2Jb"),
        ("\x9b\x7f\x85", r"\u009b\u007f\u0085"),
        ("a\r\n\tb", r"a\r\n\tb"),
        ("\u202egnp.exe\u2069", r"\u202egnp.exe\u2069"),
        ("\U000e0001", r"\U000e0001"),
        ("\udccc\udcc8", r"\xcc\xc8"),
        ("\udcd8\udcae", "خ"),  # the bytes of ARABIC LETTER KHAH under a locale that has none
        ("\udcc2\udc9b1m", r"\u009b1m"),  # nor can a control character be smuggled in so
        ("\ud800", r"\ud800"),
    ],
)
def test_what_does_not_print_is_escaped(text: str, shown: str) -> None:
    """And nothing else."""
    assert visible(text) == shown


@given(st.text(ALPHABET))
def test_all_that_is_shown_prints(text: str) -> None:
    """The escapes are JSON's, so the text can be had back."""
    assert visible(text).isprintable()
    assert visible(visible(text)) == visible(text)
    if "\\" not in text and max(text, default="") <= "\uffff":
        assert json.loads(f'"{visible(text)}"') == text


def test_a_page_keeps_its_lines() -> None:
    """But no other control character."""
    assert visible("a\nb\x1b\rc", keep="\n") == "a\nb\\u001b\\rc"
