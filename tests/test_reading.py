"""Which files are read, in which order, and what records they hold: also where they are damaged."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
import pytest
import zstandard

from cleaner.errors import InputError, RecordError
from cleaner.options import Options
from cleaner.reading import InputFile, cutting, find_files, pieces, recognize, records, streams
from cleaner.reading.streams import blocks
from cleaner.records import read_fields, text_name, to_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.reading import RawRecord

TEXT = "افتتحت البلدية حديقة جديدة"


def write(path: Path, content: bytes | str) -> Path:
    """Write *content* to *path*, whose folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def places(*raws: Path) -> list[str]:
    """Return the places of the files found in *raws*."""
    return [file.place for file in find_files(raws).files]


def input_file(path: Path) -> InputFile:
    """Return *path* as an input file in its own place."""
    file = recognize(path, path.name)
    assert file is not None
    return file


def read(path: Path, encoding: str = "utf-8") -> list[RawRecord]:
    """Return all records of the file *path*."""
    return [record for piece in pieces(input_file(path), encoding) for record in records(piece)]


def data(path: Path, encoding: str = "utf-8") -> list[bytes]:
    """Return the bytes of all records of the file *path*."""
    return [record.data for record in read(path, encoding)]


# Which files


def test_folders_are_searched_through_and_sorted_by_path(tmp_path: Path) -> None:
    """The order is that of the paths as text, on every machine."""
    for name in ("b.txt", "a/z.jsonl", "a-b/y.json.gz", "c.ndjson.zst"):
        write(tmp_path / name, "")
    assert places(tmp_path) == ["a-b/y.json.gz", "a/z.jsonl", "b.txt", "c.ndjson.zst"]


def test_hidden_and_unknown_files_are_skipped_and_counted(tmp_path: Path) -> None:
    """What is not input is no error."""
    for name in ("a.txt", ".hidden.txt", ".git/b.txt", "readme.md", "table.csv", "noext"):
        write(tmp_path / name, "")
    inputs = find_files([tmp_path])
    assert [file.place for file in inputs.files] == ["a.txt"]
    assert (inputs.hidden, inputs.unknown) == (2, 3)


def test_several_folders_put_their_names_before_the_paths(tmp_path: Path) -> None:
    """So that ids from two folders differ; a file is known by its name."""
    for name in ("one/a.txt", "two/a.txt", "b.txt"):
        write(tmp_path / name, "")
    assert places(tmp_path / "one", tmp_path / "two", tmp_path / "b.txt") == [
        "one/a.txt",
        "two/a.txt",
        "b.txt",
    ]
    assert places(tmp_path / "two", tmp_path / "b.txt") == ["a.txt", "b.txt"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    """Otherwise a folder and a file in it would make duplicates."""
    path = write(tmp_path / "a.txt", "")
    inputs = find_files([tmp_path, path])
    assert len(inputs.files) == inputs.repeated == 1


def test_links_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    """A link to a folder above is not followed; one to a file is."""
    write(tmp_path / "sub/a.txt", "")
    (tmp_path / "sub/loop").symlink_to(tmp_path)
    (tmp_path / "sub/self").symlink_to(tmp_path / "sub/self")
    (tmp_path / "sub/b.txt").symlink_to(tmp_path / "sub/a.txt")
    assert places(tmp_path) == ["sub/a.txt", "sub/b.txt"]


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    """Reading it would wait for ever."""
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert places(tmp_path) == []
    for name in ("a.txt", "b.txt"):
        with pytest.raises(InputError, match="neither a file nor a folder"):
            find_files([tmp_path / name])


def test_a_place_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    """A typing error must not look like an empty corpus."""
    with pytest.raises(InputError, match="no such file"):
        find_files([tmp_path / "rwa"])


def test_a_name_that_is_no_unicode_can_be_written(tmp_path: Path) -> None:
    """Places are UTF-8 whatever the file system holds."""
    os.close(os.open(os.fsencode(tmp_path) + b"/\xff.txt", os.O_CREAT))
    assert places(tmp_path) == ["\ufffd.txt"]


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("a/b.txt", "a/b"),
        ("b.jsonl.gz", "b"),
        ("b.v2.json.zst", "b.v2"),
        ("B.TXT", "B"),
        ("b.JSONL.GZ", "b"),
    ],
)
def test_ids_come_from_places_without_the_known_suffixes(name: str, base: str) -> None:
    """Other dots belong to the name."""
    file = recognize(Path(name), name)
    assert file is not None
    assert file.base_id == base


# Bytes


def packed(name: str, content: bytes) -> bytes:
    """Return *content* as the compression of *name* stores it."""
    return gzip.compress(content, mtime=0) if name.endswith(".gz") else zstandard.compress(content)


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst"])
def test_compressed_files_may_have_several_parts(tmp_path: Path, name: str) -> None:
    """`cat a.gz b.gz` is a valid file."""
    path = write(tmp_path / name, packed(name, b'{"n":1}\n') + packed(name, b'{"n":2}\n'))
    assert data(path) == [b'{"n":1}', b'{"n":2}']


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst"])
@pytest.mark.parametrize("damage", ["cut", "overwritten", "trailing garbage"])
def test_a_damaged_file_gives_what_can_be_read_of_it(tmp_path: Path, name: str, damage: str) -> None:
    """The whole records before the damage are kept; the rest is one bad record that says why."""
    lines = [json.dumps({"n": n, "noise": os.urandom(30).hex()}).encode() for n in range(20_000)]
    stored = bytearray(packed(name, b"\n".join(lines)))
    if damage == "cut":
        del stored[len(stored) // 2 :]
    elif damage == "overwritten":
        stored[len(stored) // 2 : len(stored) // 2 + 50] = b"\0" * 50
    else:
        stored += b"garbage"
    found = read(write(tmp_path / name, bytes(stored)))
    assert isinstance(found[-1].error, RecordError)
    assert found[-1].error.rule == "damaged"
    whole = [record.data for record in found[:-1]][:8_000]  # gzip sees overwritten bytes only at its end
    assert whole == lines[: len(whole)]
    assert whole


@pytest.mark.parametrize(
    "name", ["a.txt.gz", "a.txt.zst", "a.jsonl.gz", "a.jsonl.zst", "a.jsonl", "a.json.gz"]
)
def test_an_empty_file_is_no_error_of_reading(tmp_path: Path, name: str) -> None:
    """Not even a compressed one."""
    path = write(tmp_path / name, b"")
    assert b"".join(blocks(input_file(path))) == b""
    assert all(record.error is None for record in read(path))


def test_an_unreadable_file_is_one_bad_record(tmp_path: Path) -> None:
    """A broken link stands for all that cannot be opened."""
    (tmp_path / "a.jsonl").symlink_to(tmp_path / "gone")
    (record,) = read(tmp_path / "a.jsonl")
    assert record.error is not None
    assert record.error.rule == "unreadable"


# Records


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


# Documents


def document_fields(
    tmp_path: Path, fields: dict[str, object], options: Options | None = None
) -> dict[str, object]:
    """Return id, text and metadata of the document that *fields* make."""
    (record,) = read(write(tmp_path / "sub.jsonl", json.dumps(fields)))
    document = to_document(read_fields(record), record, options or Options())
    return {"id": document.id, "text": document.text, **document.metadata}


@pytest.mark.parametrize(
    ("given_id", "expected"),
    [("x", "x"), (7, "7"), (1.5, "1.5"), ("", "sub:1"), (None, "sub:1"), (True, "sub:1"), ([1], "sub:1")],
)
def test_ids_are_strings_and_fall_back_on_the_place(tmp_path: Path, given_id: object, expected: str) -> None:
    """A number is written as a string; what cannot be an id is none."""
    assert document_fields(tmp_path, {"id": given_id, "text": TEXT})["id"] == expected


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"body": "a", "text": "b"}, "text"),
        ({"body": "a", "text": ""}, "body"),
        ({"body": "", "text": ""}, "text"),
        ({"Content": "a"}, "Content"),
        ({"title": "a"}, None),
    ],
)
def test_the_text_field_is_the_first_usual_name_that_says_something(
    fields: dict[str, str], name: str | None
) -> None:
    """Capitals do not matter."""
    assert text_name(fields, Options()) == name


def test_a_named_field_is_the_only_one_looked_at() -> None:
    """The user knows better."""
    assert text_name({"text": "a", "story": ""}, Options(text_field="story")) == "story"
    assert text_name({"text": "a"}, Options(text_field="story")) is None


@pytest.mark.parametrize(
    ("fields", "source"),
    [
        ({"source": "النهار", "url": "https://a.example/1"}, "النهار"),
        ({"site": "النهار"}, "النهار"),
        ({"source": {"id": None, "name": "النهار"}}, "النهار"),
        ({"url": "https://www.a.example:80/1"}, "a.example"),
        ({"metadata": {"url": "https://a.example/1"}}, "a.example"),
        ({"url": "http://[broken"}, ""),
        ({}, ""),
    ],
)
def test_the_source_is_named_or_the_host_and_never_the_folder(
    tmp_path: Path, fields: dict[str, object], source: str
) -> None:
    """A folder says how files are stored, not who published them."""
    assert document_fields(tmp_path, {"text": TEXT, **fields})["source"] == source


@pytest.mark.parametrize(
    ("fields", "named", "expected"),
    [
        ({"source": "النهار"}, {"title_field": "source"}, {"title": "النهار", "source": "النهار"}),
        ({"title": "النهار"}, {"source_field": "title"}, {"title": "النهار", "source": "النهار"}),
        ({"url": "https://a.example/1"}, {"id_field": "url"}, {"id": "https://a.example/1"}),
        ({"url": "https://a.example/1"}, {"id_field": "url"}, {"url": "https://a.example/1"}),
        ({"id": "a1"}, {"title_field": "id"}, {"id": "a1", "title": "a1"}),
        ({}, {"title_field": "text"}, {"title": TEXT, "text": TEXT}),
        ({"metadata": {"site": "النهار"}}, {"title_field": "site"}, {"title": "النهار", "source": "النهار"}),
    ],
)
def test_a_field_named_by_option_may_serve_another_fact_too(
    tmp_path: Path, fields: dict[str, object], named: dict[str, str], expected: dict[str, str]
) -> None:
    """Both get its value, and no record is lost."""
    found = document_fields(tmp_path, {"text": TEXT, **fields}, Options.from_mapping(named))
    assert found.items() >= expected.items()


def test_a_text_from_the_field_of_titles_is_no_title(tmp_path: Path) -> None:
    """What an option does not ask for is not said twice."""
    found = document_fields(tmp_path, {"title": TEXT, "headline": "عنوان"}, Options(text_field="title"))
    assert (found["text"], found["title"]) == (TEXT, "عنوان")


def test_the_metadata_object_and_other_fields_are_merged(tmp_path: Path) -> None:
    """Under our names where they have one, else under their own; fields win over the object's."""
    fields = {
        "text": TEXT,
        "headline": "عنوان",
        "tags": ["أ", "ب"],
        "views": 3,
        "metadata": {"views": 1, "authors": ["زيد", "عمر"], "section": {"id": 5}},
    }
    assert document_fields(tmp_path, fields) == {
        "id": "sub:1",
        "text": TEXT,
        "title": "عنوان",
        "author": "زيد, عمر",
        "keywords": ["أ", "ب"],
        "source": "",
        "file_path": "sub.jsonl",
        "views": 3,
        "original_views": 1,
        "original_category": {"id": 5},
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"sources": "رويترز", "agencies": "رويترز"}, {"sources": ["رويترز"], "agencies": ["رويترز"]}),
        ({"sources": [1, 2]}, {"sources": ["1", "2"]}),
        ({"sources": ["أ", {"x": 1}]}, {"sources": ["أ"], "original_sources": ["أ", {"x": 1}]}),
        ({"keywords": True}, {"original_keywords": True}),
        ({"source": {"id": "n", "name": "ن"}}, {"source": "ن", "original_source": {"id": "n", "name": "ن"}}),
        ({"added": 20200101, "date_text": 7}, {"added": "20200101", "date_text": "7"}),
        ({"parent_id": [1], "added": {"a": 1}}, {"original_parent_id": [1], "original_added": {"a": 1}}),
        ({"original_id": 5, "parent_id": 6}, {"original_id": "5", "parent_id": "6"}),
        ({"origin": "o"}, {"original_origin": "o"}),
        ({"file_path": {"a": 1}}, {"file_path": "sub.jsonl", "original_file_path": {"a": 1}}),
        ({"duplicates": 3}, {"original_duplicates": 3}),
        ({"minhash_cluster_id": "c"}, {"original_minhash_cluster_id": "c"}),
        ({"title": "أ", "metadata": {"title": "ب"}}, {"title": "أ", "original_title": "ب"}),
        ({"title": "", "metadata": {"title": "ب"}}, {"title": "ب"}),
        ({"title": "أ", "metadata": {"title": "أ"}}, {"title": "أ"}),
        ({"metadata": {"id": "x", "text": "y"}}, {"id": "x", "text": "y"}),
        ({"metadata": [1]}, {"original_metadata": [1]}),
        ({"minhash_cluster_id": 7, "minhash_cluster_size": 2, "duplicates": ["x"]}, {}),
    ],
)
def test_no_value_of_the_input_is_lost(
    tmp_path: Path, fields: dict[str, object], expected: dict[str, object]
) -> None:
    """What has not the type of ours is kept under its original name; what a run finds out anew goes."""
    (record,) = read(write(tmp_path / "sub.jsonl", json.dumps({"text": TEXT, **fields})))
    metadata = dict(to_document(read_fields(record), record, Options()).metadata)
    usual = {"source": "", "file_path": "sub.jsonl"}
    assert metadata == usual | expected
