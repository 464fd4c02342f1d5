"""Write the tables of README.md that say what the program says: `make readme`."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
import re
from typing import TYPE_CHECKING

import click
from click.testing import CliRunner

from cleaner.commands import COMMANDS, cleaner
from cleaner.commands.run import run
from cleaner.commands.stages import stages
from cleaner.options import Options
from cleaner.rules import table
from cleaner.text.printable import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = Path(__file__).parents[1] / "README.md"


def commands() -> str:
    """Return a table of the commands."""
    context = click.Context(cleaner)
    found = ((name, cleaner.get_command(context, name)) for name in COMMANDS)
    return _table(
        "command",
        ((f"`cleaner {name}`", command.get_short_help_str(200)) for name, command in found if command),
    )


def options() -> str:
    """Return a table of the options of a run: those of `Options`, then those of the command itself."""
    rows = [
        (f"`--{option.name.replace('_', '-')}` | {_shown(option.default)}", option.metadata["help"])
        for option in fields(Options)
    ]
    known = {"config", *(option.name for option in fields(Options))}
    for parameter in run.params:
        if isinstance(parameter, click.Option) and parameter.name not in known:
            text, _, default = (parameter.help or "").partition("  [default: ")
            rows.append((f"`{parameter.opts[0]}` | {default.removesuffix(']')}", text))
    return _table("option | default", rows)


def stages_in_order() -> str:
    """Return a table of the stages, as `cleaner stages` lists them."""
    lines = CliRunner().invoke(stages).stdout.splitlines()
    return _table("stage", ((f"`{name}`", text) for name, text in (line.split(maxsplit=1) for line in lines)))


def faults() -> str:
    """Return a table of the faults of letters that are mended, and of what looks like them and stays."""
    rows = [
        (row["fault"], *next(iter(row["mends"].items())), row["leaves"]) for row in table("letters")["rule"]
    ]
    rows += [
        (row["name"].title(), *next(iter(row["mends"].items())), "words of languages that have it")
        for row in table("look_alikes")["letter"]
    ]
    rows += [
        (row["why"].rstrip("."), *next(iter(row["mends"].items())), ", ".join(row["keeps"]))
        for row in table("invisible")["character"]
    ]
    return _table(
        "fault | for example | becomes",
        (
            (f"{visible(fault)} | {visible(before)} | {visible(after)}", visible(left))
            for fault, before, after, left in rows
        ),
    )


def doubts() -> str:
    """Return a table of what is reported, because it is not safe to change."""
    return _table("doubt", ((f"`{row['rule']}`", row["why"]) for row in table("letters")["doubt"]))


def written(page: str) -> str:
    """Return the text of *page* with its tables as they should be."""
    tables = {
        "commands": commands,
        "options": options,
        "stages": stages_in_order,
        "faults": faults,
        "doubts": doubts,
    }
    return re.sub(
        r"(?s)<!-- (\w+) -->\n.*?<!-- end -->",
        lambda block: f"<!-- {block[1]} -->\n{tables[block[1]]()}<!-- end -->",
        page,
    )


def _table(head: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = [f"| {head} | |", "|" + "---|" * (head.count("|") + 2)]
    lines += [f"| {name} | {text} |" for name, text in rows]
    return "\n".join(lines) + "\n"


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return "on" if default else "off"
    return f"`{default}`" if default not in ("", ()) else ""


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
