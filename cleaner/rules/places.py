"""Where a rule is made: the place in the package for an id that stands in edits.jsonl."""

from __future__ import annotations

from functools import cache
from pathlib import Path
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROW = re.compile(r'\bid\s*= "([^"]+)"')
_SPELLED = re.compile(r'"([a-z-]+\.[a-z-]+)"|\bRULE = "([a-z-]+)"')


def place(rule: str, own: Iterable[Path] = ()) -> str:
    """Return `FILE:LINE` of the row, or else of the code, that makes *rule*; an empty string if nothing does.

    Files of the package are named from its folder on. A rule `FILE.ROW` may be of a FILE of the user's *own*.
    """
    file, _, row = rule.partition(".")
    spelled = re.compile(rf"""\bid\s*=\s*(["']){re.escape(row)}\1""")
    for path in own:
        if path.stem == file and path.is_file():
            lines = path.read_text(encoding="utf-8").split("\n")
            return next((f"{path}:{at}" for at, line in enumerate(lines, 1) if spelled.search(line)), "")
    return _places().get(rule, "")


@cache
def _places() -> dict[str, str]:
    """Return the place of every id: that of its row, if it has one, for code may ask for it besides."""
    package = Path(__file__).parents[1]
    found: dict[str, str] = {}
    for suffix, pattern in (("toml", _ROW), ("py", _SPELLED)):
        for path in sorted(package.rglob(f"*.{suffix}")):
            for at, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
                for match in pattern.finditer(line):
                    rule = match[1] or match[2]
                    found.setdefault(rule, f"{path.relative_to(package).as_posix()}:{at}")
    return found
