"""Decide from the rows of a whole corpus which passages are boilerplate.

All counts are numbers of different neighbourhoods, never of copies, so that reprints of one article count
once. Neither the order of the rows nor the portions in which they come change the result.
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
"""Articles that a source must have for its recurring passages to be found."""
LEAST = 5
"""Articles in which a passage must stand to be boilerplate."""
LEAST_AMONG = 3
"""The same for a line in one run with boilerplate: lists below a heading change from day to day."""
SPREAD = 1 / 3
"""Share of its source's days on which a sentence must have been printed: a notice is printed for months,
what all articles on one event say for a few days."""
LEAST_DAYS = 5
"""Different days that a source must have for `SPREAD` to be applied."""
UNDATED = 0.5
"""Share of the articles in which a sentence must stand if the source has fewer days."""

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
"""Share of a source's articles in which a passage must stand to be boilerplate, by its place.

Measured on twelve papers: sub-headings, the parts of recipes and the formulas by which reports begin and
end reach .5 % of a paper's articles; lines between sentences, and words glued to one, reach 1 %.
Boilerplate begins at .6 %."""
DATED = (Place.SENTENCE, Place.ARTICLE)
"""Places for which days are counted."""
LINES = (Place.TAIL, Place.BETWEEN)
"""Places where a line may be boilerplate in one run with others; above an article it may be the title."""
OPENERS = 0.4
"""Share of the words behind an opening that must also open sentences; with fewer, it is part of a
sentence."""

BUDGET = 1 << 22
"""Rows that are sorted at a time (about 400 MB); a larger corpus is sorted in portions."""

_ROW = np.dtype({
    "names": ["key", "source", "beside", "day", "place"],
    "formats": ["<u8", "<u4", "<u4", "<u4", "u1"],
    "offsets": [0, 8, 12, 16, 20],
    "itemsize": ROW.size,
})  # fmt: skip


class _Tally(NamedTuple):
    """One passage: its place, key and source, and the number of its neighbourhoods and days."""

    place: int
    key: int
    source: int
    neighbours: int
    days: int


def conclude(path: Path) -> Recurrences:
    """Return what recurs, by the rows (see `cleaner.recurring.counting.ROW`) in the file *path*."""
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
    furnished: dict[int, int] = {}  # only the sources that have boilerplate
    alone: dict[int, dict[int, int]] = {}
    among: dict[int, dict[int, int]] = {}
    for tally in sorted(tallies):  # sorted, so that equal results have equal bytes
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
    """Return whether a passage stands in enough articles of its *source* for its place."""
    share = tally.neighbours / source.neighbours
    if tally.neighbours < LEAST or share < SHARES[Place(tally.place)]:
        return False
    if tally.place != Place.SENTENCE:
        return True
    return share >= UNDATED if source.days < LEAST_DAYS else tally.days >= SPREAD * source.days


def _opens_nothing(behind: set[int], openers: set[int]) -> bool:
    """Return whether the words *behind* an opening can open sentences, so that it can be cut off."""
    return not behind or len(behind & openers) >= OPENERS * len(behind)


def _portions(path: Path) -> Iterator[Array]:
    """Yield all rows as arrays of dtype `_ROW`, all rows of one key in the same array."""
    if not path.stat().st_size:
        return
    rows = np.memmap(path, _ROW, "r")
    portions = np.uint64(len(rows) // BUDGET + 1)
    for portion in range(int(portions)):
        yield rows if portions == 1 else rows[rows["key"] % portions == portion]


def _tallies(rows: Array, behind: dict[int, set[int]]) -> Iterator[_Tally]:
    """Yield the passages of *rows* (1-d, dtype `_ROW`) that have `LEAST_AMONG` neighbourhoods or more.

    For openings, the neighbours are added to *behind* by key: they stand for the words behind them.
    """
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
    """Return a bool array: whether each element differs from the one before; the first does."""
    differs = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return differs
