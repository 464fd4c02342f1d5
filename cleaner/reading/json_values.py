"""JSON values by their brackets and quotes alone, so that a broken value costs no other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ARRAY = re.compile(rb"\s*\[")
"""How an array begins."""

_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[][{},]|"', re.DOTALL)
_OPENING, _CLOSING, _COMMA, _QUOTE = b"{[", b"}]", ord(","), ord('"')


def is_nested_deeper(data: bytes, limit: int) -> bool:
    """Return whether brackets stand more than *limit* deep in the JSON value *data*, whole or broken."""
    if b"[" not in data and data.find(b"{", data.find(b"{") + 1) < 0:
        return False  # as most are; counting takes ten times as long
    if data.count(b"{") + data.count(b"[") <= limit:
        return False
    depth = 0
    for token in _TOKEN.finditer(data):
        sign = data[token.start()]
        if sign in _OPENING:
            depth += 1
            if depth > limit:
                return True
        elif sign in _CLOSING:
            depth -= 1
    return False


def value_spans(data: bytes, start: int = 0) -> Iterator[tuple[int, int]]:
    """Yield where the JSON values that follow one another from *start* stand, separated by commas or not.

    Only brackets and quotes are looked at, so a broken value costs no other. A bracket that closes what was
    never opened ends the array; what stands behind it is one value more, a broken one.
    """
    depth, begin = 0, start
    for token in _TOKEN.finditer(data, start):
        sign = data[token.start()]
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth -= 1
        elif sign == _QUOTE and token.end() - token.start() == 1:
            break  # a string that never ends
        if depth > 0 or (depth == 0 and sign == _QUOTE):
            continue
        yield from _trimmed(data, begin, token.end() if depth == 0 and sign in _CLOSING else token.start())
        begin = token.end()
        if depth < 0:
            break
    yield from _trimmed(data, begin, len(data))


def _trimmed(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span from *start* to *end* less the blanks around it, if anything is left; copy nothing."""
    if blank := _BLANK.match(data, start, end):
        start = blank.end()
    while start < end:
        tail = data[max(start, end - _TAIL) : end]
        if kept := tail.rstrip():
            yield start, end - len(tail) + len(kept)
            return
        end -= len(tail)


_BLANK = re.compile(rb"\s*+")
_TAIL = 1 << 12
"""Bytes at the end of a value that are looked at together."""
