"""Strings without which a pattern cannot match: where none of them stands, it need not be tried."""

from __future__ import annotations

import re
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def required(pattern: str) -> frozenset[str]:
    """Return strings one of which stands in every match of *pattern*; none at all if there are no such.

    A pattern that `re` cannot read (`regex` knows more) or that ignores case has none.
    """
    try:
        tree = _parser.parse(pattern)
    except re.error:
        return frozenset()
    return frozenset() if tree.state.flags & re.IGNORECASE else _of_sequence(tree)


def _of_sequence(nodes: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Return what the most telling of *nodes* requires: long strings tell more than short ones, few more."""
    found: list[frozenset[str]] = []
    literal = ""
    for node, value in nodes:
        if node is op.LITERAL:
            literal += chr(value)
            continue
        found += [frozenset([literal]), _of_node(node, value)]
        literal = ""
    found.append(frozenset([literal]))
    telling = [strings for strings in found if strings and "" not in strings]
    return max(telling, key=lambda strings: (min(map(len, strings)), -len(strings)), default=frozenset())


def _of_node(node: Any, value: Any) -> frozenset[str]:  # noqa: ANN401 - `re` does not name their types
    if node is op.BRANCH:
        branches = [_of_sequence(branch) for branch in value[1]]
        return frozenset().union(*branches) if all(branches) else frozenset()
    if node is op.SUBPATTERN and not value[1] & re.IGNORECASE:
        return _of_sequence(value[3])
    if node is op.ATOMIC_GROUP:
        return _of_sequence(value)
    if node in _REPEATS and value[0] >= 1:
        return _of_sequence(value[2])
    return frozenset()
