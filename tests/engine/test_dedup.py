"""`cleaner dedup`: rows pass as they are; indexes and pairs under both commands."""

from __future__ import annotations

from hashlib import sha256
import json
import re
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner
import pytest

from cleaner.commands import cleaner
from cleaner.duplicates import cluster_id
from cleaner.engine.dedup import dedup
from cleaner.engine.run import run
from cleaner.errors import InputError, NothingToDo
from cleaner.options import Options
from tests.engine.corpus import article, rows, write_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cleaner.engine.report import Report

FILES = ("kept.jsonl", "duplicates.jsonl", "rejects.jsonl")


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """Return a file of rows of all sorts."""
    records: list[object] = [
        {"no": n, "id": n, "text": article(n), "deep": [{"a": None}], "site": "أ"} for n in range(8)
    ]
    records += [
        {"id": "copy", "text": article(3) + " وغير", "extra": "é\u2028"},
        {"content": article(4), "minhash_cluster_id": 7, "duplicate": {"kept": "x"}},
        {"id": 5, "text": article(105)},
        b"{broken",
        {"title": "a"},
        b'  {"text" : "' + article(6).encode().replace(b"\n", b"\\n") + b'", "score":1.50}  ',
    ]
    return write_lines(tmp_path / "in.jsonl", records)


def without_dedup_result(row: dict[str, Any]) -> dict[str, Any]:
    """Return *row* without what dedup added."""
    added = {"minhash_cluster_id", "minhash_cluster_size", "duplicates", "duplicate"}
    return {key: value for key, value in row.items() if key not in added}


def test_rows_pass_as_they_are(lines: Path, tmp_path: Path) -> None:
    """Every row stands in one of three files, in its order; the kept one names the ids it stands for."""
    report = dedup([lines], tmp_path / "out", Options())
    kept, dropped, bad = (rows(tmp_path / "out" / name) for name in FILES)
    given = [json.loads(line) for line in lines.read_bytes().splitlines() if b"broken" not in line]
    passed = [without_dedup_result(row) for row in given if "title" not in row]
    assert [row for row in passed if row in list(map(without_dedup_result, kept))] == [
        without_dedup_result(row) for row in kept
    ]
    assert len(kept) + len(dropped) == len(passed) == 12
    assert {row["duplicate"]["kept"] for row in dropped} == {"copy", "4", "6"}
    assert {tuple(row["duplicates"]) for row in kept} == {(), ("3",), ("in:10",), ("in:14",)}
    assert b'"score":1.50,"minhash' in (tmp_path / "out/duplicates.jsonl").read_bytes()
    assert [row["rule"] for row in bad] == ["bad-json", "no-text"]
    assert report.documents["repeated_ids"] == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_bytes_do_not_depend_on_processes(lines: Path, tmp_path: Path, jobs: int) -> None:
    """Nor on a search before."""
    dedup([lines], tmp_path / "one", Options())
    dedup([lines], tmp_path / "two", Options(threshold=0.9))
    dedup([lines], tmp_path / "two", Options(), jobs=jobs)
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_lines_that_end_as_on_windows_pass_but_for_their_ends(tmp_path: Path) -> None:
    """Nothing in them is written anew."""
    line = b'{"id":"1", "id":"2","f":1.50,"u":"\\u0627","text":"' + article(3).encode() + b'"}'
    (tmp_path / "in.jsonl").write_bytes(line.replace(b"\n", b"\\n") + b"\r\n")
    dedup([tmp_path / "in.jsonl"], tmp_path / "out", Options())
    assert (tmp_path / "out/kept.jsonl").read_bytes().startswith(line.replace(b"\n", b"\\n")[:-1] + b",")


def test_what_a_user_calls_like_a_cluster_stays(tmp_path: Path) -> None:
    """What an earlier search said of a row does not: it is found anew."""
    own = {"id": "a", "text": article(1), "duplicates": ["mine"], "duplicate": {"by": "editor"}}
    dedup([write_lines(tmp_path / "in.jsonl", [own, {"text": article(1)}])], tmp_path / "out", Options())
    (kept,) = rows(tmp_path / "out/kept.jsonl")
    assert (kept["original_duplicates"], kept["original_duplicate"]) == (["mine"], {"by": "editor"})
    dedup([tmp_path / "out/kept.jsonl"], tmp_path / "again", Options())
    (again,) = rows(tmp_path / "again/kept.jsonl")
    assert again == kept | {"minhash_cluster_id": -1, "minhash_cluster_size": 1, "duplicates": []}


@pytest.mark.parametrize("date", ["2021-03-04 05:06:07", "2021-03-04", ""])
def test_of_texts_that_are_alike_in_all_else_the_digest_decides(tmp_path: Path, date: str) -> None:
    """In whatever order they come."""
    texts = [article(3) + f" وغير{letter}" for letter in "ابتثج"]
    records = [{"id": text[-1], "date": date, "text": text} for text in texts]
    for order in records, records[::-1]:
        dedup([write_lines(tmp_path / "in.jsonl", order)], tmp_path / "out", Options())
        (kept,) = rows(tmp_path / "out/kept.jsonl")
        assert kept["text"] == min(texts, key=lambda text: sha256(text.encode()).digest())
        assert kept["minhash_cluster_id"] == cluster_id(sha256(kept["text"].encode()).digest())


@pytest.mark.parametrize(("first", "second"), [(run, dedup), (dedup, run)])
def test_the_folder_of_another_command_is_refused(
    lines: Path, tmp_path: Path, first: Callable[..., Report], second: Callable[..., Report]
) -> None:
    """Whether it is OUT itself or stands in it; nothing is lost of what is there."""
    out = tmp_path / "out"
    first([lines], out, Options())
    first([lines], tmp_path / "over/inner", Options())
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.json*")}
    message = f"{{}} holds the output of `cleaner {first.__name__}`; name another folder"
    for given, holder in ((out, out), (tmp_path / "over", tmp_path / "over/inner")):
        with pytest.raises(InputError, match=re.escape(message.format(holder))):
            second([lines], given, Options())
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.json*")} == before


def test_the_earliest_of_a_day_is_kept(tmp_path: Path) -> None:
    """The time of the day decides where both rows say it, whatever the distance from UTC."""
    dates = {"noon": "2024-11-03 12:00", "dawn": "2024-11-03T06:30:00+03:00", "early": "2024-11-03T04:00:00Z"}
    lines = [{"id": name, "text": article(1), "date": date} for name, date in dates.items()]
    for command, name in ((dedup, "kept.jsonl"), (run, "clean.jsonl")):
        out = tmp_path / command.__name__
        command([write_lines(tmp_path / "in.jsonl", lines)], out, Options(keep="earliest"))
        assert [row["id"] for row in rows(out / name)] == ["dawn"]


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a.jsonl"])
def test_other_formats_become_rows(tmp_path: Path, name: str) -> None:
    """An array of objects over many lines, a text, another encoding."""
    text = {"text": article(1)}
    contents = {
        "a.json": json.dumps([text, text], indent=2).encode(),
        "a.txt": article(1).encode(),
        "a.jsonl": ("\ufeff" + json.dumps(text, ensure_ascii=False) + "\r\n").encode("utf-16-le"),
    }
    (tmp_path / name).write_bytes(contents[name])
    dedup([tmp_path / name], tmp_path / "out", Options())
    [row] = rows(tmp_path / "out/kept.jsonl")
    assert row["text"] == article(1)


def test_a_page_becomes_the_row_of_its_article(tmp_path: Path) -> None:
    """What `cleaner run` reads of it: a row is JSON whatever the input was, and never the bytes of a page."""
    sentences = article(1, 200).replace("\n", "</p>\n<p>")
    page = f"<html><head><title>عنوان</title></head><body><article><p>{sentences}</p></article></body></html>"
    for name in ("b.html", "a.html"):
        (tmp_path / "raw").mkdir(exist_ok=True)
        (tmp_path / "raw" / name).write_text(page, encoding="utf-8")
    dedup([tmp_path / "raw"], tmp_path / "out", Options())
    kept, dropped, bad = (rows(tmp_path / "out" / name) for name in FILES)
    assert [row["id"] for row in kept + dropped] == ["a", "b"]
    assert kept[0]["html_sha256"] == sha256(page.encode()).hexdigest()
    assert (kept[0]["text"].split(), bad) == (article(1, 200).split(), [])
    assert dropped[0]["duplicate"]["kept"] == "a"


def test_what_one_command_indexed_the_other_drops(lines: Path, tmp_path: Path) -> None:
    """An index of a benchmark cleans a corpus of it; rows and pairs say in which index the match is."""
    index, out = tmp_path / "index", tmp_path / "out"
    write_lines(tmp_path / "test.jsonl", [{"id": "q", "text": article(2)}])
    dedup([tmp_path / "test.jsonl"], tmp_path / "o", Options(), index=index)
    report = run([lines], out, Options(), against=[index], pairs=out / "pairs.jsonl")
    [row] = [row for row in rows(out / "duplicates.jsonl") if row["id"] == "2"]
    assert row["duplicate"] == {
        "kept": "q", "kind": "exact", "containment": 1.0, "jaccard": 1.0, "index": str(index)
    }  # fmt: skip
    assert {pair["index"] for pair in rows(out / "pairs.jsonl")} == {None, str(index)}
    assert report.duplicates["against"] == {str(index): 1}
    run(
        [lines], out, Options(), against=[index], pairs=out / "pairs.jsonl"
    )  # our own outputs are known again


def test_an_index_is_not_replaced(lines: Path, tmp_path: Path) -> None:
    """Another one would be lost with what last week's run put there: it is extended, or stays."""
    index = tmp_path / "index"
    dedup([lines], tmp_path / "out", Options(), index=index)
    before = {path: path.read_bytes() for path in index.rglob("*") if path.is_file()}
    for command in (dedup, run):
        with pytest.raises(InputError, match=f"give --against {index} too to extend it, or another folder"):
            command([lines], tmp_path / command.__name__, Options(), index=index)
        assert not (tmp_path / command.__name__).exists()
    assert {path: path.read_bytes() for path in index.rglob("*") if path.is_file()} == before


def test_what_is_in_an_index_is_not_added_again(lines: Path, tmp_path: Path) -> None:
    """The same call a second time finds that all is done, in one line and without an error."""
    index = tmp_path / "index"
    dedup([lines], tmp_path / "out", Options(), index=index)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(NothingToDo, match="is complete"):
        dedup([lines], tmp_path / "out", Options(), against=[index], index=index)
    arguments = [lines, tmp_path / "out", "--against", index, "--index", index, "--jobs", "1"]
    result = CliRunner().invoke(cleaner, ["dedup", *map(str, arguments)])
    assert (result.exit_code, result.stderr.count("\n")) == (0, 1)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_the_command_takes_the_options_of_the_search(lines: Path, tmp_path: Path) -> None:
    """And none of cleaning; an index may not lie where rows do."""
    arguments = ["dedup", str(lines), str(tmp_path / "out"), "--threshold", "0.9", "--jobs", "1"]
    assert CliRunner().invoke(cleaner, arguments).exit_code == 0
    assert CliRunner().invoke(cleaner, [*arguments, "--keep-tatweel"]).exit_code == 2
    inside = CliRunner().invoke(cleaner, [*arguments, "--index", str(tmp_path / "out/index")])
    assert inside.exit_code == 2
    assert "lies inside" in inside.output
