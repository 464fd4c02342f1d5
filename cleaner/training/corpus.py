"""Rows of corpora and labelled files, and which of them are kept for measuring."""

from __future__ import annotations

from hashlib import sha256
import json
from typing import TYPE_CHECKING, Any

import zstandard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a JSON lines file, plain or compressed by zstd."""
    opened = (
        zstandard.open(path, "rt", encoding="utf-8") if path.suffix == ".zst" else path.open(encoding="utf-8")
    )
    with opened as lines:
        for line in lines:
            yield json.loads(line)


def held_out(identifier: str, one_in: int) -> bool:
    """Tell whether the text *identifier* is kept for measuring; one in *one_in* is."""
    return sha256(identifier.encode()).digest()[0] % one_in == 0
