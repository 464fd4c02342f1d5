"""Mistakes are named with what is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

from tests.commands.support import call


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["rnu"], "did you mean 'run'"),
        (["run", "--treshold", "1", "RAW", "OUT"], "--threshold"),
        (["run", "--keep", "longset", "RAW", "OUT"], "longest"),
        (["run", "--without", "leters", "RAW", "OUT"], "unknown stage 'leters'"),
        (["run", "--threshold", "2", "RAW", "OUT"], "at most 1"),
        (["run", "--encoding", "cp1265", "RAW", "OUT"], "unknown encoding 'cp1265'"),
        *(
            (["run", "--encoding", name, "RAW", "OUT"], "unknown encoding")
            for name in ("rot13", "hex", "zlib", "undefined", "utf\0", "idna", "punycode", "unicode_escape")
        ),
        (["explain", "--encoding", "hex", "b", "RAW"], "unknown encoding"),
        (["run", "--permutations", "0", "RAW", "OUT"], "1 to 4096"),
        (["run", "--permutations", "-128", "RAW", "OUT"], "1 to 4096"),
        (["run", "--permutations", "1000000000", "--bands", "1000000000", "RAW", "OUT"], "1 to 4096"),
        (["run", "--bands", "0", "RAW", "OUT"], "bands must be 1 to 4096"),
        (["run", "--bands", "100", "RAW", "OUT"], "multiple of bands"),
        (["run", "--permutations", "8", "--bands", "32", "RAW", "OUT"], "up to 3 times as many"),
        (["run", "--shingle", "99999999999999999999", "RAW", "OUT"], "1 to 100"),
        (["run", "--minimum-shingles", "99999999999999999999", "RAW", "OUT"], "minimum shingles"),
        (["run", "--recurrence", "99999999999999999999", "RAW", "OUT"], "recurrence"),
        (["run", "--pairs", ".", "RAW", "OUT"], "is a folder"),
        (["run", "--pairs", "nowhere/p.jsonl", "RAW", "OUT"], "cannot write"),
        (["run", "--jobs", "0", "RAW", "OUT"], "--jobs"),
        (["run", "--config", "nowhere.toml", "RAW", "OUT"], "nowhere.toml"),
        (["run", "OUT"], "RAW..."),
        (["run", "nowhere", "OUT"], "no such file"),
        (["run", "--text-field", "story", "RAW", "OUT"], "fields seen: id, text"),
        (["rules", "lookalikes"], "did you mean 'look_alikes'"),
        (["explain", "lost", "RAW"], "no document has the id 'lost'"),
        (["restore", "RAW"], "is this the folder of a run"),
    ],
)
def test_a_mistake_is_named_with_what_is_right(
    raw: Path, tmp_path: Path, arguments: list[str], hint: str
) -> None:
    """Exit code 2, one message on standard error, nothing written."""
    given = [{"RAW": str(raw), "OUT": str(tmp_path / "out")}.get(word, word) for word in arguments]
    result = call(*given)
    assert result.exit_code == 2
    assert hint in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "out").exists()


def test_a_wrong_configuration_key_is_named(raw: Path, tmp_path: Path) -> None:
    """With the nearest right one."""
    (tmp_path / "cleaner.toml").write_text("treshold = 0.7\n")
    result = call("run", "--config", tmp_path / "cleaner.toml", raw, tmp_path / "out")
    assert result.exit_code == 2
    assert "did you mean 'threshold'" in result.stderr


@pytest.mark.parametrize("command", ["run", "dedup"])
def test_a_corpus_of_which_nothing_could_be_read_is_no_success(tmp_path: Path, command: str) -> None:
    """A pipeline must not go on with nothing; what was wrong is written all the same."""
    raw, out = tmp_path / "raw.jsonl", tmp_path / "out"
    raw.write_bytes('{"text": "خبر"}\n'.encode("cp1256") * 3)
    called = call(command, str(raw), str(out))
    assert called.exit_code == 2
    assert "none of 3 records could be read" in called.output
    assert len((out / "rejects.jsonl").read_bytes().splitlines()) == 3


@pytest.mark.parametrize("command", ["run", "dedup"])
@pytest.mark.parametrize(("name", "content"), [("a.jsonl", "\n \n"), ("a.json", " [ ]"), ("a.jsonl", "")])
def test_an_input_without_a_record_is_told(tmp_path: Path, command: str, name: str, content: str) -> None:
    """There may be days without news, but nobody should find out later."""
    (tmp_path / name).write_text(content)
    called = call(command, tmp_path / name, tmp_path / "out")
    assert (called.exit_code, called.stdout) == (0, "")
    assert called.stderr == f"cleaner: no record stands in the input, and no document in {tmp_path / 'out'}\n"


def test_an_empty_file_is_told_from_one_that_was_cut_off(tmp_path: Path) -> None:
    """By what is said of it."""
    (tmp_path / "a.json").write_bytes(b"\xef\xbb\xbf \n")
    (tmp_path / "b.json").write_text('{"text": "')
    called = call("check", tmp_path)
    assert called.exit_code == 1
    assert "a.json:1:1 bad-json there is nothing in it" in called.stdout
    assert "b.json:1:1 bad-json Input data was truncated" in called.stdout
