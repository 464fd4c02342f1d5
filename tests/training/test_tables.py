"""What a program learned is written with how it was learned."""

from __future__ import annotations

from hashlib import sha256
import subprocess
import tomllib
from typing import TYPE_CHECKING

import pytest

from cleaner import learned
from cleaner.training import tables
from cleaner.training.tables import TableProvenance, commit, write_file, write_table

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of tables, with the provenance of those that ship with the package."""
    found = tmp_path / "package" / "learned"
    found.mkdir(parents=True)
    (found / "provenance.toml").write_bytes(learned.packed("provenance.toml"))
    monkeypatch.setattr(tables, "FOLDER", found)
    return found


def test_provenance_is_written_as_it_was_read(folder: Path, tmp_path: Path) -> None:
    """Another table changes no letter of what is noted of the others."""
    corpus = tmp_path / "two.jsonl"
    corpus.write_text('{"id": "1"}\n{"id": "2"}\n', encoding="utf-8")
    how = TableProvenance(
        "make syllables CORPUS=two.jsonl", "0" * 40, [corpus], [{"on": "«all»", "right": 0.5}]
    )
    write_file("syllables.zst", b"packed", how)
    found = tomllib.loads((folder / "provenance.toml").read_text(encoding="utf-8"))
    assert found.pop("syllables") == {
        "file": "syllables.zst",
        "sha256": sha256(b"packed").hexdigest(),
        "command": how.command,
        "commit": how.commit,
        "inputs": [{"name": "two.jsonl", "rows": 2, "sha256": sha256(corpus.read_bytes()).hexdigest()}],
        "scores": [{"on": "«all»", "right": 0.5}],
    }
    assert found == learned.provenance()


def test_a_table_is_written_as_it_was_read(folder: Path) -> None:
    """But for its comments; weights have a heading of their own behind the numbers."""
    table = learned.table("opening_verbs")
    write_table("opening_verbs", "Words.", table, TableProvenance("make opening-verbs", "", [], []))
    written = (folder / "opening_verbs.toml").read_text(encoding="utf-8")
    assert tomllib.loads(written) == table
    assert written.startswith("# Written by `make opening-verbs`, never by hand;")


def test_the_commit_says_when_files_were_changed(folder: Path) -> None:
    """A table made by code that no commit holds could not be made again."""
    package = folder.parent
    assert commit() == "unknown"
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "all")):
        subprocess.run((*git, *arguments), cwd=package, check=True)
    clean = commit()
    assert len(clean) == 40
    (folder / "provenance.toml").write_text("", encoding="utf-8")
    assert commit() == f"{clean}-dirty"
