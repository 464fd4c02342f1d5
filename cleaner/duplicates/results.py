"""What goes into the search for near-duplicates and what comes out of it, without numpy."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cleaner.duplicates.entries import Entry

Kind: TypeAlias = Literal["exact", "near", "contained"]
"""Equal comparison keys; about the same length; or one text much shorter than the other."""


@dataclass(frozen=True, slots=True)
class Twin:
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
class Suspicion:
    """A cluster that a person should look at: *kept* and one of its dropped members as an *example*."""

    kept: int
    example: int
    size: int
    reason: str


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Which entries repeat which; everything else is kept.

    *twins* holds the dropped entries, *clusters* for each kept entry with duplicates the entries that name
    it, both in the total order; *counts* is for the report.
    """

    twins: Mapping[int, Twin]
    clusters: Mapping[int, Sequence[int]]
    suspicions: Sequence[Suspicion] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    verified: Callable[[], Iterator[Pair]] = field(default=lambda: iter(()), repr=False)

    def pairs(self) -> Iterator[Pair]:
        """Iterate over every verified pair in the total order, also those of which both stay."""
        return self.verified()


LARGE_CLUSTER = 50
"""A cluster of more members is suspicious: few stories are reprinted so often."""

LARGE_SOURCE_CLUSTER = 10
"""So is one of more members that all come from one named source."""


def gather(
    entries: Sequence[Entry],
    twins: Mapping[int, Twin],
    verified: Callable[[], Iterator[Pair]],
    counts: Mapping[str, int],
) -> Duplicates:
    """Return the result of a search that dropped *twins*, which are given in the total order."""
    clusters: dict[int, list[int]] = {}
    for dropped, twin in twins.items():
        clusters.setdefault(twin.kept, []).append(dropped)
    suspicions = [*_suspicions(entries, clusters)]
    kinds = Counter(twin.kind for twin in twins.values())
    totals = {**counts, "dropped": len(twins), **{kind: kinds[kind] for kind in get_args(Kind)}}
    return Duplicates(twins, clusters, suspicions, totals, verified)


def _suspicions(entries: Sequence[Entry], clusters: Mapping[int, Sequence[int]]) -> Iterator[Suspicion]:
    for kept, members in clusters.items():
        size = len(members) + 1
        if size > LARGE_CLUSTER:
            yield Suspicion(kept, members[0], size, f"more than {LARGE_CLUSTER} documents")
        elif size > LARGE_SOURCE_CLUSTER:
            source = entries[kept].source
            if source and {entries[at].source for at in members} == {source}:
                yield Suspicion(kept, members[0], size, f"all from {source}")


def cluster_id(text_digest: bytes) -> int:
    """Return the cluster's public id: the first 52 bits of the kept text's sha256.

    52 bits, so that the number survives programs that read JSON numbers as doubles.
    """
    return int.from_bytes(text_digest[:8], "big") >> 12
