"""What was found to recur: how often each passage stands in the articles of its source."""

from __future__ import annotations

import msgspec


class Recurrences(msgspec.Struct, frozen=True):
    """How many *articles* each source with boilerplate has, by its number, and how many hold a passage.

    *alone* and *among* give these counts by place and key: of what is boilerplate wherever it is met in that
    place, and of lines that are boilerplate only in one run with such.
    """

    articles: dict[int, int]
    alone: dict[int, dict[int, int]]
    among: dict[int, dict[int, int]]

    @property
    def size(self) -> int:
        """How many passages are boilerplate."""
        return sum(map(len, self.alone.values()))


NO_RECURRENCES = Recurrences({}, {}, {})
"""What is known where nothing was counted."""


def encode(recurrences: Recurrences) -> bytes:
    """Return *recurrences* as bytes, for other processes; equal boilerplate has equal bytes."""
    return msgspec.msgpack.encode(recurrences)


def decode(data: bytes) -> Recurrences:
    """Return the boilerplate that `encode` made *data* of."""
    return msgspec.msgpack.decode(data, type=Recurrences)
