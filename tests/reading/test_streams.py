"""Compressed, damaged, empty and unreadable files."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from cleaner.errors import RecordError
from cleaner.reading.streams import blocks
from tests.reading.support import data, input_file, packed, read, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst"])
def test_compressed_files_may_have_several_parts(tmp_path: Path, name: str) -> None:
    """`cat a.gz b.gz` is a valid file."""
    path = write(tmp_path / name, packed(name, b'{"n":1}\n') + packed(name, b'{"n":2}\n'))
    assert data(path) == [b'{"n":1}', b'{"n":2}']


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst"])
@pytest.mark.parametrize("damage", ["cut", "overwritten", "trailing garbage"])
def test_a_damaged_file_gives_what_can_be_read_of_it(tmp_path: Path, name: str, damage: str) -> None:
    """The whole records before the damage are kept; the rest is one bad record that says why."""
    lines = [json.dumps({"n": n, "noise": os.urandom(30).hex()}).encode() for n in range(20_000)]
    stored = bytearray(packed(name, b"\n".join(lines)))
    if damage == "cut":
        del stored[len(stored) // 2 :]
    elif damage == "overwritten":
        stored[len(stored) // 2 : len(stored) // 2 + 50] = b"\0" * 50
    else:
        stored += b"garbage"
    found = read(write(tmp_path / name, bytes(stored)))
    assert isinstance(found[-1].error, RecordError)
    assert found[-1].error.rule == "damaged"
    whole = [record.data for record in found[:-1]][:8_000]  # gzip sees overwritten bytes only at its end
    assert whole == lines[: len(whole)]
    assert whole


@pytest.mark.parametrize(
    "name", ["a.txt.gz", "a.txt.zst", "a.jsonl.gz", "a.jsonl.zst", "a.jsonl", "a.json.gz"]
)
def test_an_empty_file_is_no_error_of_reading(tmp_path: Path, name: str) -> None:
    """Not even a compressed one."""
    path = write(tmp_path / name, b"")
    assert b"".join(blocks(input_file(path))) == b""
    assert all(record.error is None for record in read(path))


def test_an_unreadable_file_is_one_bad_record(tmp_path: Path) -> None:
    """A broken link stands for all that cannot be opened."""
    (tmp_path / "a.jsonl").symlink_to(tmp_path / "gone")
    (record,) = read(tmp_path / "a.jsonl")
    assert record.error is not None
    assert record.error.rule == "unreadable"
