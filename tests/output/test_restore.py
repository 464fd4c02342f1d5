"""Whatever a run did to a text, its outputs suffice to undo it."""

from __future__ import annotations

import hashlib
from itertools import islice
import json
from pathlib import Path
from typing import Any

import pytest
import zstandard

from cleaner.engine.run import run
from cleaner.errors import InputError
from cleaner.options import Options
from cleaner.output.restore import restore

CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpus" / "news.jsonl.zst"

BODY = (
    "دشنت شركة النقل في العاصمة خطا جديدا للحافلات الكهربائية يربط الضاحية الغربية بوسط المدينة.\n"
    "ويعمل على الخط عشرون سائقا تدربوا ثلاثة أشهر على قيادة الحافلات وصيانتها اليومية."
)
TEXTS = {
    "plain": BODY,
    "furnished": f"{BODY}\nاقرأ أيضا: معرض للزهور في الحديقة العامة\nشارك على فيسبوك",
    "letters": BODY.replace("\u064a", "\u06cc"),  # FARSI YEH for YEH
    "invisible": BODY.replace(" ", "\u00a0", 5).replace(
        "\u0629", "\u0629\u200f"
    ),  # NO-BREAK SPACE, RIGHT-TO-LEFT MARK
    "stub": "خبر قصير",
    "empty": "",
    "lines": f"\r\n\r\n{BODY}\r\n \r\n",
    "odd": "\u0000\ufeff\ud83d\ude00\u2028".encode("utf-16", "surrogatepass").decode("utf-16") + BODY,
    "second": f"{BODY}\nإقرأ أيضاً\nافتتاح مكتبة الأطفال\n"
    + BODY.replace("الحافلات", "القطارات").replace("خط", "طريق"),
}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return the folder of a run over all `TEXTS`."""
    (tmp_path / "raw").mkdir()
    lines = [json.dumps({"id": name, "text": text}) for name, text in TEXTS.items()]
    (tmp_path / "raw/a.jsonl").write_text(
        "\n".join([*lines, "{broken", json.dumps({"id": "plain", "text": BODY})])
    )
    run([tmp_path / "raw"], tmp_path / "out", Options())
    return tmp_path / "out"


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_every_raw_text_comes_back(out: Path) -> None:
    """Of the kept, the dropped and the rejected, and of second articles too."""
    restored = {document.id: document.text for document in restore(out)}
    assert restored.items() >= TEXTS.items()
    assert restored["a:11"] == BODY
    edits = rows(out / "edits.jsonl")
    assert list(restored) == [row["id"] for row in edits]
    for row in edits:
        assert hashlib.sha256(str(restored[row["id"]]).encode()).hexdigest() == row["sha256"]


def test_something_was_there_to_undo(out: Path) -> None:
    """The test above would be worth nothing on texts that nobody touches."""
    edited = {row["id"] for row in rows(out / "edits.jsonl") if any(r["edits"] for r in row["revisions"])}
    assert {"furnished", "invisible"} <= edited
    assert rows(out / "duplicates.jsonl")


def test_a_text_that_was_changed_after_the_run_is_reported(out: Path) -> None:
    """And the others still come back."""
    kept = rows(out / "clean.jsonl")
    kept[0]["text"] += "."
    (out / "clean.jsonl").write_text("".join(json.dumps(row) + "\n" for row in kept))
    failed = [document for document in restore(out) if document.text is None]
    assert [document.id for document in failed] == [kept[0]["id"]]
    assert "changed after the run" in failed[0].error


def test_a_row_that_was_taken_away_is_reported(out: Path) -> None:
    """And the rows behind it still find theirs."""
    lines = (out / "clean.jsonl").read_bytes().splitlines(keepends=True)
    (out / "clean.jsonl").write_bytes(b"".join(lines[1:]))
    failed = [document for document in restore(out) if document.text is None]
    assert [document.id for document in failed] == [json.loads(lines[0])["id"]]
    assert "stands in no file" in failed[0].error


@pytest.mark.parametrize("name", ["edits.jsonl", "clean.jsonl"])
def test_a_row_that_was_damaged_is_named(out: Path, name: str) -> None:
    """By file and line, in one message."""
    damaged = (out / name).read_bytes().replace(b'"after":', b'"aftr":').replace(b'"source":', b'"source"', 1)
    (out / name).write_bytes(damaged)
    with pytest.raises(InputError, match=rf"{name}:\d+: this row was damaged after the run"):
        list(restore(out))


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not here")
def test_real_articles_come_back(tmp_path: Path) -> None:
    """Three thousand of them, from two processes, with the bytes of one."""
    with zstandard.open(CORPUS, "rt", encoding="utf-8") as stream:
        lines = list(islice(stream, 3_000))
    (tmp_path / "a.jsonl").write_text("".join(lines), encoding="utf-8")
    for jobs in (1, 2):
        run([tmp_path / "a.jsonl"], tmp_path / f"out{jobs}", Options(), jobs=jobs)
    for name in ("clean.jsonl", "duplicates.jsonl", "edits.jsonl", "rejects.jsonl"):
        assert (tmp_path / "out1" / name).read_bytes() == (tmp_path / "out2" / name).read_bytes()
    restored = {document.id: document.text for document in restore(tmp_path / "out2")}
    given = [json.loads(line) for line in lines]
    assert [restored[record["id"]] for record in given] == [record["text"] for record in given]


def test_a_folder_that_holds_no_run_is_an_error(tmp_path: Path) -> None:
    """The message asks the question."""
    with pytest.raises(InputError, match="is this the folder of a run"):
        list(restore(tmp_path))
