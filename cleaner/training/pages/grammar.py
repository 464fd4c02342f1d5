"""Chance, and the texts of a grammar: rules expanded at random, dates, clocks and times since."""

from __future__ import annotations

from pathlib import Path
import random
import tomllib
from typing import TYPE_CHECKING, Any, TypeVar

import regex

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_TABLES: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("page_grammar.toml").read_text(encoding="utf-8")
)
MONTHS: dict[str, Any] = _TABLES.pop("months")
"""Names of months by calendar; those of the sun in several usages."""
FORMS: dict[str, list[str]] = _TABLES.pop("forms")
"""How clocks, dates and times since are written, with fields of `str.format`."""
GRAMMAR: dict[str, list[str]] = _TABLES
"""The alternatives of each rule; {rule} in them is expanded."""

_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_RULE = regex.compile(r"\{(\w+)\}")


class Expander:
    """Draws at random, and expands rules of the grammar; the same from the same *seed*."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # pages are no secrets
        self.eastern = False  # whether digits are those of the Arab East
        self.supplied: dict[str, Callable[[], str]] = {
            "year": self.year,
            "clock": self.clock,
            "english_date": self.english_date,
            "date": self.date,
            "ago": self.ago,
            "stamp": self.stamp,
        }

    # The order of draws makes the pages of a seed: also what is not used is drawn, where it always was.

    def one(self, *of: T) -> T:
        """Return one of the arguments."""
        return self.random.choice(of)

    def chance(self, share: float) -> bool:
        """Tell whether something happens that happens in this *share* of cases."""
        return self.random.random() < share

    def many(self, low: int, high: int, of: Callable[[], T]) -> list[T]:
        """Return what *low* to *high* calls of a function return."""
        return [of() for _ in range(self.random.randint(low, high))]

    def say(self, rule: str) -> str:
        """Return one expansion of a *rule* of the grammar, or of one of those that the program supplies."""
        if rule in GRAMMAR:
            return self.expand(self.random.choice(GRAMMAR[rule]))
        if rule[0] == "n" and rule[1:].isdecimal():
            digits = int(rule[1:])
            return self.digits(str(self.random.randrange(10 ** (digits - 1), 10**digits)))
        return self.supplied[rule]()

    def expand(self, alternative: str) -> str:
        """Return an *alternative* of a rule with each {rule} in it expanded."""
        return str(_RULE.sub(lambda match: self.say(match[1]), alternative))

    def digits(self, text: str) -> str:
        """Return *text* with the digits of the page."""
        return text.translate(_EASTERN) if self.eastern else text

    def year(self) -> str:
        """Return a year of a lifetime."""
        return self.digits(str(self.random.randint(1955, 2026)))

    def clock(self) -> str:
        """Return a time of the day."""
        hour, minute = self.random.randrange(24), self.random.randrange(60)
        half, second = self.say("half"), self.random.randrange(60)
        form = self.one(*FORMS["clock"])
        return self.digits(
            form.format(hour=hour, half_hour=hour % 12 + 1, minute=minute, second=second, half=half)
        )

    def english_date(self) -> str:
        """Return a date as embedded posts have it."""
        month = self.one(*MONTHS["english"])[: self.one(3, 9)]
        return f"{month} {self.random.randint(1, 28)}, {self.random.randint(2012, 2026)}"

    def date(self) -> str:
        """Return a date, maybe with the day of the week, the time, or the date by the moon."""
        date = self._day()
        if self.chance(0.35):
            date = self.say("day") + self.one(" ", " ، ", ", ", " - ", "، ") + date
        if self.chance(0.35):
            date += self.one(" ", " - ", " | ", "، ", " , ", " - الساعة ", " في ", "، الساعة ") + self.clock()
        if self.chance(0.08):
            day, month = self.random.randint(1, 29), self.one(*MONTHS["moon"])
            year, era = self.random.randint(1425, 1448), self.one("هـ", "ه", "")
            date += f" - {day} {month} {year} {era}".rstrip()
        return self.digits(date)

    def _day(self) -> str:
        day, month = self.random.randint(1, 28), self.random.randrange(12)
        year = self.random.randint(2004, 2026)
        first, second, *_ = sun = MONTHS["sun"]
        name = self.one(*sun)[month]
        return self.one(*FORMS["date"]).format(
            day=day,
            month=month + 1,
            year=year,
            name=name,
            first_name=first[month],
            second_name=second[month],
            english=MONTHS["english"][month],
        )

    def ago(self) -> str:
        """Return how long ago something was."""
        some = self.random.randint(3, 59)
        units = {unit: self.say(unit) for unit in ("since_unit", "since_units", "before_units", "short_unit")}
        return self.digits(self.one(*FORMS["ago"]).format(some=some, few=some % 8 + 3, **units))

    def stamp(self) -> str:
        """Return when something was published: a clock, a date, or how long ago."""
        return self.one(self.clock, self.date, self.ago, self.ago)()
