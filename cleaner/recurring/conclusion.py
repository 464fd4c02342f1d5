"""Decide from the evidence of a whole corpus which passages are boilerplate.

Every count is of different neighbourhoods, never of copies: reprints of one article count once. So the order
of the rows, and the portions in which they came, make no difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.recurring.counting import ROW
from cleaner.recurring.passages import Place
from cleaner.recurring.recurrences import Recurrences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any, TypeAlias

    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[Any]

LEAST_ARTICLES = 50
"""Articles of a source from which on it can be said what recurs in it."""
LEAST = 5
"""Articles in which a passage must stand to be boilerplate."""
LEAST_AMONG = 3
"""The same for a line in one run with boilerplate: the lists below a heading change from day to day."""
SPREAD = 1 / 3
"""Share of its source's days on which a sentence must have been printed: a notice stands for months, what all
articles on an event say for some days."""
LEAST_DAYS = 5
"""Days of a source from which on they are evidence."""
UNDATED = 0.5
"""Share of the articles in which a sentence must stand where they say too little of their days."""

SHARES = {
    Place.HEAD: 0.006,
    Place.TAIL: 0.006,
    Place.BETWEEN: 0.1,
    Place.OPENING: 0.03,
    Place.CLOSING: 0.02,
    Place.SENTENCE: 0.2,
    Place.WORD: 0.2,
    Place.PAIR: 0.02,
    Place.LABEL: 0.005,
}
"""Share of a source's articles in which a passage must stand, by its place.

Measured on twelve papers: sub-headings, the parts of recipes and the formulas by which reports begin and end
reach .5 % of a paper's articles, between sentences 1 %, glued to one 1 %; what is boilerplate begins at .6 %.
"""
DATED = (Place.SENTENCE, Place.ARTICLE)
"""Places where days are counted."""
LINES = (Place.TAIL, Place.BETWEEN)
"""Places of lines that may be boilerplate in one run with others; above an article, one is its title."""
OPENERS = 0.4
"""Share of the words behind an opening that open sentences as well: of fewer, it is part of one."""

BUDGET = 1 << 22
"""Rows that are sorted at a time (some 400 MB); a larger corpus is sorted in portions."""

_ROW = np.dtype({
    "names": ["key", "source", "beside", "day", "place"],
    "formats": ["<u8", "<u4", "<u4", "<u4", "u1"],
    "offsets": [0, 8, 12, 16, 20],
    "itemsize": ROW.size,
})  # fmt: skip


class _Tally(NamedTuple):
    """One passage: its place, key and source, and how many neighbourhoods and days it was found in."""

    place: int
    key: int
    source: int
    neighbours: int
    days: int


def conclude(path: Path) -> Recurrences:
    """Return what the rows in the file *path* say."""
    tallies: list[_Tally] = []
    behind: dict[int, set[int]] = {}
    for rows in _portions(path):
        tallies += _tallies(rows, behind)
    openers = {tally.key & 0xFFFFFFFF for tally in tallies if tally.place == Place.OPENER}
    sources = {
        tally.source: tally
        for tally in tallies
        if tally.place == Place.ARTICLE and tally.neighbours >= LEAST_ARTICLES
    }
    furnished: dict[int, int] = {}  # of other sources nothing need be looked for
    alone: dict[int, dict[int, int]] = {}
    among: dict[int, dict[int, int]] = {}
    for tally in sorted(tallies):  # so that equal boilerplate is equal bytes
        source = sources.get(tally.source)
        if source is None or tally.place not in SHARES:
            continue
        if _is_boilerplate(tally, source) and _opens_nothing(behind.get(tally.key, set()), openers):
            alone.setdefault(tally.place, {})[tally.key] = tally.neighbours
            furnished[tally.source] = source.neighbours
        elif tally.place in LINES:
            among.setdefault(tally.place, {})[tally.key] = tally.neighbours
    return Recurrences(dict(sorted(furnished.items())), alone, among)


def _is_boilerplate(tally: _Tally, source: _Tally) -> bool:
    share = tally.neighbours / source.neighbours
    if tally.neighbours < LEAST or share < SHARES[Place(tally.place)]:
        return False
    if tally.place != Place.SENTENCE:
        return True
    return share >= UNDATED if source.days < LEAST_DAYS else tally.days >= SPREAD * source.days


def _opens_nothing(behind: set[int], openers: set[int]) -> bool:
    """Whether what stands *behind* words glued to a sentence can open one itself."""
    return not behind or len(behind & openers) >= OPENERS * len(behind)


def _portions(path: Path) -> Iterator[Array]:
    """Yield all rows, those of one key in one portion."""
    if not path.stat().st_size:
        return
    rows = np.memmap(path, _ROW, "r")
    portions = np.uint64(len(rows) // BUDGET + 1)
    for portion in range(int(portions)):
        yield rows if portions == 1 else rows[rows["key"] % portions == portion]


def _tallies(rows: Array, behind: dict[int, set[int]]) -> Iterator[_Tally]:
    """Count the passages in *rows* that stand in `LEAST_AMONG` places or more; note what openings precede."""
    order = np.lexsort((rows["beside"], rows["place"], rows["key"]))
    key, place, beside = (rows[name][order] for name in ("key", "place", "beside"))
    new = _differs(key) | _differs(place)
    starts = np.flatnonzero(new)
    ends = np.append(starts[1:], len(order))
    neighbours = np.add.reduceat(new | _differs(beside), starts, dtype=np.int64) if len(starts) else starts
    for at in np.flatnonzero(neighbours >= LEAST_AMONG).tolist():
        start, end = int(starts[at]), int(ends[at])
        kind, name = int(place[start]), int(key[start])
        source = int(rows["source"][order[start]])
        days = len(np.unique(rows["day"][order[start:end]])) if kind in DATED else 0
        if kind == Place.OPENING:
            behind[name] = set(beside[start:end].tolist())
        yield _Tally(kind, name, source, int(neighbours[at]), days)


def _differs(values: Array) -> Array:
    differs = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return differs
