"""What a record says: its id, text, title, source and other fields."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cleaner.options import Options
from cleaner.records import read_fields, text_name, to_document
from tests.reading.support import TEXT, read, write

if TYPE_CHECKING:
    from pathlib import Path


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
