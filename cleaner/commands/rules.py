"""`cleaner rules [TABLE]`."""

from __future__ import annotations

from importlib import resources
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import click

from cleaner.commands.console import echo, show
from cleaner.commands.settings import PATH
from cleaner.text.printable import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@click.command(short_help="Print the rule tables.")
@click.argument("name", metavar="[TABLE]", required=False)
@click.option(
    "--rules", "files", type=PATH, multiple=True, metavar="FILE", help="File of rules of one's own."
)
@click.option(
    "--learned", is_flag=True, help="Tables that were counted or trained: how each was made, and where it is."
)
def rules(name: str | None, files: tuple[Path, ...], *, learned: bool) -> None:
    """List the tables of rules or, given one by name, print its rows with their reasons and examples.

    Beside its name stands where a rule is made: the line of a table, or of the program.

    Rules of one's own are checked, and listed behind those that are shipped.
    """
    from cleaner.errors import unknown  # noqa: PLC0415 - `--help` does not wait for them
    from cleaner.learned import provenance  # noqa: PLC0415 - see above
    from cleaner.page.own_rules import own_markers  # noqa: PLC0415 - see above
    from cleaner.rules import names, read, table  # noqa: PLC0415 - see above
    from cleaner.rules.places import place  # noqa: PLC0415 - see above

    if learned:
        made = provenance()
        chosen = made if name is None else {name.replace("-", "_"): None}
        for known in chosen:
            if known not in made:
                raise unknown("learned table", known, made)
            _print_row(known, made[known])
        return
    own_markers(list(map(str, files)))
    tables = {known: (table(known), headline(known)) for known in names()}
    tables |= {file.stem: (read(file), str(file)) for file in files}
    if name is None:
        width = max(map(len, tables))
        for known, (contents, said) in tables.items():
            show(f"{known:{width}}  {len(list(rows(contents))):3} rows  {said}")
        return
    wanted = name if name in tables else name.replace("-", "_")
    if wanted not in tables:
        raise unknown("table", name, tables)
    for title, row in rows(tables[wanted][0]):
        rule = title if "." in title or "rule" in row else f"{name}.{title}"
        _print_row(rule, row, place(rule, files))


def _print_row(title: str, row: Mapping[str, Any], where: str = "") -> None:
    """Print a row of a table: its name, *where* it is made, and what it holds."""
    echo(f"{click.style(visible(title), bold=True)}  {visible(where)}".rstrip())
    for key, value in row.items():
        show(f"  {key}: {joined(value)}")


def headline(name: str) -> str:
    """Return the first sentence of the comment that a table begins with."""
    source = resources.files("cleaner.rules") / f"{name}.toml"
    lines = source.read_text(encoding="utf-8").splitlines()
    comment = " ".join(line.lstrip("# ") for line in takewhile(lambda line: line.startswith("#"), lines))
    return comment.partition(". ")[0].removesuffix(".") + "."


def rows(contents: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the rows of a table with their names: what stands in lists of rows, and sub-tables."""
    for key, value in contents.items():
        if isinstance(value, dict):
            yield key, value
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            for item in value:
                title = next(
                    (str(item[name]) for name in ("id", "rule", "code", "name") if name in item), key
                )
                yield title, item


def joined(value: object) -> str:
    """Return *value* as one string."""
    if isinstance(value, list):
        return " · ".join(map(joined, value))
    if isinstance(value, dict):
        return " · ".join(f"{key} → {joined(item)}" for key, item in value.items())
    return str(value)
