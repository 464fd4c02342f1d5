"""How files are cut into records: arrays, lines, encodings, limits."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
import msgspec
import pytest

from cleaner.errors import RecordError
from cleaner.options import Options
from cleaner.reading import cutting, streams
from cleaner.records import read_fields, to_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

from tests.reading.support import TEXT, data, packed, read, write

LETTERS = 'اب\\"{}[],:1 \u200f'


def values() -> st.SearchStrategy[object]:
    """Return JSON values with everything in their strings that could be taken for structure."""
    leaves = st.none() | st.integers(-9, 9) | st.text(LETTERS, max_size=6)
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(LETTERS, max_size=3), inner),
    )


@pytest.fixture(scope="module")
def small_blocks() -> Iterator[None]:
    """Let pieces be a few bytes long, so that every cut happens."""
    patch = pytest.MonkeyPatch()
    patch.setattr(cutting, "BLOCK", 7)
    yield
    patch.undo()


@pytest.mark.usefixtures("small_blocks")
@given(
    st.lists(values(), min_size=1, max_size=6),
    st.sampled_from([None, 1]),
    st.sampled_from([",", ",\n ", " , "]),
)
def test_an_array_is_cut_where_its_elements_end(
    tmp_path_factory: pytest.TempPathFactory, elements: list[object], indent: int | None, separator: str
) -> None:
    """Whatever stands in strings, and however the array is laid out; offsets point at the elements."""
    encoded = [json.dumps(element, ensure_ascii=False, indent=indent).encode() for element in elements]
    content = b" [ " + separator.encode().join(encoded) + b"\n]\n"
    path = write(tmp_path_factory.mktemp("array") / "a.json", content)
    found = read(path)
    assert [record.data for record in found] == encoded
    assert [record.number for record in found] == list(range(1, len(elements) + 1))
    assert all(content[record.offset :].startswith(record.data) for record in found)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'[{"a":1}, {"a": , {"a":3}]', [b'{"a":1}', b'{"a": , {"a":3}]']),
        (b'[{"a":1}, {"a":2 2}, {"a":3}]', [b'{"a":1}', b'{"a":2 2}', b'{"a":3}']),
        (b'[{"a":1}, {"a":"cut', [b'{"a":1}', b'{"a":"cut']),
        (b'[{"a":1}] trailing', [b'{"a":1}', b"trailing"]),
        (b'{"a":1}\n{"a":2}\n', [b'{"a":1}', b'{"a":2}']),
        (b'{"a":1}', [b'{"a":1}']),
        (b"[]", []),
        (b"", [b""]),
    ],
)
def test_a_broken_element_costs_no_other(tmp_path: Path, content: bytes, expected: list[bytes]) -> None:
    """As long as brackets and quotes tell where it ends; lines in a .json file are understood too."""
    assert data(write(tmp_path / "a.json", content)) == expected


@pytest.mark.usefixtures("small_blocks")
@given(
    st.lists(st.text("اب\r\u2028 x", max_size=9), max_size=8),
    st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]),
)
def test_lines_are_cut_at_line_feeds_only(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], encoding: str
) -> None:
    """In every encoding, at every length of the pieces; numbers and offsets are those of the whole file."""
    marked = "\ufeff" + "\n".join(lines)
    content = marked.encode(encoding)
    path = write(tmp_path_factory.mktemp("lines") / "a.jsonl", content)
    found = read(path)
    told = {record.number: record.data.decode(record.encoding) for record in found}
    expected = {number: line for number, line in enumerate(lines, 1) if line.strip(" \r")}
    assert {number: line for number, line in told.items() if line.strip()} == {
        number: line for number, line in expected.items() if line.strip()
    }
    assert all(content[record.offset :].startswith(record.data) for record in found)


@pytest.mark.parametrize(
    "mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0\0\xfe\xff"]
)
@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.jsonl"])
def test_byte_order_marks_win_over_the_encoding_that_was_named(
    tmp_path: Path, name: str, mark: bytes
) -> None:
    """And they are no part of the text."""
    encoding = dict(streams.MARKS)[mark]
    content = TEXT if name == "a.txt" else json.dumps({"text": TEXT}, ensure_ascii=False)
    (record,) = read(write(tmp_path / name, mark + content.encode(encoding)), "cp1256")
    assert read_fields(record) == {"text": TEXT}


def test_a_byte_order_mark_is_seen_behind_an_empty_part(tmp_path: Path) -> None:
    """The first part of a compressed file may hold nothing."""
    content = gzip.compress(b"") + gzip.compress(b'\xef\xbb\xbf{"text": "a"}')
    (record,) = read(write(tmp_path / "a.jsonl.gz", content))
    assert read_fields(record) == {"text": "a"}


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a.json", "a.json.zst", "a.jsonl", "a.jsonl.gz"])
def test_a_record_may_not_fill_the_memory(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused with its beginning; what stands before it is read."""
    monkeypatch.setattr(cutting, "LARGEST_RECORD", 1 << 20)
    monkeypatch.setattr(cutting, "LARGEST_ARRAY", 1 << 21)
    before = b'{"text": "a"}\n' if name.startswith("a.jsonl") else b""
    large = b'{"text": "' + b"a" * (1 << 22) + b'"}'
    content = before + large
    *others, refused = read(
        write(tmp_path / name, packed(name, content) if name[-2:] in ("gz", "st") else content)
    )
    assert [record.data for record in others] == before.splitlines()
    assert refused.error is not None
    assert refused.error.rule == "too-large"
    assert large.startswith(refused.data)
    assert len(refused.data) == cutting.SHOWN
    assert refused.offset == len(before)


def test_an_element_of_an_array_may_not_be_too_large_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It costs no other."""
    monkeypatch.setattr(cutting, "LARGEST_RECORD", 20)
    found = read(write(tmp_path / "a.json", b'[{"text":"a"},{"text":"' + b"b" * 30 + b'"},{"text":"c"}]'))
    assert [record.error and record.error.rule for record in found] == [None, "too-large", None]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_the_depth_of_a_record_is_limited_by_a_number(tmp_path: Path, encoding: str) -> None:
    """Not by what Python's stack has left, which differs between processes; strings do not count."""

    def read_nested(depth: int, inner: str) -> dict[str, object]:
        line = '{"text": "a", "b": ' + "[" * (depth - 1) + inner + "]" * (depth - 1) + "}"
        (record,) = read(write(tmp_path / "a.jsonl", line.encode(encoding)), encoding)
        return read_fields(record)

    assert read_nested(200, '"' + "[{" * 300 + '"')["text"] == "a"
    for depth in (201, 940, 990, 5_000):
        with pytest.raises(RecordError, match="nested more than 200 deep"):
            read_nested(depth, "1")


def test_other_encodings_are_read_where_they_are_named(tmp_path: Path) -> None:
    """Arabic pages of 2005 are windows-1256."""
    lines = f'{{"text": "{TEXT}"}}\n' * 2
    found = read(write(tmp_path / "a.jsonl", lines.encode("cp1256")), "cp1256")
    assert [read_fields(record) for record in found] == [{"text": TEXT}] * 2


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (b'{"text": "\xff\xfe"}', "undecodable"),
        (b'{"text": "a", "\xff": 1}', "undecodable"),
        (b'{"text": "\xed\xa0\x80"}', "undecodable"),
        (b'{"text": "\\ud800\xff"}', "undecodable"),
        (b'{"text": "cut \xff', "undecodable"),
        (b'{"text": "a"} \xff', "undecodable"),
        (b"\xff", "undecodable"),
        (b'{"text": "\\ud800"}', "lone-surrogate"),
        (b'{"\\udfff": "a"}', "lone-surrogate"),
        (b'{"text": "cut', "bad-json"),
        (b'{"text": NaN}', "bad-json"),
        (b'{"text": "a\x00b"}', "bad-json"),
        (b"\0\0\0", "bad-json"),
        (b'{"a":' * 100_000, "bad-json"),
        (b"[" * 100_000 + b"]" * 100_000, "bad-json"),
        (b'{"a":' + b"9" * 9_000 + b"}", "bad-json"),
        (b'["a"]', "not-an-object"),
        (b"12", "not-an-object"),
        (b"null", "not-an-object"),
        (b'{"title": "a"}', "no-text"),
        (b"{}", "no-text"),
        (b'{"text": null}', "text-not-a-string"),
        (b'{"text": ["a"]}', "text-not-a-string"),
    ],
)
def test_a_bad_record_is_refused_by_rule(tmp_path: Path, line: bytes, rule: str) -> None:
    """Whatever is wrong with it, it is one error of one kind."""
    (record,) = read(write(tmp_path / "a.jsonl", line))
    with pytest.raises(RecordError) as caught:
        to_document(read_fields(record), record, Options())
    assert caught.value.rule == rule


@pytest.mark.parametrize(
    "error",
    [msgspec.DecodeError("in other words"), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "in other words")],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (b'{"text": "\xff"}', "undecodable"),
        (b'{"text": "\\ud800"}', "lone-surrogate"),
        (b'{"text": "cut', "bad-json"),
    ],
)
def test_the_bytes_of_a_record_decide_not_the_error_of_a_library(
    tmp_path: Path, line: bytes, rule: str, error: ValueError, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Versions of msgspec say of the same bytes that they are no UTF-8, or that the JSON is broken."""

    def refuse(*_: object) -> object:
        raise error

    (record,) = read(write(tmp_path / "a.jsonl", line))
    monkeypatch.setattr(msgspec.json, "decode", refuse)
    with pytest.raises(RecordError) as caught:
        read_fields(record)
    assert caught.value.rule == rule
