"""What a run made that wrote to an index can be made again: the same bytes, and the index stays."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from cleaner.engine.dedup import dedup
from cleaner.engine.run import run
from cleaner.errors import InputError, NothingToDo
from cleaner.options import Options
from tests.engine.corpus import article, rows, write_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cleaner.engine.report import Report

WEEKS = ((range(30), ()), (range(30, 50), (3, 4)), (range(50, 60), (5, 31)))
"""Numbers of articles of a week: new ones, and reprints of earlier ones."""
# With ARABIC LETTER KEHEH in «مكتب».
EVENING = (
    "تصدر هذه النشرة كل مساء عن م\u06a9تب الصحيفة في الميناء القديم وتوزع على المشتركين وحدهم بلا مقابل."
)


def files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files in *folder*, without what a run cost."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    contents = {str(path.relative_to(folder)): path.read_bytes() for path in paths}
    if "report.json" in contents:
        report = json.loads(contents["report.json"])
        del report["run"]
        contents["report.json"] = json.dumps(report).encode()
    return contents


def week(folder: Path, number: int) -> Path:
    """Write the articles of a week, all of one paper."""
    new, old = WEEKS[number]
    records = [{"id": f"{number}-{n}", "site": "s", "text": f"{article(n)}\n{EVENING}"} for n in (*new, *old)]
    return write_lines(folder / f"week{number}.jsonl", [*records, b"{broken"])


@pytest.mark.parametrize("command", [run, dedup])
def test_a_lost_folder_is_made_again(tmp_path: Path, command: Callable[..., Report]) -> None:
    """Of any week, whatever was added since: what it was compared with is known."""
    index, outs = tmp_path / "index", [tmp_path / f"out{number}" for number in range(3)]
    pairs = [tmp_path / f"pairs{number}.jsonl" for number in range(3)]
    for number, out in enumerate(outs):
        against = [index] if number else []
        command([week(tmp_path, number)], out, Options(), against=against, index=index, pairs=pairs[number])
    made, indexed = [files(out) for out in outs], files(index)
    listed = [path.read_bytes() for path in pairs]
    assert [len(rows(out / "duplicates.jsonl")) for out in outs] == [0, 2, 2]
    for number, out in enumerate(outs):
        shutil.rmtree(out)
        pairs[number].unlink()
        raws, beside = [week(tmp_path, number)], pairs[number]
        command(raws, out, Options(), against=[index], index=index, pairs=beside, jobs=2)
        assert files(out) == made[number]
        assert files(index) == indexed
    assert [path.read_bytes() for path in pairs] == listed


@pytest.mark.parametrize("lost", ["clean.jsonl", "edits.jsonl", "report.json", "pairs.jsonl"])
def test_a_lost_file_is_made_again(tmp_path: Path, lost: str) -> None:
    """The others are there; when all are, nothing is to be done."""
    index, out = tmp_path / "index", tmp_path / "out"
    raw, pairs = week(tmp_path, 0), out / "pairs.jsonl"
    run([raw], out, Options(), index=index, pairs=pairs)
    before = files(out)
    (out / lost).unlink()
    run([raw], out, Options(), against=[index], index=index, pairs=pairs)
    assert files(out) == before
    with pytest.raises(NothingToDo):
        run([raw], out, Options(), against=[index], index=index, pairs=pairs)


def test_another_corpus_is_not_made_in_place_of_the_lost(tmp_path: Path) -> None:
    """Other options would keep other texts, of which the index says nothing."""
    index, out = tmp_path / "index", tmp_path / "out"
    run([week(tmp_path, 0)], out, Options(), index=index)
    before = files(tmp_path)
    for options in Options(minimum_words=100), Options(without=("look-alikes",)):
        with pytest.raises(InputError, match="give the options, and the other indexes, of the first time"):
            run([week(tmp_path, 0)], tmp_path / "other", options, against=[index], index=index)
    assert files(tmp_path) == before
