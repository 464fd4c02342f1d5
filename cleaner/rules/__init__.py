r"""Knowledge as data: every table of rules is a TOML file beside this one.

A row proves itself: it carries examples of what it changes and tempting ones that it must leave alone; the
test suite runs them all. Invisible and look-alike characters are written as `\uXXXX` escapes.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
import tomllib
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return the parsed table `cleaner/rules/NAME.toml`; callers must not change it."""
    return tomllib.loads((resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


def names() -> list[str]:
    """Return the names of all tables, sorted."""
    return sorted(
        entry.name.removesuffix(".toml")
        for entry in resources.files(__name__).iterdir()
        if entry.name.endswith(".toml")
    )
