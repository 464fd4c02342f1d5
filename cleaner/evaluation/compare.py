"""Compare one labelled page with its cleaned text: counts, and the passages to look at."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from cleaner.evaluation.alignment import (
    KEEP,
    REMOVE,
    aligned,
    folded_words,
    labelled_words,
    runs,
    stands_in,
)
from cleaner.evaluation.counts import Found, Words, by_name
from cleaner.explain.explanation import marks
from cleaner.output.rows import corpus_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner.document import Document
    from cleaner.evaluation.gold import Fault, GoldPage
    from cleaner.explain.explanation import Mark


class Excerpt(NamedTuple):
    """A run of words that went wrong: boilerplate that stayed, or text of the article that was removed.

    *text* is raw text; *why* is the kind of the boilerplate, or the rule that removed the text ("" if none
    did).
    """

    text: str
    words: int
    why: str


@dataclass(frozen=True, slots=True)
class Result:
    """The counts of one page, and what went wrong on it."""

    id: str
    group: str
    is_clean: bool  # the labels remove nothing
    words: Words
    kinds: dict[str, Words]
    left: list[Excerpt]
    lost: list[Excerpt]
    facts: dict[str, Found] = field(default_factory=dict)
    mistaken: list[str] = field(default_factory=list)
    """Messages on facts and on titles of second articles that differ from the labels."""
    children: Found | None = None
    faults: dict[str, Found] = field(default_factory=dict)
    """Letter faults by kind, and how many were mended; not those that were removed with their passage."""
    hard_negatives: dict[str, bool] = field(default_factory=dict)
    """For each sentence that looks like boilerplate, whether it is still whole."""

    @property
    def cut(self) -> list[str]:
        """The sentences that look like boilerplate and are not whole any more."""
        return [text for text, whole in self.hard_negatives.items() if not whole]


def compare(page: GoldPage, family: Sequence[Document]) -> Result:
    """Return the result of a labelled *page*; *family* is the cleaned document and its second articles."""
    document, *children = family
    marked = marks(page.raw, document.revisions)
    source = labelled_words(page.raw, page.spans)
    kept = aligned(source, document.text)
    counts = Counter((word.label, word.kind, at in kept) for at, word in enumerate(source))
    left = [
        Excerpt(page.raw[source[start].start : source[end - 1].end], end - start, source[start].kind)
        for start, end in runs(source, kept, REMOVE, inside=True)
    ]
    ruled = _Ruled(marked)
    lost = [
        Excerpt(page.raw[a:b], end - start, ruled.rule(a, b))
        for start, end in runs(source, kept, KEEP, inside=False)
        for a, b in [(source[start].start, source[end - 1].end)]
    ]
    facts, mistaken = _facts(page, document)
    titles = [child.fact("title") for child in children]
    found_children = None
    if page.children is not None:
        found_children, wrong = _matched(page.children, titles)
        mistaken += [f"second article: {text}" for text in wrong]
    output = folded_words(document.text)
    return Result(
        page.id,
        page.group,
        page.is_clean,
        _words(counts),
        {
            kind: _words({key: n for key, n in counts.items() if key[1] == kind})
            for kind in sorted({kind for label, kind, _ in counts if label == REMOVE})
        },
        left,
        lost,
        facts,
        mistaken,
        found_children,
        _faults(page.faults, marked),
        {text: stands_in(folded_words(text), output) for text in page.hard_negatives},
    )


def _words(counts: dict[tuple[str, str, bool], int]) -> Words:
    """Return *counts*, by label, kind and whether the word was kept, as numbers of words."""

    def total(wanted: str, *, inside: bool) -> int:
        return sum(n for (label, _, kept), n in counts.items() if label == wanted and kept == inside)

    return Words(
        removed=total(REMOVE, inside=False),
        left=total(REMOVE, inside=True),
        lost=total(KEEP, inside=False),
        kept=total(KEEP, inside=True),
    )


def _facts(page: GoldPage, document: Document) -> tuple[dict[str, Found], list[str]]:
    """Return the counts of each fact, and what is wrong, compared with the row that a run would write.

    A labelled fact counts only if it can be read on the page; dates, which have many spellings, always count.
    """
    if not page.facts:
        return {}, []
    metadata: dict[str, Any] = msgspec.json.decode(corpus_row(document))["metadata"]
    raw = folded_words(page.raw)
    facts: dict[str, Found] = {}
    mistaken: list[str] = []
    for name, values in page.facts.items():
        said = metadata[name]
        found = said if isinstance(said, list) else [said] if said else []
        if name == "date":
            given, found = ([value[:10] for value in said] for said in (values, found))
        else:
            given = [value for value in values if value in found or stands_in(folded_words(value), raw)]
        facts[name], wrong = _matched(given, found)
        mistaken += [f"{name}: {text}" for text in wrong]
    return facts, mistaken


def _matched(given: Sequence[str], found: Sequence[str]) -> tuple[Found, list[str]]:
    """Return how many of *given* and *found* are equal, and messages on those that are not."""
    wanted, said = Counter(map(_key, given)), Counter(map(_key, found))
    wrong = [f"found {value!r}" for value in found if _key(value) not in wanted]
    wrong += [f"missed {value!r}" for value in given if _key(value) not in said]
    return Found(len(given), len(found), (wanted & said).total()), wrong


def _key(value: str) -> str:
    """Return the letters by which values are compared; vowel signs and spaces do not matter."""
    return "".join(folded_words(value))


class _Ruled:
    """Finds the rule that removed a stretch of the raw text."""

    def __init__(self, marked: Iterable[Mark]) -> None:
        self.starts: list[int] = []
        self.rules: list[str] = []
        position = 0
        for mark in marked:
            if mark.kind != "added":
                self.starts.append(position)
                self.rules.append(mark.rule if mark.kind == "removed" else "")
                position += len(mark.text)

    def rule(self, start: int, end: int) -> str:
        """Return the first rule that removed something between *start* and *end*, or ""."""
        at = bisect_right(self.starts, start) - 1
        while at < len(self.starts) and self.starts[at] < end:
            if self.rules[at]:
                return self.rules[at]
            at += 1
        return ""


def _faults(faults: Iterable[Fault], marked: Sequence[Mark]) -> dict[str, Found]:
    """Return by kind how many *faults* were mended; those that were removed are left out."""
    became = [(fault, _became(fault, marked)) for fault in faults]
    return by_name(
        (fault.kind, Found(1, 1, int(text == fault.expect)))
        for fault, text in became
        if text or not fault.expect
    )


def _became(fault: Fault, marked: Sequence[Mark]) -> str:
    """Return the text that stands where *fault* stood."""
    position = 0
    became = ""
    for mark in marked:
        if mark.kind == "added":
            became += mark.text if fault.start <= position < fault.end else ""
            continue
        if mark.kind == "same":
            became += mark.text[max(0, fault.start - position) : max(0, fault.end - position)]
        position += len(mark.text)
    return became
