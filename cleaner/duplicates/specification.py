"""The rule of dropping, in plain Python: what makes two texts the same, and which of them stays.

`compare_all` compares every pair. It serves a handful of documents, where loading numpy would take longer
than the work, and it is what the tests hold the search in arrays to (`cleaner.duplicates.survivors`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cleaner.duplicates.comparison_key import numbers, words
from cleaner.duplicates.dedup_data import DedupResult, KeptMatch, Pair, dedup_result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.duplicates.dedup_data import Entry, Kind
    from cleaner.options import Options

CERTAIN = 0.85
"""Jaccard over all shingles from which two texts are the same: no false positive in 282 judged pairs."""

CONTAINED_BELOW = 0.77
"""The size ratio under which a duplicate is called contained: the other text has 30 % more."""

Shingles: TypeAlias = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ComparedText:
    """What is compared of a text: its comparison key, its numbers, its shingles, and those that count."""

    key: tuple[str, ...]
    words: int
    numbers: frozenset[str]
    shingles: Shingles
    counted: Shingles

    @property
    def counted_words(self) -> int:
        """The words of the key, less one for each shingle that does not count."""
        return self.words - len(self.shingles) + len(self.counted)


@dataclass(frozen=True, slots=True)
class PairDecision:
    """What is decided of two documents, the second of which precedes the first in the total order.

    *containment* is of the first in the second (what the rule asks), *overlap* of the one with fewer
    shingles in the other (what is reported of a pair).
    """

    may_drop: bool
    kind: Kind
    containment: float
    overlap: float
    jaccard: float


def precedence(entry: Entry, counted_words: int, options: Options) -> tuple[object, ...]:
    """Return the key by which documents are sorted, the one most worth keeping first.

    `longest`: articles before children, more counted words, earlier date (none last), sha256 of the text,
    of the raw text, id. `earliest` puts the date first, `source-order` the place of the source in
    `options.source_order`, where sources that it lacks come last.
    """
    date = (not entry.date, entry.date)
    policy: object = ()
    if options.keep == "earliest":
        policy = date
    elif options.keep == "source-order":
        policy = source_rank(entry.source, options)
    criteria = (policy, entry.is_child, -counted_words, date)
    return (*criteria, entry.text_digest, entry.raw_digest, entry.id)


def source_rank(source: str, options: Options) -> int:
    """Return the place of *source* in `options.source_order`, or behind it."""
    order = options.source_order
    return order.index(source) if source in order else len(order)


def decide_pair(later: ComparedText, earlier: ComparedText, options: Options) -> PairDecision | None:
    """Return what links *later* to *earlier*, or None.

    Three things do: equal keys; Jaccard over all shingles of at least `CERTAIN` (or the threshold, if that
    is higher); and the threshold over counted shingles, if there are enough of them. The last is asked of
    either document, but only the later one may be dropped. But if the keys differ, and each has numbers that
    the other lacks, enough of the fewer must stand in the other: notices of two days differ in these.
    """
    exact = later.key == earlier.key
    shared = len(later.shingles & earlier.shingles)
    if not shared and not exact:
        return None
    if not exact and not _numbers_agree(later.numbers, earlier.numbers, options):
        return None
    counted = len(later.counted & earlier.counted)
    jaccard = 1.0 if exact else _share(shared, len(later.shingles | earlier.shingles))
    certain = exact or jaccard >= max(CERTAIN, options.threshold)

    def enough(text: ComparedText) -> bool:
        whole = len(later.counted | earlier.counted) if options.measure == "jaccard" else len(text.counted)
        return len(text.counted) >= options.minimum_shingles and _share(counted, whole) >= options.threshold

    forward = enough(later)
    by_count = forward or enough(earlier)
    if not certain and not by_count:
        return None
    sizes = sorted((len(later.shingles), len(earlier.shingles)))
    overlap = _share(shared, sizes[0])
    if by_count:
        sizes = sorted((len(later.counted), len(earlier.counted)))
        overlap = _share(counted, sizes[0])
    containment = _share(counted, len(later.counted)) if forward else _share(shared, len(later.shingles))
    kind: Kind = "contained" if _share(*sizes) < CONTAINED_BELOW else "near"
    if exact:
        return PairDecision(may_drop=True, kind="exact", containment=1.0, overlap=1.0, jaccard=1.0)
    return PairDecision(certain or forward, kind, containment, overlap, jaccard)


def _numbers_agree(one: frozenset[str], other: frozenset[str], options: Options) -> bool:
    fewer = min(len(one), len(other))
    return not fewer or _share(len(one & other), fewer) >= options.numbers


def _share(part: int, whole: int) -> float:
    return part / max(whole, 1)


def compared_texts(entries: Sequence[Entry], texts: Sequence[str], options: Options) -> list[ComparedText]:
    """Return what is compared of *texts*.

    Shingles found in at least `options.recurrence` different articles of one named source are common there
    and do not count in its articles; articles with equal keys are one article.
    """
    keys = [tuple(words(text)) for text in texts]
    counts = [len(key) for key in keys]
    sets = [_shingles(key, options.shingle) for key in keys]
    keys = [key or (text,) for key, text in zip(keys, texts, strict=True)]  # without words, equal texts only
    articles: defaultdict[str, dict[tuple[str, ...], Shingles]] = defaultdict(dict)
    for entry, key, shingles in zip(entries, keys, sets, strict=True):
        if entry.source and options.recurrence:
            articles[entry.source][key] = shingles
    common: dict[str, Shingles] = {}
    for source, members in articles.items():
        found = Counter(shingle for shingles in members.values() for shingle in shingles)
        common[source] = frozenset(shingle for shingle in found if found[shingle] >= options.recurrence)
    return [
        ComparedText(
            key,
            count,
            frozenset(numbers(key[:count])),
            shingles,
            shingles - common.get(entry.source, frozenset()),
        )
        for entry, key, count, shingles in zip(entries, keys, counts, sets, strict=True)
    ]


def _shingles(key: tuple[str, ...], size: int) -> Shingles:
    return frozenset(key[at : at + size] for at in range(len(key) - size + 1))


def compare_all(entries: Sequence[Entry], texts: Sequence[str], options: Options) -> DedupResult:
    """Apply the rule to *entries* and their cleaned *texts*: exact, and quadratic in their number."""
    seen = compared_texts(entries, texts, options)
    order = sorted(
        range(len(entries)),
        key=lambda i: precedence(entries[i], seen[i].counted_words, options),
    )
    kept: list[int] = []
    matches: dict[int, KeptMatch] = {}
    pairs: dict[tuple[int, int], Pair] = {}
    for rank, later in enumerate(order):
        found = {}
        for place, earlier in enumerate(order[:rank]):
            if decision := decide_pair(seen[later], seen[earlier], options):
                found[earlier] = decision
                pairs[place, rank] = Pair(earlier, later, decision.overlap, decision.jaccard, decision.kind)
        replacers = [earlier for earlier in kept if earlier in found and found[earlier].may_drop]
        if replacers:
            best = max(replacers, key=lambda earlier: found[earlier].containment)  # the first of equals
            matches[later] = KeptMatch(best, found[best].kind, found[best].containment, found[best].jaccard)
        else:
            kept.append(later)
    listed = [pairs[at] for at in sorted(pairs)]
    counts = {"candidates": len(pairs), "verified": len(pairs)}
    return dedup_result(entries, matches, lambda: iter(listed), counts)
