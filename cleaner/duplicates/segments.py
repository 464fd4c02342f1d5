"""The segments of an index: what each run that extended it kept, read from disk as far as it is looked at."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from cleaner.duplicates.arrays import offsets_of
from cleaner.duplicates.common_shingles import source_hashes
from cleaner.duplicates.dedup_data import DIGEST, Entry
from cleaner.duplicates.store import picked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from cleaner.duplicates.arrays import Hashes, Offsets
    from cleaner.duplicates.signatures import Signatures


class Segment:
    """The documents that one run kept, in its total order."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        documents = _load(folder, "documents")
        self.sizes: Offsets = documents["shingles"].astype(np.int64)
        self.counted: Offsets = documents["counted"].astype(np.int64)
        self.number_sizes: Offsets = documents["figures"].astype(np.int64)
        self.keys: Hashes = np.ascontiguousarray(documents["key"])
        self.offsets: Offsets = offsets_of(self.sizes)
        self._number_offsets: Offsets = offsets_of(self.number_sizes)
        self.common: Hashes = _load(folder, "furniture")
        self.printed: Hashes = _load(folder, "printed")
        self.shingles: Hashes = _load(folder, "shingles")
        self.signatures: Signatures = _load(folder, "signatures")

    def __len__(self) -> int:
        return len(self.sizes)

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """Who the documents are."""
        lines = (self._folder / "entries.jsonl").read_bytes().splitlines()
        rows = map(msgspec.json.Decoder(tuple[str, str, str]).decode, lines)
        unknown = bytes(DIGEST)  # and not needed: these documents are in order
        return [
            Entry(
                name, source, is_child=False, date="", text_digest=bytes.fromhex(digest), raw_digest=unknown
            )
            for name, source, digest in rows
        ]

    @cached_property
    def sources(self) -> Hashes:
        """The hash of each document's source, 0 if it has none."""
        return source_hashes(entry.source for entry in self.entries)

    def release(self) -> None:
        """Let the system take back the memory behind the shingles that were looked at."""
        self.shingles = _load(self._folder, "shingles")

    def pick(self, documents: Offsets) -> Iterator[tuple[Hashes, Hashes]]:
        """Yield the shingles and the numbers of *documents*, some after the others."""
        numbers = _load(self._folder, "figures")
        yield from picked(documents, self.shingles, self.offsets, numbers, self._number_offsets)


def _load(folder: Path, name: str) -> NDArray[Any]:
    array: NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r")
    return array
