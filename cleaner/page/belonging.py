"""How near each line of a page is to the article, to the title and to the lines around it.

Whether a line belongs to this article is what travels best to pages that nobody saw: other articles have
other words. Two measures are taken. *Coverage*: the share, weighted by rarity, of a line's stems that stand
elsewhere. *Likeness*: the cosine of the sums of stem vectors, which is high for two texts on the same matter
even if they share no word. Both are integers from 0, or −1,000, to 1,000.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.text.stems import UNKNOWN_RARITY, stems, stems_of

if TYPE_CHECKING:
    from collections.abc import Sequence

ONE = 1000
"""The greatest coverage and likeness."""
LONG = 11
"""Words of a line that says enough to be compared with."""
OPENING = 110
"""Words at which the opening of the article ends."""
NEAR = 4
"""Lines above and below that count as near."""
COMMON = 36
"""Rarity (20 × idf) up to which a stem says nothing of what a line is about."""
SECTION = (
    "section", "section-count", "section-words", "section-lines", "from-head", "section-like-opening",
    "section-like-rest", "section-like-above", "section-like-below", "section-like-title",
    "section-like-head", "section-head-like-rest", "section-head-gain", "lowest-section",
    "next-lowest-section",
)  # fmt: skip
"""The columns that all lines of a section have in common: a headline and the text below it."""
NAMES = (
    "covered", "covered-twice", "covered-above", "covered-below", "covered-near-above",
    "covered-near-below", "covered-by-opening", "covered-by-title", "covered-by-first", "covered-by-head",
    "like-opening", "like-all", "like-above", "like-below", "like-near-above", "like-near-below",
    "like-first", "like-title", "like-head", "like-long-above", "like-long-below", "head-like-opening",
    "head-gain", "head-distance", "seam", "seam-below", "seam-like", "seam-like-below", "seam-all",
    "seam-all-below", "lowest-seam", "lowest-seam-like", "deepest-seam", "beyond-deepest-seam", *SECTION,
    "rarity", "unknown-share",
)  # fmt: skip
"""The columns of what `belonging` returns."""


def belonging(tokens: Sequence[list[str]], headline_like: np.ndarray) -> np.ndarray:  # noqa: PLR0915 - a column each
    """Return an int64 array of len(*tokens*) rows, with the columns of `NAMES`.

    *tokens* are the folded words of each line. *headline_like* tells which lines may be headlines; the
    nearest above a line is its head.
    """
    size = len(tokens)
    sizes = np.array([len(words) for words in tokens])
    is_long = sizes >= LONG
    long = np.flatnonzero(is_long)
    rarities, unknown, total, incidence, weights, vectors = _stems_of_lines(tokens)

    def covered(present: np.ndarray) -> np.ndarray:
        """Return the coverage of each line by stems: *present*, of shape (lines, stems) or (stems,)."""
        shared = ((incidence & present) @ weights).astype(np.int64)  # of integers: numpy's own loop
        share: np.ndarray = shared * ONE // total
        return share

    long_lines = incidence & is_long[:, None]
    cumulated = np.zeros((size + 1, incidence.shape[1]), np.int32)
    np.cumsum(long_lines, axis=0, out=cumulated[1:])
    above, everywhere = cumulated[:-1], cumulated[-1]
    below = everywhere - cumulated[1:]
    lines = np.arange(size)
    low, high = np.maximum(lines - NEAR, 0), np.minimum(lines + NEAR + 1, size)
    opening = long[: int(np.searchsorted(np.cumsum(sizes[long]), OPENING)) + 1]
    first = int(long[0]) if len(long) else size
    titles = np.array([n for n in range(first) if 4 <= sizes[n] <= 25][-3:], dtype=int)

    def others(chosen: np.ndarray) -> np.ndarray:
        """Return for each line which stems stand in *chosen* lines other than itself."""
        count = incidence[chosen].sum(0, dtype=np.int32)
        present = np.broadcast_to(count > 0, incidence.shape)
        if len(chosen):
            present = present.copy()
            present[chosen] = count - incidence[chosen] > 0
        return present

    heads = _last_before(headline_like)
    head = np.maximum(heads, 0)
    has_head = heads >= 0
    columns = [
        covered(above + below > 0),
        covered(above + below > 1),
        covered(above > 0),
        covered(below > 0),
        covered(above - cumulated[low] > 0),
        covered(cumulated[high] - cumulated[1:] > 0),
        covered(others(opening)),
        covered(others(titles)),
        covered(others(long[:1])),
        covered(incidence[head]) * has_head,
    ]
    summed = np.zeros((size + 1, vectors.shape[1]), np.int64)
    own = vectors * is_long[:, None]
    np.cumsum(own, axis=0, out=summed[1:])
    vector_above, all_of_them = summed[:-1], summed[-1]
    long_above, long_below = _last_before(is_long), size - 1 - _last_before(is_long[::-1])[::-1]

    def without_own(chosen: np.ndarray) -> np.ndarray:
        """Return for each line the sum of the vectors of *chosen* lines other than itself."""
        sums = np.broadcast_to(vectors[chosen].sum(0), vectors.shape).copy()
        sums[chosen] -= vectors[chosen]
        return sums

    # What each line is compared with; all at once, for each call of numpy costs as much as many lines.
    compared = [
        without_own(opening),
        all_of_them - own,
        vector_above,
        all_of_them - vector_above - own,
        vector_above - summed[low],
        summed[high] - summed[1:],
        without_own(long[:1]),
        without_own(titles),
        vectors[head],
        vectors[np.maximum(long_above, 0)],
        vectors[np.minimum(long_below, size - 1)],
    ]
    units = _unit(np.concatenate([vectors, *compared])).reshape(-1, size, vectors.shape[1])
    likenesses = (units[:1] * units[1:]).sum(2) // ONE
    likenesses[8] *= has_head
    likenesses[9] *= long_above >= 0
    likenesses[10] *= long_below < size
    head_like_opening = likenesses[0][head] * has_head
    columns += [
        *likenesses,
        head_like_opening,
        likenesses[8] - likenesses[0],
        np.minimum(lines - heads, 30),
    ]
    columns += _seams(incidence, weights, total, vectors, long)
    columns += _sections(headline_like, is_long, sizes, vectors, opening, titles)
    columns += [rarities, unknown]
    return np.stack(columns, axis=1)


def _stems_of_lines(tokens: Sequence[list[str]]) -> tuple[np.ndarray, ...]:
    """Return of each line: mean rarity, share of unknown stems, summed rarity, stems, their rarities, vector.

    The stems are those that stand in several lines: a boolean array of shape (lines, stems), and their
    rarities are one of int32.
    """
    known = stems()
    numbers: dict[str, int] = {}
    flat = [numbers.setdefault(name, len(numbers)) for words in tokens for name in stems_of(words)]
    lengths = np.array([len(words) for words in tokens])
    line_of = np.repeat(np.arange(len(tokens)), lengths)
    column_of = np.array(flat, dtype=np.int64)
    blank = len(known.numbers)
    places = np.array([known.numbers.get(name, blank) for name in numbers], dtype=np.int64)
    rarity = np.append(known.rarities, UNKNOWN_RARITY).astype(np.int64)[places]
    incidence = np.zeros((len(tokens), len(numbers)), bool)
    incidence[line_of, column_of] = True
    weights = np.where(rarity > COMMON, rarity, 0)
    measures = np.column_stack([np.ones(len(places), np.int64), rarity, places == blank, weights])
    table = np.hstack([measures, known.vectors[places] * weights[:, None]])
    # Sums by line, as differences of running sums: in integers, and without the threads of a matrix library.
    rows, stems_of_rows = np.nonzero(incidence)
    running = np.zeros((len(rows) + 1, table.shape[1]), np.int64)
    np.cumsum(table[stems_of_rows], axis=0, out=running[1:])
    ends = np.searchsorted(rows, np.arange(len(tokens) + 1))
    sums = running[ends[1:]] - running[ends[:-1]]
    counts = np.maximum(1, sums[:, 0])
    mean, unknown, total = sums[:, 1] // counts, sums[:, 2] * ONE // counts, np.maximum(1, sums[:, 3])
    repeated = (incidence.sum(0) > 1) & (weights > 0)
    return mean, unknown, total, incidence[:, repeated], weights[repeated].astype(np.int32), sums[:, 4:]


def _unit(vectors: np.ndarray) -> np.ndarray:
    """Return integer *vectors*, of shape (rows, 64), scaled to length `ONE`; those of length 0 stay."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    scaled = vectors // np.maximum(1, largest // 10_000)  # so that squares and sums fit
    length = np.sqrt((scaled * scaled).sum(1, keepdims=True).astype(np.float64))
    unit: np.ndarray = np.rint(scaled * (ONE / np.maximum(1.0, length))).astype(np.int64)
    return unit


def _last_before(marked: np.ndarray) -> np.ndarray:
    """Return for each place the last *marked* place before it, or −1."""
    places = np.where(marked, np.arange(len(marked)), -1)
    return np.concatenate([[-1], np.maximum.accumulate(places)[:-1]])


def _seams(
    incidence: np.ndarray, weights: np.ndarray, total: np.ndarray, vectors: np.ndarray, long: np.ndarray
) -> list[np.ndarray]:
    """Return how near what follows each line, itself included, is to what stands above it.

    By coverage and by likeness of the three long lines on either side, and by likeness of all; each above
    and below the line; and the lowest of the first two so far. `ONE` where nothing stands on one side.
    """
    size = len(incidence)
    seam, alike, whole = (np.full(size + 1, ONE, np.int64) for _ in range(3))
    cuts = np.arange(1, size)
    places = np.searchsorted(long, cuts)
    both = (places > 0) & (places < len(long))
    cuts, places = cuts[both], places[both]
    if len(cuts):
        own = np.concatenate([np.zeros((1, vectors.shape[1]), np.int64), np.cumsum(vectors[long], axis=0)])
        start, end = np.maximum(places - 3, 0), np.minimum(places + 3, len(long))
        alike[cuts] = (_unit(own[places] - own[start]) * _unit(own[end] - own[places])).sum(1) // ONE
        whole[cuts] = (_unit(own[places]) * _unit(own[-1] - own[places])).sum(1) // ONE
        counted = np.concatenate(
            [np.zeros((1, incidence.shape[1]), np.int32), np.cumsum(incidence[long], axis=0, dtype=np.int32)]
        )
        totals = np.concatenate([[0], np.cumsum(total[long])])
        # Most neighbouring cuts lie between the same long lines.
        distinct, back = np.unique(places, return_inverse=True)
        start, end = np.maximum(distinct - 3, 0), np.minimum(distinct + 3, len(long))
        above = counted[distinct] - counted[start] > 0
        shared = (((counted[end] - counted[distinct]) * above) @ weights).astype(np.int64)
        seam[cuts] = (shared * ONE // np.maximum(1, totals[end] - totals[distinct]))[back]
    deepest = int(alike[:size].argmin())
    return [
        seam[:size], seam[1:], alike[:size], alike[1:], whole[:size], whole[1:],
        np.minimum.accumulate(seam[:size]), np.minimum.accumulate(alike[:size]),
        np.full(size, alike[deepest]), np.clip(np.arange(size) - deepest, -30, 30),
    ]  # fmt: skip


def _sections(  # noqa: PLR0913, PLR0917 - what was measured of the lines
    headline_like: np.ndarray,
    is_long: np.ndarray,
    sizes: np.ndarray,
    vectors: np.ndarray,
    opening: np.ndarray,
    titles: np.ndarray,
) -> list[np.ndarray]:
    """Return the columns of `SECTION`.

    A section begins with a headline that has a long line within three lines below it; what stands above the
    first is a section, too. The article's own sections are like its rest, those of other articles are not.
    """
    size = len(sizes)
    number = np.arange(size)
    next_long = size - 1 - _last_before(is_long[::-1])[::-1]
    starts = headline_like & (next_long - number <= 3) & (next_long < size)
    starts &= ~np.concatenate([[False], starts[:-1]])
    section = np.cumsum(starts)
    count = int(section[-1]) + 1
    text = np.zeros((count, vectors.shape[1]), np.int64)
    np.add.at(text, section[is_long], vectors[is_long])
    words = np.bincount(section, weights=sizes * is_long, minlength=count).astype(np.int64)
    lines = np.bincount(section, weights=is_long, minlength=count).astype(np.int64)
    head = np.full(count, -1)
    head[section[starts]] = number[starts]
    heads = np.where((head >= 0)[:, None], vectors[np.maximum(head, 0)], 0)
    unit, total = _unit(text), text.sum(0)
    rest = _unit(total - text)
    first = vectors[opening].sum(0)
    own = np.zeros_like(text)
    np.add.at(own, section[opening], vectors[opening])

    def like(one: np.ndarray, other: np.ndarray) -> np.ndarray:
        cosine: np.ndarray = (one * other).sum(1) // ONE
        return cosine

    blank = np.zeros((1, vectors.shape[1]), np.int64)
    like_rest = like(unit, rest)
    like_head, head_rest = like(unit, _unit(heads)), like(_unit(heads), rest)
    lowest = np.minimum.accumulate(np.where(words > 0, like_rest, ONE))
    later = np.minimum.accumulate(np.where(words > 0, like_rest, ONE)[::-1])[::-1]
    begin = np.maximum.accumulate(np.where(starts, number, 0))
    of_section = [
        np.minimum(np.arange(count), 40), np.full(count, min(count, 40)),
        np.minimum(words, 1500), np.minimum(lines, 40), None,
        like(unit, _unit(first - own)), like_rest,
        like(unit, np.concatenate([blank, unit[:-1]])), like(unit, np.concatenate([unit[1:], blank])),
        like(unit, _unit(vectors[titles].sum(0, keepdims=True))),
        like_head, head_rest, like_head - head_rest, lowest, later,
    ]  # fmt: skip
    return [np.minimum(number - begin, 60) if column is None else column[section] for column in of_section]
