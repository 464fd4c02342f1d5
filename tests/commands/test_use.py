"""What a person at the command line gives and gets: options, messages, exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from cleaner.engine import work
from cleaner.learned import provenance
from cleaner.records import to_document
from cleaner.rules import names
from cleaner.stages import news_pipeline

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.document import Document
    from cleaner.options import Options
    from cleaner.reading import RawRecord
from tests.commands.support import TEXT, call


@pytest.mark.parametrize("option", ["--rules", "--config"])
def test_a_table_is_a_small_file(raw: Path, tmp_path: Path, option: str) -> None:
    """A device has no end, and the memory has one."""
    (tmp_path / "large.toml").write_bytes(b"#" * 1_000_001)
    for table in ("/dev/zero", tmp_path, tmp_path / "large.toml"):
        result = call("run", raw, tmp_path / "out", option, table)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert f"{table} is no table" in result.stderr


@pytest.mark.parametrize("arguments", [("run", "", "out"), ("run", "raw", ""), ("check", ""), ("eval", "")])
def test_an_empty_name_is_no_folder(arguments: tuple[str, ...]) -> None:
    """It stands where a variable was forgotten."""
    result = call(*arguments)
    assert result.exit_code == 2
    assert "the name is empty" in result.stderr


def test_the_command_line_wins_over_the_configuration(raw: Path, tmp_path: Path) -> None:
    """Both are noted in the report."""
    (tmp_path / "cleaner.toml").write_text(
        'threshold = 0.7\nkeep = "earliest"\nwithout = ["near-duplicates"]\n'
    )
    arguments = ("--config", tmp_path / "cleaner.toml", "--threshold", "0.8")
    assert call("run", *arguments, raw, tmp_path / "out").exit_code == 0
    options = json.loads((tmp_path / "out/report.json").read_bytes())["options"]
    assert (options["threshold"], options["keep"], options["without"]) == (
        0.8,
        "earliest",
        ["near-duplicates"],
    )


def test_a_run_is_silent_without_a_terminal(raw: Path, tmp_path: Path) -> None:
    """A Makefile's output is not for decoration; dropped documents are no failure."""
    result = call("run", "--jobs", 1, raw, tmp_path / "out")
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "out/duplicates.jsonl").stat().st_size


def test_a_person_at_a_terminal_sees_a_summary(raw: Path, tmp_path: Path) -> None:
    """On standard error, unless it is not wanted."""
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": "80"}
    (raw / "pages.csv").write_text("")
    for quiet in ([], ["--quiet"]):
        program = [sys.executable, "-m", "cleaner", "run", *quiet, str(raw), str(tmp_path / "out")]
        result = subprocess.run(program, capture_output=True, check=True, env=environment)
        assert result.stdout == b""
        assert (b"duplicates" in result.stderr) != bool(quiet)
        assert (b"not read, of unknown kinds: pages.csv" in result.stderr) != bool(quiet)
    report = json.loads((tmp_path / "out/report.json").read_bytes())
    assert report["skipped"]["unknown_files"] == ["pages.csv"]


def test_explain_shows_what_went_and_why(raw: Path) -> None:
    """With signs where there is no colour, and with the rule's own reason."""
    output = call("explain", "a", raw).output
    assert "فيسبوك-]" in output
    number, rule = output.partition("rules\n")[2].split()[:2]
    assert number == "1"
    assert "." in rule
    assert re.search("-][⁰¹²³⁴⁵⁶⁷⁸⁹]", output)


def test_explain_shows_what_is_invisible(raw: Path) -> None:
    """Where it went; a page that stays as it is can be read."""
    persian = (
        "وزیر راه گفت که کارگران در آن\u200cجا پل را می\u200cسازند و تا پایان سال آینده بازگشایی می\u200cشود."
    )
    (raw / "c.txt").write_text(TEXT.replace("العاصمة", "العا\u200bصمة"), encoding="utf-8")
    (raw / "d.txt").write_text(persian, encoding="utf-8")
    assert r"العا[-\u200b-]" in call("explain", "c", raw).output
    assert persian in call("explain", "d", raw).output


def test_what_was_damaged_is_told_in_one_line(raw: Path, tmp_path: Path) -> None:
    """With the file and the line, by all commands that read a run."""
    call("run", raw, tmp_path / "out")
    edits = tmp_path / "out/edits.jsonl"
    edits.write_bytes(edits.read_bytes().replace(b'"after":', b'"aftr":'))
    for command in (("restore", "--check"), ("explain", "a")):
        result = call(*command, tmp_path / "out")
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert "edits.jsonl:1: this row was damaged" in result.stderr


DAMAGED = {
    "no row": ("clean.jsonl", '"metadata":{', '"metadata":5,"x":{'),
    "no ids": ("clean.jsonl", '"duplicates":[', '"duplicates":[1,'),
    "no number": ("duplicates.jsonl", '"containment":', '"containment":"x","y":'),
    "no twin": ("duplicates.jsonl", '"duplicate":{', '"duplicate":5,"x":{'),
    "no object": ("report.json", "{", "[{"),
    "no reasons": ("report.json", '"own_rules":{', '"own_rules":[],"x":{'),
}


@pytest.mark.parametrize(("name", "before", "after"), DAMAGED.values(), ids=DAMAGED)
def test_explain_tells_what_was_damaged(
    raw: Path, tmp_path: Path, name: str, before: str, after: str
) -> None:
    """A row may be JSON still, and no row of a run."""
    call("run", "--jobs", 1, raw, tmp_path / "out")
    file = tmp_path / "out" / name
    assert before in file.read_text(encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    identifier = "b" if name == "duplicates.jsonl" else "a"
    result = call("explain", identifier, tmp_path / "out")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert name in result.stderr
    assert "was damaged after the run" in result.stderr


def test_a_bad_record_of_the_same_id_is_not_taken_for_the_document(raw: Path, tmp_path: Path) -> None:
    """It stands among the rejects too, and has no text."""
    (raw / "b.jsonl").write_text('{"id": "g1", "text": 5}\n{"id": "g1", "text": "قصير"}\n', encoding="utf-8")
    call("run", raw, tmp_path / "out")
    result = call("explain", "g1", tmp_path / "out")
    assert result.exit_code == 0
    assert "too-short" in result.stdout


def test_bytes_that_are_no_text_are_a_damaged_row(raw: Path, tmp_path: Path) -> None:
    """As JSON that is none, and brackets without end."""
    call("run", raw, tmp_path / "out")
    for junk in (b'{"id": "\xff"}\n', b"[" * 100_000, b"junk\n", b"{}\n"):
        (tmp_path / "out/clean.jsonl").write_bytes(junk)
        result = call("restore", "--check", tmp_path / "out")
        assert result.exit_code in (1, 2)
        assert result.stderr.startswith("cleaner: ")


def test_a_source_that_no_document_has_is_named(raw: Path, tmp_path: Path) -> None:
    """With the nearest that one has; the run is done all the same."""
    (raw / "c.jsonl").write_text(json.dumps({"text": TEXT * 2, "source": "alpha"}) + "\n")
    options = ("--keep", "source-order", "--source-order", "alhpa", "--source-order", "alpha")
    result = call("run", "--jobs", 1, *options, raw, tmp_path / "out")
    assert result.exit_code == 0
    assert result.stderr == (
        "cleaner: no document has the source 'alhpa' of --source-order: did you mean 'alpha'?\n"
    )


@pytest.mark.parametrize(("sound", "code"), [(1, 2), (2, 0)])
def test_a_run_that_lost_most_records_to_faults_has_failed(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sound: int, code: int
) -> None:
    """Those of cleaner itself; the rest is written, and the exit code is 2."""

    def faulty(fields: dict[str, object], record: RawRecord, options: Options) -> Document:
        if len(str(fields["text"])) < 99:
            raise KeyError("oops")
        return to_document(fields, record, options)

    monkeypatch.setattr(work, "to_document", faulty)
    (raw / "a.txt").unlink()
    (raw / "b.jsonl").write_text(
        "".join(json.dumps({"text": text}) + "\n" for text in ["ا", "ب", *[TEXT] * sound])
    )
    result = call("run", "--jobs", 1, raw, tmp_path / "out")
    assert result.exit_code == code
    assert f"2 of {2 + sound} records met a fault" in result.stderr
    assert (tmp_path / "out/report.json").exists()


def test_stages_are_listed_in_their_order() -> None:
    """Each with the first line of its documentation; near-duplicates last."""
    lines = call("stages").output.splitlines()
    assert [line.split()[0] for line in lines] == [*news_pipeline().stages, "near-duplicates"]
    assert all(len(line.split(maxsplit=1)) == 2 for line in lines)


@pytest.mark.parametrize("table", names())
def test_every_table_can_be_printed(table: str) -> None:
    """With hyphens too, and without an invisible character."""
    output = call("rules", table.replace("_", "-")).output
    assert output.replace("\n", "").isprintable()
    assert table in call("rules").output


def test_learned_tables_are_no_rules() -> None:
    """They are listed apart, each with its file, its inputs and its scores."""
    listed = {line.split()[0] for line in call("rules").output.splitlines()}
    assert not listed & provenance().keys()
    for name, made in provenance().items():
        output = call("rules", "--learned", name.replace("_", "-")).output
        assert all(f"  {key}: " in output for key in made)
        assert output in call("rules", "--learned").output
    assert "known: lexicon" in call("rules", "--learned", "grammar").stderr
