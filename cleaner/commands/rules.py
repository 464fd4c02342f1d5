"""`cleaner rules [TABLE]`."""

from __future__ import annotations

from importlib import resources
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@click.command(short_help="Print the rule tables.")
@click.argument("name", metavar="[TABLE]", required=False)
def rules(name: str | None) -> None:
    """List the tables of rules or, given one by name, print its rows with their reasons and examples."""
    from cleaner.errors import unknown  # noqa: PLC0415 - `--help` does not wait for them
    from cleaner.rules import names, table  # noqa: PLC0415 - see above

    if name is None:
        width = max(map(len, names()))
        for known in names():
            click.echo(f"{known:{width}}  {len(list(rows(table(known)))):3} rows  {headline(known)}")
        return
    wanted = name.replace("-", "_")
    if wanted not in names():
        raise unknown("table", name, names())
    for title, row in rows(table(wanted)):
        click.secho(title if "." in title else f"{name}.{title}", bold=True)
        for key, value in row.items():
            click.echo(f"  {key}: {shown(value)}")


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


def shown(value: object) -> str:
    """Return *value* on one line, with invisible characters written as escapes."""
    if isinstance(value, list):
        return " · ".join(map(shown, value))
    if isinstance(value, dict):
        return " · ".join(f"{shown(key)} → {shown(item)}" for key, item in value.items())
    return "".join(
        character if character.isprintable() else repr(character)[1:-1] for character in str(value)
    )
