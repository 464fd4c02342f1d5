"""`cleaner check`: what it prints, what it changes, what it returns."""

from __future__ import annotations

import gzip
import json
from operator import attrgetter
from pathlib import Path
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from click.testing import CliRunner
import pytest

from cleaner.commands import cleaner

if TYPE_CHECKING:
    from click.testing import Result

FIXTURES = Path(__file__).parents[2] / "fixtures"

CLEAN = "أعلنت البلدية موعد افتتاح السوق الجديد، ودعت التجار إلى تسجيل أسمائهم قبل نهاية الشهر."
KEHEH = CLEAN.replace("أسمائهم", "أسمائهم الش\u06a9ر")  # ARABIC LETTER KEHEH in «الشكر»
MENDED = KEHEH.replace("\u06a9", "\u0643")
TAIL = "\nاقرأ أيضا: افتتاح سوق السمك في الميناء"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder in which commands run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*arguments: str | Path) -> Result:
    """Run `cleaner check`."""
    return CliRunner().invoke(cleaner, ["check", *map(str, arguments)], prog_name="cleaner")


def write_rows(path: Path, *texts: str) -> None:
    """Write a document a line."""
    rows = (json.dumps({"id": number, "text": text}, ensure_ascii=False) for number, text in enumerate(texts))
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def test_a_clean_file_is_silent(folder: Path) -> None:
    """Nothing to say, exit code 0, nothing written; only when the file was read last may have changed."""
    (folder / "a.txt").write_text(CLEAN, encoding="utf-8")
    state = attrgetter("st_ino", "st_mode", "st_size", "st_mtime_ns", "st_ctime_ns")
    before = state((folder / "a.txt").stat())
    for arguments in ((), ("--fix",), ("--diff",)):
        result = check("a.txt", *arguments)
        assert (result.output, result.exit_code) == ("", 0)
    assert state((folder / "a.txt").stat()) == before


def test_white_space_and_carriage_returns_are_no_findings(folder: Path) -> None:
    """Trailing spaces, NO-BREAK SPACE, tabs, blank lines and Windows line ends stay."""
    text = f"\ufeff{CLEAN}  \r\n\r\n\r\n\t{CLEAN.replace(' ', chr(0xA0), 1)[:40]}\u00a0\r\n"
    (folder / "a.txt").write_bytes(text.encode())
    result = check("--only", "letters,boilerplate", "--fix", "a.txt")
    assert (result.output, result.exit_code) == ("", 0)
    assert (folder / "a.txt").read_bytes() == text.encode()


@pytest.mark.parametrize("name", ["persian-library.txt", "urdu-bridge.txt"])
def test_other_languages_are_left_alone(name: str) -> None:
    """A Persian or Urdu text has no foreign letters."""
    assert check(FIXTURES / "raw" / "foreign" / name).exit_code == 0


def test_a_text_file_is_reported_by_line_and_column(folder: Path) -> None:
    """LINE is the file's, COLUMN the code point in the line, both from 1."""
    (folder / "a.txt").write_text(f"{CLEAN}\n\n{KEHEH}{TAIL}\n", encoding="utf-8")
    result = check("a.txt")
    column = KEHEH.index("\u06a9") + 1
    first, second = result.output.splitlines()
    assert first.startswith(f"a.txt:3:{column} look-alikes.keheh ")
    assert second.startswith("a.txt:4:1 related.read-also ")
    assert result.exit_code == 1


def test_a_record_is_reported_by_its_line_and_the_column_in_its_text(folder: Path) -> None:
    """COLUMN counts code points of the text, not characters of the JSON before it."""
    write_rows(folder / "a.jsonl", CLEAN, f"{CLEAN}\n{KEHEH}")
    column = len(CLEAN) + 1 + KEHEH.index("\u06a9") + 1
    assert check("--only=letters", "a.jsonl").output.startswith(f"a.jsonl:2:{column} look-alikes.keheh ")


def test_the_checks_can_be_made_apart(folder: Path) -> None:
    """So that each pre-commit hook reports its own."""
    write_rows(folder / "a.jsonl", KEHEH + TAIL, MENDED)
    rules = {
        only: {line.split()[1].split(".")[0] for line in check("--only", only, "a.jsonl").output.splitlines()}
        for only in ("letters", "boilerplate", "duplicates", "letters,boilerplate")
    }
    assert rules == {
        "letters": {"look-alikes"},
        "boilerplate": {"related"},
        "duplicates": {"duplicates"},
        "letters,boilerplate": {"look-alikes", "related"},
    }


def test_fixing_keeps_every_other_byte_of_a_jsonl_file(folder: Path) -> None:
    """Key order, spacing, escapes, broken lines and line ends stay; only the text changes."""
    escaped = json.dumps(f"{KEHEH}\u00e9{TAIL}", ensure_ascii=True)
    lines = [
        '{ "id" : 1,"text":' + escaped + ',   "z":[1.0, 2e3,"a\\/b"]}\r',
        '{"id": 2, "text": "' + CLEAN + '"}',
        '{"id": 3, "text": "broken',
        "",
        '{"title": "' + KEHEH + '", "text": "' + KEHEH + '"}',
    ]
    path = folder / "a.jsonl"
    path.write_bytes("\n".join(lines).encode())
    path.chmod(0o640)
    result = check("--fix", "--only=letters,boilerplate", path.name)
    assert result.exit_code == 1
    assert "Fixing a.jsonl" in result.output.splitlines()
    assert "a.jsonl:3:1 bad-json" in result.output
    fixed = path.read_bytes().decode().split("\n")
    text = json.dumps(f"{MENDED}\u00e9", ensure_ascii=True)
    assert fixed[0].replace('\\n"', '"') == lines[0].replace(escaped, text)
    assert fixed[1:4] == lines[1:4]
    assert fixed[4] == '{"title": "' + KEHEH + '", "text": "' + MENDED + '"}'
    assert path.stat().st_mode & 0o777 == 0o640
    assert [entry.name for entry in folder.iterdir()] == ["a.jsonl"]


def test_a_second_fix_changes_nothing(folder: Path) -> None:
    """What is left is what no program should decide."""
    shutil.copytree(FIXTURES / "raw", folder / "raw")
    assert check("--fix", "raw").exit_code == 1
    after = {path: path.read_bytes() for path in (folder / "raw").rglob("*.*")}
    second = check("--fix", "raw")
    assert "Fixing" not in second.output
    assert after == {path: path.read_bytes() for path in (folder / "raw").rglob("*.*")}
    assert {line.split()[1].split(".")[0] for line in second.output.splitlines()} >= {
        "duplicates",
        "bad-json",
    }


def test_a_second_article_is_reported_and_never_fixed(folder: Path) -> None:
    """It stays in the file with its marker."""
    shutil.copy(FIXTURES / "raw" / "aggregator" / "port-berths.txt", folder / "a.txt")
    result = check("--fix", "a.txt")
    text = (folder / "a.txt").read_text(encoding="utf-8")
    assert "a second article stands here" in result.output
    assert "إقرأ أيضاً:\nفرق الإنقاذ تخلي قريتين" in text
    assert "تاريخ النشر" not in text


def test_compressed_files_are_reported_and_never_fixed(folder: Path) -> None:
    """Nobody reviews a diff of them."""
    content = gzip.compress(json.dumps({"text": KEHEH}).encode(), mtime=0)
    (folder / "a.jsonl.gz").write_bytes(content)
    result = check("--fix", "a.jsonl.gz")
    assert "look-alikes.keheh" in result.output
    assert "Fixing" not in result.output
    assert result.exit_code == 1
    assert (folder / "a.jsonl.gz").read_bytes() == content


def test_a_link_to_a_file_stays_a_link(folder: Path) -> None:
    """The file behind it is fixed."""
    (folder / "real.txt").write_text(KEHEH, encoding="utf-8")
    (folder / "link.txt").symlink_to("real.txt")
    check("--fix", "link.txt")
    assert (folder / "link.txt").is_symlink()
    assert (folder / "real.txt").read_text(encoding="utf-8") == MENDED


def test_a_diff_says_what_fix_would_do_and_does_not_do_it(folder: Path) -> None:
    """The diff goes to standard output, what it does not cover to standard error."""
    (folder / "a.txt").write_text(f"{CLEAN}\n{KEHEH}\n", encoding="utf-8")
    result = check("--diff", "a.txt")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-3:] == [f" {CLEAN}", f"-{KEHEH}", f"+{MENDED}"]
    assert result.stderr == ""
    assert KEHEH in (folder / "a.txt").read_text(encoding="utf-8")


def test_duplicates_name_the_document_they_repeat(folder: Path) -> None:
    """Among all files given, by the same law as in a run."""
    shutil.copytree(FIXTURES / "raw", folder / "raw")
    result = check("--only=duplicates", "raw/gulf-daily.jsonl", "raw/one-line/fishing-season.txt")
    [line] = result.output.splitlines()
    assert line.startswith("raw/gulf-daily.jsonl:8:1 duplicates.")
    assert "repeats raw/one-line/fishing-season.txt:1" in line
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--only=leters", "a.txt"], "unknown check 'leters': did you mean 'letters'?"),
        (["missing.txt"], "missing.txt"),
        (["a.csvx"], "only .txt"),
        (["a.jsonl"], "fields seen: headline"),
        (["--threshold=2", "a.txt"], "threshold"),
        ([], "FILE..."),
    ],
)
def test_a_call_that_makes_no_sense_exits_with_2(folder: Path, arguments: list[str], message: str) -> None:
    """And says why."""
    (folder / "a.txt").write_text(CLEAN, encoding="utf-8")
    (folder / "a.csvx").write_text(CLEAN, encoding="utf-8")
    (folder / "a.jsonl").write_text('{"headline": "خبر"}\n', encoding="utf-8")
    result = check(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_file_without_texts_is_a_finding_among_others(folder: Path) -> None:
    """It hides nothing that the others hold."""
    (folder / "a.jsonl").write_text('{"headline": "خبر"}\n' * 3, encoding="utf-8")
    (folder / "b.txt").write_text(KEHEH, encoding="utf-8")
    result = check("a.jsonl", "b.txt")
    first, second = result.stdout.splitlines()
    assert first.startswith("a.jsonl:1:1 no-text no text field in its first 3 records; fields seen: headline")
    assert second.startswith("b.txt:1:")
    assert result.exit_code == 1
    before = (folder / "a.jsonl").read_bytes()
    check("--fix", "a.jsonl", "b.txt")
    assert (folder / "a.jsonl").read_bytes() == before


def test_what_cleaner_wrote_is_left_out(folder: Path) -> None:
    """So a hook whose folders hold a corpus, pairs or an index looks at what people wrote."""
    shutil.copytree(FIXTURES / "raw", folder / "raw")
    (folder / "data").mkdir()
    search = ["--pairs", "data/near.jsonl", "--index", "data/index", "--jobs", "1"]
    for command in (["run", "raw", "data/corpus"], ["dedup", "raw", "data/unique", *search]):
        assert CliRunner().invoke(cleaner, command).exit_code == 0
    written = [path for path in Path("data").rglob("*.json*") if path.stat().st_size]
    assert {path.name for path in written} >= {"edits.jsonl", "rejects.jsonl", "entries.jsonl", "near.jsonl"}
    result = check("--fix", *written)
    assert (result.exit_code, result.stdout) == (0, "")
    assert all(f"cleaner: {path}: written by cleaner, and left out\n" in result.stderr for path in written)
    (folder / "data/a.txt").write_text(KEHEH, encoding="utf-8")
    assert check("data").stdout.startswith("data/a.txt:1:")


def test_one_file_is_checked_without_datasketch(folder: Path) -> None:
    """A hook that waits for it on every commit is soon removed; numpy reads pages."""
    (folder / "a.txt").write_text(KEHEH + TAIL, encoding="utf-8")
    write_rows(folder / "b.jsonl", CLEAN, CLEAN)
    program = (
        "import sys; from cleaner.commands import main\n"
        "try: main()\n"
        "except SystemExit: print(*{'datasketch'} & set(sys.modules), file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, "check", "a.txt", "b.jsonl"]
    process = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "duplicates.exact" in process.stdout
    assert process.stderr == "\n"
