"""Strings without which a pattern cannot match: where none of them stands, it need not be tried."""

from __future__ import annotations

import re
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_PLACES = (op.AT, op.ASSERT, op.ASSERT_NOT)
MOST_OPENINGS = 500
"""Of a pattern, before characters of a class are counted in."""


def required(pattern: str) -> frozenset[str]:
    """Return strings one of which stands in every match of *pattern*; none at all if there are no such.

    A pattern that `re` cannot read (`regex` knows more) or that ignores case has none.
    """
    tree = _parsed(pattern)
    return frozenset() if tree is None else _of_sequence(tree)


class Alternative(NamedTuple):
    """One of the ways in which a pattern may match.

    A match begins with one of the *openings*, of which one is empty if it may begin with anything; and holds
    one of the strings that are *required*, if there are any.
    """

    openings: frozenset[str]
    required: frozenset[str]


def alternatives(pattern: str, size: int) -> Iterator[Alternative]:
    """Yield the alternatives that *pattern* begins with; openings are cut after *size* code points."""
    tree = _parsed(pattern)
    if tree is None:
        yield Alternative(frozenset([""]), frozenset())
        return
    for nodes in _parted(list(tree)):
        ended, growing = _grown({""}, nodes, size)
        yield Alternative(frozenset(ended | growing), _of_sequence(nodes))


def _parted(nodes: list[tuple[Any, Any]]) -> Iterator[list[tuple[Any, Any]]]:
    """Yield *nodes* with each of the alternatives with which they begin."""
    for at, (node, value) in enumerate(nodes):
        if node is op.BRANCH:
            for branch in value[1]:
                yield from _parted([*branch, *nodes[at + 1 :]])
            return
        if node is op.SUBPATTERN and not value[1] & re.IGNORECASE:
            yield from _parted([*value[3], *nodes[at + 1 :]])
            return
        if node not in _PLACES:
            break
    yield nodes


def _parsed(pattern: str) -> Any:  # noqa: ANN401 - `re` does not name its types
    """Return the parts of *pattern*; None if nothing can be told from them."""
    try:
        tree = _parser.parse(pattern)
    except re.error:
        return None
    return None if tree.state.flags & re.IGNORECASE else tree


def _grown(growing: set[str], nodes: Iterable[tuple[Any, Any]], size: int) -> tuple[set[str], set[str]]:
    """Let *growing* openings go on with *nodes*; return those that came to an end, and those that go on."""
    ended: set[str] = set()
    for node, value in nodes:
        ended |= {opening for opening in growing if len(opening) == size}
        growing = growing - ended
        if node in _PLACES or not growing:
            continue
        if node is op.BRANCH:
            branches = [_grown(growing, branch, size) for branch in value[1]]
            ended = ended.union(*(branch[0] for branch in branches))
            growing = set().union(*(branch[1] for branch in branches))
        elif node is op.SUBPATTERN and not value[1] & re.IGNORECASE:
            others, growing = _grown(growing, value[3], size)
            ended |= others
        elif node in _REPEATS:
            least, most, repeated = value
            others, longer = _grown(growing, repeated, size)
            ended |= others | (longer if most > 1 else set())
            growing = (growing if least == 0 else set()) | (longer if most == 1 else set())
        else:
            characters = _characters(node, value)
            if not characters or len(growing) * len(characters) > MOST_OPENINGS:
                return ended | growing, set()
            growing = {opening + character for opening in growing for character in characters}
    return ended, growing


def _characters(node: Any, value: Any) -> set[str]:  # noqa: ANN401 - `re` does not name their types
    """Return all that stand for one character of a pattern; none if they cannot be counted."""
    if node is op.LITERAL:
        return {chr(value)}
    if node is not op.IN or any(kind not in (op.LITERAL, op.RANGE) for kind, _ in value):
        return set()
    spans = [(what, what) if kind is op.LITERAL else what for kind, what in value]
    if sum(last - first + 1 for first, last in spans) > MOST_OPENINGS:
        return set()
    return {chr(code) for first, last in spans for code in range(first, last + 1)}


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
