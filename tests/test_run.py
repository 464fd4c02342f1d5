"""The contract of `cleaner run`: what it writes, what it refuses, what neither chance nor a crash changes."""

from __future__ import annotations

import base64
from collections import Counter
import gzip
import hashlib
import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest
import zstandard

from cleaner import worker
from cleaner.document import Document, Edit, Fact, Finding, Rejection, Split
from cleaner.duplicates import fingerprint
from cleaner.errors import InputError, UsageError
from cleaner.options import Options
from cleaner.pipeline import Pipeline
from cleaner.rows import certain_date
import cleaner.run
from cleaner.run import run
from cleaner.writing import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from cleaner.duplicates.fingerprints import Fingerprints

OUTPUTS = ("clean.jsonl", "duplicates.jsonl", "edits.jsonl", "rejects.jsonl")
# fmt: off
WORDS = (
    "المدينة", "القرية", "الميناء", "الجسر", "السوق", "المتحف", "الجامعة", "المصنع", "النهر",
    "الجبل", "الوادي", "الحديقة", "المزرعة", "المدرسة", "المستشفى", "أعلن", "افتتح", "شارك",
    "زار", "ناقش", "درس", "بنى", "رمم", "جمع", "وزع", "اختار", "قرر",
    "تابع", "أنجز", "وصل", "غادر", "كبير", "صغير", "قديم", "جديد", "واسع",
    "ضيق", "مشهور", "العمال", "الطلاب", "المزارعون", "الصيادون", "المهندسون", "الأطباء", "القضاة",
    "التجار", "السكان", "الزوار", "خمسون", "ستون", "ثمانون", "مئة", "ألف",
)
# fmt: on


def article(seed: int, words: int = 40) -> str:
    """Return a text that shares hardly a shingle with that of another *seed*."""
    numbers = hashlib.shake_128(str(seed).encode()).digest(words)
    chosen = [WORDS[number % len(WORDS)] for number in numbers]
    return "\n".join(" ".join(chosen[at : at + 10]) + "." for at in range(0, words, 10))


# fmt: off
METADATA = {
    "title", "date", "date_text", "sources", "agencies", "keywords", "category", "author",
    "url", "language", "file_path", "parent_id", "origin", "original_id",
    "minhash_cluster_id", "minhash_cluster_size", "duplicates",
}
# fmt: on


def write_lines(path: Path, rows: Iterable[object]) -> Path:
    """Write *rows* as JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in rows]
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def corpus(out: Path) -> dict[str, dict[str, Any]]:
    """Return the kept documents in *out* by id."""
    return {row["id"]: row for row in rows(out / "clean.jsonl")}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return a folder of raw files with everything in it that a run must cope with."""
    folder = tmp_path / "raw"
    records: list[object] = [{"id": n, "text": article(n), "site": "النهار"} for n in range(30)]
    records += [
        {"id": "copy", "text": article(3)},
        {"id": 4, "text": article(104)},
        b"{broken",
        {"title": "a"},
    ]
    write_lines(folder / "a.jsonl", records)
    (folder / "sub").mkdir()
    (folder / "sub/b.txt").write_text(article(200), encoding="utf-8")
    (folder / "sub/c.json").write_text(json.dumps([{"body": article(201)}, {"body": article(202)}]))
    (folder / "bad.txt").write_bytes(b"abc\xfe\xfd")
    return folder


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Put the stages in this mapping in the place of the real ones."""
    chosen: dict[str, Any] = {}
    monkeypatch.setattr(worker, "news_pipeline", lambda _=None: Pipeline(chosen))
    worker._pipeline.cache_clear()  # noqa: SLF001 - the cache would outlive the patch
    yield chosen
    worker._pipeline.cache_clear()  # noqa: SLF001 - the same


# What is written


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


def test_a_dropped_document_names_its_kept_twin_and_both_their_cluster(raw: Path, tmp_path: Path) -> None:
    """The kept row lists whom it stands for."""
    run([raw], tmp_path / "out", Options())
    (dropped,) = rows(tmp_path / "out/duplicates.jsonl")
    twin = dropped["duplicate"]
    assert {dropped["id"], twin["kept"]} == {"3", "copy"}
    assert (twin["kind"], twin["containment"], twin["jaccard"]) == ("exact", 1, 1)
    kept = corpus(tmp_path / "out")[twin["kept"]]
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


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2015-07-21 02:47:05", "2015-07-21"),
        ("2024-11-03T06:00:00+03:00", "2024-11-03"),
        ("2015/07/21", "2015-07-21"),
        ("Tue, 21 Jul 2015 02:47:05 GMT", "2015-07-21"),
        ("2015-13-41", None),
        ("yesterday", None),
        (1437446825, None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_iso_or_null(given: object, expected: str | None) -> None:
    """A date that is not certain is none."""
    assert certain_date(given) == expected


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

    monkeypatch.setattr(worker, "fingerprint", faulty)
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


# The same bytes


def outputs(out: Path) -> dict[str, bytes]:
    """Return the bytes of all outputs, without what a run cost."""
    files = {name: (out / name).read_bytes() for name in OUTPUTS}
    report = json.loads((out / "report.json").read_bytes())
    del report["run"]
    return files | {"report": json.dumps(report).encode()}


def test_the_number_of_processes_changes_no_byte(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither does the cut into batches."""
    run([raw], tmp_path / "one", Options())
    monkeypatch.setattr(cleaner.run, "BATCH_SIZE", 1)
    run([raw], tmp_path / "two", Options(), jobs=2)
    assert outputs(tmp_path / "one") == outputs(tmp_path / "two")


def test_the_order_of_the_input_changes_only_the_order(tmp_path: Path) -> None:
    """Also of the documents that repeat each other."""
    records = [{"id": str(n), "text": article(n % 20, 40 + n)} for n in range(40)]
    results = []
    for seed in (1, 1000):
        shuffled = sorted(records, key=lambda record: article(seed + int(record["id"])))
        write_lines(tmp_path / f"{seed}/a.jsonl", shuffled)
        run([tmp_path / f"{seed}/a.jsonl"], tmp_path / f"out{seed}", Options())
        results.append(
            {name: Counter((tmp_path / f"out{seed}" / name).read_bytes().splitlines()) for name in OUTPUTS}
        )
    assert results[0] == results[1]
    assert results[0]["duplicates.jsonl"].total() == 20


# What is refused


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("raw", "lies inside"),
        ("raw/out", "lies inside"),
        (".", "would overwrite its input"),
        ("foreign", "not written by cleaner"),
        ("imitation", "not written by cleaner"),
        ("raw/a.jsonl", "lies inside"),
        ("file", "is a file"),
    ],
)
def test_an_unsafe_out_stops_the_run(raw: Path, tmp_path: Path, target: str, message: str) -> None:
    """And nothing in it is touched."""
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign/thesis.docx").write_bytes(b"years of work")
    write_lines(tmp_path / "imitation/clean.jsonl", [{"words": 1}])
    (tmp_path / "file").write_bytes(b"")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(InputError, match=message):
        run([raw], tmp_path / target, Options())
    assert sorted(tmp_path.rglob("*")) == before


FOREIGN: dict[str, dict[str, object]] = {
    "clean.jsonl": {"id": 1, "text": "mine", "metadata": {}, "precious": 1},
    "duplicates.jsonl": {"id": 1, "text": "mine", "duplicate": {}},
    "rejects.jsonl": {"file": "a", "rule": "b", "error": "c", "precious": 1},
    "pairs.jsonl": {"a": 1, "b": 2, "containment": 1, "jaccard": 1, "kind": "near", "precious": 1},
    "report.json": {"cleaner": "Kärcher"},
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_that_only_looks_like_ours_is_not_overwritten(raw: Path, tmp_path: Path, name: str) -> None:
    """A row of ours has our keys, and no others."""
    path = write_lines(tmp_path / "out" / name, [FOREIGN[name]])
    before = path.read_bytes()
    with pytest.raises(InputError, match="not written by cleaner"):
        run([raw], tmp_path / "out", Options())
    assert path.read_bytes() == before


def test_a_link_in_the_place_of_the_work_folder_is_not_followed(raw: Path, tmp_path: Path) -> None:
    """Neither is a folder emptied that only has its name, nor a file that its lock leads to."""
    precious = tmp_path / "precious/thesis.docx"
    precious.parent.mkdir()
    precious.write_bytes(b"years of work")
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked/.cleaner-work").symlink_to(precious.parent)
    (tmp_path / "named/.cleaner-work").mkdir(parents=True)
    (tmp_path / "named/.cleaner-work/thesis.docx").write_bytes(b"years of work")
    (tmp_path / "lock/.cleaner-work").mkdir(parents=True)
    (tmp_path / "lock/.cleaner-work/lock").symlink_to(precious)
    before = sorted(tmp_path.rglob("*"))
    for out in ("linked", "named", "lock"):
        with pytest.raises(InputError, match="not written by cleaner"):
            run([raw], tmp_path / out, Options())
    assert sorted(tmp_path.rglob("*")) == before
    assert precious.read_bytes() == b"years of work"


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize("leads_to", ["out", ".", "out/deeper"])
def test_a_link_from_raw_to_out_is_refused_at_once(
    raw: Path, tmp_path: Path, leads_to: str, *, is_there: bool
) -> None:
    """Not only by the next run, which would read what the first wrote."""
    (raw / "sub/link").symlink_to(tmp_path / leads_to)
    if is_there:
        (tmp_path / "out").mkdir()
    with pytest.raises(InputError, match="link"):
        run([raw], tmp_path / "out", Options())
    assert (tmp_path / "out").exists() == is_there


def test_links_in_raw_that_lead_elsewhere_are_followed(raw: Path, tmp_path: Path) -> None:
    """To files, to folders, to nowhere and round in a circle."""
    (tmp_path / "more").mkdir()
    (tmp_path / "more/x.txt").write_text(article(77), encoding="utf-8")
    (raw / "more").symlink_to(tmp_path / "more")
    (raw / "x.txt").symlink_to(tmp_path / "more/x.txt")
    (raw / "gone.txt").symlink_to(tmp_path / "gone.txt")
    (raw / "self").symlink_to(raw / "self")
    run([raw], tmp_path / "out", Options(without=("near-duplicates",)))
    assert {"more/x", "x"} <= corpus(tmp_path / "out").keys()


def test_a_run_that_cannot_start_leaves_no_folders(raw: Path, tmp_path: Path) -> None:
    """None of those above OUT either."""
    (raw / "z.jsonl").write_text('{"story": "a"}')
    for source in (tmp_path / "nope", raw):
        with pytest.raises(InputError):
            run([source], tmp_path / "q/w/e", Options())
        assert not (tmp_path / "q").exists()


@pytest.mark.parametrize(
    "pairs",
    [
        "raw/pairs.jsonl",
        "out/clean.jsonl",
        "out/pairs.txt",
        "out/.cleaner-work/pairs.jsonl",
        "out/sub/pairs.jsonl",
        "nowhere/pairs.jsonl",
        ".",
        "out",
    ],
)
def test_pairs_are_not_written_where_they_would_be_in_the_way(raw: Path, tmp_path: Path, pairs: str) -> None:
    """Among the inputs, in the place of an output, where nothing can be written: before anything is done."""
    with pytest.raises(InputError):
        run([raw], tmp_path / "out", Options(), pairs=tmp_path / pairs)
    assert not (tmp_path / "out").exists()


def test_a_file_without_the_text_field_stops_the_run(raw: Path, tmp_path: Path) -> None:
    """It names the fields seen, and the outputs of an earlier run stay."""
    run([raw], tmp_path / "out", Options())
    before = outputs(tmp_path / "out")
    write_lines(raw / "z.jsonl", [{"story": "a", "author": "b"}] * 200)
    with pytest.raises(
        InputError, match=r"z\.jsonl: no text field in its first 100 records; .*story, author"
    ):
        run([raw], tmp_path / "out", Options())
    assert outputs(tmp_path / "out") == before
    assert not (tmp_path / "out/.cleaner-work").exists()


def test_a_text_field_further_down_is_enough(tmp_path: Path) -> None:
    """One record in the first hundred that can be used makes the file one of ours."""
    write_lines(tmp_path / "raw/a.jsonl", [*[{"title": "a"}] * 99, {"text": article(1)}])
    report = run([tmp_path / "raw"], tmp_path / "out", Options())
    assert (report.documents["bad"], report.documents["kept"]) == (99, 1)


def test_a_file_of_nothing_but_broken_records_does_not_stop_the_run(tmp_path: Path) -> None:
    """They are no evidence of a wrong field."""
    write_lines(tmp_path / "raw/a.jsonl", [b"{broken"] * 3)
    assert run([tmp_path / "raw"], tmp_path / "out", Options()).documents["bad"] == 3


@pytest.mark.parametrize("content", [{}, {"readme.md": ""}, {".hidden.txt": ""}])
def test_a_run_without_a_readable_file_stops(tmp_path: Path, content: dict[str, str]) -> None:
    """An empty corpus would look like success, and OUT is not even made."""
    (tmp_path / "raw").mkdir()
    for name, text in content.items():
        (tmp_path / "raw" / name).write_text(text)
    with pytest.raises(InputError, match="no readable"):
        run([tmp_path / "raw"], tmp_path / "out", Options())
    assert not (tmp_path / "out").exists()


def test_an_unknown_stage_cannot_be_left_out(raw: Path, tmp_path: Path) -> None:
    """The nearest one is named."""
    with pytest.raises(UsageError, match="did you mean 'near-duplicates'"):
        run([raw], tmp_path / "out", Options(without=("near-duplicate",)))


# Crashes


PIECES = [
    b'{"text":',
    b'"',
    b"\\",
    b"}",
    b"[",
    b"]",
    b",",
    b"\n",
    b" ",
    b"1",
    b"\\ud800",
    b"\xd8\xa7",
    b"\xff",
    b"\0",
]
PIECES += [
    b'{"text": "\xd8\xa7\xd8\xa8"}',
    b'{"id": 1, "text": "x", "metadata": 2}',
    b"null",
    b"\xff\xfe",
    b"#2",
]


KILLED = """
import os, pathlib, signal, sys
from cleaner.options import Options
from cleaner.run import run
from cleaner.writing import whole_file
def watch(phase, done, total):
    if phase == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)
run([pathlib.Path(sys.argv[1])], pathlib.Path(sys.argv[2]), Options(), watch=watch)
"""


def test_a_name_may_be_as_long_as_names_can_be(tmp_path: Path) -> None:
    """The temporary one has its own length."""
    path = tmp_path / ("a" * 249 + ".jsonl")
    with whole_file(path) as stream:
        stream.write(b"whole")
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [(path.name, b"whole")]


def test_a_run_killed_over_its_pairs_does_not_stop_the_next(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until they are whole, pairs for OUT stand in the work folder."""

    def killed(path: Path, *_: object) -> None:
        assert path.parent.name == ".cleaner-work"
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(cleaner.run, "_write_pairs", killed)
        with pytest.raises(KeyboardInterrupt):
            run([raw], tmp_path / "out", Options(), pairs=tmp_path / "out/pairs.jsonl")
    run([raw], tmp_path / "out", Options())


RACE = """
import pathlib, sys
from cleaner.errors import InputError
from cleaner.writing import work_folder
out = pathlib.Path(sys.argv[1])
won = 0
for _ in range(int(sys.argv[2])):
    try:
        with work_folder(out, []) as work:
            for _ in range(10):
                (work / "drafts").write_bytes(b"ours")
                assert (work / "drafts").read_bytes() == b"ours"
                (work / "drafts").unlink()
            won += 1
    except InputError as error:
        assert "another run is writing there" in str(error), error
assert won
"""


def test_runs_that_start_and_end_together_do_not_harm_each_other(tmp_path: Path) -> None:
    """Who loses the race for OUT leaves alone what the winner writes there."""
    program = [sys.executable, "-c", RACE, str(tmp_path / "out"), "300"]
    racers = [subprocess.Popen(program, stderr=subprocess.PIPE) for _ in range(3)]
    assert [racer.communicate(timeout=60)[1] for racer in racers] == [b""] * 3
    assert not list(tmp_path.glob("out/*"))


@pytest.mark.parametrize("phase", ["reading", "writing"])
def test_a_killed_run_leaves_the_files_of_the_one_before(raw: Path, tmp_path: Path, phase: str) -> None:
    """And the next one succeeds."""
    run([raw], tmp_path / "out", Options())
    before = outputs(tmp_path / "out")
    write_lines(raw / "more.jsonl", [{"text": article(500)}])
    killed = subprocess.run([sys.executable, "-c", KILLED, raw, tmp_path / "out", phase], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (tmp_path / "out/.cleaner-work").exists()
    assert outputs(tmp_path / "out") == before
    run([raw], tmp_path / "out", Options())
    assert outputs(tmp_path / "out") != before
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted((*OUTPUTS, "report.json"))


def test_two_runs_do_not_write_to_one_place(raw: Path, tmp_path: Path) -> None:
    """The second is refused while the first is at work."""

    def watch(phase: str, done: int, total: int) -> None:  # noqa: ARG001 - the signature of a watcher
        with pytest.raises(InputError, match="another run"):
            run([raw], tmp_path / "out", Options())

    run([raw], tmp_path / "out", Options(), watch=watch)
    assert (tmp_path / "out/report.json").exists()


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.jsonl", "a.jsonl.gz", "a.json.zst"])
@given(st.binary(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join))
@settings(max_examples=25, deadline=None)
def test_no_bytes_can_crash_a_run(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    """They are read, refused as records, or refused as a file without texts."""
    folder = tmp_path_factory.mktemp("bytes")
    pack = gzip.compress if name.endswith(".gz") else zstandard.compress if name.endswith(".zst") else bytes
    (folder / name).write_bytes(pack(content) if content[:1] > b"@" else content)
    try:
        report = run([folder], folder.with_name(f"{folder.name}-out"), Options(without=("near-duplicates",)))
    except InputError:
        return
    assert report.documents["records"] == report.documents["bad"] + report.documents["read"]
    assert report.counts["bad records", "internal-error"] == 0


def test_a_record_of_many_megabytes_is_read(tmp_path: Path) -> None:
    """A line may be longer than any block."""
    text = "\n".join(article(n) for n in range(5_000))
    write_lines(
        tmp_path / "raw/a.jsonl",
        [{"text": article(1)}, {"id": "x", "text": "", "html": text}, b"{" * 2_000_000],
    )
    report = run([tmp_path / "raw"], tmp_path / "out", Options(without=("near-duplicates",)))
    assert report.documents["records"] == 3
