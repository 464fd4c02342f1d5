"""Whether the anchors that a pattern is declared with are right: no match is without one of them.

Patterns are read as `re` reads them, with a private module of Python: where that changes, tests may break,
the program may not.
"""

from __future__ import annotations

import re
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_PLACES = (op.AT, op.ASSERT, op.ASSERT_NOT)
_BEGINNING = "\x02"
"""Stands before the first character of a match, so that an anchor may ask for it."""
LARGEST_CLASS = 64
"""Characters of a class that are told apart."""
MOST_ENDS = 5000
"""Ways that are followed side by side; where they part into more, what was read on them is forgotten."""


def missed(pattern: str, anchors: Iterable[str]) -> set[str]:
    """Return the last characters, as far as they are known, of what *pattern* may match without an anchor.

    Nothing is returned if one of *anchors* surely stands in every match; one with `^` before it opens it.
    """
    tree = _parser.parse(pattern)
    known = [anchor.replace("^", _BEGINNING, 1) if anchor.startswith("^") else anchor for anchor in anchors]
    return _Walk(known).through(tree, {_BEGINNING}, cased=_is_cased(tree.state.flags))


class _Walk:
    """All ways through a pattern at once. Of a way, only the last characters are known: its end.

    Where an anchor is complete the way is left, for what comes behind makes no difference.
    """

    def __init__(self, anchors: list[str]) -> None:
        self._anchors = tuple(anchors)
        self._size = max(map(len, anchors), default=1)

    def through(self, nodes: Iterable[tuple[Any, Any]], ends: set[str], *, cased: bool) -> set[str]:
        """Let the ways with these *ends* go on through *nodes*; return the ends of those without anchor."""
        for node, value in nodes:
            if node in _PLACES:
                continue
            ends = self._through_one(node, value, ends, cased=cased)
            if len(ends) > MOST_ENDS:
                ends = {""}
        return ends

    def _through_one(self, node: Any, value: Any, ends: set[str], *, cased: bool) -> set[str]:  # noqa: ANN401 - `re` does not name its types
        if node is op.BRANCH:
            return set().union(*(self.through(branch, ends, cased=cased) for branch in value[1]))
        if node is op.SUBPATTERN:
            return self.through(value[3], ends, cased=cased and _is_cased(value[1]))
        if node is op.ATOMIC_GROUP:
            return self.through(value, ends, cased=cased)
        if node in _REPEATS:
            return self._repeated(value, ends, cased=cased)
        characters = _characters(node, value) if cased else None
        if characters is None:
            return {""} if ends else ends
        grown = {end + character for end in ends for character in characters}
        return {end[-self._size :] for end in grown if not end.endswith(self._anchors)}

    def _repeated(self, value: Any, ends: set[str], *, cased: bool) -> set[str]:  # noqa: ANN401 - see above
        least, most, nodes = value
        left = ends if least == 0 else set[str]()
        for times in range(1, most + 1):
            longer = self.through(nodes, ends, cased=cased)
            if longer == ends or (times > least and longer <= left):
                return left | longer
            ends = longer
            if times >= least:
                left = left | longer
        return left


def _is_cased(flags: int) -> bool:
    return not flags & re.IGNORECASE


def _characters(node: Any, value: Any) -> set[str] | None:  # noqa: ANN401 - see above
    """Return all that may stand for one character of a pattern; None if they are not told apart."""
    if node is op.LITERAL:
        return {chr(value)}
    if node is not op.IN or any(kind not in (op.LITERAL, op.RANGE) for kind, _ in value):
        return None
    spans = [(what, what) if kind is op.LITERAL else what for kind, what in value]
    if sum(last - first + 1 for first, last in spans) > LARGEST_CLASS:
        return None
    return {chr(code) for first, last in spans for code in range(first, last + 1)}
