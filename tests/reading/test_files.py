"""Which files are read, in which order, and how their records are named."""

from __future__ import annotations

import os
from pathlib import Path
import subprocess

import pytest

from cleaner.errors import InputError
from cleaner.reading import find_files, recognize
from tests.reading.support import places, write


def test_folders_are_searched_through_and_sorted_by_path(tmp_path: Path) -> None:
    """The order is that of the paths as text, on every machine."""
    for name in ("b.txt", "a/z.jsonl", "a-b/y.json.gz", "c.ndjson.zst"):
        write(tmp_path / name, "")
    assert places(tmp_path) == ["a-b/y.json.gz", "a/z.jsonl", "b.txt", "c.ndjson.zst"]


def test_hidden_and_unknown_files_are_skipped_and_counted(tmp_path: Path) -> None:
    """What is not input is no error."""
    for name in ("a.txt", ".hidden.txt", ".git/b.txt", "readme.md", "table.csv", "noext"):
        write(tmp_path / name, "")
    inputs = find_files([tmp_path])
    assert [file.place for file in inputs.files] == ["a.txt"]
    assert (inputs.hidden, sorted(inputs.unknown)) == (2, ["noext", "readme.md", "table.csv"])


def test_several_folders_put_their_names_before_the_paths(tmp_path: Path) -> None:
    """So that ids from two folders differ; a file is known by its name."""
    for name in ("one/a.txt", "two/a.txt", "b.txt"):
        write(tmp_path / name, "")
    assert places(tmp_path / "one", tmp_path / "two", tmp_path / "b.txt") == [
        "one/a.txt",
        "two/a.txt",
        "b.txt",
    ]
    assert places(tmp_path / "two", tmp_path / "b.txt") == ["a.txt", "b.txt"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    """Otherwise a folder and a file in it would make duplicates."""
    path = write(tmp_path / "a.txt", "")
    inputs = find_files([tmp_path, path])
    assert len(inputs.files) == inputs.repeated == 1


def test_links_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    """A link to a folder above is not followed; one to a file is."""
    write(tmp_path / "sub/a.txt", "")
    (tmp_path / "sub/loop").symlink_to(tmp_path)
    (tmp_path / "sub/self").symlink_to(tmp_path / "sub/self")
    (tmp_path / "sub/b.txt").symlink_to(tmp_path / "sub/a.txt")
    assert places(tmp_path) == ["sub/a.txt", "sub/b.txt"]


def test_links_to_folders_of_links_come_to_an_end(tmp_path: Path) -> None:
    """Each of thirty folders has two links to the next: a thousand million ways lead to the last."""
    for n in range(30):
        (tmp_path / str(n)).mkdir()
        for name in "xy":
            (tmp_path / str(n) / name).symlink_to(tmp_path / str(n + 1))
    write(tmp_path / "30/a.txt", "")
    inputs = find_files([tmp_path])
    assert 1 < len(inputs.files) <= 101
    assert {reason for _, reason in inputs.passed_over} == {"a link to a folder that is read already"}


@pytest.mark.parametrize(("name", "depth"), [("d", 1_100), ("d" * 200, 25)])
def test_folders_may_stand_in_one_another_however_deep(tmp_path: Path, name: str, depth: int) -> None:
    """Deeper than Python has calls; where the system cannot look by such a path, it is told."""
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(os.open("a.txt", os.O_CREAT, dir_fd=here))
    os.close(here)
    try:
        inputs = find_files([tmp_path])
    finally:
        subprocess.run(["rm", "-r", tmp_path / name], check=True)  # Python could not
    is_seen = len(name) == 1
    assert [file.place.count("/") for file in inputs.files] == [depth] * is_seen
    assert [reason for _, reason in inputs.unreadable] == ["File name too long"] * (not is_seen)


def test_what_is_passed_over_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What may hold input: not what has the name of no input."""
    for name in "closed", "sub":
        (tmp_path / name).mkdir()
    (tmp_path / "sub/up").symlink_to("..")
    (tmp_path / "gone").symlink_to("nowhere")
    for name in "pipe.jsonl", "pipe":
        os.mkfifo(tmp_path / name)
    list_folder = os.scandir

    def scandir(folder: Path) -> object:
        if folder.name == "closed":
            raise PermissionError(13, "Permission denied")
        return list_folder(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    inputs = find_files([tmp_path])
    assert inputs.passed_over == [
        (tmp_path / "closed", "Permission denied"),
        (tmp_path / "gone", "a link that leads nowhere"),
        (tmp_path / "pipe.jsonl", "neither a file nor a folder"),
        (tmp_path / "sub/up", "a link to a folder that is read already"),
    ]
    with pytest.raises(InputError, match="gone is a link that leads nowhere"):
        find_files([tmp_path / "gone"])


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    """Reading it would wait for ever."""
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert places(tmp_path) == []
    for name in ("a.txt", "b.txt"):
        with pytest.raises(InputError, match="neither a file nor a folder"):
            find_files([tmp_path / name])


def test_a_place_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    """A typing error must not look like an empty corpus."""
    with pytest.raises(InputError, match="no such file"):
        find_files([tmp_path / "rwa"])


def test_a_file_that_is_named_and_of_no_known_kind_is_an_error(tmp_path: Path) -> None:
    """In a folder it may stand beside the input; who names it wants it read."""
    write(tmp_path / "a.txt", "")
    path = write(tmp_path / "pages.csv", "")
    with pytest.raises(InputError, match=r"pages\.csv: such a file is not read; read are \.txt, .*\.zst"):
        find_files([tmp_path / "a.txt", path])


def test_a_name_that_is_no_unicode_can_be_written(tmp_path: Path) -> None:
    """Places are UTF-8 whatever the file system holds."""
    os.close(os.open(os.fsencode(tmp_path) + b"/\xff.txt", os.O_CREAT))
    assert places(tmp_path) == ["\ufffd.txt"]


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("a/b.txt", "a/b"),
        ("b.jsonl.gz", "b"),
        ("b.v2.json.zst", "b.v2"),
        ("B.TXT", "B"),
        ("b.JSONL.GZ", "b"),
    ],
)
def test_ids_come_from_places_without_the_known_suffixes(name: str, base: str) -> None:
    """Other dots belong to the name."""
    file = recognize(Path(name), name)
    assert file is not None
    assert file.base_id == base
