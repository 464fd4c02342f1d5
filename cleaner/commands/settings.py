"""Command line options made from `cleaner.options.Options`, so that there is one list of them."""

from __future__ import annotations

from dataclasses import Field, fields
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cleaner import rules
from cleaner.options import ALIASES, CHOICES, Options, option_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Command = TypeVar("Command", bound="Callable[..., Any]")


class _Path(click.Path):
    """A path; an empty one would be the current folder, which nobody means who has forgotten a variable."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Return *value* as a path."""
        if value == "":
            self.fail("the name is empty; for this folder, say '.'", param, ctx)
        return super().convert(value, param, ctx)


PATH = _Path(path_type=Path)


def text(argument: str) -> str:
    """Return the *argument* in letters also where the locale has none; `Options` refuses other bytes."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")


def document_id(argument: str) -> str:
    """Return the *argument* as an id, which may have been made of the name of a file: see `file_name`."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


CLEANING = ("title_field", "without", "boilerplate", "minimum_words", "keep_bidi_marks", "keep_tatweel")
"""The options that say how a text is cleaned."""

DEDUP = tuple(option.name for option in fields(Options) if option.name not in CLEANING)
"""Those of a search for duplicates alone."""


def with_options(*names: str) -> Callable[[Command], Command]:
    """Give a command `--config` and an option for each field of `Options` (or for those of *names*)."""

    def decorate(command: Command) -> Command:
        for option in reversed([option for option in fields(Options) if not names or option.name in names]):
            command = _click_option(option)(command)
        return click.option(
            "--config",
            type=PATH,
            metavar="FILE",
            help="TOML file with any of these options as keys; the command line wins.",
        )(command)

    return decorate


def with_comparison(command: Command) -> Command:
    """Give a command the options that say what is compared with what, beside the corpus itself."""
    for name, settings in COMPARISON.items():
        command = click.option(f"--{name}", **{"type": PATH, **settings})(command)
    return command


COMPARISON: dict[str, dict[str, Any]] = {
    "index": {
        "metavar": "DIR",
        "help": "Write an index of what is kept to the folder DIR, for --against in later runs. An index "
        "that is there is extended if it is given to --against as well, else refused; by an input that is in "
        "it already nothing is added, and a lost OUT is made again.",
    },
    "against": {
        "metavar": "DIR",
        "multiple": True,
        "help": "Index of a corpus that is there already: what repeats one of its documents is dropped; "
        "may be given several times.",
    },
    "passages": {
        "type": click.IntRange(min=0),
        "metavar": "WORDS",
        "default": 0,
        "help": "List in --pairs the passages of at least so many words that two kept documents of a pair "
        "share, with their places in both texts.",
    },
    "pairs": {"metavar": "FILE", "help": "Write every verified pair of near-duplicates to FILE."},
}


def with_processes(command: Command) -> Command:
    """Give a command `--jobs` and `--quiet`."""
    command = click.option(
        "--quiet", is_flag=True, help="No progress bar and no summary; without a terminal there is none."
    )(command)
    return click.option(
        "--jobs", type=click.IntRange(min=1), help="Processes.  [default: all available processors]"
    )(command)


def make_options(config: Path | None, given: dict[str, Any]) -> Options:
    """Return the options of the file *config*, overruled by those *given* on the command line."""
    values = rules.read(config) if config else {}
    values = {option_name(key): value for key, value in values.items()}
    if isinstance(files := values.get("rules"), list):  # in UTF-8, whatever the locale makes of their names
        values["rules"] = [os.fsdecode(name.encode()) if isinstance(name, str) else name for name in files]
    said = {name: value for name, value in given.items() if value is not None and value != ()}
    return Options.from_mapping(values | said)


def _click_option(option: Field[Any]) -> Callable[[Command], Command]:
    name, default = option.name.replace("_", "-"), option.default
    settings: dict[str, Any] = {"default": None, "help": option.metadata["help"]}
    if isinstance(default, bool):
        settings["help"] += f"  [default: {name if default else f'no-{name}'}]"
        return click.option(f"--{name}/--no-{name}", **settings)
    if isinstance(default, tuple):
        settings |= {"multiple": True, "default": (), "metavar": "NAME", "type": text}
        if option.name == "rules":
            settings |= {"metavar": "FILE", "type": str}
    elif option.name in CHOICES:
        settings["type"] = click.Choice(CHOICES[option.name])
    else:
        settings["type"] = text if isinstance(default, str) else type(default)
    if default not in ((), ""):
        settings["help"] += f"  [default: {_shown(default)}]"
    former = (f"--{old}" for old, new in ALIASES.items() if new == option.name)
    return click.option(f"--{name}", *former, option.name, **settings)


def _shown(default: object) -> str:
    return ", ".join(map(str, _each(default)))


def _each(default: object) -> Iterable[object]:
    return default if isinstance(default, tuple) else (default,)
