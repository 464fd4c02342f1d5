"""The search for duplicates in the words of the rows: who repeats whom, who stands for whom."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import accumulate
import os
from typing import TYPE_CHECKING, Any, Self

import msgspec

from cleaner.duplicates import cluster_id, find_duplicates, open_addition, open_index
from cleaner.duplicates.comparison_key import shared_passages
from cleaner.duplicates.index_manifest import Manifest
from cleaner.errors import InputError
from cleaner.output.atomic import destination
from cleaner.output.rows import pair_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cleaner.duplicates import DedupResult, Entries
    from cleaner.duplicates.duplicate_index import DuplicateIndex, IndexAddition
    from cleaner.duplicates.fingerprints import Fingerprints
    from cleaner.options import Options


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The *result* of a search among *entries*, behind which stand those of the indexes.

    *indexes* says for each index from which entry on it stands, and its name.
    """

    result: DedupResult
    entries: Entries
    indexes: Sequence[tuple[int, str]]

    def duplicate(self, at: int) -> Mapping[str, object]:
        """Return what a row says of the kept document that the dropped document *at* repeats."""
        match = self.result.matches[at]
        shares = {"containment": round(match.containment, 6), "jaccard": round(match.jaccard, 6)}
        kept = self.entries.ids[match.kept]
        return {"kept": kept, "kind": match.kind, **shares, **self._where(match.kept)}

    def cluster(self, at: int) -> tuple[int, int, Sequence[str]]:
        """Return the id and the size of the cluster of document *at*, and the ids that it stands for.

        Of a document that is dropped, or named by one that is.
        """
        match = self.result.matches.get(at)
        kept = match.kept if match else at
        members = self.result.clusters[kept]
        ids = () if match else tuple(map(self.entries.ids.__getitem__, members))
        return cluster_id(self.entries.text_digest(kept)), len(members) + 1, ids

    def against(self) -> Mapping[str, int]:
        """Count for each index the documents that repeat one of its own."""
        counts = {name: 0 for _, name in self.indexes}
        for kept, members in self.result.clusters.items():
            if name := self._index(kept):
                counts[name] += len(members)
        return counts

    def write_pairs(self, path: Path, texts: Texts | None = None, least: int = 0) -> None:
        """Write every verified pair to *path*; with *texts*, passages of *least* words kept ones share."""
        dropped = self.result.matches
        with destination(path) as stream:
            for pair in self.result.pairs():
                a, b = self.entries.ids[pair.a], self.entries.ids[pair.b]
                others = dict(self._where(pair.a))
                if texts:
                    both_stay = pair.a not in dropped and pair.b not in dropped and pair.a < len(texts)
                    shared = shared_passages(texts[pair.a], texts[pair.b], least) if both_stay else []
                    others["passages"] = [
                        {"a": passage[:2], "b": passage[2:4], "words": passage.words} for passage in shared
                    ]
                row = pair_row(a, b, pair.containment, pair.jaccard, pair.kind, others)
                stream.write(row + b"\n")

    def _where(self, at: int) -> Mapping[str, object]:
        """Say which index entry *at* stands in, null for none; nothing where there are no indexes."""
        return {"index": self._index(at)} if self.indexes else {}

    def _index(self, at: int) -> str | None:
        place = bisect_right(self.indexes, at, key=lambda index: index[0])
        return self.indexes[place - 1][1] if place else None


class Texts:
    """The texts of the rows of a file, one read at a time; the first rows of a search are its entries.

    *starts* are where each row starts, and the last ends.
    """

    def __init__(self, path: Path, starts: array[int], text_of: Callable[[Mapping[str, Any]], str]) -> None:
        self._path, self._starts, self._text_of = path, starts, text_of

    @classmethod
    def of_file(cls, path: Path, text_of: Callable[[Mapping[str, Any]], str]) -> Self:
        """Return the texts of a file whose rows must be found first."""
        with path.open("rb") as rows:
            return cls(path, array("q", accumulate(map(len, rows), initial=0)), text_of)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, at: int) -> str:
        """Return the text of row *at*."""
        with self._path.open("rb") as rows:
            rows.seek(self._starts[at])
            return self._text_of(msgspec.json.decode(rows.readline()))


@contextmanager
def comparison(
    options: Options, against: Sequence[Path], index: Path | None
) -> Iterator[tuple[Sequence[DuplicateIndex], IndexAddition | None]]:
    """Yield the indexes *against*, and what is added to *index*, which is extended if it is one of these."""
    with ExitStack() as stack:
        added = None
        if index is not None:
            if os.path.lexists(index) and not index.exists():
                raise InputError(f"{index} is a link that leads nowhere")
            extends = os.path.realpath(index) in map(os.path.realpath, against)  # links to themselves, too
            added = stack.enter_context(open_addition(index, options, extends=extends))
            if not extends and Manifest.read(index):
                raise InputError(
                    f"{index}: another run has written an index there meanwhile; call this again"
                )
        # Behind its lock: what another run adds to it in the meantime would be missed.
        yield [open_index(folder, options) for folder in against], added


def search(  # noqa: PLR0913, PLR0917 - the corpus, and what it is compared with
    entries: Entries,
    fingerprints: Iterable[Fingerprints],
    options: Options,
    work: Path,
    against: Sequence[DuplicateIndex] = (),
    added: IndexAddition | None = None,
) -> SearchResult:
    """Apply the rule of dropping; temporary files stand in the folder *work*."""
    found = find_duplicates(entries, fingerprints, options, work, against=against, addition=added)
    known, indexes = entries, []
    for index in against:
        indexes.append((len(known), index.name))
        known = known.followed_by(index.entries)
    return SearchResult(found, known, indexes)
