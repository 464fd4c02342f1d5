"""What a person at the command line gives and gets: options, messages, exit codes, streams."""

from __future__ import annotations

from dataclasses import fields
import json
import os
import re
import signal
import subprocess
import sys
import time
from types import ModuleType
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result
import pytest

from cleaner import __version__
from cleaner.__main__ import main as start
from cleaner.commands import COMMANDS, cleaner
from cleaner.engine import worker
from cleaner.options import Options
from cleaner.records import to_document
from cleaner.rules import names
from cleaner.stages import news_pipeline

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.document import Document
    from cleaner.reading import RawRecord

TEXT = (
    "دشنت شركة النقل في العاصمة خطا جديدا للحافلات الكهربائية يربط الضاحية الغربية بوسط المدينة.\n"
    "ويعمل على الخط عشرون سائقا تدربوا ثلاثة أشهر على قيادة الحافلات وصيانتها اليومية."
)
FURNITURE = "\nشارك على فيسبوك"


def call(*arguments: object) -> Result:
    """Return what `cleaner` with *arguments* did."""
    return CliRunner().invoke(cleaner, [str(argument) for argument in arguments], prog_name="cleaner")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return a folder with one text and one record."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/a.txt").write_text(TEXT + FURNITURE, encoding="utf-8")
    (tmp_path / "raw/b.jsonl").write_text(json.dumps({"id": "b", "text": TEXT}) + "\n")
    return tmp_path / "raw"


# Help


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    """And its first line stands in the list of commands."""
    result = call(command, "--help")
    assert result.exit_code == 0
    assert f"Usage: cleaner {command}" in result.output
    assert f"  {command} " in call("--help").output


@pytest.mark.parametrize("option", [option.name for option in fields(Options)])
def test_every_option_is_on_the_command_line_with_its_default(option: str) -> None:
    """Its help says what it does."""
    output = " ".join(call("run", "--help").output.split())
    name = option.replace("_", "-")
    assert f"--{name}" in output
    default = next(field.default for field in fields(Options) if field.name == option)
    if isinstance(default, bool):
        assert f"[default: {name if default else f'no-{name}'}]" in output
    elif default not in ("", ()):
        assert f"[default: {default}]" in output


def test_the_version_is_told() -> None:
    """On standard output, with the name."""
    assert call("--version").output == f"cleaner {__version__}\n"


# Wrong use


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["rnu"], "did you mean 'run'"),
        (["run", "--treshold", "1", "RAW", "OUT"], "--threshold"),
        (["run", "--keep", "longset", "RAW", "OUT"], "longest"),
        (["run", "--without", "leters", "RAW", "OUT"], "unknown stage 'leters'"),
        (["run", "--threshold", "2", "RAW", "OUT"], "at most 1"),
        (["run", "--encoding", "cp1265", "RAW", "OUT"], "unknown encoding 'cp1265'"),
        *(
            (["run", "--encoding", name, "RAW", "OUT"], "unknown encoding")
            for name in ("rot13", "hex", "zlib", "undefined", "utf\0", "idna", "punycode", "unicode_escape")
        ),
        (["explain", "--encoding", "hex", "b", "RAW"], "unknown encoding"),
        (["run", "--permutations", "0", "RAW", "OUT"], "1 to 4096"),
        (["run", "--permutations", "-128", "RAW", "OUT"], "1 to 4096"),
        (["run", "--permutations", "1000000000", "--bands", "1000000000", "RAW", "OUT"], "1 to 4096"),
        (["run", "--bands", "0", "RAW", "OUT"], "bands must be 1 to 4096"),
        (["run", "--bands", "100", "RAW", "OUT"], "multiple of bands"),
        (["run", "--permutations", "8", "--bands", "32", "RAW", "OUT"], "up to 3 times as many"),
        (["run", "--shingle", "99999999999999999999", "RAW", "OUT"], "1 to 100"),
        (["run", "--minimum-shingles", "99999999999999999999", "RAW", "OUT"], "minimum shingles"),
        (["run", "--recurrence", "99999999999999999999", "RAW", "OUT"], "recurrence"),
        (["run", "--pairs", ".", "RAW", "OUT"], "is a folder"),
        (["run", "--pairs", "nowhere/p.jsonl", "RAW", "OUT"], "cannot write"),
        (["run", "--jobs", "0", "RAW", "OUT"], "--jobs"),
        (["run", "--config", "nowhere.toml", "RAW", "OUT"], "nowhere.toml"),
        (["run", "OUT"], "RAW..."),
        (["run", "nowhere", "OUT"], "no such file"),
        (["run", "--text-field", "story", "RAW", "OUT"], "fields seen: id, text"),
        (["rules", "lookalikes"], "did you mean 'look_alikes'"),
        (["explain", "lost", "RAW"], "no document has the id 'lost'"),
        (["restore", "RAW"], "is this the folder of a run"),
    ],
)
def test_a_mistake_is_named_with_what_is_right(
    raw: Path, tmp_path: Path, arguments: list[str], hint: str
) -> None:
    """Exit code 2, one message on standard error, nothing written."""
    given = [{"RAW": str(raw), "OUT": str(tmp_path / "out")}.get(word, word) for word in arguments]
    result = call(*given)
    assert result.exit_code == 2
    assert hint in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "out").exists()


def test_a_wrong_configuration_key_is_named(raw: Path, tmp_path: Path) -> None:
    """With the nearest right one."""
    (tmp_path / "cleaner.toml").write_text("treshold = 0.7\n")
    result = call("run", "--config", tmp_path / "cleaner.toml", raw, tmp_path / "out")
    assert result.exit_code == 2
    assert "did you mean 'threshold'" in result.stderr


# Right use


@pytest.mark.parametrize("option", ["--rules", "--config"])
def test_a_table_is_a_small_file(raw: Path, tmp_path: Path, option: str) -> None:
    """A device has no end, and the memory has one."""
    (tmp_path / "large.toml").write_bytes(b"#" * 1_000_001)
    for table in ("/dev/zero", tmp_path, tmp_path / "large.toml"):
        result = call("run", raw, tmp_path / "out", option, table)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert f"{table} is no table" in result.stderr


@pytest.mark.parametrize("arguments", [("run", "", "out"), ("run", "raw", ""), ("check", ""), ("eval", "")])
def test_an_empty_name_is_no_folder(arguments: tuple[str, ...]) -> None:
    """It stands where a variable was forgotten."""
    result = call(*arguments)
    assert result.exit_code == 2
    assert "the name is empty" in result.stderr


def test_the_command_line_wins_over_the_configuration(raw: Path, tmp_path: Path) -> None:
    """Both are noted in the report."""
    (tmp_path / "cleaner.toml").write_text(
        'threshold = 0.7\nkeep = "earliest"\nwithout = ["near-duplicates"]\n'
    )
    arguments = ("--config", tmp_path / "cleaner.toml", "--threshold", "0.8")
    assert call("run", *arguments, raw, tmp_path / "out").exit_code == 0
    options = json.loads((tmp_path / "out/report.json").read_bytes())["options"]
    assert (options["threshold"], options["keep"], options["without"]) == (
        0.8,
        "earliest",
        ["near-duplicates"],
    )


def test_a_run_is_silent_without_a_terminal(raw: Path, tmp_path: Path) -> None:
    """A Makefile's output is not for decoration; dropped documents are no failure."""
    result = call("run", "--jobs", 1, raw, tmp_path / "out")
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "out/duplicates.jsonl").stat().st_size


def test_a_person_at_a_terminal_sees_a_summary(raw: Path, tmp_path: Path) -> None:
    """On standard error, unless it is not wanted."""
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": "80"}
    for quiet in ([], ["--quiet"]):
        program = [sys.executable, "-m", "cleaner", "run", *quiet, str(raw), str(tmp_path / "out")]
        result = subprocess.run(program, capture_output=True, check=True, env=environment)
        assert result.stdout == b""
        assert (b"duplicates" in result.stderr) != bool(quiet)


def test_restore_prints_or_writes_or_checks(raw: Path, tmp_path: Path) -> None:
    """The raw texts as rows, on standard output or in a file; or nothing."""
    call("run", raw, tmp_path / "out")
    expected = [{"id": "a", "text": TEXT + FURNITURE}, {"id": "b", "text": TEXT}]
    printed = call("restore", tmp_path / "out")
    assert [json.loads(line) for line in printed.stdout.splitlines()] == expected
    assert call("restore", tmp_path / "out", "--to", tmp_path / "restored.jsonl").stdout == ""
    assert (tmp_path / "restored.jsonl").read_text(encoding="utf-8") == printed.stdout
    checked = call("restore", "--check", tmp_path / "out")
    assert (checked.exit_code, checked.output) == (0, "")


def test_restore_fails_where_a_text_is_lost(raw: Path, tmp_path: Path) -> None:
    """Exit code 1, and the document is named."""
    call("run", raw, tmp_path / "out")
    (tmp_path / "out/clean.jsonl").write_bytes(b"")
    result = call("restore", "--check", tmp_path / "out")
    assert result.exit_code == 1
    assert "1 of 2 texts cannot be restored" in result.stderr


@pytest.mark.parametrize("name", ["clean.jsonl", "restored.jsonl", ".cleaner-work/x"])
def test_restore_does_not_write_into_the_run(raw: Path, tmp_path: Path, name: str) -> None:
    """It would overwrite a corpus, or stop the next run."""
    call("run", raw, tmp_path / "out")
    before = {path: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    result = call("restore", tmp_path / "out", "--to", tmp_path / "out" / name)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "lies inside" in result.stderr
    assert {path: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize("name", ["thesis.txt", "link", "dangling", "folder", "nowhere/x"])
def test_restore_overwrites_nothing(raw: Path, tmp_path: Path, name: str) -> None:
    """Whatever is there stays as it is, and the message speaks of no name that the user did not give."""
    call("run", raw, tmp_path / "out")
    (tmp_path / "thesis.txt").write_text("years of work")
    (tmp_path / "link").symlink_to("thesis.txt")
    (tmp_path / "dangling").symlink_to("nothing")
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    result = call("restore", tmp_path / "out", "--to", tmp_path / name)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith(f"cleaner: {tmp_path / name}")
    assert ".partial" not in result.stderr
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
    assert (tmp_path / "link").is_symlink()


def test_devices_and_pipes_are_written_to_as_they_are(raw: Path, tmp_path: Path) -> None:
    """By restore and by a run; a file behind standard output keeps what is in it."""
    call("run", raw, tmp_path / "out")
    expected = call("restore", tmp_path / "out").stdout.encode()
    assert shell('restore "$1" --to /dev/stdout | cat', tmp_path / "out").stdout == expected
    seen = tmp_path / "seen"
    shell('restore "$1" --to /dev/stdout > "$2"; echo end >> "$2"', tmp_path / "out", seen)
    assert seen.read_bytes() == expected + b"end\n"
    link = tmp_path / "nowhere"
    link.symlink_to(os.devnull)
    assert call("restore", tmp_path / "out", "--to", link).exit_code == 0
    assert call("run", raw, tmp_path / "out", "--pairs", link).exit_code == 0
    assert link.is_symlink()
    assert link.is_char_device()
    (raw / "c.jsonl").write_text(json.dumps({"text": TEXT}) + "\n")
    result = shell('run "$1" "$2" --jobs 1 --pairs /dev/stdout', raw, tmp_path / "out")
    assert json.loads(result.stdout.splitlines()[0])["kind"]


def test_explain_shows_what_went_and_why(raw: Path) -> None:
    """With signs where there is no colour, and with the rule's own reason."""
    output = call("explain", "a", raw).output
    assert "فيسبوك-]" in output
    number, rule = output.partition("rules\n")[2].split()[:2]
    assert number == "1"
    assert "." in rule
    assert re.search("-][⁰¹²³⁴⁵⁶⁷⁸⁹]", output)


def test_what_was_damaged_is_told_in_one_line(raw: Path, tmp_path: Path) -> None:
    """With the file and the line, by all commands that read a run."""
    call("run", raw, tmp_path / "out")
    edits = tmp_path / "out/edits.jsonl"
    edits.write_bytes(edits.read_bytes().replace(b'"after":', b'"aftr":'))
    for command in (("restore", "--check"), ("explain", "a")):
        result = call(*command, tmp_path / "out")
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert "edits.jsonl:1: this row was damaged" in result.stderr


def test_a_bad_record_of_the_same_id_is_not_taken_for_the_document(raw: Path, tmp_path: Path) -> None:
    """It stands among the rejects too, and has no text."""
    (raw / "b.jsonl").write_text('{"id": "g1", "text": 5}\n{"id": "g1", "text": "قصير"}\n', encoding="utf-8")
    call("run", raw, tmp_path / "out")
    result = call("explain", "g1", tmp_path / "out")
    assert result.exit_code == 0
    assert "too-short" in result.stdout


def test_bytes_that_are_no_text_are_a_damaged_row(raw: Path, tmp_path: Path) -> None:
    """As JSON that is none, and brackets without end."""
    call("run", raw, tmp_path / "out")
    for junk in (b'{"id": "\xff"}\n', b"[" * 100_000, b"junk\n", b"{}\n"):
        (tmp_path / "out/clean.jsonl").write_bytes(junk)
        result = call("restore", "--check", tmp_path / "out")
        assert result.exit_code in (1, 2)
        assert result.stderr.startswith("cleaner: ")


def shell(command: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Return what `cleaner` did, called by a shell with *arguments* as $1, $2 ..."""
    program = ["sh", "-c", f'"{sys.executable}" -m cleaner {command}', "sh", *map(str, arguments)]
    return subprocess.run(program, capture_output=True, check=False, env={**os.environ, **environment})


def test_letters_that_a_terminal_lacks_are_escaped(raw: Path) -> None:
    """Not an error."""
    result = shell('explain b "$1"', raw, PYTHONIOENCODING="latin-1")
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"\\u0634" in result.stdout


def test_a_closed_standard_output_is_told(raw: Path, tmp_path: Path) -> None:
    """Where there is something to write to it."""
    call("run", raw, tmp_path / "out")
    result = shell('restore "$1" >&-', tmp_path / "out")
    assert (result.returncode, result.stderr.count(b"\n")) == (2, 1)
    assert b"standard output is closed" in result.stderr


def test_an_interrupt_while_the_program_is_loaded_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same message and exit code as later."""

    class Interrupted(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "cleaner.commands", Interrupted("cleaner.commands"))
    with pytest.raises(SystemExit) as end:
        start()
    assert (end.value.code, capsys.readouterr().err) == (130, "cleaner: interrupted\n")


def test_a_terminated_command_leaves_no_temporary_file(raw: Path, tmp_path: Path) -> None:
    """Exit code 143, as the shell's own."""
    lines = [json.dumps({"id": n, "text": f"{n} {TEXT * 9}"}) for n in range(3_000)]
    (raw / "b.jsonl").write_text("\n".join(lines))
    program = [sys.executable, "-m", "cleaner", "run", "--jobs", "1", str(raw), str(tmp_path / "out")]
    process = subprocess.Popen(program, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while not (tmp_path / "out/.cleaner-work").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.terminate()
    assert process.communicate(timeout=30)[1] == b""
    assert process.returncode == 128 + signal.SIGTERM
    assert not (tmp_path / "out").exists()


def test_a_reader_may_have_seen_enough(raw: Path, tmp_path: Path) -> None:
    """A closed pipe ends a command without a word."""
    lines = [json.dumps({"id": n, "text": f"{n} {TEXT}"}) for n in range(300)]
    (raw / "b.jsonl").write_text("\n".join(lines))
    call("run", raw, tmp_path / "out")
    for command in (["explain", "a"], ["restore"]):
        program = [sys.executable, "-m", "cleaner", *command, str(tmp_path / "out")]
        process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout
        process.stdout.close()
        _, error = process.communicate(timeout=30)
        assert (process.returncode, error) == (0, b"")


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_is_not_for_every_terminal(raw: Path, variables: dict[str, str]) -> None:
    """Which the environment says."""
    arguments = ["explain", "a", str(raw)]
    plain = CliRunner(env={"NO_COLOR": "", "TERM": "xterm"}).invoke(cleaner, arguments, color=True)
    assert "\x1b[" in plain.output
    assert "\x1b[" not in CliRunner(env=variables).invoke(cleaner, arguments, color=True).output


def test_a_source_that_no_document_has_is_named(raw: Path, tmp_path: Path) -> None:
    """With the nearest that one has; the run is done all the same."""
    (raw / "c.jsonl").write_text(json.dumps({"text": TEXT * 2, "source": "alpha"}) + "\n")
    options = ("--keep", "source-order", "--source-order", "alhpa", "--source-order", "alpha")
    result = call("run", "--jobs", 1, *options, raw, tmp_path / "out")
    assert result.exit_code == 0
    assert result.stderr == (
        "cleaner: no document has the source 'alhpa' of --source-order: did you mean 'alpha'?\n"
    )


@pytest.mark.parametrize(("sound", "code"), [(1, 2), (2, 0)])
def test_a_run_that_lost_most_records_to_faults_has_failed(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sound: int, code: int
) -> None:
    """Those of cleaner itself; the rest is written, and the exit code is 2."""

    def faulty(fields: dict[str, object], record: RawRecord, options: Options) -> Document:
        if len(str(fields["text"])) < 99:
            raise KeyError("oops")
        return to_document(fields, record, options)

    monkeypatch.setattr(worker, "to_document", faulty)
    (raw / "a.txt").unlink()
    (raw / "b.jsonl").write_text(
        "".join(json.dumps({"text": text}) + "\n" for text in ["ا", "ب", *[TEXT] * sound])
    )
    result = call("run", "--jobs", 1, raw, tmp_path / "out")
    assert result.exit_code == code
    assert f"2 of {2 + sound} records met a fault" in result.stderr
    assert (tmp_path / "out/report.json").exists()


def test_stages_are_listed_in_their_order() -> None:
    """Each with the first line of its documentation; near-duplicates last."""
    lines = call("stages").output.splitlines()
    assert [line.split()[0] for line in lines] == [*news_pipeline().stages, "near-duplicates"]
    assert all(len(line.split(maxsplit=1)) == 2 for line in lines)


@pytest.mark.parametrize("table", names())
def test_every_table_can_be_printed(table: str) -> None:
    """With hyphens too, and without an invisible character."""
    output = call("rules", table.replace("_", "-")).output
    assert output.replace("\n", "").isprintable()
    assert table in call("rules").output


@pytest.mark.parametrize("delay", [0, 0.2, 0.8])
def test_an_interrupted_run_leaves_nothing_and_says_so(raw: Path, tmp_path: Path, delay: float) -> None:
    """Exit code 130, as the shell's own."""
    lines = [json.dumps({"id": n, "text": f"{n} {TEXT * 9}"}) for n in range(12_000)]
    (raw / "b.jsonl").write_text("\n".join(lines))
    program = [sys.executable, "-m", "cleaner", "run", "--jobs", "2", str(raw), str(tmp_path / "out")]
    process = subprocess.Popen(program, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while not (tmp_path / "out/.cleaner-work").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=30)
    assert error.strip() == b"cleaner: interrupted"
    assert process.returncode == 130
    assert not (tmp_path / "out").exists()
