"""`cleaner eval` at the command line: what it prints, the floors it holds, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
import tomllib
from typing import Any

from click.testing import CliRunner, Result
import pytest

from cleaner.commands import cleaner
from cleaner.errors import UsageError
from cleaner.evaluation.floors import floors, raised, to_condition

PAGES = Path(__file__).parents[2] / "fixtures" / "gold" / "pages.jsonl"


def call(*arguments: object) -> Result:
    """Return what `cleaner eval` with *arguments* did."""
    return CliRunner().invoke(cleaner, ["eval", *map(str, arguments)], prog_name="cleaner")


@pytest.fixture
def worse(tmp_path: Path) -> Path:
    """Return labels of which one is wrong: what is left in is boilerplate, they say."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in PAGES.read_text(encoding="utf-8").splitlines()]
    clean = next(row for row in rows if not row["spans"])
    clean["spans"] = [[0, clean["raw"].index("\n"), "ad", "remove"]]
    path = tmp_path / "worse.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_the_report_is_read_by_people(worse: Path) -> None:
    """Figures, what they are made of, and the worst page with its passage."""
    result = call(worse)
    assert result.exit_code == 0
    assert "worse: 4 pages, 123 words of boilerplate" in result.stdout
    assert "harvest (bare): 16 words left in, 0 lost" in result.stdout
    assert "left in [ad] بدأ مزارعو السهل" in result.stdout
    assert "harvest" not in call("--worst", 0, worse).stdout


def test_the_report_is_read_by_programs(worse: Path) -> None:
    """Each file by its name, and all as one."""
    figures = json.loads(call("--format", "json", PAGES, worse).stdout)
    assert list(figures) == ["pages", "worse", "all"]
    assert figures["pages"]["f1"] == 1
    assert figures["worse"]["words"]["left"] == figures["all"]["words"]["left"] == 16
    assert figures["worse"]["groups"]["bare"]["f1"] == 0
    [page] = figures["worse"]["worst"]
    assert [passage["kind"] for passage in page["left_in"]] == ["ad"]


def test_stages_can_be_left_out() -> None:
    """What a stage is worth is the difference."""
    figures = json.loads(call("--without", "boilerplate", "--format", "json", PAGES).stdout)["pages"]
    assert figures["f1"] < 0.5
    assert figures["kinds"]["embed"]["left"] == 0


@pytest.mark.parametrize(
    ("condition", "exit_code"), [("f1<0.98", 1), ("lost>0", 0), ("left_over>1", 2), ("f1 is bad", 2)]
)
def test_conditions_decide_the_exit_code(worse: Path, condition: str, exit_code: int) -> None:
    """1 if one holds, 2 if it is none."""
    result = call("--fail-on", condition, worse)
    assert result.exit_code == exit_code
    assert ("f1 is 0.93043, < 0.98" in result.stderr) == (exit_code == 1)


def test_what_cannot_be_measured_is_no_success(tmp_path: Path) -> None:
    """A floor under a figure that the labels do not speak of is broken."""
    path = tmp_path / "bare.jsonl"
    path.write_text(json.dumps({"raw": "عاد الهدوء.", "spans": []}) + "\n", encoding="utf-8")
    result = call("--fail-on", "title<0.5", path)
    assert result.exit_code == 1
    assert "title cannot be measured" in result.stderr


def test_floors_are_held_and_raised_but_never_sunk(worse: Path, tmp_path: Path) -> None:
    """Each file has a table; comments and order of the file of floors stay."""
    path = tmp_path / "floors.toml"
    held = '# ours\n[worse]\nf1 = 0.90 # in words\nlost = 0.1\n\n["another"]\nf1 = 0.5\n'
    path.write_text(held, encoding="utf-8")
    assert call("--floors", path, worse).exit_code == 0
    assert path.read_text(encoding="utf-8") == held
    assert call("--floors", path, "--raise-floors", worse).exit_code == 0
    higher = '# ours\n[worse]\nf1 = 0.93043 # in words\nlost = 0\n\n["another"]\nf1 = 0.5\n'
    assert path.read_text(encoding="utf-8") == higher
    broken = call("--floors", path, "--raise-floors", "--without", "boilerplate", worse)
    assert broken.exit_code == 1
    assert "worse: f1 is" in broken.stderr
    assert path.read_text(encoding="utf-8") == higher


def test_new_floors_are_written(worse: Path, tmp_path: Path) -> None:
    """All that the labels allow, so that the next call holds them; without --raise-floors it is a mistake."""
    path = tmp_path / "new.toml"
    assert call("--floors", path, worse).exit_code == 2
    assert call("--floors", path, "--raise-floors", worse, PAGES).exit_code == 0
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    assert tables.keys() == {"worse", "pages"}
    assert tables["worse"]["f1"] == 0.93043
    assert call("--floors", path, worse, PAGES).exit_code == 0
    assert call("--floors", path, "--without", "boilerplate", worse).exit_code == 1


def test_a_better_figure_raises_its_floor_alone() -> None:
    """Rounded to the side on which it holds."""
    text = "[a]\nf1 = 0.5\nlost = 0.2\n[b]\nf1 = 0.5\n"
    measured = {"a": {"f1": 0.4, "lost": 0.123456}, "b": {"f1": 0.999999}}
    assert raised(text, measured) == "[a]\nf1 = 0.5\nlost = 0.12346\n[b]\nf1 = 0.99999\n"


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">="])
def test_a_condition_means_what_it_says(sign: str) -> None:
    """On both sides of the number and on it."""
    broken = [bool(to_condition(f"f1 {sign} .5").broken_by({"f1": value})) for value in (0.4, 0.5, 0.6)]
    assert (
        broken
        == {
            "<": [True, False, False],
            "<=": [True, True, False],
            ">": [False, False, True],
            ">=": [False, True, True],
        }[sign]
    )


def test_floors_of_losses_are_ceilings() -> None:
    """Lost words may be fewer, found ones more."""
    f1, lost = floors({"f1": 0.9, "lost": 0.1}, "gold")
    assert not f1.broken_by({"f1": 0.95})
    assert f1.broken_by({"f1": 0.85})
    assert not lost.broken_by({"lost": 0.05})
    assert lost.broken_by({"lost": 0.15})
    with pytest.raises(UsageError, match="not a number"):
        floors({"f1": "high"}, "gold")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((PAGES.with_name("absent.jsonl"),), "there is no such file"),
        ((PAGES, PAGES), "another file is called 'pages'"),
        (("--raise-floors", PAGES), "needs the file of --floors"),
        (("--floors", PAGES.with_name("absent.toml"), PAGES), "No such file"),
        (("--floors", PAGES, PAGES), "pages.jsonl"),
        (("--without", "boilerplat", PAGES), "did you mean 'boilerplate'"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(arguments: tuple[object, ...], message: str) -> None:
    """Exit code 2, and nothing on standard output."""
    result = call(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_floors_of_other_files_are_a_mistake(tmp_path: Path) -> None:
    """No table of the file speaks of what was measured; and a floor stands in a table."""
    path = tmp_path / "floors.toml"
    path.write_text("[other]\nf1 = 0.5\n", encoding="utf-8")
    assert "has no table for pages" in call("--floors", path, PAGES).stderr
    path.write_text("f1 = 0.5\n", encoding="utf-8")
    assert "stands in no table" in call("--floors", path, PAGES).stderr
