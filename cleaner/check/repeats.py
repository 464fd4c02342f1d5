"""Who repeats whom in the files that are checked: the law of dropping, by the simplest means that fit.

A few texts are compared each with each in plain Python, so that a check of one file does not wait for numpy;
many are left to `cleaner.duplicates`. Both obey the same definition, and a test holds them together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
import hashlib
from typing import TYPE_CHECKING, TypeAlias

from cleaner.check.files import Finding
from cleaner.duplicates import Entry, Twin, find_duplicates, fingerprint
from cleaner.duplicates.key import words
from cleaner.rows import certain_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cleaner.check.files import CheckedFile
    from cleaner.document import Document
    from cleaner.duplicates import Kind
    from cleaner.options import Options
    from cleaner.pipeline import Pipeline

Shingle: TypeAlias = tuple[str, ...]

FEW = 100
"""Texts that are compared in plain Python: 5,000 pairs take about as long as loading numpy."""

CERTAIN = 0.85
CONTAINED_BELOW = 0.77
"""The same figures as in `cleaner.duplicates.law`, which needs numpy."""


def find_repeats(files: Iterable[CheckedFile], pipeline: Pipeline, options: Options) -> None:
    """Add a finding for each text of *files* that `cleaner run` would drop for another of them.

    The articles are compared, as *pipeline* cleans them; their second articles are not.
    """
    places = [(file, line, document) for file in files for line, document in file.texts]
    if len(places) < 2:
        return
    compared = []
    for place in places:
        document = pipeline.clean(place[2])
        if not document.rejection:
            compared.append((place, document))
    entries = [_entry(document, f"{place[0].file.path}:{place[1]}") for place, document in compared]
    for dropped, twin in twins(entries, [document.text for _, document in compared], options).items():
        file, line, _ = compared[dropped][0]
        message = (
            f"repeats {entries[twin.kept].id} "
            f"(containment {twin.containment:.2f}, Jaccard {twin.jaccard:.2f})"
        )
        rule = f"duplicates.{twin.kind}"
        file.findings.append(Finding(str(file.file.path), line, 1, rule, message, is_fixable=False))


def twins(entries: Sequence[Entry], texts: Sequence[str], options: Options) -> Mapping[int, Twin]:
    """Return for each text that the law drops the kept one that stands for it."""
    if len(entries) > FEW:
        return find_duplicates(entries, [fingerprint(texts, options)], options).twins
    return _twins_of_few(entries, texts, options)


def _entry(document: Document, place: str) -> Entry:
    return Entry(
        id=place,
        source=str(document.metadata.get("source", "")),
        is_child=False,
        date=certain_date(document.metadata.get("date")) or document.fact("date"),
        text_digest=hashlib.sha256(document.text.encode()).digest(),
        raw_digest=hashlib.sha256(document.original_text().encode()).digest(),
    )


@dataclass(frozen=True, slots=True)
class _Compared:
    """A text as the law sees it: its key, all its shingles, and those that are not its source's furniture."""

    index: int
    key: tuple[str, ...]
    shingles: frozenset[Shingle]
    counted: frozenset[Shingle]


def _twins_of_few(entries: Sequence[Entry], texts: Sequence[str], options: Options) -> dict[int, Twin]:
    kept: list[_Compared] = []
    found: dict[int, Twin] = {}
    for text in _in_total_order(entries, _compared(entries, texts, options), options):
        candidates = [twin for earlier in kept if (twin := _replaces(earlier, text, options))]
        if candidates:
            # Of equal containment the first in the order; max() returns that.
            found[text.index] = max(candidates, key=lambda twin: twin.containment)
        else:
            kept.append(text)
    return found


def _compared(entries: Sequence[Entry], texts: Sequence[str], options: Options) -> list[_Compared]:
    keys = [tuple(words(text)) for text in texts]
    size = options.shingle
    shingles = [frozenset(key[at : at + size] for at in range(len(key) - size + 1)) for key in keys]
    printed: defaultdict[str, Counter[Shingle]] = defaultdict(Counter)
    for source, key in {(entry.source, key): None for entry, key in zip(entries, keys, strict=True)}:
        printed[source].update({key[at : at + size] for at in range(len(key) - size + 1)})
    return [
        _Compared(
            index,
            keys[index],
            shingles[index],
            frozenset(
                shingle
                for shingle in shingles[index]
                if not entry.source or printed[entry.source][shingle] < options.recurrence
            ),
        )
        for index, entry in enumerate(entries)
    ]


def _in_total_order(
    entries: Sequence[Entry], compared: Iterable[_Compared], options: Options
) -> list[_Compared]:
    def rank(text: _Compared) -> tuple[object, ...]:
        entry = entries[text.index]
        date = entry.date or "\uffff"
        counted_words = len(text.key) - (len(text.shingles) - len(text.counted))
        worth = (entry.is_child, -counted_words)
        digests = (entry.text_digest, entry.raw_digest, entry.id)
        return (date, *worth, *digests) if options.keep == "earliest" else (*worth, date, *digests)

    return sorted(compared, key=rank)


def _replaces(earlier: _Compared, later: _Compared, options: Options) -> Twin | None:
    """Return *earlier* as the twin of *later*, or None if the law does not let it stand for it."""
    exact = earlier.key == later.key
    shared = len(earlier.shingles & later.shingles)
    jaccard = 1.0 if exact else _share(shared, len(earlier.shingles | later.shingles))
    by_count = _is_held(later.counted, earlier.counted, options)
    if not (by_count or exact or jaccard >= max(CERTAIN, options.threshold)):
        return None
    if exact:
        containment = 1.0
    elif by_count:
        containment = _share(len(earlier.counted & later.counted), len(later.counted))
    else:
        containment = _share(shared, len(later.shingles))
    return Twin(earlier.index, _kind(earlier, later, options), containment, jaccard)


def _is_held(part: frozenset[Shingle], whole: frozenset[Shingle], options: Options) -> bool:
    """Say whether enough of the counted shingles *part* stand in *whole*, and enough are counted."""
    shared = len(part & whole)
    of = len(part | whole) if options.measure == "jaccard" else len(part)
    return len(part) >= options.minimum_shingles and _share(shared, of) >= options.threshold


def _kind(earlier: _Compared, later: _Compared, options: Options) -> Kind:
    if earlier.key == later.key:
        return "exact"
    sizes = len(earlier.shingles), len(later.shingles)
    if _is_held(later.counted, earlier.counted, options) or _is_held(earlier.counted, later.counted, options):
        sizes = len(earlier.counted), len(later.counted)
    return "contained" if _share(min(sizes), max(sizes)) < CONTAINED_BELOW else "near"


def _share(part: int, whole: int) -> float:
    return part / max(whole, 1)
