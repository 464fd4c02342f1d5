"""`cleaner plan` tells from a sample what a run then needs."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
import pytest

from cleaner.commands import cleaner
from cleaner.engine.plan import plan
from cleaner.engine.run import run
from cleaner.options import Options
from tests.engine.corpus import article, write_lines


@pytest.mark.parametrize("compressed", [False, True])
def test_a_sample_tells_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, compressed: bool
) -> None:
    """Documents and output within a fifth, memory and time as an upper bound and above nothing."""
    raw = write_lines(tmp_path / "raw/a.jsonl", ({"id": n, "text": article(n, 200)} for n in range(2000)))
    if compressed:
        import zstandard  # noqa: PLC0415 - only here

        Path(f"{raw}.zst").write_bytes(zstandard.compress(raw.read_bytes()))
        raw.unlink()
    monkeypatch.setattr("cleaner.engine.plan.SAMPLE", 1 << 19)
    needed = plan([tmp_path / "raw"], Options(), jobs=1, clean=True)
    run([tmp_path / "raw"], tmp_path / "out", Options())
    cost = json.loads((tmp_path / "out/report.json").read_bytes())["run"]
    written = sum(path.stat().st_size for path in (tmp_path / "out").iterdir())
    assert needed.files == 1
    assert needed.documents == pytest.approx(2000, rel=0.2)
    assert needed.output == pytest.approx(written, rel=0.2)
    assert needed.memory < 4 * 1024 * cost["peak_memory_kb"]
    assert needed.temporary > 0
    assert needed.cpu_seconds > 0
    alone = plan([tmp_path / "raw"], Options(), jobs=1, clean=False)
    assert alone.documents == needed.documents


def test_the_command_says_it_in_four_lines(tmp_path: Path) -> None:
    """Of both commands; nothing is written."""
    raw = write_lines(tmp_path / "raw/a.jsonl", ({"text": article(n)} for n in range(20)))
    for arguments in ([], ["--dedup", "--permutations", "64", "--bands", "16"]):
        shown = CliRunner().invoke(cleaner, ["plan", str(raw), "--jobs", "2", *arguments])
        assert shown.exit_code == 0, shown.output
        assert shown.output.startswith("input      20 documents in 1 files")
        assert [line.split()[0] for line in shown.output.splitlines()] == ["input", "memory", "disk", "time"]
    assert [path.name for path in tmp_path.iterdir()] == ["raw"]
