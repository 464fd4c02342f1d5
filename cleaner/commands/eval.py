"""`cleaner eval GOLD...`."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import click

from cleaner.commands.console import send, show, tell
from cleaner.commands.settings import PATH, make_options, with_options
from cleaner.errors import InputError, UsageError
from cleaner.text.printable import file_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cleaner.evaluation import Result

OPTIONS = ("without", "boilerplate", "rules", "minimum_words", "keep_bidi_marks", "keep_tatweel")
ALL = "all"
"""The name of all files as one."""


@click.command(short_help="Measure how well labelled pages are cleaned.")
@click.argument("gold", type=PATH, nargs=-1, required=True, metavar="GOLD...")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Form."
)
@click.option(
    "--worst",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    help="Pages to show, those with the most wrong words.",
)
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Seed of the samples that give F1 its interval."
)
@click.option(
    "--floors",
    type=PATH,
    metavar="FILE",
    help="TOML file with a table for each file of GOLD, by its name: the figures that it must reach.",
)
@click.option(
    "--raise-floors",
    is_flag=True,
    help="Write figures that are better than --floors into it, or all into a new one.",
)
@click.option(
    "--fail-on",
    multiple=True,
    metavar="CONDITION",
    help="Exit with 1 if this holds of all files as one, for example 'f1<0.98' or 'lost>0.001'.",
)
@with_options(*OPTIONS)
def eval(  # noqa: A001 - the command's name
    gold: tuple[Path, ...],
    *,
    floors: Path | None,
    raise_floors: bool,
    fail_on: tuple[str, ...],
    config: Path | None,
    **given: Any,  # noqa: ANN401 - the options
) -> None:
    """Clean the labelled pages of GOLD... one by one, and compare with what people would keep.

    A row of GOLD (.jsonl, .ndjson or .json, also .gz and .zst) holds `raw`, the page's text, and `spans`, a
    list of [start, end, kind, action]: code points of `raw`, what kind of boilerplate they are, and `remove`,
    or `neutral` for what is not scored; the rest is to be kept. REFERENCE.md names what a row may hold
    besides: facts, second articles, letter faults, sentences that look like boilerplate.

    Counted are words, folded and aligned by their longest common subsequence. The exit code is 1 if a floor
    or a condition is broken, 2 if the call or the labels make no sense.
    """
    shown = {name: given.pop(name) for name in ("form", "worst", "seed")}
    options = make_options(config, given)

    # `--help` does not wait for them
    from cleaner.engine.work import check_stage_names  # noqa: PLC0415 - see above
    from cleaner.evaluation import evaluate, read_gold  # noqa: PLC0415 - see above
    from cleaner.evaluation import floors as floor  # noqa: PLC0415 - see above
    from cleaner.evaluation.metrics import metrics  # noqa: PLC0415 - see above
    from cleaner.stages import news_pipeline  # noqa: PLC0415 - see above

    check_stage_names(options)
    if raise_floors and not floors:
        raise UsageError("--raise-floors needs the file of --floors")
    conditions = [floor.to_condition(text) for text in fail_on]
    is_new = raise_floors and floors is not None and not floors.exists()
    tables = _read_floors(floors) if floors and not is_new else {}
    names = _names(gold)
    limits = {name: floor.floors(table, name) for name, table in tables.items() if name in names}
    if floors and not limits and not is_new:
        raise UsageError(f"{floors} has no table for {', '.join(names)}")
    pipeline = news_pipeline(options)
    results = {name: list(evaluate(read_gold(path), pipeline)) for name, path in names.items()}
    everything = [result for members in results.values() for result in members]
    _print(results if len(results) == 1 else {**results, ALL: everything}, **shown)
    measured = {name: metrics(members) for name, members in results.items()}
    broken = [
        f"{name}: {wrong}"
        for name, wanted in limits.items()
        for condition in wanted
        if (wrong := condition.broken_by(measured[name]))
    ]
    broken += [wrong for condition in conditions if (wrong := condition.broken_by(metrics(everything)))]
    for message in broken:
        tell(message)
    if floors and raise_floors and not broken:
        text = (
            floor.written(measured) if is_new else floor.raised(floors.read_text(encoding="utf-8"), measured)
        )
        _replace(floors, text)
    if broken:
        click.get_current_context().exit(1)


def _names(paths: Sequence[Path]) -> dict[str, Path]:
    """Return the files by the names that reports and floors call them by: without folder and suffixes."""
    names: dict[str, Path] = {}
    for path in paths:
        if not path.is_file():
            raise InputError(f"{path}: there is no such file")
        whole = file_name(path.name)
        name = whole.removesuffix(".gz").removesuffix(".zst").rpartition(".")[0] or whole
        if name in names or name == ALL:
            raise UsageError(f"{path}: another file is called {name!r} already; rename one")
        names[name] = path
    return names


def _read_floors(path: Path) -> dict[str, Mapping[str, object]]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"{path}: {error}") from error
    if loose := [key for key, value in tables.items() if not isinstance(value, dict)]:
        raise UsageError(f"{path}: {loose[0]!r} stands in no table; floors stand under [NAME OF THE FILE]")
    return tables


def _print(results: Mapping[str, list[Result]], *, form: str, worst: int, seed: int) -> None:
    if form == "json":
        send(_json(results, worst, seed))
        return
    for line in _text(results, worst, seed):
        show(line)


def _json(results: Mapping[str, list[Result]], worst: int, seed: int) -> bytes:
    import msgspec  # noqa: PLC0415 - only for JSON

    from cleaner.evaluation.presentation import as_object  # noqa: PLC0415 - see above

    objects = {name: as_object(members, worst=worst, seed=seed) for name, members in results.items()}
    return msgspec.json.format(msgspec.json.encode(objects), indent=2) + b"\n"


def _text(results: Mapping[str, list[Result]], worst: int, seed: int) -> Iterator[str]:
    from cleaner.evaluation.presentation import lines  # noqa: PLC0415 - `--help` does not wait for it

    for number, (name, members) in enumerate(results.items()):
        yield from [""] * bool(number)
        yield from lines(name, members, worst=worst if name != ALL else 0, seed=seed)


def _replace(path: Path, text: str) -> None:
    from cleaner.output.atomic import destination  # noqa: PLC0415 - only for --raise-floors

    with destination(path) as stream:
        stream.write(text.encode())
