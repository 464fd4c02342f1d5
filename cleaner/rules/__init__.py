r"""Knowledge as data: every table of rules is a TOML file beside this one.

A row proves itself: it carries examples of what it changes and tempting ones that it must leave alone; the
test suite runs them all. Invisible and look-alike characters are written as `\uXXXX` escapes.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
import tomllib
from typing import TYPE_CHECKING, Any

from cleaner.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


LARGEST = 1_000_000
"""Bytes of a table of the user's own; a device has no end."""


@cache
def table(name: str) -> dict[str, Any]:
    """Return the parsed table `cleaner/rules/NAME.toml`; callers must not change it."""
    return tomllib.loads((resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


def rows_of(name: str, kind: str) -> list[dict[str, Any]]:
    """Return the rows [[KIND]] of the table *name*, each with the id that stands in edits: `NAME.ROW`.

    Raises `ValueError` at an id that does not begin with the table's name: nobody would find it by that.
    """
    found: list[dict[str, Any]] = table(name)[kind]
    beginning = f"{name.replace('_', '-')}."
    for row in found:
        if not row["id"].startswith(beginning):
            raise ValueError(f"rules/{name}.toml: the id {row['id']!r} does not begin with {beginning!r}")
    return found


def expand(pattern: str) -> str:
    """Return *pattern* with the pieces of the table `grammar` for their names; pieces name earlier ones."""
    space = r"\ " if pattern.startswith("(?x)") else " "
    for name, piece in reversed(table("grammar")["pieces"].items()):
        pattern = pattern.replace(f"<{name}>", f"(?:{piece.replace(' ', space)})")
    return pattern


def read(path: Path) -> dict[str, Any]:
    """Return the parsed table of the user's own at *path*. Raises `UsageError` if it cannot be read."""
    try:
        if path.exists() and not (path.is_file() and path.stat().st_size <= LARGEST):
            raise UsageError(f"{path} is no table: those are files of up to {LARGEST} bytes")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"{path}: {error}") from error


def names() -> list[str]:
    """Return the names of all tables, sorted."""
    return sorted(
        entry.name.removesuffix(".toml")
        for entry in resources.files(__name__).iterdir()
        if entry.name.endswith(".toml")
    )
