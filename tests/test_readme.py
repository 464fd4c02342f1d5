"""The README tells the truth: its tables, its commands, its code and its examples."""

from __future__ import annotations

from pathlib import Path
import re
import runpy
import shutil
import subprocess
import sys

from click.testing import CliRunner
import pytest

from cleaner import Document, news_pipeline
from cleaner.commands import COMMANDS, cleaner

ROOT = Path(__file__).parents[1]
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ar.md")}
BOTH = pytest.mark.parametrize("page", PAGES)


def blocks(page: str, language: str) -> list[str]:
    """Return the code blocks of *page* in *language*."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", PAGES[page])


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with raw documents, in which commands run."""
    shutil.copytree(ROOT / "fixtures" / "raw", tmp_path / "raw")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_tables_say_what_the_program_says() -> None:
    """Commands, options and stages are written by `make readme`."""
    written = runpy.run_path(str(ROOT / "tests" / "readme_tables.py"))["written"]
    assert written(PAGES["README.md"]) == PAGES["README.md"], "run `make readme`"


@BOTH
def test_the_page_before_becomes_the_page_after(page: str) -> None:
    """The first two blocks of text are a page and its article."""
    before, after = blocks(page, "text")[:2]
    article, *others = news_pipeline().without("length").clean_all(Document("readme", before))
    assert article.text.strip() == after.strip()
    assert len(others) == before.count("إقرأ أيضاً:"), "the second article becomes a document"
    assert all(article.fact(name) for name in ("date", "source", "keyword"))


@BOTH
def test_every_command_can_be_given(page: str, project: Path) -> None:
    """In the order of the page, with the exit code that it names, else 0."""
    assert project.is_dir()
    commands = [
        line for block in blocks(page, "sh") for line in block.splitlines() if line.startswith("cleaner ")
    ]
    assert commands
    for line in commands:
        command, _, comment = line.partition("#")
        result = CliRunner().invoke(cleaner, command.split()[1:], prog_name="cleaner")
        expected = int(comment.removeprefix(" exit ")) if comment.startswith(" exit ") else 0
        assert result.exit_code == expected, (line, result.output)


@pytest.mark.parametrize("number", range(len(blocks("README.md", "python"))))
def test_the_python_runs(number: int) -> None:
    """Each block is a program with its own assertions."""
    exec(blocks("README.md", "python")[number], {})  # noqa: S102 - our own README


def test_the_makefile_of_the_readme_builds(project: Path) -> None:
    """With the makefile that the package ships."""
    [makefile] = blocks("README.md", "make")
    makefile = makefile.replace("$(shell cleaner makefile)", f"$(shell {sys.executable} -m cleaner makefile)")
    (project / "Makefile").write_text(makefile, encoding="utf-8")
    command = ["make", "words.txt", f"CLEANER={sys.executable} -m cleaner"]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    assert int((project / "words.txt").read_text(encoding="utf-8")) > 100


@BOTH
def test_every_target_of_make_exists(page: str) -> None:
    """Those that the page tells its reader to make here."""
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = set(re.findall(r"(?:`|^)make (\w+)(?:`|\s)", PAGES[page], re.MULTILINE))
    assert told <= targets | {"words"}


def test_every_command_hook_option_and_place_named_exists() -> None:
    """A name that is gone from the program is gone from the page."""
    page = PAGES["README.md"]
    assert set(re.findall(r"`cleaner (\w+)", page)) <= set(COMMANDS)
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert re.findall(r"- id: ([\w-]+)", page) == re.findall(r"- id: ([\w-]+)", hooks)
    helps = "".join(
        CliRunner().invoke(cleaner, [*command, "--help"]).output
        for command in [[], *([name] for name in COMMANDS)]
    )
    assert [name for name in re.findall(r"(?<![\w-])--[a-z][a-z-]+", page) if name not in helps] == []
    for place in re.findall(r"\]\(([^)#:]+)\)", page):
        assert (ROOT / place).exists(), place


def test_the_rule_shown_is_one_of_the_tables() -> None:
    """The example is a row that ships."""
    [row] = blocks("README.md", "toml")
    tables = [path.read_text(encoding="utf-8") for path in (ROOT / "cleaner" / "rules").glob("*.toml")]
    assert any(row in table for table in tables)


@pytest.mark.slow
def test_a_fresh_clone_needs_nothing_but_make_run(tmp_path: Path) -> None:
    """The first command of the page, where nothing is installed."""
    clone = tmp_path / "cleaner"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    process = subprocess.run(["make", "run"], cwd=clone, check=True, capture_output=True, text=True)
    assert "clean.jsonl" in process.stdout
    assert (clone / "out" / "clean.jsonl").read_text(encoding="utf-8").count("\n") > 30
