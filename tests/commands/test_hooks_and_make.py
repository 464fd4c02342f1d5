"""cleaner inside other tools: the real pre-commit in a real repository, and the real make."""

from __future__ import annotations

import os
from pathlib import Path
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")

ARTICLE = "أعلنت البلدية موعد افتتاح السوق الجديد، ودعت التجار إلى تسجيل أسمائهم قبل نهاية الشهر."
KEHEH = ARTICLE.replace("أسمائهم", "أسمائهم مع الش\u06a9ر")  # ARABIC LETTER KEHEH in «الشكر»
MENDED = KEHEH.replace("\u06a9", "\u0643")

OF_MAKE = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}


def execute(folder: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run *command* in *folder*, with the programs of this environment first on the path."""
    # A make that runs the tests tells the makes that they start how deep they are, and these then say more.
    environment = {name: value for name, value in os.environ.items() if name not in OF_MAKE} | variables
    environment["PATH"] = f"{BIN}{os.pathsep}{environment['PATH']}"
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a git repository that uses the hooks, without the time that their installation takes."""
    hooks = HOOKS.replace("language: python", "language: system").replace("\n", "\n    ")
    (tmp_path / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: local\n  hooks:\n    {hooks}\n", encoding="utf-8"
    )
    (tmp_path / "raw").mkdir()
    execute(tmp_path, "git", "init", "--quiet")
    return tmp_path


def pre_commit(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pre-commit on what is staged in *repository*, with a cache of its own."""
    execute(repository, "git", "add", "raw")
    return execute(
        repository, "pre-commit", *arguments, PRE_COMMIT_HOME=str(repository / ".git" / "pre-commit")
    )


def test_clean_files_pass_all_hooks(repository: Path) -> None:
    """Files of other kinds and places are not looked at."""
    (repository / "raw" / "a.txt").write_text(ARTICLE + "\n", encoding="utf-8")
    (repository / "raw" / "a.md").write_text(KEHEH, encoding="utf-8")
    (repository / "notes.txt").write_text(KEHEH, encoding="utf-8")
    execute(repository, "git", "add", "notes.txt")
    result = pre_commit(repository, "run")
    assert result.returncode == 0, result.stdout
    assert result.stdout.count("Passed") == 3


def test_the_check_reports_and_changes_nothing(repository: Path) -> None:
    """The finding reaches the person who commits."""
    (repository / "raw" / "a.txt").write_text(KEHEH, encoding="utf-8")
    result = pre_commit(repository, "run", "cleaner-check")
    assert result.returncode == 1
    assert "raw/a.txt:1:" in result.stdout
    assert (repository / "raw" / "a.txt").read_text(encoding="utf-8") == KEHEH


def test_the_fix_mends_the_file_and_then_passes(repository: Path) -> None:
    """The first commit is stopped, so that a person sees the change; the second goes through."""
    (repository / "raw" / "a.txt").write_text(KEHEH, encoding="utf-8")
    first = pre_commit(repository, "run", "cleaner-fix")
    assert first.returncode == 1
    assert "Fixing raw/a.txt" in first.stdout
    assert (repository / "raw" / "a.txt").read_text(encoding="utf-8") == MENDED
    assert pre_commit(repository, "run", "cleaner-fix").returncode == 0


def test_duplicates_are_found_across_the_files_of_a_commit(repository: Path) -> None:
    """All files go to one process, however many they are."""
    texts = [" ".join(word + letter for word in ARTICLE.split()) for letter in "بتثجحدرسشع"]
    for number, text in enumerate([*texts, texts[0]]):
        (repository / "raw" / f"{number:02}.txt").write_text(text, encoding="utf-8")
    result = pre_commit(repository, "run", "cleaner-duplicates")
    assert result.returncode == 1
    assert [line.split(" (")[0] for line in result.stdout.splitlines() if " repeats " in line] == [
        "raw/10.txt:1:1 duplicates.exact repeats raw/00.txt:1"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("hook", ["cleaner-check", "cleaner-fix", "cleaner-duplicates"])
def test_the_hooks_install_as_the_readme_says(repository: Path, hook: str) -> None:
    """pre-commit builds an environment from what this repository has committed and runs the hook in it."""
    clone = str(repository / ".git" / "clone")
    execute(repository, "git", "clone", "--quiet", str(ROOT), clone)
    (repository / "raw" / "a.txt").write_text(KEHEH, encoding="utf-8")
    result = pre_commit(repository, "try-repo", clone, hook, "--files", "raw/a.txt", "--verbose")
    expected = {"cleaner-check": (1, "raw/a.txt:1:"), "cleaner-fix": (1, "Fixing raw/a.txt")}
    code, output = expected.get(hook, (0, "Passed"))
    assert (result.returncode, output in result.stdout) == (code, True), result.stdout + result.stderr


MAKEFILE = """\
all: count first
include $(or $(shell cleaner makefile),$(error cleaner is not on the PATH))
count: corpus/clean.jsonl
\twc -l < $< > $@
first: corpus/edits.jsonl
\thead -n 1 $< > $@
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with raw documents and a makefile that builds on their corpus."""
    (tmp_path / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "name with spaces.txt").write_text(KEHEH, encoding="utf-8")
    return tmp_path


def make(project: Path, *arguments: str) -> str:
    """Run make with four jobs and return what it printed."""
    time.sleep(0.02)  # a change in the same tick of the clock as the last build would not be seen
    result = execute(project, "make", "-j4", *arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_a_corpus_is_built_once_for_all_that_hangs_on_it(project: Path) -> None:
    """Also when two targets wait for two of its files at the same time."""
    assert make(project).count("cleaner run raw corpus") == 1
    assert (project / "count").read_text(encoding="utf-8").strip() == "1"


def test_an_unchanged_corpus_is_not_built_again(project: Path) -> None:
    """Nor is anything that hangs on it."""
    make(project)
    assert "Nothing to be done" in make(project)


def test_the_same_bytes_with_a_new_time_build_nothing(project: Path) -> None:
    """As after a checkout or a copy; what hangs on the corpus is left alone too."""
    make(project)
    time.sleep(0.02)
    (project / "raw" / "name with spaces.txt").touch()
    (project / "raw").touch()
    assert "Nothing to be done" in make(project)
    assert "Nothing to be done" in make(project)


def test_other_options_build_the_corpus_again(project: Path) -> None:
    """Also options with commas and quotation marks in them, and options taken away."""
    make(project)
    for flags in ("--minimum-words 3", "--keep source-order --source-order 'a, b'", ""):
        command = f"cleaner run {flags} raw corpus".replace("  ", " ")
        assert make(project, f"CLEANER_FLAGS={flags}").count(command) == 1, flags
        assert "Nothing to be done" in make(project, f"CLEANER_FLAGS={flags}")


@pytest.mark.parametrize("raws", ["raw more", "raw\\ C", "link"])
def test_raw_folders_may_be_several_or_have_spaces(project: Path, raws: str) -> None:
    """Or be links."""
    shutil.copytree(project / "raw", project / "raw C")
    (project / "more").mkdir()
    (project / "more" / "a.txt").write_text(ARTICLE * 2, encoding="utf-8")
    (project / "link").symlink_to("raw C")
    setting = f"CLEANER_RAW={raws}"
    assert make(project, setting).count(f"cleaner run {raws} corpus") == 1
    assert "Nothing to be done" in make(project, setting)
    for name in ("more", "raw C"):
        (project / name / "new.txt").write_text(ARTICLE * 3, encoding="utf-8")
    assert make(project, setting).count(f"cleaner run {raws} corpus") == 1


@pytest.mark.parametrize("more", ["", "$(eval $(call cleaner-corpus,other,raw,))\n"])
def test_the_first_target_of_ones_own_is_the_goal(project: Path, more: str) -> None:
    """Wherever the include stands."""
    rules = MAKEFILE.replace("all: count first\n", "")
    (project / "Makefile").write_text(rules.replace("count:", f"{more}count:"), encoding="utf-8")
    make(project)
    assert (project / "count").exists()
    assert not (project / "first").exists()


def test_an_include_without_the_program_says_so(project: Path) -> None:
    """It would include nothing, and make would go on."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [line] = [line for line in readme.splitlines() if line.startswith("include ")]
    (project / "Makefile").write_text(f"{line}\nall: ;\n".replace("cleaner makefile", "no-cleaner"))
    result = execute(project, "make")
    assert result.returncode == 2
    assert "cleaner is not on the PATH" in result.stderr


def test_a_changed_input_builds_the_corpus_again(project: Path) -> None:
    """A new file, another content, a deleted file, or a lost output."""
    raw, clean = project / "raw", project / "corpus" / "clean.jsonl"
    make(project)
    changes: dict[str, Callable[[], object]] = {
        "added": lambda: (raw / "other.txt").write_text(ARTICLE * 2, encoding="utf-8"),
        "changed": lambda: (raw / "other.txt").write_text(MENDED * 3, encoding="utf-8"),
        "removed": (raw / "other.txt").unlink,
        "output lost": clean.unlink,
    }
    for change, apply in changes.items():
        time.sleep(0.02)
        apply()
        assert make(project).count("cleaner run raw corpus") == 1, change
    assert "Nothing to be done" in make(project)


def looked_at(project: Path) -> tuple[int, str]:
    """Return the exit code of `make -q` and what `make -n` prints, neither of which may change anything."""
    time.sleep(0.02)
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    question = execute(project, "make", "-j4", "-q")
    plan = execute(project, "make", "-j4", "-n")
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == before
    assert (question.stdout, plan.returncode) == ("", 0), question.stderr + plan.stderr
    return question.returncode, plan.stdout


def test_make_tells_what_it_would_build(project: Path) -> None:
    """Before a build, after it, after a new time alone, and after another input."""
    raw = project / "raw" / "name with spaces.txt"
    code, plan = looked_at(project)
    assert (code, plan.count("cleaner run raw corpus")) == (1, 1)
    make(project)
    for has_new_time in (False, True):
        if has_new_time:
            raw.touch()
        code, plan = looked_at(project)
        assert (code, "Nothing to be done" in plan) == (0, True), plan
    raw.write_text(ARTICLE * 2, encoding="utf-8")
    code, plan = looked_at(project)
    assert (code, plan.count("cleaner run raw corpus")) == (1, 1)
