"""The result of a count pass: how often each passage recurs in the articles of its source."""

from __future__ import annotations

import msgspec


class Recurrences(msgspec.Struct, frozen=True):
    """The boilerplate of all sources.

    *articles*: the number of articles of each source that has boilerplate, by source number. *alone* and
    *among*: the number of articles that hold a passage, by place and key; in *alone* passages that are
    boilerplate wherever they stand in that place, in *among* lines that are so only in one run with such
    passages.
    """

    articles: dict[int, int]
    alone: dict[int, dict[int, int]]
    among: dict[int, dict[int, int]]

    @property
    def size(self) -> int:
        """The number of passages in *alone*."""
        return sum(map(len, self.alone.values()))


NO_RECURRENCES = Recurrences({}, {}, {})
"""The value without a count pass."""


def encode(recurrences: Recurrences) -> bytes:
    """Return *recurrences* as bytes, for other processes; equal ones have equal bytes."""
    return msgspec.msgpack.encode(recurrences)


def decode(data: bytes) -> Recurrences:
    """Return the recurrences of which `encode` made *data*."""
    return msgspec.msgpack.decode(data, type=Recurrences)
