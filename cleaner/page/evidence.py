"""What each line of a page shows: the evidence by which the line classifier labels it.

A page becomes an integer array with a row for each line and a column for each of `names()`: its shape, its
words, its place, what markers say, and how near it is to the article (`belonging`); then some of the same of
the two lines above and below. Integers, so that the same page is labelled alike on every platform.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import regex

from cleaner.page import vocabulary
from cleaner.page.belonging import LONG, ONE, belonging
from cleaner.page.belonging import NAMES as BELONGING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.page.lines import Line
    from cleaner.page.markers import Hit

KINDS = ("related", "tags", "share", "meta", "nav", "legal", "comments", "caption", "embed", "ad")
WORD_KINDS = (
    "share", "dates", "sections", "comments", "channels", "player", "invitations", "page", "headings",
)  # fmt: skip
SHAPE = (
    "words", "code-points", "word-length", "ends-dot", "ends-asking", "ends-colon", "ends-trailing",
    "ends-comma", "ends-quote", "ends-other", "opens-letter", "opens-bullet", "opens-digit", "opens-quote",
    "digits", "latin", "signs", "numbers", "date", "time", "ago", "link", "hashes", "handles", "bars",
    "arrows", "brackets", "colon-place", "quotes", "commas", "inner-stops", "gaps", "capitals",
    "opens-prose", "opening-verb", "opening-verb-inside", "opens-name", "names", "function-words",
    "we-or-you", *WORD_KINDS,
)  # fmt: skip
MARKED = (
    "marker", "marker-alone", "marker-scope", "marked", "marked-above", "marked-below", "kind-above",
    "since-kind", "listed",
)  # fmt: skip
PLACE = (
    "lines", "page-words", "number", "from-end", "words-above", "words-below", "from-first-long",
    "from-last-long", "long-above", "long-below", "short-run-above", "short-run-below", "unfinished-near",
    "unfinished-around", "words-near", "short-around", "after-blank", "before-blank", "blanks", "copies",
    "same-bullet", "same-shape-above", "same-shape-below", "long-lines", "joined",
)  # fmt: skip
WORDED = ("word-score", "word-score-near", "word-score-around", "word-score-above", "word-score-below")
OWN = (*SHAPE, *MARKED, *PLACE, *WORDED, *BELONGING)
NEIGHBOURING = (
    "words", "ends-dot", "ends-asking", "ends-colon", "ends-trailing", "opens-bullet", "digits", "latin",
    "date", "time", "ago", "link", "opens-prose", "opening-verb", "opens-name", "marker", "marked",
    "after-blank", "copies", "word-score", "covered", "covered-by-opening", "covered-by-title",
    "covered-above", "covered-below", "like-opening", "like-all", "like-above",
)  # fmt: skip
MOST_WORDS = 400
"""Words of a line that are compared with other lines; paragraphs have fewer."""
STEPS = (-2, -1, 1, 2)
MISSING = -9
SCOPES = ("label", "line", "field", "header", "teaser", "glued", "page")
_AGO = regex.compile(r"(?:منذ|قبل) (?:\d+|يوم|ساع|اسبوع|دقيق|شهر|عام|سن)")
_TIME = regex.compile(r"(?<!\d)\d{1,2}[:.h]\d\d(?!\d)")
_LINK = regex.compile(r"https?:|www\.|\w\.(?:com|net|org)\b|pic\.twitter|t\.co")
_LATIN = regex.compile(r"[a-z]")
_STOPS = regex.compile(r"[.؟!](?=\s)")
_GAPS = regex.compile(r"\S {3,}\S")
_OPENING_QUOTES = '"«“('
_ARROWS = "›»>←→/\\"
_CAPITALS = regex.compile(r"[A-Z]{2,}")
_ENDS = (
    ("ends-trailing", ("...", "…", "..", "[...]")), ("ends-dot", (".", "۔")),
    ("ends-asking", ("؟", "?", "!")),
    ("ends-colon", (":", "：")), ("ends-comma", ("،", ",", "؛")), ("ends-quote", ("»", '"', "”")),
)  # fmt: skip
FUNCTION_WORDS = frozenset([
    "في", "من", "على", "علي", "الى", "عن", "مع", "ان", "هذا", "هذه", "ذلك", "التي", "الذي", "كان", "قد", "لا",
    "ما", "كما", "بعد", "قبل", "بين", "خلال", "عند", "او", "ثم", "حيث",
])  # fmt: skip


@cache
def names() -> tuple[str, ...]:
    """Return the names of the columns of `evidence`."""
    return (*OWN, *(f"{name}{step:+d}" for step in STEPS for name in NEIGHBOURING))


class WordScores(NamedTuple):
    """How much words speak for boilerplate: hundredths of log odds; `^word` is a first word."""

    weights: Mapping[str, int]

    def of(self, tokens: Sequence[str]) -> int:
        """Return the sum of the weights of *tokens*, scaled by the root of their number."""
        found = word_features(tokens)
        if not found:
            return 0
        get = self.weights.get
        total = sum(get(name, 0) for name in found)
        return int(total / len(found) ** 0.5)


SCORED_FIRST, SCORED_LAST = 20, 5


def word_features(tokens: Sequence[str]) -> set[str]:
    """Return the word features of a line: words, first words and last; of long lines not those between."""
    if len(tokens) > SCORED_FIRST + SCORED_LAST:
        tokens = [*tokens[:SCORED_FIRST], *tokens[-SCORED_LAST:]]
    found = {token for token in tokens if not token.isdecimal()}
    if tokens:
        found.add("^" + tokens[0])
        found.add(tokens[-1] + "$")
    if len(tokens) > 1:
        found.add(f"^{tokens[0]} {tokens[1]}")
    if len(tokens) <= 8:
        found.update(map(" ".join, pairwise(tokens)))
        if len(tokens) <= 3:
            found.add("=" + " ".join(tokens))
    return found


@cache
def _kinds_of(word: str) -> tuple[int, ...]:
    """Return the numbers of the `WORD_KINDS` to which the stem of *word* belongs."""
    stem = vocabulary.stem(word)
    return tuple(number for number, kind in enumerate(WORD_KINDS) if stem in vocabulary.words(kind))


def shape(line: Line) -> list[int]:
    """Return what a line alone looks like, in the order of `SHAPE`."""
    text, tokens = line.folded, line.tokens
    count, size = len(tokens), len(text)
    stripped = text.rstrip("\"”»)]' ")
    end = next((name for name, ends in _ENDS[:-1] if stripped.endswith(ends)), "")
    if not end:
        end = "ends-quote" if text.endswith(_ENDS[-1][1]) else "" if text[-1:].isalnum() else "ends-other"
    first = text[:1]
    digits = sum(map(str.isdecimal, text)) if not text.isalpha() else 0
    latin = len(_LATIN.findall(text))
    signs = size - sum(map(str.isalnum, text)) - line.spaces
    kinds = [0] * len(WORD_KINDS)
    named = function = addressing = 0
    given = vocabulary.words("given_names")
    for token in tokens[:40]:
        for number in _kinds_of(token):
            kinds[number] += 1
        named += vocabulary.stem(token) in given
        function += token in FUNCTION_WORDS
        addressing += len(token) >= 5 and token.endswith(("نا", "كم"))
    counted = max(1, min(count, 40))
    odds = vocabulary.opening_verbs()
    verbs = [int(odds.get(token, 0.0) * 10) for token in tokens[:4]] or [0]
    colon = text.find(":")
    return [
        min(count, 150), min(size, 900), sum(map(len, tokens)) * 10 // max(1, count),
        *(int(end == name) for name in _ENDS_ORDER),
        int(first.isalnum()), int(not first.isalnum() and first not in _OPENING_QUOTES + "'["),
        int(first.isdecimal()), int(first in _OPENING_QUOTES),
        *(number * ONE // max(1, size) for number in (digits, latin, signs)),
        min(20, sum(map(str.isdecimal, tokens))), len(line.dates) if digits else 0,
        int(digits > 0 and bool(_TIME.search(text))), int(bool(_AGO.search(text))),
        int("." in text and bool(_LINK.search(text))),
        text.count("#"), text.count("@"), min(5, text.count("|")), sum(map(text.count, _ARROWS)),
        text.count("("), colon * ONE // size if colon >= 0 else -1,
        text.count('"') + text.count("«"), text.count("،") + text.count(","), len(_STOPS.findall(text)),
        int("   " in line.text and bool(_GAPS.search(line.text))),
        int(latin > 0 and bool(_CAPITALS.search(line.text))),
        int(line.opens_prose), verbs[0], max(verbs),
        int(bool(tokens) and vocabulary.stem(tokens[0]) in given),
        named * ONE // counted, function * ONE // counted, addressing,
        *(kind * ONE // counted for kind in kinds),
    ]  # fmt: skip


_ENDS_ORDER = SHAPE[SHAPE.index("ends-dot") : SHAPE.index("ends-other") + 1]


class LineMarks(NamedTuple):
    """What markers say of the lines of a page: the marker of each, and the kind that they remove, or ""."""

    hits: Sequence[Hit | None]
    kinds: Sequence[str]
    listed: frozenset[int]


def evidence(lines: Sequence[Line], marks: LineMarks, scores: WordScores) -> np.ndarray:
    """Return what *lines* show: an int32 array of shape (lines, columns), with the columns of `names()`."""
    size = len(lines)
    shapes = np.array([shape(line) for line in lines], dtype=np.int32)
    words = shapes[:, 0].astype(np.int64)
    tokens = [line.tokens[:MOST_WORDS] for line in lines]
    ends_dot = shapes[:, SHAPE.index("ends-dot")]
    is_headline_like = (words >= 4) & (words <= 26) & (ends_dot == 0)
    own = np.concatenate([
        shapes,
        _marked(lines, marks),
        _place(lines, shapes, words),
        _worded(tokens, scores),
        np.clip(belonging(tokens, is_headline_like), -ONE, ONE),
    ], axis=1).astype(np.int32)  # fmt: skip
    chosen = own[:, [OWN.index(name) for name in NEIGHBOURING]]
    beside = []
    for step in STEPS:
        moved = np.full_like(chosen, MISSING)
        if abs(step) < size:
            if step < 0:
                moved[-step:] = chosen[:step]
            else:
                moved[:-step] = chosen[step:]
        beside.append(moved)
    return np.concatenate([own, *beside], axis=1)


def _marked(lines: Sequence[Line], marks: LineMarks) -> np.ndarray:
    kinds = [KINDS.index(kind) + 1 if kind in KINDS else 0 for kind in marks.kinds]
    rows = []
    above, since = 0, 0
    for number, (line, hit) in enumerate(zip(lines, marks.hits, strict=True)):
        kind = KINDS.index(hit.marker.kind) + 1 if hit and hit.marker.kind in KINDS else 0
        scope = SCOPES.index(hit.marker.scope) + 1 if hit else 0
        removed = int(kinds[number] > 0)
        rows.append((
            kind, int(hit.is_alone) + int(hit.is_heading) if hit else 0, scope, removed,
            kinds[number - 1] if number else MISSING,
            kinds[number + 1] if number + 1 < len(lines) else MISSING,
            above, min(since, 60), int(number in marks.listed),
        ))  # fmt: skip
        since += line.words
        if kind or kinds[number]:
            above, since = kind or kinds[number], 0
    return np.array(rows, dtype=np.int64)


def _runs(short: np.ndarray) -> np.ndarray:
    """Return how many short lines stand right above each line."""
    places = np.where(short, -1, np.arange(len(short)))
    last = np.concatenate([[-1], np.maximum.accumulate(places)[:-1]])
    runs: np.ndarray = np.arange(len(short)) - 1 - last
    return runs


def _window(values: np.ndarray, reach: int) -> np.ndarray:
    """Return the mean of the values within *reach* of each, the outermost ones standing for those beyond."""
    summed = np.cumsum(np.concatenate([[0], np.pad(values, reach, mode="edge")]))
    width = 2 * reach + 1
    mean: np.ndarray = (summed[width:] - summed[:-width]) // width
    return mean


def _place(lines: Sequence[Line], shapes: np.ndarray, words: np.ndarray) -> np.ndarray:
    size = len(lines)
    number = np.arange(size)
    long = np.flatnonzero(words >= LONG)
    first, last = (int(long[0]), int(long[-1])) if len(long) else (size, -1)
    cumulated = np.concatenate([[0], np.cumsum(words)])
    short = words < LONG
    finished = shapes[:, SHAPE.index("ends-dot")] + shapes[:, SHAPE.index("ends-asking")]
    unfinished = (1 - np.minimum(1, finished)) * ONE
    blank = np.array([line.after_blank for line in lines], dtype=np.int64)
    cores = [line.core.strip(" .:") for line in lines]
    copies = Counter(cores)
    bullets = [line.folded[:1] if not line.folded[:1].isalnum() else "" for line in lines]
    same = [
        sum(
            bool(bullet) and 0 <= other < size and bullets[other] == bullet
            for other in (place - 1, place + 1)
        )
        for place, bullet in enumerate(bullets)
    ]
    short_number = np.minimum(words, 30)
    difference = np.abs(np.diff(short_number)) + 10 * np.abs(np.diff(finished))
    ends = np.searchsorted(long, number), len(long) - np.searchsorted(long, number, side="right")
    columns = [
        np.full(size, min(size, 150)), np.full(size, min(int(cumulated[-1]), 4000)),
        np.minimum(number, 60), np.minimum(size - 1 - number, 60),
        np.minimum(cumulated[:-1], 3000), np.minimum(cumulated[-1] - cumulated[1:], 3000),
        np.clip(number - first, -60, 60), np.clip(number - last, -60, 60), *ends,
        np.minimum(_runs(short), 30), np.minimum(_runs(short[::-1])[::-1], 30),
        _window(unfinished, 2), _window(unfinished, 5), _window(words * 10, 2), _window(short * ONE, 5),
        blank, np.append(blank[1:], 1), np.full(size, int(blank.mean() * ONE) if size else 0),
        np.array([min(4, copies[core]) for core in cores]), np.array(same),
        np.concatenate([[MISSING], difference]), np.append(difference, MISSING), np.full(size, len(long)),
        np.array([0, *(int(above.end == line.start) for above, line in pairwise(lines))]),
    ]  # fmt: skip
    return np.stack(columns, axis=1)


def _worded(tokens: Sequence[Sequence[str]], scores: WordScores) -> np.ndarray:
    score = np.clip(np.array([scores.of(words) for words in tokens], dtype=np.int64), -2000, 2000)
    return np.stack(
        [score, _window(score, 2), _window(score, 5), _mean_so_far(score), _mean_so_far(score[::-1])[::-1]],
        axis=1,
    )


def _mean_so_far(values: np.ndarray) -> np.ndarray:
    """Return the mean of the values up to and with each, rounded down."""
    return np.cumsum(values) // np.arange(1, len(values) + 1)
