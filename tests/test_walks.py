"""The walks of the reference lead where they say: what they write is written, what they call passes."""

from __future__ import annotations

from itertools import chain
import os
from pathlib import Path
import shutil
import subprocess
import sys

import pytest

from tests.documents import REFERENCE, ROOT, apply_diff, blocks, part

WALKS = ("### Your first change, in ten minutes", "### A rule", "### A stage", "### A format")
TREE = ("cleaner", "tests", "fixtures", "README.md", "README.ar.md", "CHANGELOG.md", "Makefile", "LICENSE",
        "pyproject.toml", ".pre-commit-hooks.yaml")  # fmt: skip


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a copy of the project as it stands, with the programs of this environment."""
    for name in TREE:
        source, target = ROOT / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    return tmp_path


def call(clone: Path, *command: str) -> None:
    """Run *command* in *clone* with the package that stands there."""
    environment = os.environ | {"PYTHONPATH": str(clone)}
    done = subprocess.run(command, cwd=clone, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, (command, done.stdout, done.stderr)


def follow(walk: str, clone: Path) -> None:
    """Write into *clone* what *walk* shows: changes to files, rows of tables, new files."""
    for block in blocks(part(REFERENCE, walk), "diff", "python", "toml"):
        path = clone / block.file
        if block.language == "diff":
            path.write_text(apply_diff(block.text, path.read_text(encoding="utf-8")), encoding="utf-8")
        elif path.exists():
            path.write_text(f"{path.read_text(encoding='utf-8')}\n{block.text}", encoding="utf-8")
        else:
            path.write_text(block.text, encoding="utf-8")


@pytest.mark.parametrize("walk", WALKS)
def test_what_a_walk_changes_is_there_and_well_formed(walk: str, clone: Path) -> None:
    """And stays so: in the style of the house."""
    follow(walk, clone)
    call(clone, ".venv/bin/ruff", "check", "--quiet", ".")
    call(clone, ".venv/bin/ruff", "format", "--check", "--quiet", ".")


@pytest.mark.slow
@pytest.mark.parametrize("walk", WALKS)
def test_a_walk_leads_where_it_says(walk: str, clone: Path) -> None:
    """All that it calls ends well, and would not without what it writes."""
    calls = list(
        chain.from_iterable(block.text.splitlines() for block in blocks(part(REFERENCE, walk), "sh"))
    )
    assert calls
    assert all(line.startswith(".venv/bin/") for line in calls)
    follow(walk, clone)
    for line in calls:
        call(clone, "sh", "-c", line)
