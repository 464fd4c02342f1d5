"""A text is replaced in its record, and no other character of the record changes."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
import pytest

from cleaner.check.text_places import place_in_json, place_in_text
from cleaner.check.texts import Character

LETTERS = 'اب"\\/\n\t\u200f😀é{}[]:,u0'
"""What JSON escapes or may escape, what it is made of, and a character of two UTF-16 units."""


def kept(text: str) -> list[Character]:
    """Return *text* as characters that nothing changed."""
    return [Character(value, at, is_new=False) for at, value in enumerate(text)]


@pytest.mark.parametrize(
    "record",
    [
        '{"text": "\\u0627\\/\\ud83d\\ude00 \\"q\\"", "n": 1}',
        ' { "id":1 ,"m":{"text":"no"},"text":"yes" , "list":["text","x"] } ',
        '{"text":"first","text":"last"}',
        '{"te\\u0078t":"escaped name"}',
        '{"a":"text","b":":","text":""}',
    ],
)
def test_unchanged_characters_keep_their_spelling(record: str) -> None:
    """Escapes, order, spacing and repeated keys stay as they are."""
    place = place_in_json(record, "text")
    text = json.loads(record)["text"]
    assert len(place.units) == len(text)
    assert place.rewrite(kept(text)) == record


def test_of_two_fields_of_one_name_the_last_is_changed() -> None:
    """Readers of JSON take the last, and so do we."""
    place = place_in_json('{"text":"a","text":"b"}', "text")
    assert place.rewrite([]) == '{"text":"a","text":""}'


def test_a_field_of_that_name_inside_another_object_is_not_the_text() -> None:
    """Only the record's own field counts."""
    with pytest.raises(ValueError, match="no string"):
        place_in_json('{"metadata": {"text": "x"}, "text": 1}', "text")


def test_new_letters_are_escaped_where_the_others_are() -> None:
    """A file in ASCII stays a file in ASCII."""
    new = [Character("\u064a", 0, is_new=True)]
    assert place_in_json('{"text":"\\u06cc"}', "text").rewrite(new) == '{"text":"\\u064a"}'
    assert place_in_json('{"text":"\u06cc"}', "text").rewrite(new) == '{"text":"\u064a"}'


@given(text=st.text(LETTERS, max_size=12), ascii_only=st.booleans(), start=st.integers(0, 12))
def test_any_text_can_lose_its_beginning(text: str, ascii_only: bool, start: int) -> None:  # noqa: FBT001 - drawn
    """The rest of the text and of the record survive."""
    record = json.dumps({"a": [text, {"text": text}], "text": text, "z": text}, ensure_ascii=ascii_only)
    rewritten = json.loads(place_in_json(record, "text").rewrite(kept(text)[start:]))
    assert rewritten == {"a": [text, {"text": text}], "text": text[start:], "z": text}


def test_a_text_file_is_its_text() -> None:
    """Carriage returns and all."""
    assert place_in_text("a\r\nb").rewrite(kept("a\r\nb")[3:]) == "b"
