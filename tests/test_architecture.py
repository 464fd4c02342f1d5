"""The shape of the package: imports point one way, and what is heavy stays where it is needed."""

from __future__ import annotations

import ast
from collections import Counter
from graphlib import TopologicalSorter
from itertools import chain
from pathlib import Path
import subprocess
import sys

import pytest

from cleaner.check.repeats import FEW

PACKAGE = Path(__file__).parents[1] / "cleaner"

LAYERS = (
    {"errors"},
    {"document", "rules", "learned"},
    {"text"},
    {"options"},
    {"pipeline", "page", "reading"},
    {"records", "output"},
    {"duplicates", "recurring"},
    {"stages"},
    {"engine"},
    {"check", "explain"},
    {"evaluation"},
    {"commands"},
)
"""Modules and rooms of `cleaner`; each imports from layers above it in this list only."""

APART = {"__init__", "__main__", "training"}
"""The public names and the entry point; and what developers run by hand to make the learned tables."""

FENCED = {
    "click": {"commands"},
    "rich": {"commands"},
    "ahocorasick_rs": {"text"},
    "numpy": {"duplicates", "page", "recurring", "text"},
    "datasketch": {"duplicates"},
    "tomllib": {"rules", "learned", "commands"},
    "multiprocessing": {"engine"},
    "trafilatura": {"reading"},
    "zstandard": {"learned", "reading", "text"},
}
"""What only these may import."""


def modules() -> dict[str, list[ast.Module]]:
    """Return the syntax trees of each module or package directly below `cleaner`."""
    trees: dict[str, list[ast.Module]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        trees.setdefault(name, []).append(ast.parse(path.read_text(encoding="utf-8")))
    return trees


def imported(trees: list[ast.Module]) -> set[str]:
    """Return the full names of all modules that *trees* import, also inside functions."""
    names: set[str] = set()
    for node in chain.from_iterable(map(ast.walk, trees)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "cleaner":
            names.update(f"cleaner.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


MODULES = modules()


def test_every_module_has_its_layer() -> None:
    """A new module is put where it belongs, once."""
    placed = list(chain(*LAYERS))
    assert sorted(placed) == sorted(MODULES.keys() - APART)


PACKAGES = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


@pytest.mark.parametrize("name", PACKAGES)
def test_no_module_of_a_package_needs_itself(name: str) -> None:
    """Not through another one either: their imports can be put in an order."""
    paths = {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
        for path in (PACKAGE / name).rglob("*.py")
    }
    needs: dict[str, set[str]] = {}
    for module, path in paths.items():
        needs[module] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = {f"{node.module}.{alias.name}" for alias in node.names}
                needs[module] |= (names & paths.keys()) or ({node.module} & paths.keys())
    assert set(TopologicalSorter(needs).static_order()) == paths.keys()


@pytest.mark.parametrize("name", sorted(set(MODULES) - APART))
def test_imports_point_one_way(name: str) -> None:
    """From later layers to earlier ones; so no two modules need each other."""
    depth = next(depth for depth, layer in enumerate(LAYERS) if name in layer)
    allowed = set(chain(*LAYERS[:depth])) | {name, "__version__"}
    needed = {full.split(".")[1] for full in imported(MODULES[name]) if full.startswith("cleaner.")}
    assert needed <= allowed


@pytest.mark.parametrize("library", sorted(FENCED))
def test_libraries_are_used_where_they_belong(library: str) -> None:
    """A library that can be exchanged is known to one room only."""
    users = {
        name for name, trees in MODULES.items() if library in {full.split(".")[0] for full in imported(trees)}
    }
    assert users - APART <= FENCED[library]


TWICE = {"dedup", "explain", "plan", "restore", "run", "rules", "check", "stages", "__init__", "__main__"}
"""A command bears the name of the engine, the room or the table that it is a front of."""


def test_a_module_name_stands_once() -> None:
    """So a name says which module is meant; a command and its engine share theirs."""
    names = Counter(path.stem for path in PACKAGE.rglob("*.py"))
    names.update(path.parent.name for path in PACKAGE.rglob("__init__.py"))
    assert {name for name, count in names.items() if count > 1} <= TWICE


def test_a_class_name_stands_once() -> None:
    """One name, one meaning."""
    names = Counter(
        node.name
        for node in chain.from_iterable(map(ast.walk, chain.from_iterable(MODULES.values())))
        if isinstance(node, ast.ClassDef)
    )
    assert {name for name, count in names.items() if count > 1} == set()


def loaded(*arguments: str) -> set[str]:
    """Return the names of the modules that `cleaner` with *arguments* has imported when it ends."""
    program = (
        "import sys\nfrom cleaner.commands import cleaner\n"
        "try: cleaner.main(sys.argv[1:], standalone_mode=False)\n"
        "finally: print('LOADED', *sys.modules)"
    )
    output = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    ).stdout
    return set(output.rpartition("LOADED")[2].split())


def test_help_waits_for_nothing() -> None:
    """It needs click and the list of options."""
    for arguments in (["--help"], ["run", "--help"], ["check", "--help"], ["--version"]):
        modules_loaded = loaded(*arguments)
        assert "click" in modules_loaded
        assert not modules_loaded & {
            "numpy",
            "datasketch",
            "regex",
            "msgspec",
            "rich.progress",
            "cleaner.stages",
        }


@pytest.mark.parametrize("library", ["numpy", "datasketch", "rich"])
def test_a_check_of_one_document_loads_no_search(tmp_path: Path, library: str) -> None:
    """A hook runs at every commit: it must not wait for what one document does not need."""
    (tmp_path / "a.txt").write_text(
        "افتتحت البلدية حديقة جديدة على ضفة النهر بحضور مئات السكان.", encoding="utf-8"
    )
    modules_loaded = loaded("check", str(tmp_path / "a.txt"))
    assert "cleaner.check" in modules_loaded
    assert library not in modules_loaded


def test_a_run_without_duplicates_loads_no_search(tmp_path: Path) -> None:
    """Who leaves the search out does not pay for it."""
    (tmp_path / "a.txt").write_text(
        "افتتحت البلدية حديقة جديدة على ضفة النهر بحضور مئات السكان.", encoding="utf-8"
    )
    arguments = ("run", "--without", "near-duplicates", str(tmp_path / "a.txt"), str(tmp_path / "out"))
    modules_loaded = loaded(*arguments)
    assert "cleaner.engine.run" in modules_loaded
    assert not modules_loaded & {"numpy", "datasketch"}


def articles(path: Path, count: int) -> str:
    """Write *count* short articles to *path*, and return its name."""
    rows = (f'{{"text": "وصل الوفد رقم {number} إلى المدينة صباح اليوم"}}\n' for number in range(count))
    path.write_text("".join(rows), encoding="utf-8")
    return str(path)


def test_datasketch_is_loaded_where_a_search_starts(tmp_path: Path) -> None:
    """It takes longer than all else: nobody waits for it who does not compare many texts."""
    few, many = articles(tmp_path / "few.jsonl", 3), articles(tmp_path / "many.jsonl", FEW + 1)
    assert "datasketch" not in loaded("check", few)
    assert "datasketch" not in loaded("plan", few)
    assert "datasketch" in loaded("check", many)
    assert "datasketch" in loaded("dedup", few, str(tmp_path / "out"))


PROBE = """
import sys
from cleaner.duplicates import fingerprint
from cleaner.engine import row_batches, work
from cleaner.options import Options
from cleaner.engine.pool import ordered_map

def heavy(text):
    fingerprint([text], Options())
    return [name for name in ("numpy", "datasketch", "scipy") if name in sys.modules]

if __name__ == "__main__":
    import datasketch
    print(*ordered_map(heavy, ["one", "two", "three", "four"], 2))
"""


def test_worker_processes_load_no_datasketch(tmp_path: Path) -> None:
    """Fingerprints need nothing of it, also if the process that started them has loaded it."""
    (tmp_path / "probe.py").write_text(PROBE, encoding="utf-8")
    output = subprocess.run(
        [sys.executable, tmp_path / "probe.py"], capture_output=True, check=True, text=True
    )
    assert output.stdout.split() == ["['numpy']"] * 4
