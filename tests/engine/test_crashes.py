"""What a crash, a race or any bytes at all cannot do to the files of a run."""

from __future__ import annotations

import gzip
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest
import zstandard

import cleaner.engine.run
from cleaner.engine.run import run
import cleaner.engine.search
from cleaner.errors import InputError
from cleaner.options import Options
from cleaner.output.atomic import whole_file
from tests.engine.corpus import OUTPUTS, article, outputs, write_lines

if TYPE_CHECKING:
    from pathlib import Path


PIECES = [
    b'{"text":',
    b'"',
    b"\\",
    b"}",
    b"[",
    b"]",
    b",",
    b"\n",
    b" ",
    b"1",
    b"\\ud800",
    b"\xd8\xa7",
    b"\xff",
    b"\0",
]
PIECES += [
    b'{"text": "\xd8\xa7\xd8\xa8"}',
    b'{"id": 1, "text": "x", "metadata": 2}',
    b"null",
    b"\xff\xfe",
    b"#2",
]


KILLED = """
import os, pathlib, signal, sys
from cleaner.options import Options
from cleaner.engine.run import run
def watch(phase, done, total):
    if phase == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)
run([pathlib.Path(sys.argv[1])], pathlib.Path(sys.argv[2]), Options(), watch=watch)
"""


def test_a_name_may_be_as_long_as_names_can_be(tmp_path: Path) -> None:
    """The temporary one has its own length."""
    path = tmp_path / ("a" * 249 + ".jsonl")
    with whole_file(path) as stream:
        stream.write(b"whole")
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [(path.name, b"whole")]


def test_a_run_killed_over_its_pairs_does_not_stop_the_next(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until they are whole, pairs for OUT stand in the work folder."""

    def killed(_: object, path: Path, *__: object) -> None:
        assert path.parent.name == ".cleaner-work"
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(cleaner.engine.search.SearchResult, "write_pairs", killed)
        with pytest.raises(KeyboardInterrupt):
            run([raw], tmp_path / "out", Options(), pairs=tmp_path / "out/pairs.jsonl")
    run([raw], tmp_path / "out", Options())


RACE = """
import pathlib, sys
from cleaner.errors import InputError
from cleaner.output.folder import work_folder
out = pathlib.Path(sys.argv[1])
won = 0
for _ in range(int(sys.argv[2])):
    try:
        with work_folder(out, [], "run") as work:
            for _ in range(10):
                (work / "drafts").write_bytes(b"ours")
                assert (work / "drafts").read_bytes() == b"ours"
                (work / "drafts").unlink()
            won += 1
    except InputError as error:
        assert "another run is writing there" in str(error), error
assert won
"""


def test_runs_that_start_and_end_together_do_not_harm_each_other(tmp_path: Path) -> None:
    """Who loses the race for OUT leaves alone what the winner writes there."""
    program = [sys.executable, "-c", RACE, str(tmp_path / "out"), "300"]
    racers = [subprocess.Popen(program, stderr=subprocess.PIPE) for _ in range(3)]
    assert [racer.communicate(timeout=60)[1] for racer in racers] == [b""] * 3
    assert not list(tmp_path.glob("out/*"))


@pytest.mark.parametrize("phase", ["reading", "writing"])
def test_a_killed_run_leaves_the_files_of_the_one_before(raw: Path, tmp_path: Path, phase: str) -> None:
    """And the next one succeeds."""
    run([raw], tmp_path / "out", Options())
    before = outputs(tmp_path / "out")
    write_lines(raw / "more.jsonl", [{"text": article(500)}])
    killed = subprocess.run([sys.executable, "-c", KILLED, raw, tmp_path / "out", phase], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (tmp_path / "out/.cleaner-work").exists()
    assert outputs(tmp_path / "out") == before
    run([raw], tmp_path / "out", Options())
    assert outputs(tmp_path / "out") != before
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted((*OUTPUTS, "report.json"))


def test_two_runs_do_not_write_to_one_place(raw: Path, tmp_path: Path) -> None:
    """The second is refused while the first is at work."""

    def watch(phase: str, done: int, total: int) -> None:  # noqa: ARG001 - the signature of a watcher
        with pytest.raises(InputError, match="another run"):
            run([raw], tmp_path / "out", Options())

    run([raw], tmp_path / "out", Options(), watch=watch)
    assert (tmp_path / "out/report.json").exists()


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.jsonl", "a.jsonl.gz", "a.json.zst"])
@given(st.binary(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join))
@settings(max_examples=25, deadline=None)
def test_no_bytes_can_crash_a_run(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    """They are read, refused as records, or refused as a file without texts."""
    folder = tmp_path_factory.mktemp("bytes")
    pack = gzip.compress if name.endswith(".gz") else zstandard.compress if name.endswith(".zst") else bytes
    (folder / name).write_bytes(pack(content) if content[:1] > b"@" else content)
    try:
        report = run([folder], folder.with_name(f"{folder.name}-out"), Options(without=("near-duplicates",)))
    except InputError:
        return
    assert report.documents["records"] == report.documents["bad"] + report.documents["read"]
    assert report.counts["bad records", "internal-error"] == 0


def test_a_record_of_many_megabytes_is_read(tmp_path: Path) -> None:
    """A line may be longer than any block."""
    text = "\n".join(article(n) for n in range(5_000))
    write_lines(
        tmp_path / "raw/a.jsonl",
        [{"text": article(1)}, {"id": "x", "text": "", "html": text}, b"{" * 2_000_000],
    )
    report = run([tmp_path / "raw"], tmp_path / "out", Options(without=("near-duplicates",)))
    assert report.documents["records"] == 3


def test_what_a_killed_process_left_beside_a_file_goes(tmp_path: Path) -> None:
    """But not what a living one is writing, nor what is no such file."""
    program = "import os, sys, signal, pathlib; from cleaner.output.atomic import whole_file\n"
    program += "with whole_file(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    subprocess.run([sys.executable, "-c", program, tmp_path / "file"], check=False)
    (left,) = tmp_path.iterdir()
    other = tmp_path / ".cleaner-notes.partial"
    other.touch()
    alive = left.with_name(left.name.replace(left.name.split("-")[1], "1"))
    alive.touch()
    with whole_file(tmp_path / "file") as stream:
        stream.write(b"whole")
    assert sorted(tmp_path.iterdir()) == sorted([other, alive, tmp_path / "file"])


def test_a_damaged_file_is_one_bad_record_to_several_processes(tmp_path: Path) -> None:
    """What could be read of it is read; there are as many other files as make processes start."""
    whole = gzip.compress(b"".join(b'{"text": "%d"}\n' % n for n in range(5_000)))
    for n in range(3):
        write_lines(
            tmp_path / f"raw/{n}.jsonl", [{"text": article(m)} for m in range(1000 * n, 1000 * n + 500)]
        )
    (tmp_path / "raw/9.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    seen = [run([tmp_path / "raw"], tmp_path / f"out{jobs}", Options(), jobs=jobs) for jobs in (1, 2)]
    assert [report.counts["bad records", "damaged"] for report in seen] == [1, 1]
    assert outputs(tmp_path / "out1") == outputs(tmp_path / "out2")
