"""The whole search, from fingerprints to survivors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from cleaner.duplicates.fingerprints import Fingerprints
    from cleaner.duplicates.results import Duplicates, Entry
    from cleaner.options import Options


def find_duplicates(
    entries: Sequence[Entry],
    batches: Iterable[Fingerprints],
    options: Options,
    folder: Path | None = None,
) -> Duplicates:
    """Apply the law of dropping; see `cleaner.duplicates.find_duplicates`."""
    raise NotImplementedError
