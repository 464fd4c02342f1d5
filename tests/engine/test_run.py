"""What `cleaner run` writes."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from cleaner.document import Document, Edit, Fact, Finding, Rejection, Split
from cleaner.duplicates import fingerprint
from cleaner.engine import work
from cleaner.engine.run import run
from cleaner.options import Options
from tests.engine.corpus import OUTPUTS, article, corpus, rows, write_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cleaner.duplicates.fingerprints import Fingerprints

# fmt: off
METADATA = {
    "title", "date", "date_text", "sources", "agencies", "keywords", "category", "author",
    "url", "language", "file_path", "parent_id", "origin", "original_id",
    "minhash_cluster_id", "minhash_cluster_size", "duplicates",
}
# fmt: on


def test_every_document_stands_in_one_file_and_the_report_adds_up(raw: Path, tmp_path: Path) -> None:
    """Records are bad or read; what is read is kept, dropped or rejected, and has its edits row."""
    report = run([raw], tmp_path / "out", Options())
    written = {name: rows(tmp_path / "out" / name) for name in OUTPUTS}
    counts = report.documents
    assert counts["records"] == 38
    assert counts["bad"] == 3
    assert counts["read"] == 35 + counts["children"] == len(written["edits.jsonl"])
    assert counts["read"] == counts["kept"] + counts["duplicates"] + counts["rejected"]
    assert len(written["clean.jsonl"]) == counts["kept"]
    assert len(written["duplicates.jsonl"]) == counts["duplicates"]
    assert len(written["rejects.jsonl"]) == counts["rejected"] + counts["bad"]
    assert json.loads((tmp_path / "out/report.json").read_bytes())["documents"]["kept"] == counts["kept"]


def test_rows_have_the_same_keys_and_types(raw: Path, tmp_path: Path) -> None:
    """Readers that infer a schema from the first rows must be right about the last."""
    run([raw], tmp_path / "out", Options())
    kept = rows(tmp_path / "out/clean.jsonl")
    for row in kept + rows(tmp_path / "out/duplicates.jsonl"):
        assert list(row)[:6] == ["id", "text", "source", "added", "created", "metadata"]
        assert row["metadata"].keys() >= METADATA
        assert all(
            isinstance(row["metadata"][key], list)
            for key in ("sources", "agencies", "keywords", "duplicates")
        )
        assert all(
            isinstance(row["metadata"][key], int) for key in ("minhash_cluster_id", "minhash_cluster_size")
        )


def test_no_type_of_the_input_changes_those_of_the_rows(tmp_path: Path) -> None:
    """Whatever stands under our names; it is kept beside them."""
    names = sorted(METADATA | {"added", "created", "source"})
    values = [7, True, "أ", [1], [{"a": 1}], {"a": 1}, None]
    records = [{"text": article(n), **dict.fromkeys(names, value)} for n, value in enumerate(values)]
    report = run([write_lines(tmp_path / "a.jsonl", records)], tmp_path / "out", Options())
    assert report.documents["kept"] == len(values)
    for row in corpus(tmp_path / "out").values():
        metadata = row["metadata"]
        for key in (
            "title",
            "date_text",
            "category",
            "author",
            "url",
            "language",
            "parent_id",
            "original_id",
        ):
            assert isinstance(metadata[key], str | None), key
        assert isinstance(row["added"], str | None)
        for key in ("sources", "agencies", "keywords", "duplicates"):
            assert all(isinstance(value, str) for value in metadata[key])
        assert (metadata["origin"], metadata["minhash_cluster_id"]) == (None, -1)


def test_ids_are_the_inputs_or_the_place(raw: Path, tmp_path: Path) -> None:
    """A repeated id takes its place id, and the given one is noted."""
    report = run([raw], tmp_path / "out", Options(without=("near-duplicates",)))
    kept = corpus(tmp_path / "out")
    assert {"0", "29", "copy", "sub/b", "sub/c:1", "sub/c:2", "a:32"} <= kept.keys()
    assert kept["a:32"]["metadata"]["original_id"] == "4"
    assert kept["4"]["metadata"]["original_id"] is None
    assert report.documents["repeated_ids"] == 1
    assert kept["sub/b"]["metadata"]["file_path"] == "sub/b.txt"


def test_files_of_one_name_do_not_share_an_id(tmp_path: Path) -> None:
    """Not even where the place ids are equal."""
    for name in ("one/raw/a.txt", "two/raw/a.txt", "two/raw/a.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = article(len(name) + len(path.parts[-3]) * 7)
        path.write_text(json.dumps({"text": text}) if path.suffix == ".json" else text, encoding="utf-8")
    run([tmp_path / "one/raw", tmp_path / "two/raw"], tmp_path / "out", Options(without=("near-duplicates",)))
    assert list(corpus(tmp_path / "out")) == ["raw/a", "raw/a~2", "raw/a~3"]


@pytest.mark.parametrize(
    "names",
    [
        ("\udccc.txt", "\udccd.txt"),  # bytes that are no UTF-8
        ("\u00e9.txt", "e\u0301.txt"),  # LATIN SMALL LETTER E WITH ACUTE, in one character and in two
        ("one/a.txt", "two/a.txt"),
    ],
)
def test_files_of_names_that_print_alike_are_two(tmp_path: Path, names: tuple[str, str]) -> None:
    """In the report, each with its size and digest, and in the rows."""
    contents = [article(number, 40 + 10 * number).encode() for number in (1, 2)]
    for name, content in zip(names, contents, strict=True):
        (tmp_path / "raw" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "raw" / name).write_bytes(content)
    report = run([tmp_path / "raw" / name for name in names], tmp_path / "out", Options())
    inputs = report.as_dict()["inputs"]
    described = {(len(content), hashlib.sha256(content).hexdigest()) for content in contents}
    assert {(file["bytes"], file["sha256"]) for file in inputs["list"]} == described
    assert inputs["files"] == len(corpus(tmp_path / "out")) == 2


def test_a_dropped_document_names_its_kept_match_and_both_their_cluster(raw: Path, tmp_path: Path) -> None:
    """The kept row lists whom it stands for."""
    run([raw], tmp_path / "out", Options())
    (dropped,) = rows(tmp_path / "out/duplicates.jsonl")
    match = dropped["duplicate"]
    assert {dropped["id"], match["kept"]} == {"3", "copy"}
    assert (match["kind"], match["containment"], match["jaccard"]) == ("exact", 1, 1)
    kept = corpus(tmp_path / "out")[match["kept"]]
    assert kept["metadata"]["duplicates"] == [dropped["id"]]
    assert kept["metadata"]["minhash_cluster_size"] == 2
    identifier = int(hashlib.sha256(kept["text"].encode()).hexdigest()[:13], 16)
    assert kept["metadata"]["minhash_cluster_id"] == dropped["metadata"]["minhash_cluster_id"] == identifier


def test_pairs_are_written_on_demand(raw: Path, tmp_path: Path) -> None:
    """Every verified pair, by the ids of the output; also into OUT, where the next run does not mind them."""
    for _ in range(2):
        run([raw], tmp_path / "out", Options(), pairs=tmp_path / "out/repeats.jsonl")
        (pair,) = rows(tmp_path / "out/repeats.jsonl")
        assert {pair["a"], pair["b"]} == {"3", "copy"}
        assert list(pair) == ["a", "b", "containment", "jaccard", "kind"]


def test_bad_records_are_kept_aside_with_their_bytes(raw: Path, tmp_path: Path) -> None:
    """As text where they are text, and where they stand."""
    run([raw], tmp_path / "out", Options())
    bad = [row for row in rows(tmp_path / "out/rejects.jsonl") if "text" not in row]
    assert [(row["file"], row.get("line"), row["rule"]) for row in bad] == [
        ("a.jsonl", 33, "bad-json"),
        ("a.jsonl", 34, "no-text"),
        ("bad.txt", None, "undecodable"),
    ]
    assert bad[0]["raw"] == "{broken"
    content = (raw / "a.jsonl").read_bytes()
    assert content[bad[0]["byte_offset"] :].startswith(b"{broken\n")
    assert base64.b64decode(bad[2]["raw_base64"]) == b"abc\xfe\xfd"


def test_values_of_the_input_beat_those_found_in_the_text(tmp_path: Path, stages: dict[str, Any]) -> None:
    """What was found fills the gaps, and lists collect it."""

    def facts(document: Document) -> Iterator[Finding]:
        found = {
            "title": "T",
            "date": "2020-01-01",
            "date_text": "1/1",
            "author": "A",
            "source": "S",
            "agency": "G",
        }
        yield from (Fact(name, value, "r") for name, value in found.items())
        yield from (Fact("keyword", word, "r") for word in ("k", "l"))
        assert document.text

    stages["facts"] = facts
    given = {"title": "عنوان", "date": "2015-07-21 02:47:05", "site": "x", "added": "2019", "views": 3}
    write_lines(tmp_path / "raw/a.jsonl", [{"text": article(1), **given}, {"text": article(2)}])
    run([tmp_path / "raw"], tmp_path / "out", Options())
    first, second = corpus(tmp_path / "out").values()
    assert (first["source"], first["added"], first["created"]) == ("x", "2019", "2015-07-21")
    chosen = {
        key: first["metadata"][key] for key in ("title", "date", "date_text", "author", "sources", "views")
    }
    assert chosen == {
        "title": "عنوان",
        "date": "2015-07-21",
        "date_text": "2015-07-21 02:47:05",
        "author": "A",
        "sources": ["S"],
        "views": 3,
    }
    assert (second["source"], second["created"], second["metadata"]["date_text"]) == (
        None,
        "2020-01-01",
        "1/1",
    )
    assert (second["metadata"]["keywords"], second["metadata"]["agencies"]) == (["k", "l"], ["G"])


def test_a_second_article_follows_its_page(tmp_path: Path, stages: dict[str, Any]) -> None:
    """It says where it was found, and keeps to its page where the page's id is taken."""

    def split(document: Document) -> Iterator[Finding]:
        at = document.text.find("\n#")
        if at > 0:
            yield Split(at, document.text[at:], "marker", "عنوان")

    stages["split"] = split
    pages = [
        {"id": "p", "site": "s", "author": "a", "text": f"{article(n)}\n#{article(n + 50)}"} for n in (1, 2)
    ]
    write_lines(tmp_path / "raw/a.jsonl", pages)
    report = run([tmp_path / "raw"], tmp_path / "out", Options())
    kept = corpus(tmp_path / "out")
    assert list(kept) == ["p", "p#2", "a:2", "a:2#2"]
    child = kept["a:2#2"]
    assert child["metadata"]["parent_id"] == "a:2"
    start = len(article(2))
    assert child["metadata"]["origin"] == {
        "id": "a:2",
        "stage": "split",
        "start": start,
        "end": len(pages[1]["text"]),
    }
    assert (child["source"], child["metadata"]["author"], child["metadata"]["title"]) == ("s", None, "عنوان")
    edits = {row["id"]: row for row in rows(tmp_path / "out/edits.jsonl")}
    assert edits["a:2"]["revisions"][0]["edits"][0]["child"] == "a:2#2"
    assert (report.documents["children"], report.documents["repeated_ids"]) == (2, 2)


def test_a_rejected_document_keeps_its_record_and_its_text(tmp_path: Path, stages: dict[str, Any]) -> None:
    """So that it can be restored, and nothing of its record is lost."""

    def reject(document: Document) -> Iterator[Finding]:
        yield Edit(0, document.text[:3], "", "cut")
        yield Rejection("too-short", "2 words")

    stages["length"] = reject
    record = {"id": "x", "text": "ابت ثجح", "views": 3}
    write_lines(tmp_path / "raw/a.jsonl", [record])
    run([tmp_path / "raw"], tmp_path / "out", Options())
    (row,) = rows(tmp_path / "out/rejects.jsonl")
    assert json.loads(row.pop("raw")) == record
    where = {"id": "x", "file": "a.jsonl", "line": 1, "byte_offset": 0}
    assert row == {**where, "rule": "too-short", "error": "2 words", "text": " ثجح"}


def test_a_fault_in_a_stage_costs_one_document(tmp_path: Path, stages: dict[str, Any]) -> None:
    """It is reported with the document, and the run goes on."""

    def faulty(document: Document) -> list[Finding]:
        return [] if "ا" in document.text else [Edit(0, "not there", "", "wrong")]

    stages["faulty"] = faulty
    write_lines(tmp_path / "raw/a.jsonl", [{"text": article(1)}, {"text": "bcd"}])
    report = run([tmp_path / "raw"], tmp_path / "out", Options())
    (row,) = rows(tmp_path / "out/rejects.jsonl")
    assert row["rule"] == "internal-error"
    assert "faulty/wrong" in row["error"]
    assert report.documents["kept"] == report.documents["bad"] == 1


def test_a_text_that_cannot_be_compared_costs_one_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others of its batch are compared without it."""

    def faulty(texts: Sequence[str], options: Options) -> Fingerprints:
        if any("zyx" in text for text in texts):
            raise ValueError("not a decimal")
        return fingerprint(texts, options)

    monkeypatch.setattr(work, "fingerprint", faulty)
    records = [{"text": article(1)}, {"text": article(2) + " zyx"}, {"text": article(1)}]
    write_lines(tmp_path / "raw/a.jsonl", records)
    report = run([tmp_path / "raw"], tmp_path / "out", Options())
    (row,) = rows(tmp_path / "out/rejects.jsonl")
    assert (row["line"], row["rule"]) == (2, "internal-error")
    assert (report.documents["kept"], report.documents["duplicates"], report.documents["bad"]) == (1, 1, 1)


def test_a_digit_of_a_new_script_stops_nothing(tmp_path: Path) -> None:
    """U+10D41 is in one Unicode table of this Python and not in the other; in a date too."""
    new = "\U00010d41"
    write_lines(tmp_path / "raw/a.jsonl", [{"text": f"{article(1)} {new}\n{new}{new}/{new}/2020"}])
    assert run([tmp_path / "raw"], tmp_path / "out", Options()).documents["kept"] == 1


def test_a_row_that_cleaner_wrote_can_be_read_again(raw: Path, tmp_path: Path) -> None:
    """A second run changes nothing but where the documents stand."""
    run([raw], tmp_path / "one", Options())
    run([tmp_path / "one/clean.jsonl"], tmp_path / "two", Options())
    first, second = corpus(tmp_path / "one"), corpus(tmp_path / "two")
    assert first.keys() == second.keys()
    for name, row in first.items():
        for key in ("minhash_cluster_id", "minhash_cluster_size", "duplicates"):
            del row["metadata"][key]
            del second[name]["metadata"][key]
        assert second[name] == row


def test_what_is_not_safe_to_change_is_reported(tmp_path: Path) -> None:
    """The report counts each doubt, and gives the first texts of its kind with the ids of their documents."""
    texts = [f"{article(seed)}\nقال «نعم ثم مضى" for seed in range(12)]
    texts[11] += " \ufffd"
    write_lines(tmp_path / "raw/a.jsonl", [{"id": str(at), "text": text} for at, text in enumerate(texts)])
    run([tmp_path / "raw"], tmp_path / "out", Options())
    report = json.loads((tmp_path / "out/report.json").read_bytes())
    assert report["doubts"] == {
        "encoding.lost": {"count": 1, "documents": 1, "examples": [{"text": "U+FFFD", "id": "11"}]},
        "guillemets.unpaired": {"count": 12, "documents": 12, "examples": [{"text": "«", "id": "0"}]},
    }
