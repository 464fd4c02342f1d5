"""What `cleaner run` refuses before it writes a byte."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cleaner.engine.dedup import dedup
from cleaner.engine.run import run
from cleaner.errors import InputError, UsageError
from cleaner.options import Options
from tests.engine.corpus import article, corpus, outputs, write_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cleaner.engine.report import Report


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


def test_a_run_that_cannot_start_leaves_no_folders(tmp_path: Path) -> None:
    """None of those above OUT either."""
    textless = write_lines(tmp_path / "z.jsonl", [{"story": "a"}])
    for source in (tmp_path / "nope", textless):
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


@pytest.mark.parametrize("content", [b"years of work", b"\n\nyears of work", b'{"a": 1}\n', b"[]"])
def test_pairs_do_not_overwrite_what_holds_none(raw: Path, tmp_path: Path, content: bytes) -> None:
    """Under any name, also behind a link: thesis, configuration or rows of someone else's."""
    thesis, link = tmp_path / "thesis.jsonl", tmp_path / "link"
    thesis.write_bytes(content)
    link.symlink_to(thesis)
    for pairs in (thesis, link):
        with pytest.raises(InputError, match="holds no pairs of cleaner"):
            run([raw], tmp_path / "out", Options(), pairs=pairs)
    assert thesis.read_bytes() == content


def test_pairs_overwrite_pairs(raw: Path, tmp_path: Path) -> None:
    """And a link to them stays one."""
    (tmp_path / "link").symlink_to("pairs.jsonl")
    run([raw], tmp_path / "out", Options(), pairs=tmp_path / "pairs.jsonl")
    before = (tmp_path / "pairs.jsonl").read_bytes()
    run([raw], tmp_path / "out", Options(), pairs=tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "pairs.jsonl").read_bytes() == before != b""


@pytest.mark.parametrize("command", [run, dedup])
def test_a_file_without_the_text_field_is_passed_over(
    raw: Path, tmp_path: Path, command: Callable[..., Report]
) -> None:
    """It costs no other; it is told with the fields seen, on standard error and in the report."""
    command([raw], tmp_path / "before", Options())
    write_lines(raw / "z.jsonl", [{"story": "a", "author": "b"}] * 200)
    write_lines(raw / "wide.jsonl", [{f"name {n}": "x", "n" * 9_999: 1} for n in range(50)])
    told: list[str] = []
    command([raw], tmp_path / "out", Options(), tell=told.append)
    for before in (tmp_path / "before").glob("*.jsonl"):
        assert before.read_bytes() == (tmp_path / "out" / before.name).read_bytes()
    ending = "; name the right one with --text-field; passed over"
    expected = "no text field in its first 100 records; fields seen: story, author"
    assert told[1] == f"{raw / 'z.jsonl'}: {expected}{ending}"
    assert (told[0].count("name "), len(told[0]) < 500, len(told)) == (20, True, 2)
    report = json.loads((tmp_path / "out/report.json").read_bytes())
    assert report["skipped"]["textless"] == 2
    assert report["skipped"]["textless_files"][1] == {
        "file": "z.jsonl",
        "error": f"{expected}; name the right one with --text-field",
    }
    assert "z.jsonl" not in [file["file"] for file in report["inputs"]["list"]]


def test_an_input_without_the_text_field_stops_the_run(raw: Path, tmp_path: Path) -> None:
    """Files of broken records have it as little; the outputs of an earlier run stay."""
    run([raw], tmp_path / "out", Options())
    before = outputs(tmp_path / "out")
    write_lines(tmp_path / "more/z.jsonl", [{"story": "a", "author": "b"}] * 200)
    write_lines(tmp_path / "more/empty.jsonl", [])
    write_lines(tmp_path / "more/broken.jsonl", [b"{broken"])
    for given in tmp_path / "more", tmp_path / "more/z.jsonl":
        with pytest.raises(
            InputError, match=r"z\.jsonl: no text field in its first 100 records; .*story, author"
        ):
            run([given], tmp_path / "out", Options())
        assert outputs(tmp_path / "out") == before
        assert not (tmp_path / "out/.cleaner-work").exists()


def test_what_a_run_wrote_is_not_read_as_a_whole(raw: Path, tmp_path: Path) -> None:
    """Its duplicates and rejects would come back with its corpus, and the rest be passed over."""
    for command, name in ((run, "clean.jsonl"), (dedup, "kept.jsonl")):
        out = raw / command.__name__
        command([tmp_path / "raw/a.jsonl"], tmp_path / "out", Options())
        (tmp_path / "out").rename(out)
        for given in out, raw:
            with pytest.raises(InputError, match="cleaner wrote it; of a run, give"):
                run([given], tmp_path / "again", Options())
        run([out / name], tmp_path / "again", Options())
        out.rename(tmp_path / command.__name__)


def test_a_text_field_further_down_is_enough(tmp_path: Path) -> None:
    """One record in the first hundred that can be used makes the file one of ours."""
    write_lines(tmp_path / "raw/a.jsonl", [*[{"title": "a"}] * 99, {"text": article(1)}])
    report = run([tmp_path / "raw"], tmp_path / "out", Options())
    assert (report.documents["bad"], report.documents["kept"]) == (99, 1)


def test_a_file_of_nothing_but_broken_records_does_not_stop_the_run(tmp_path: Path) -> None:
    """They are no evidence of a wrong field."""
    write_lines(tmp_path / "raw/a.jsonl", [b"{broken"] * 3)
    assert run([tmp_path / "raw"], tmp_path / "out", Options()).documents["bad"] == 3


def test_a_named_field_that_no_record_has_stops_the_run(tmp_path: Path) -> None:
    """A misspelt one would silently do nothing; that only some have it, or `metadata` does, is usual."""
    records = [{"text": article(1), "day": 1}, {"text": article(2), "metadata": {"site": "a"}}]
    raw = write_lines(tmp_path / "raw.jsonl", records)
    for options in Options(date_field="day"), Options(source_field="SITE", id_field="day"):
        run([raw], tmp_path / "out", options)
    with pytest.raises(InputError, match=r"field 'dya' of --date-field; did you mean 'day'\?"):
        run([raw], tmp_path / "out", Options(date_field="dya"))
    (tmp_path / "b.txt").write_text(article(1))
    run([tmp_path / "b.txt"], tmp_path / "other", Options(date_field="dya"))  # it has no fields at all


def test_pairs_are_no_part_of_an_index(raw: Path, tmp_path: Path) -> None:
    """Neither by the same name nor in its folder."""
    for pairs in "index", "index/pairs.jsonl":
        with pytest.raises(InputError, match="an index is a folder of its own"):
            run([raw], tmp_path / "out", Options(), pairs=tmp_path / pairs, index=tmp_path / "index")
    assert not (tmp_path / "index").exists()


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
