"""The documents tell the truth: their tables, commands, code, links and examples."""

from __future__ import annotations

from itertools import chain
import os
from pathlib import Path
import re
import shutil
import subprocess
import sys
import tomllib

from click.testing import CliRunner
import pytest

from cleaner import Document, news_pipeline, rules
from cleaner.commands import COMMANDS, cleaner
from cleaner.page.own_rules import own_markers
from cleaner.reading.files import KINDS
from tests.documents import (
    ARABIC,
    NAMES,
    PAGES,
    README,
    REFERENCE,
    ROOT,
    anchors,
    blocks,
    headings,
    links,
    part,
    prose,
)
from tests.reference_tables import each_command, options_of, written
from tests.test_architecture import LAYERS

BODY = (
    "دشنت شركة النقل في العاصمة خطا جديدا للحافلات الكهربائية يربط الضاحية الغربية بوسط المدينة.\n"
    "ويعمل على الخط عشرون سائقا تدربوا ثلاثة أشهر على قيادة الحافلات وصيانتها اليومية."
)
SHORT = pytest.mark.parametrize("page", [README, ARABIC])
LONG = pytest.mark.parametrize("page", [README, ARABIC, REFERENCE])
LARGEST_README = 12_000
"""Bytes: what a reader who has not decided yet may be asked to look through."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder that looks as this one does after `make run`."""
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    return tmp_path


def test_the_tables_say_what_the_program_says() -> None:
    """Contents, commands, options, fields, stages, rules and faults are written by `make reference`."""
    assert written(PAGES[REFERENCE]) == PAGES[REFERENCE], "run `make reference`"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_in_the_reference(command: str) -> None:
    """The command with an example, its options in a table that says what they do."""
    given = "".join(block.text for block in blocks(PAGES[REFERENCE], "sh"))
    assert re.search(rf"(?m)^cleaner {command}\b", given)
    rows = re.findall(r"(?m)^\| (?:`(\w+)` \| )?`(--[\w-]+)` \| .* \| .+ \|$", part(REFERENCE, "## Options"))
    for option in options_of(dict(each_command())[command]):
        assert option.opts[0] == "--config" or {("", option.opts[0]), (command, option.opts[0])} & {*rows}


def test_every_format_and_room_is_in_the_reference() -> None:
    """And so are the modules that stand beside the rooms."""
    files, rooms = part(REFERENCE, "### Files"), part(REFERENCE, "### The rooms")
    assert [suffix for suffix in KINDS if f"`{suffix}`" not in files] == []
    known = {*chain(*LAYERS), "training"}
    assert [name for name in sorted(known) if f"`{name}/`" not in rooms and f"`{name}.py`" not in rooms] == []


@SHORT
def test_a_first_look_is_short(page: str) -> None:
    """What else there is to say stands in the reference, which ships with the program."""
    assert len(PAGES[page].encode()) < LARGEST_README
    assert any(target.startswith(REFERENCE) for target in links(page))


def test_the_reference_comes_with_the_program() -> None:
    """Beside the makefile that it ships."""
    makefile = CliRunner().invoke(cleaner, ["makefile"]).output.strip()
    assert Path(makefile).with_name("REFERENCE.md").read_text(encoding="utf-8") == PAGES[REFERENCE]


@pytest.mark.parametrize("page", NAMES)
def test_every_link_leads_somewhere(page: str) -> None:
    """To a file that is there and, in a document, to a heading that stands in it once."""
    assert [name for name in anchors(page) if page != "CHANGELOG.md" and anchors(page).count(name) > 1] == []
    for target in links(page):
        place, _, name = target.partition("#")
        path = (ROOT / page).parent.joinpath(place).resolve() if place else ROOT / page
        assert path.exists(), target
        if name:
            assert name in anchors(path.relative_to(ROOT).as_posix()), target


def test_every_part_of_the_reference_is_in_its_contents() -> None:
    """In their order."""
    listed = re.findall(r"(?m)^ *\* \[(.+)\]\(#", part(REFERENCE, "## Contents"))
    assert listed == [title for title in headings(REFERENCE)[1:] if title != "Contents"]


def test_both_readmes_have_the_same_parts() -> None:
    """And the same code, but for remarks in it."""
    assert len(headings(README)) == len(headings(ARABIC))
    for language in ("make", "python"):
        assert blocks(PAGES[README], language) == blocks(PAGES[ARABIC], language)


@SHORT
def test_the_page_before_becomes_the_page_after(page: str) -> None:
    """The first two blocks of text are a page and its article."""
    before, after = (block.text for block in blocks(PAGES[page], "text")[:2])
    article, *others = news_pipeline().without("length").clean_all(Document("readme", before))
    assert article.text.strip() == after.strip()
    assert len(others) == before.count("إقرأ أيضاً:"), "the second article becomes a document"
    assert all(article.fact(name) for name in ("date", "source", "keyword"))


@LONG
def test_every_command_can_be_given(page: str, project: Path) -> None:
    """All lines behind `make run` in one shell, in their order, with the exit code named, else 0.

    What a contributor calls in a clone is for `test_walks.py`.
    """
    text = PAGES[page].partition("## Contributing")[0]
    lines = "".join(block.text for block in blocks(text, "sh")).splitlines()
    lines = [line for line in lines if not line.startswith("make ")]
    assert sum(line.startswith("cleaner ") for line in lines) >= 4
    script = "".join(f'{line}\necho "$?" >> codes\n' for line in lines)
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    subprocess.run(["sh", "-c", script], cwd=project, env=environment, check=True, capture_output=True)
    exits = [re.search(r"# exit (\d)", line) for line in lines]
    expected = [f"{found[1] if found else 0}" for found in exits]
    codes = (project / "codes").read_text(encoding="utf-8").split()
    assert list(zip(lines, codes, strict=True)) == list(zip(lines, expected, strict=True))


@LONG
def test_the_python_runs(page: str) -> None:
    """Each block that belongs into no file is a program with its own assertions."""
    programs = [block.text for block in blocks(PAGES[page], "python") if not block.file]
    assert programs
    for program in programs:
        exec(program, {})  # noqa: S102 - our own documents


def test_the_makefile_of_the_readme_builds(project: Path) -> None:
    """With the makefile that the package ships."""
    [makefile] = blocks(PAGES[README], "make")
    (project / "Makefile").write_text(makefile.text, encoding="utf-8")
    (project / "raw").symlink_to("fixtures/raw")
    environment = os.environ | {"PATH": f"{project / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(["make"], cwd=project, env=environment, check=True, capture_output=True)
    assert len((project / "sample.jsonl").read_text(encoding="utf-8").splitlines()) == 20


@LONG
def test_every_target_of_make_exists(page: str) -> None:
    """Those that the page tells its reader to make here."""
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = set(re.findall(r"(?:`|^)make ([\w-]+)(?:`|\s)", PAGES[page], re.MULTILINE))
    assert told <= targets


@LONG
def test_every_command_hook_option_and_place_named_exists(page: str) -> None:
    """A name that is gone from the program is gone from the page."""
    text = PAGES[page]
    assert set(re.findall(r"`cleaner ([a-z]+)", text)) <= set(COMMANDS)
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    if page != REFERENCE:
        assert re.findall(r"(?m)^ +(?:# )?- id: ([\w-]+)", text) == re.findall(r"- id: ([\w-]+)", hooks)
    helps = "".join(
        CliRunner().invoke(cleaner, [*command, "--help"]).output
        for command in [[], *([name] for name in COMMANDS)]
    )
    named = re.findall(r"(?<![\w-])--[a-z][a-z-]+", prose(text))
    assert [name for name in named if name not in helps] == []
    for place in re.findall(r"`((?:cleaner|tests|fixtures)/[\w./-]+)`", prose(text)):
        assert (ROOT / place).exists(), place


def test_the_rule_shown_works_where_the_page_puts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has an id that no row has; its examples go under it, and what it keeps stays. So does one's own."""
    example = blocks(part(REFERENCE, "### A rule"), "toml")[0]
    [row] = tomllib.loads(example.text)["marker"]
    name = Path(example.file).stem
    rule = row["id"]
    assert row["id"] not in {other["id"] for other in rules.table(name)["marker"]}
    shutil.copytree(ROOT / "cleaner", tmp_path / "cleaner", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / example.file).open("a", encoding="utf-8") as table:
        table.write(f"\n{example.text}")
    own = tmp_path / "own.toml"
    own.write_text(example.text.replace(f'"{name}.', '"'), encoding="utf-8")
    assert [marker.id for marker in own_markers([str(own)])] == [rule.replace(name, "own")]
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    before, after = BODY.split("\n")
    for text, gone in [(text, True) for text in row["removes"]] + [(text, False) for text in row["keeps"]]:
        (tmp_path / "a.txt").write_text(f"{before}\n{text}\n{after}", encoding="utf-8")
        program = [sys.executable, "-P", "-m", "cleaner", "explain", "a", "a.txt"]
        shown = subprocess.run(program, cwd=tmp_path, check=True, capture_output=True, encoding="utf-8")
        assert (f"{row['id']}  {row['why']}" in shown.stdout) == gone, shown.stdout
        assert ("[-" in shown.stdout) == gone


@pytest.mark.slow
def test_a_fresh_clone_needs_nothing_but_make_run(tmp_path: Path) -> None:
    """The first command of the page, where nothing is installed."""
    clone = tmp_path / "cleaner"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    process = subprocess.run(["make", "run"], cwd=clone, check=True, capture_output=True, text=True)
    assert "clean.jsonl" in process.stdout
    assert (clone / "out" / "clean.jsonl").read_text(encoding="utf-8").count("\n") > 30
