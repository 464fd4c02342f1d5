"""Names and arguments in another encoding than UTF-8 give a right result, or one line that says why not."""

from __future__ import annotations

import json
import os
from pathlib import Path
import shutil

import pytest

from cleaner.errors import UsageError
from cleaner.options import Options
from tests.commands.support import TEXT, shell
from tests.engine.corpus import article, corpus, rows, write_lines

NEWS = "خبر"
BYTES = os.fsdecode(NEWS.encode("cp1256"))
SHOWN = r"\xce\xc8\xd1"
GOLD = Path(__file__).parents[2] / "fixtures" / "gold" / "pages.jsonl"
PLAIN = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A locale that knows no letters."""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return a folder with texts of such a name and id."""
    folder = tmp_path / f"raw{BYTES}"
    write_lines(folder / "a.jsonl", [{"id": NEWS, "text": article(1), "site": NEWS}])
    (folder / f"{BYTES}.txt").write_text(article(2), encoding="utf-8")
    return folder


@pytest.mark.parametrize("option", ["text-field", "id-field", "source-field"])
def test_an_option_that_is_no_text_is_refused(raw: Path, tmp_path: Path, option: str) -> None:
    """Before anything is read, and in one line."""
    result = shell(f'run --{option} "$1" "$2" "$3"', BYTES, raw, tmp_path / "out")
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.decode() == f"cleaner: {option.replace('-', ' ')}: {SHOWN} is no text in UTF-8\n"
    assert not (tmp_path / "out").exists()


def test_a_source_that_is_no_text_is_refused(raw: Path, tmp_path: Path) -> None:
    """On the command line, and in a program."""
    result = shell('run --keep source-order --source-order "$1" "$2" "$3"', BYTES, raw, tmp_path / "out")
    assert (result.returncode, result.stderr.count(b"\n")) == (2, 1)
    assert f"source order: {SHOWN} is no text in UTF-8" in result.stderr.decode()
    with pytest.raises(UsageError, match="no text"):
        Options(keep="source-order", source_order=("a", "\ud800"))


def test_a_document_is_explained_by_the_name_of_its_file(raw: Path, tmp_path: Path) -> None:
    """As a shell completes it; of the bytes that no id has, one line says so."""
    shell('run --jobs 1 "$1" "$2"', raw, tmp_path / "out")
    for place in (raw, tmp_path / "out"):
        found = shell('explain "$1" "$2"', BYTES, place)
        assert (found.returncode, found.stderr) == (0, b"")
        assert article(2)[:20] in found.stdout.decode()
        lost = shell('explain "$1" "$2"', f"x{BYTES}", place)
        assert (lost.returncode, lost.stderr.count(b"\n")) == (2, 1)
        assert b"no document has the id" in lost.stderr


def test_a_locale_without_letters_changes_nothing(raw: Path, tmp_path: Path) -> None:
    """What is said in UTF-8 is understood, and the same is written."""
    options = ("--keep", "source-order", "--source-order", NEWS)
    outs = [tmp_path / f"{NEWS} one", tmp_path / f"{NEWS} two"]
    for out, variables in zip(outs, ({}, PLAIN), strict=True):
        result = shell('run --jobs 1 "$3" "$4" "$5" "$6" "$1" "$2"', raw, out, *options, **variables)
        assert (result.returncode, result.stderr) == (0, b"")
        for place in (raw, out):
            explained = shell('explain "$1" "$2"', NEWS, place, **variables)
            assert (explained.returncode, explained.stderr) == (0, b"")
    reports = [json.loads((out / "report.json").read_bytes()) for out in outs]
    assert reports[0]["options"] == reports[1]["options"]
    assert (outs[0] / "clean.jsonl").read_bytes() == (outs[1] / "clean.jsonl").read_bytes()
    message = shell('restore "$1"', tmp_path / NEWS, **PLAIN).stderr.decode()
    assert f"{NEWS}/report.json: No such file" in message


def test_a_configuration_names_files_in_utf_8(raw: Path, tmp_path: Path) -> None:
    """Whatever the locale makes of them."""
    rules, config = tmp_path / f"{NEWS}.toml", tmp_path / "config.toml"
    row = '[[marker]]\nid = "a"\nscope = "label"\nwhy = "b"\nphrases = ["كلمة الباب"]\n'
    rules.write_text(row, encoding="utf-8")
    config.write_text(f'rules = ["{rules}"]', encoding="utf-8")
    reports = []
    for name, variables in ("one", {}), ("two", PLAIN):
        result = shell('run --jobs 1 --config "$1" "$2" "$3"', config, raw, tmp_path / name, **variables)
        assert (result.returncode, result.stderr) == (0, b"")
        reports.append(json.loads((tmp_path / name / "report.json").read_bytes()))
    assert reports[0]["options"]["rules"] == reports[1]["options"]["rules"] == [str(rules)]


def test_any_file_may_have_such_a_name(raw: Path, tmp_path: Path) -> None:
    """Rules, indexes, pairs, outputs, labelled pages: where it is written down, it is text."""
    rules, index, out = tmp_path / f"{BYTES}.toml", tmp_path / f"index{BYTES}", tmp_path / f"out{BYTES}"
    row = '[[marker]]\nid = "a"\nscope = "label"\nwhy = "b"\nphrases = ["كلمة الباب"]\n'
    rules.write_text(row, encoding="utf-8")
    gold = shutil.copy(GOLD, tmp_path / f"gold{BYTES}.jsonl")
    (raw / "b.txt").write_text(f"{TEXT}\nكلمة الباب", encoding="utf-8")
    for command in (
        ('run --jobs 1 --rules "$1" --index "$2" "$3" "$4"', rules, index, raw, out),
        ('run --jobs 1 --against "$1" --pairs "$2" "$3" "$4"', index, tmp_path / f"{BYTES}.jsonl", raw, out),
        ('dedup --jobs 1 --against "$1" "$2" "$3"', index, raw, tmp_path / f"rows{BYTES}"),
        ('explain b --rules "$1" "$2"', rules, raw),
        ('rules --rules "$1" "$2"', rules, BYTES),
        ('restore "$1" --to "$2"', out, tmp_path / f"back{BYTES}"),
        ('eval --format json "$1"', gold),
    ):
        result = shell(*command)
        assert (result.returncode, result.stderr) == (0, b""), command
    report = json.loads((out / "report.json").read_bytes())
    [(name, count)] = report["duplicates"]["against"].items()
    assert (name, count) == (str(index).replace(BYTES, "\ufffd" * 3), 3)
    assert {row["duplicate"]["index"] for row in rows(out / "duplicates.jsonl")} == {name}
    assert corpus(out) == {}
