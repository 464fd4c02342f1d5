"""Where a text stands in its record, and how the record reads with another text in the same place.

Nothing else of the record changes, not even how its other characters are escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.check.texts import Character

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[][{}:,]', re.DOTALL)
_UNIT = re.compile(r"\\u[dD][89abAB]..\\u....|\\u....|\\.|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A text in its record: *units[i]* is how the record writes its code point *i*."""

    before: str
    units: tuple[str, ...]
    after: str
    is_json: bool

    def rewrite(self, characters: Iterable[Character]) -> str:
        """Return the record with *characters* in this place."""
        written = (self._unit(character) for character in characters)
        return f"{self.before}{''.join(written)}{self.after}"

    def _unit(self, character: Character) -> str:
        if not character.is_new:
            return self.units[character.place]
        if not self.is_json:
            return character.value
        # A file that escapes its letters goes on doing so.
        escapes = all(unit.isascii() for unit in self.units)
        return json.dumps(character.value, ensure_ascii=escapes)[1:-1]


def place_in_text(text: str) -> TextPlace:
    """Return the place of a text that is its whole file."""
    return TextPlace("", tuple(text), "", is_json=False)


def place_in_json(record: str, name: str) -> TextPlace:
    """Return the place of the string under *name* in the JSON object *record*; of two, that of the last."""
    start, end = _string_span(record, name)
    units = tuple(_UNIT.findall(record, start, end))
    return TextPlace(record[:start], units, record[end:], is_json=True)


def _string_span(record: str, name: str) -> tuple[int, int]:
    """Return where the string under *name* stands, without its quotes. Raises `ValueError` if nowhere."""
    span: tuple[int, int] | None = None
    depth, key, previous = 0, "", ""
    for token in _TOKEN.finditer(record):
        sign = token[0]
        if sign in ("{", "["):
            depth += 1
        elif sign in ("}", "]"):
            depth -= 1
        elif depth == 1 and sign[0] == '"':
            if previous == ":" and key == name:
                span = (token.start() + 1, token.end() - 1)
            elif previous in ("{", ","):
                key = json.loads(sign, strict=False)
        previous = sign
    if span is None:
        raise ValueError(f"no string stands under {name!r}")
    return span
