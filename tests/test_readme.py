"""The README tells the truth: its tables, its commands, its code and its examples."""

from __future__ import annotations

import os
from pathlib import Path
import re
import runpy
import shutil
import subprocess
import sys
import tomllib

from click.testing import CliRunner
import pytest

from cleaner import Document, news_pipeline, rules
from cleaner.commands import COMMANDS, cleaner
from cleaner.page.own_rules import own_markers

ROOT = Path(__file__).parents[1]
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ar.md")}
BODY = (
    "دشنت شركة النقل في العاصمة خطا جديدا للحافلات الكهربائية يربط الضاحية الغربية بوسط المدينة.\n"
    "ويعمل على الخط عشرون سائقا تدربوا ثلاثة أشهر على قيادة الحافلات وصيانتها اليومية."
)
BOTH = pytest.mark.parametrize("page", PAGES)


def blocks(page: str, language: str) -> list[str]:
    """Return the code blocks of *page* in *language*."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", PAGES[page])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder that looks as this one does after `make run`."""
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
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
    """All lines behind `make run` in one shell, in their order, with the exit code named, else 0."""
    lines = "".join(blocks(page, "sh")).splitlines()
    lines = [line for line in lines if not line.startswith("make ")]
    assert sum(line.startswith("cleaner ") for line in lines) >= 4
    script = "".join(f'{line}\necho "$?" >> codes\n' for line in lines)
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    subprocess.run(["sh", "-c", script], cwd=project, env=environment, check=True, capture_output=True)
    exits = [re.search(r"# exit (\d)", line) for line in lines]
    expected = [f"{found[1] if found else 0}" for found in exits]
    codes = (project / "codes").read_text(encoding="utf-8").split()
    assert list(zip(lines, codes, strict=True)) == list(zip(lines, expected, strict=True))


@pytest.mark.parametrize("number", range(len(blocks("README.md", "python"))))
def test_the_python_runs(number: int) -> None:
    """Each block is a program with its own assertions."""
    exec(blocks("README.md", "python")[number], {})  # noqa: S102 - our own README


def test_the_makefile_of_the_readme_builds(project: Path) -> None:
    """With the makefile that the package ships."""
    [makefile] = blocks("README.md", "make")
    (project / "Makefile").write_text(makefile, encoding="utf-8")
    (project / "raw").symlink_to("fixtures/raw")
    environment = os.environ | {"PATH": f"{project / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(["make"], cwd=project, env=environment, check=True, capture_output=True)
    assert len((project / "sample.jsonl").read_text(encoding="utf-8").splitlines()) == 20


@BOTH
def test_every_target_of_make_exists(page: str) -> None:
    """Those that the page tells its reader to make here."""
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = set(re.findall(r"(?:`|^)make (\w+)(?:`|\s)", PAGES[page], re.MULTILINE))
    assert told <= targets | {"sample"}


def test_every_command_hook_option_and_place_named_exists() -> None:
    """A name that is gone from the program is gone from the page."""
    page = PAGES["README.md"]
    assert set(re.findall(r"`cleaner (\w+)", page)) <= set(COMMANDS)
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^ +(?:# )?- id: ([\w-]+)", page) == re.findall(r"- id: ([\w-]+)", hooks)
    helps = "".join(
        CliRunner().invoke(cleaner, [*command, "--help"]).output
        for command in [[], *([name] for name in COMMANDS)]
    )
    assert [name for name in re.findall(r"(?<![\w-])--[a-z][a-z-]+", page) if name not in helps] == []
    for place in re.findall(r"\]\(([^)#:]+)\)", page):
        assert (ROOT / place).exists(), place


def test_the_rule_shown_works_where_the_page_puts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has an id that no row has; its examples go under it, and what it keeps stays. So does one's own."""
    [example] = blocks("README.md", "toml")
    [row] = tomllib.loads(example)["marker"]
    place = re.search(r"would go into `cleaner/(rules/\w+)\.toml`", PAGES["README.md"])
    assert place
    name = Path(place[1]).name
    assert row["id"] not in {other["id"] for other in rules.table(name)["marker"]}
    shutil.copytree(ROOT / "cleaner", tmp_path / "cleaner", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "cleaner" / f"{place[1]}.toml").open("a", encoding="utf-8") as table:
        table.write(f"\n{example}")
    own = tmp_path / "own.toml"
    own.write_text(example.replace(f'"{name}.', '"'), encoding="utf-8")
    assert [marker.id for marker in own_markers([str(own)])] == [row["id"].replace(name, "own")]
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
