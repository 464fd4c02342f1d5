"""A small file may inflate to any size: what is too large is refused before it takes all memory."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import zstandard

from cleaner.reading import cutting, pieces
from tests.reading.support import input_file, read, write

if TYPE_CHECKING:
    from pathlib import Path

MEASURE = """
import collections, json, sys
from pathlib import Path
from cleaner.reading import cutting, pieces, recognize, records
def peak():  # not that of getrusage, which begins with the memory of who started this process
    [line] = [line for line in open("/proc/self/status") if line.startswith("VmHWM:")]
    return int(line.split()[1]) << 10
path = Path(sys.argv[1])
cutting.LARGEST_ARRAY = limit = cutting.LARGEST_RECORD
before = peak()
found = collections.deque((
    (record.error and record.error.rule, len(record.data), record.number)
    for piece in pieces(recognize(path, path.name), "utf-8")
    for record in records(piece)
), 2)
print(json.dumps([list(found), (peak() - before) / limit]))
"""
"""Print what is read last of a file, and how much memory it takes, as a share of the limit of a record."""


def bomb(path: Path, *parts: tuple[bytes, int]) -> Path:
    """Write each of *parts* so many times to *path*, packed as its name says."""
    with path.open("wb") as file:
        packed: Any = file
        if path.suffix == ".zst":
            packed = zstandard.ZstdCompressor().stream_writer(file)
        elif path.suffix == ".gz":
            packed = gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1)
        with packed:
            for part, times in parts:
                packed.write(part * times)
    return path


LARGE, SMALLER = 300_000_000, 250_000_000
REFUSED = ["too-large", 4096]


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /proc")
@pytest.mark.parametrize(
    ("name", "parts", "expected"),
    [
        ("a.json.zst", [(b'[{"text":"', 1), (b"a", LARGE)], [[*REFUSED, 0]]),
        ("a.jsonl.gz", [(b'{"text":"b"}\n{"text":"', 1), (b"a", LARGE)], [[None, 12, 1], [*REFUSED, 2]]),
        ("a.jsonl.zst", [(b"\xff\xfe", 1), (b"a", LARGE)], [[*REFUSED, 1]]),
        ("a.txt.zst", [(b"a", LARGE)], [[*REFUSED, 0]]),
        ("a.json.zst", [(b"\xef\xbb\xbf", 1), (b" ", SMALLER)], [[None, SMALLER, 0]]),
        ("a.json", [(b"[", 1), (b"0,", 3_000_000)], [[None, 1, 2_999_999], [None, 1, 3_000_000]]),
    ],
)
def test_what_inflates_too_far_takes_no_more_than_its_limit(
    tmp_path: Path, name: str, parts: list[tuple[bytes, int]], expected: list[list[object]]
) -> None:
    """And a fifth of that; so does what is just below it."""
    path = bomb(tmp_path / name, *parts)
    program = [sys.executable, "-c", MEASURE, str(path)]
    found, share = json.loads(subprocess.run(program, capture_output=True, check=True).stdout)
    assert found == expected
    assert share < 1.2


@pytest.mark.parametrize("content", [b'[1,"bbbbb    bbbbb",{"c":1}]', b' {"b": "bbbbbb  bbb"} '])
def test_no_process_is_sent_more_of_a_record_than_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    """Of what is too large; and it stays one record, wherever its beginning is cut."""
    monkeypatch.setattr(cutting, "LARGEST_RECORD", 10)
    monkeypatch.setattr(cutting, "BLOCK", 8)
    path = write(tmp_path / "a.json", content)
    whole = [data for data in content[1:-1].split(b",") if data]
    for shown in range(1, 10):
        monkeypatch.setattr(cutting, "SHOWN", shown)
        assert max(len(piece.data) for piece in pieces(input_file(path), "utf-8")) < 10
        found = read(path)
        assert [record.error and record.error.rule for record in found] == (
            [None, "too-large", None] if len(whole) > 1 else ["too-large"]
        )
        [refused] = [record for record in found if record.error]
        assert refused.data == content[refused.offset :][:shown]
