"""A package whose docstring lists its modules lists them all, and no others.

Such a list has a line for each: `name.py` or, for a package inside, `name/`, and what it is for. Lines that
go on are indented.
"""

from __future__ import annotations

import ast
from pathlib import Path
import re

import pytest

ROOT = Path(__file__).parents[1]
LISTED = re.compile(r"^(\w+(?:\.py|/)) +\S", re.MULTILINE)
CONTENTS = {
    path.parent: found
    for path in sorted((ROOT / "cleaner").rglob("__init__.py"))
    if (found := LISTED.findall(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""))
}


def test_packages_list_their_modules() -> None:
    """Some do, so that the form is the one that is looked for."""
    assert len(CONTENTS) >= 5


@pytest.mark.parametrize("package", CONTENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_list_is_that_of_the_folder(package: Path) -> None:
    """Each module and each package inside stands in it once."""
    modules = [path.name for path in package.glob("*.py") if not path.name.startswith("__")]
    packages = [f"{path.parent.name}/" for path in package.glob("*/__init__.py")]
    assert sorted(CONTENTS[package]) == sorted(modules + packages)
