"""Write the contents and tables of cleaner/REFERENCE.md that say what the program says: `make reference`."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
import re
from typing import TYPE_CHECKING

import click
from click.testing import CliRunner

from cleaner.commands import COMMANDS, cleaner
from cleaner.commands.rules import headline
from cleaner.commands.run import run
from cleaner.commands.stages import stages
from cleaner.options import Options
from cleaner.records.field_names import FIELD_NAMES, ID_NAMES, TEXT_NAMES
from cleaner.rules import names, table
from cleaner.text.printable import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAGE = Path(__file__).parents[1] / "cleaner" / "REFERENCE.md"


def each_command() -> Iterator[tuple[str, click.Command]]:
    """Yield the commands by name, in the order of `cleaner --help`."""
    context = click.Context(cleaner)
    for name in COMMANDS:
        command = cleaner.get_command(context, name)
        assert command
        yield name, command


def options_of(command: click.Command) -> list[click.Option]:
    """Return the options of *command* that its help lists."""
    return [option for option in command.params if isinstance(option, click.Option) and not option.hidden]


def contents(page: str) -> str:
    """Return a list of links to the headings of *page*, those of parts and of their sections."""
    headings = re.findall(r"(?m)^(##|###) (.+)$", re.sub(r"(?ms)^```.*?^```$", "", page))
    return "".join(
        f"{'  ' * (len(level) - 2)}* [{title}](#{anchor(title)})\n"
        for level, title in headings
        if title != "Contents"
    )


def anchor(heading: str) -> str:
    """Return the name under which a page can link to its *heading*, as hosts of repositories make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def commands(_: str) -> str:
    """Return a table of the commands and their arguments."""
    rows = []
    for name, command in each_command():
        pieces = command.collect_usage_pieces(click.Context(command))
        usage = " ".join(["cleaner", name, *(piece for piece in pieces if piece != "[OPTIONS]")])
        rows.append((f"`{_in_a_cell(usage)}`", command.get_short_help_str(200)))
    return _table("command | ", rows)


def options(_: str) -> str:
    """Return a table of the options of a run: those of `Options`, then those of the command itself."""
    rows = [
        (f"`--{option.name.replace('_', '-')}` | {_shown(option.default)}", option.metadata["help"])
        for option in fields(Options)
    ]
    known = {"config", *(option.name for option in fields(Options))}
    rows += [_option_row(option) for option in options_of(run) if option.name not in known]
    return _table("option | default | ", rows)


def other_options(_: str) -> str:
    """Return a table of the options that are not those of a run."""
    of_a_run = {option.name for option in options_of(run)}
    rows = []
    for name, command in each_command():
        for option in options_of(command):
            if option.name not in of_a_run:
                cells, text = _option_row(option)
                rows.append((f"`{name}` | {cells}", text))
    return _table("command | option | default | ", rows)


def taken(_: str) -> str:
    """Return a table of the options that each command takes: its own, and which of those of a run."""
    of_a_run = [option.opts[0] for option in options_of(run)]
    rows = []
    for name, command in each_command():
        every = [option.opts[0] for option in options_of(command)]
        own = [option for option in every if option not in of_a_run]
        shared = [option for option in of_a_run if option in every]
        lacking = [option for option in of_a_run if option not in every]
        if len(lacking) < len(shared):
            but = f" but {_codes(lacking)}" if lacking else ""
            rows.append((f"`{name}` | {_codes(own)}", f"all{but}"))
        else:
            rows.append((f"`{name}` | {_codes(own)}", _codes(shared)))
    return _table("command | its own | of those of a run", rows)


def stages_in_order(_: str) -> str:
    """Return a table of the stages, as `cleaner stages` lists them."""
    lines = CliRunner().invoke(stages).stdout.splitlines()
    return _table(
        "stage | ", ((f"`{name}`", text) for name, text in (line.split(maxsplit=1) for line in lines))
    )


def field_names(_: str) -> str:
    """Return a table of the names by which the fields of a record are found."""
    known = {"text": TEXT_NAMES, "id": ID_NAMES, **FIELD_NAMES}
    return _table(
        "what | ", ((own, ", ".join(f"`{name}`" for name in usual)) for own, usual in known.items())
    )


def rule_tables(_: str) -> str:
    """Return a table of the tables of rules, as `cleaner rules` lists them, without their growing sizes."""
    return _table("table | ", ((f"`{name}`", _in_a_cell(headline(name))) for name in names()))


def faults(_: str) -> str:
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
        "fault | for example | becomes | ",
        (
            (f"{visible(fault)} | {visible(before)} | {visible(after)}", visible(left))
            for fault, before, after, left in rows
        ),
    )


def doubts(_: str) -> str:
    """Return a table of what is reported, because it is not safe to change."""
    return _table("doubt | ", ((f"`{row['rule']}`", row["why"]) for row in table("letters")["doubt"]))


BLOCKS = {
    "commands": commands,
    "options": options,
    "other options": other_options,
    "taken options": taken,
    "fields": field_names,
    "stages": stages_in_order,
    "rules": rule_tables,
    "faults": faults,
    "doubts": doubts,
    "contents": contents,
}
"""What is written between `<!-- NAME -->` and `<!-- end -->`."""


def written(page: str) -> str:
    """Return the text of *page* with its contents and tables as they should be."""
    return re.sub(
        r"(?s)<!-- ([a-z ]+) -->\n.*?<!-- end -->",
        lambda block: f"<!-- {block[1]} -->\n{BLOCKS[block[1]](page)}<!-- end -->",
        page,
    )


def _table(head: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = [f"| {head} |", "|" + "---|" * (head.count("|") + 1)]
    lines += [f"| {name} | {text} |" for name, text in rows]
    return "\n".join(lines) + "\n"


def _option_row(option: click.Option) -> tuple[str, str]:
    text, _, default = (option.help or "").partition("  [default: ")
    default = f"`{option.default}`" if option.show_default else default.removesuffix("]")
    return f"`{option.opts[0]}` | {default}", text


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _in_a_cell(text: str) -> str:
    return text.replace("|", r"\|").replace("<", r"\<")


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return "on" if default else "off"
    return f"`{default}`" if default not in ("", ()) else ""


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
