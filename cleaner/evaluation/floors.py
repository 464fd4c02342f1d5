"""Floors: metrics that must be reached. They only rise, so that progress is not lost again."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
import json
import operator
import re
from typing import TYPE_CHECKING, NamedTuple

from cleaner.errors import UsageError, unknown
from cleaner.evaluation.metrics import FIGURES, LOWER_IS_BETTER

if TYPE_CHECKING:
    from collections.abc import Mapping

_CONDITION = re.compile(r"\s*(\w+)\s*(<=|>=|<|>)\s*(\d*\.?\d+)\s*")
_SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_TABLE = re.compile(r'\s*\[\s*"?([^"\]]+?)"?\s*\]')
_FLOOR = re.compile(r"(\s*(\w+)\s*=\s*)([\d.]+)")


class Condition(NamedTuple):
    """A condition under which a metric fails, such as `f1 < 0.98`."""

    figure: str
    sign: str
    number: float

    def broken_by(self, measured: Mapping[str, float]) -> str:
        """Return a message if the metrics *measured* fail or lack this one, or ""."""
        value = measured.get(self.figure)
        if value is None:
            return f"{self.figure} cannot be measured: the labels do not speak of it"
        if _SIGNS[self.sign](value, self.number):
            return f"{self.figure} is {value:.5f}, {self.sign} {self.number:g}"
        return ""


def to_condition(text: str) -> Condition:
    """Return the condition in *text*, such as `f1<0.98`. Raises `UsageError` if it is not valid."""
    match = _CONDITION.fullmatch(text)
    if not match:
        raise UsageError(f"{text!r} is no condition; say for example 'f1<0.98' or 'lost>0.001'")
    _check(match[1])
    return Condition(match[1], match[2], float(match[3]))


def floors(table: Mapping[str, object], name: str) -> list[Condition]:
    """Return the conditions in *table*, the floors of file *name*. Raises `UsageError` for wrong rows.

    A number is the least that is allowed; for metrics of `LOWER_IS_BETTER` the most.
    """
    conditions: list[Condition] = []
    for figure, number in table.items():
        _check(figure)
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise UsageError(f"the floor {figure} of {name} is {number!r}, not a number")
        conditions.append(Condition(figure, ">" if figure in LOWER_IS_BETTER else "<", float(number)))
    return conditions


def raised(text: str, measured: Mapping[str, Mapping[str, float]]) -> str:
    """Return the TOML *text* of floors, with each floor replaced where the metric *measured* is better.

    *measured* holds the metrics by table name. The layout and the comments of the text stay.
    """
    lines = text.splitlines(keepends=True)
    figures: Mapping[str, float] = {}
    for number, line in enumerate(lines):
        if table := _TABLE.match(line):
            figures = measured.get(table[1], {})
        elif floor := _FLOOR.match(line):
            lines[number] = (
                floor[1] + _better(floor[2], floor[3], figures.get(floor[2])) + line[floor.end() :]
            )
    return "".join(lines)


def written(measured: Mapping[str, Mapping[str, float]]) -> str:
    """Return floors at the metrics *measured* as TOML text, with a table for each file."""
    tables = (
        "\n".join(
            [
                f"[{json.dumps(name, ensure_ascii=False)}]",
                *(f"{figure} = {_plain(_safe(figure, value))}" for figure, value in figures.items()),
                "",
            ]
        )
        for name, figures in measured.items()
    )
    return "\n".join(tables)


def _better(figure: str, floor: str, value: float | None) -> str:
    """Return the better of the *floor* and the measured *value* as text."""
    if value is None:
        return floor
    safe = _safe(figure, value)
    is_better = safe < Decimal(floor) if figure in LOWER_IS_BETTER else safe > Decimal(floor)
    return _plain(safe) if is_better else floor


def _safe(figure: str, value: float) -> Decimal:
    """Return *value*, rounded to five places in the direction in which the floor still holds."""
    side = ROUND_CEILING if figure in LOWER_IS_BETTER else ROUND_FLOOR
    return Decimal(repr(value)).quantize(Decimal("0.00001"), side)


def _plain(number: Decimal) -> str:
    """Return *number* as text without exponent and without zeros at the end."""
    return f"{number.normalize():f}"


def _check(figure: str) -> None:
    """Raise `UsageError` if *figure* is no metric."""
    if figure not in FIGURES:
        raise unknown("figure", figure, FIGURES)
