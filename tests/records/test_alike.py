"""Lines that are decoded together tell what each tells alone; what is out of the ordinary is left alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
import pytest

from cleaner.errors import RecordError
from cleaner.options import Options
from cleaner.reading import InputFile, Piece, records
from cleaner.records import Alike, Columns, read_fields, text_and_provenance

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE = InputFile(Path("articles.jsonl"), "articles.jsonl", "jsonl")


def piece(lines: Sequence[bytes], file: InputFile = FILE) -> Piece:
    """Return *lines* as a piece of a file."""
    return Piece(file, "utf-8", b"".join(line + b"\n" for line in lines), 0, 1)


def one_by_one(read: Piece, options: Options) -> Columns | None:
    """Return what the records of a piece tell, each alone; None if one is bad, or a child."""
    told: list[tuple[bytes, str, str, str, str]] = []
    for record in records(read):
        try:
            text, said = text_and_provenance(read_fields(record), options)
        except RecordError:
            return None
        if said.is_child:
            return None
        told.append((record.data, text, said.id, said.source, said.date))
    return Columns(*map(list, zip(*told, strict=True)))


USUAL = [
    json.dumps({"id": f"n{at}", "site": "النهار", "date": "2021-03-04", "text": f"خبر رقم {at}"}).encode()
    for at in range(3)
]


def test_usual_lines_are_read_together() -> None:
    """Also with fields that only some have, if nothing is asked of these."""
    alike = Alike(Options(), ())
    told = (["خبر رقم 0", "خبر رقم 1", "خبر رقم 2"], ["n0", "n1", "n2"], ["النهار"] * 3, ["2021-03-04"] * 3)
    assert alike(piece(USUAL)) == (USUAL, *told)
    longer = [json.dumps(json.loads(line) | {"tags": [["أخبار"]]}).encode() for line in USUAL]
    for lines in [longer[0], *USUAL[1:]], [*USUAL[:2], longer[2]]:
        assert alike(piece(lines)) == (lines, *told)


def test_what_another_file_is_like_says_nothing_of_this_one() -> None:
    """It may call its source otherwise."""
    alike = Alike(Options(), ())
    other = InputFile(Path("others.jsonl"), "others.jsonl", "jsonl")
    assert alike(piece(USUAL)) is not None
    line = b'{"source":"a","site":"b","text":"c"}'
    assert alike(piece([line], other)) == ([line], ["c"], [""], ["a"], [""])


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[1]",
        b'{"text": ""}',
        b'{"text": null}',
        b'{"text": 5}',
        b'{"text": "a"} ',
        b'{"text": "a"}{"text": "b"}',
        b'{"text": "a"',
        b'"a"}',
        b'{"text": "a", "site": NaN}',
        b'{"text": "\\ud800"}',
        b'{"text": "\xff"}',
        b'{"text": "a", "text\xff": "b"}',
        b'{"text": "a", "Text": "b"}',
        b'{"text": "a", "metadata": {"source": "b"}}',
        b'{"text": "a", "odd": "b"}',
        b'{"text": "a", "deep": ' + b"[" * 201 + b"]" * 201 + b"}",
        b'{"text": "a", "deep": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"text": "a", ' + b",".join(b'"%d": 1' % number for number in range(101)) + b"}",
        b'{"text": "a",\r"site": "b"}',
    ],
    ids=lambda line: repr(line[:50]),
)
@pytest.mark.parametrize("place", [0, 1])
def test_what_is_out_of_the_ordinary_is_left(line: bytes, place: int) -> None:
    """Wherever in a piece it stands."""
    lines = [b'{"text": "c"}', b'{"text": "d"}']
    assert Alike(Options(), {"odd"})(piece([*lines[:place], line, *lines[place:]])) is None


def test_of_a_field_that_stands_twice_the_last_counts() -> None:
    """As it does where a record is read alone."""
    read = piece([b'{"text": "a", "text": "b", "site": "c", "site": "d"}'])
    assert Alike(Options(), ())(read) == one_by_one(read, Options()) is not None


def test_a_piece_that_may_hold_too_large_a_record_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused where records are told apart."""
    monkeypatch.setattr("cleaner.records.alike.LARGEST_RECORD", 100)
    assert Alike(Options(), ())(piece(USUAL)) is None


def test_one_line_of_very_many_fields_burdens_no_other() -> None:
    """What it has is forgotten with it."""
    alike = Alike(Options(), ())
    wide = json.dumps({"text": "a"} | dict.fromkeys(map(str, range(20_000)), 1)).encode()
    assert alike(piece([wide])) is None
    assert alike(piece(USUAL)) is not None


def test_a_file_of_other_lines_is_given_up() -> None:
    """It is not decoded twice to its end."""
    alike = Alike(Options(), ())
    assert [alike(piece([USUAL[0], b"{}"])) for _ in range(8)] == [None] * 8
    assert alike(piece(USUAL)) is None


NAMES = st.sampled_from(
    ["text", "body", "id", "_id", "site", "Source", "url", "date", "tags", "metadata", "'", '"']
)
VALUES = st.one_of(
    st.sampled_from(
        ["", " ", "خبر", " a\u00a0", "https://www.a.test/b", "//[", "2021-03-04", "\ud800", "a\nb"]
    ),
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.sampled_from([0.5, 1e300, float("inf")]),
    st.lists(st.sampled_from(["a", 1, None]), max_size=2),
    st.fixed_dictionaries({"name": st.sampled_from(["a", 1])}),
)
LINES = st.lists(
    st.dictionaries(NAMES, VALUES, max_size=5).map(
        lambda fields: json.dumps({"text": "ت"} | fields).encode()
    ),
    min_size=1,
    max_size=4,
)


@given(st.lists(LINES, min_size=1, max_size=4), st.sampled_from([Options(), Options(source_field="tags")]))
def test_together_or_alone_they_tell_the_same(pieces: list[list[bytes]], options: Options) -> None:
    """If it reads a piece, then as it is read one by one; whatever it has read before."""
    alike = Alike(options, ())
    for lines in pieces:
        together = alike(piece(lines))
        assert together is None or together == one_by_one(piece(lines), options)
