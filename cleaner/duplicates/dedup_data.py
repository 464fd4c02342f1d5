"""The data of a search for duplicates, without numpy: entries go in, a dedup result comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

DIGEST = 32
"""Bytes of a sha256."""

Kind: TypeAlias = Literal["exact", "near", "contained"]
"""Equal comparison keys; about the same length; or one text much shorter than the other."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the rule of dropping has to know of a document, beside its text.

    *source* is the named source (input field, else URL host; never a folder), empty if there is none.
    *date* sorts as a string (YYYY-MM-DD…), empty if unknown. The digests are the 32 bytes of sha256 over
    the UTF-8 of the cleaned and of the raw text.
    """

    id: str
    source: str
    is_child: bool
    date: str
    text_digest: bytes
    raw_digest: bytes


class Entries(Sequence[Entry]):
    """The entries of millions of documents as columns: half the memory of as many objects, and no time.

    *children* has a byte for each, 0 or 1; the digests follow each other.
    """

    __slots__ = ("_names", "children", "dates", "ids", "raw_digests", "sources", "text_digests")

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.ids: list[str] = []
        self.sources: list[str] = []
        self.dates: list[str] = []
        self.children = bytearray()
        self.text_digests = bytearray()
        self.raw_digests = bytearray()
        self._names: dict[str, str] = {}
        for entry in entries:
            self.append(entry)

    def append(self, entry: Entry) -> None:
        """Put *entry* behind the others."""
        self.ids.append(entry.id)
        self.sources.append(self._names.setdefault(entry.source, entry.source))
        self.dates.append(entry.date)
        self.children.append(entry.is_child)
        self.text_digests += entry.text_digest
        self.raw_digests += entry.raw_digest

    def extend(self, others: Entries) -> None:
        """Put all *others* behind the own ones."""
        self.ids += others.ids
        self.sources += [self._names.setdefault(source, source) for source in others.sources]
        self.dates += others.dates
        self.children += others.children
        self.text_digests += others.text_digests
        self.raw_digests += others.raw_digests

    def followed_by(self, others: Iterable[Entry]) -> Entries:
        """Return these entries and, behind them, *others*."""
        both = Entries()
        both.extend(self)
        for entry in others:
            both.append(entry)
        return both

    def __len__(self) -> int:
        return len(self.ids)

    def text_digest(self, at: int) -> bytes:
        """Return that of entry *at*, without the rest of it."""
        return bytes(self.text_digests[at * DIGEST : at * DIGEST + DIGEST])

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        """Return entry *at*, made anew."""
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        at = range(len(self))[at]
        return Entry(
            self.ids[at],
            self.sources[at],
            bool(self.children[at]),
            self.dates[at],
            self.text_digest(at),
            bytes(self.raw_digests[at * DIGEST : at * DIGEST + DIGEST]),
        )


@dataclass(frozen=True, slots=True)
class KeptMatch:
    """The kept document *kept* (an index into the entries) that stands for a dropped one.

    *containment* is the share of the dropped document's shingles that stand in the kept one: of its
    counted shingles where these decided, else of all. *jaccard* is over all shingles.
    """

    kept: int
    kind: Kind
    containment: float
    jaccard: float


@dataclass(frozen=True, slots=True)
class Pair:
    """A verified pair of entries; *a* precedes *b* in the total order.

    *containment* is that of the text with fewer shingles in the other.
    """

    a: int
    b: int
    containment: float
    jaccard: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class SuspiciousCluster:
    """A cluster that a person should look at: *kept* and one of its dropped members as an *example*."""

    kept: int
    example: int
    size: int
    reason: str


@dataclass(frozen=True, slots=True)
class DedupResult:
    """Which entries repeat which; everything else is kept.

    *matches* holds for each dropped entry its kept match, *clusters* for each kept entry with duplicates the
    entries that name it, both in the total order; *counts* is for the report. *pairs* iterates over every
    verified pair in the total order, also those of which both stay.
    """

    matches: Mapping[int, KeptMatch]
    clusters: Mapping[int, Sequence[int]]
    suspicious: Sequence[SuspiciousCluster]
    counts: Mapping[str, int]
    pairs: Callable[[], Iterator[Pair]] = field(repr=False)


LARGE_CLUSTER = 50
"""A cluster of more members is suspicious: few stories are reprinted so often."""

LARGE_SOURCE_CLUSTER = 10
"""So is one of more members that all come from one named source."""


def dedup_result(
    entries: Sequence[Entry],
    matches: Mapping[int, KeptMatch],
    pairs: Callable[[], Iterator[Pair]],
    counts: Mapping[str, int],
) -> DedupResult:
    """Return the result of a search that found *matches*, which are given in the total order."""
    clusters: dict[int, list[int]] = {}
    for dropped, match in matches.items():
        clusters.setdefault(match.kept, []).append(dropped)
    kinds = Counter(match.kind for match in matches.values())
    totals = {**counts, "dropped": len(matches), **{kind: kinds[kind] for kind in get_args(Kind)}}
    return DedupResult(matches, clusters, [*_suspicious(entries, clusters)], totals, pairs)


def _suspicious(
    entries: Sequence[Entry], clusters: Mapping[int, Sequence[int]]
) -> Iterator[SuspiciousCluster]:
    for kept, members in clusters.items():
        size = len(members) + 1
        if size > LARGE_CLUSTER:
            yield SuspiciousCluster(kept, members[0], size, f"more than {LARGE_CLUSTER} documents")
        elif size > LARGE_SOURCE_CLUSTER:
            source = entries[kept].source
            if source and {entries[at].source for at in members} == {source}:
                yield SuspiciousCluster(kept, members[0], size, f"all from {source}")


def cluster_id(text_digest: bytes) -> int:
    """Return the cluster's public id: the first 52 bits of the kept text's sha256.

    52 bits, so that the number survives programs that read JSON numbers as doubles.
    """
    return int.from_bytes(text_digest[:8], "big") >> 12
