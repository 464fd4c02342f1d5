"""How time and memory grow: a corpus, and many copies of it in other words, searched for duplicates.

    python tests/benchmarks/scale.py news.jsonl.zst 2000000

Each copy has six of ten kinds of words exchanged for others, the same in all its documents: so it is another
corpus with the same share of duplicates. Nothing is written but the temporary files of the search.
"""

from __future__ import annotations

from hashlib import blake2b, sha256
from io import TextIOWrapper
from itertools import islice
import json
import resource
import sys
import time
from typing import TYPE_CHECKING

import zstandard

from cleaner.duplicates import Entry, find_duplicates, fingerprint
from cleaner.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.duplicates.fingerprints import Fingerprints

EXCHANGED = 0.6
BATCH = 100


def articles(path: str) -> Iterator[tuple[str, str, str]]:
    """Yield id, source and text of each article of the file *path*."""
    with open(path, "rb") as file:  # noqa: PTH123 - a command line's word for a file
        for line in TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8"):
            row = json.loads(line)
            yield row["id"], row.get("site") or "", row["text"]


class OtherWords(dict[str, str]):
    """The word that stands for each word in one copy of the corpus."""

    def __init__(self, copy: int) -> None:
        super().__init__()
        self._key = copy.to_bytes(8, "little")

    def __missing__(self, word: str) -> str:
        """Exchange a word that comes up for the first time, or leave it."""
        number = int.from_bytes(blake2b(word.encode(), digest_size=8, key=self._key).digest(), "little")
        other = word
        if self._key != bytes(8) and number / 2**64 < EXCHANGED:
            other = "".join("ابتجدرسعفكلمنهوي"[number >> shift & 15] for shift in range(0, 28, 4))
        self[word] = other
        return other


def corpus(path: str) -> Iterator[tuple[str, str, str]]:
    """Yield the articles again and again, each time in other words and from other sources."""
    copy = 0
    while True:
        words = OtherWords(copy)
        for name, source, text in articles(path):
            yield (
                f"{name}@{copy}",
                source and f"{source}@{copy}",
                " ".join(map(words.__getitem__, text.split())),
            )
        copy += 1


def main(path: str, count: int) -> None:
    """Search the first *count* documents, and say what it cost: processor time of this process alone."""
    options, entries = Options(), []
    spent = {"making": 0.0, "fingerprint": 0.0}

    def fingerprints() -> Iterator[Fingerprints]:
        stream = islice(corpus(path), count)
        while True:
            started = time.process_time()
            batch = list(islice(stream, BATCH))
            if not batch:
                return
            for name, source, text in batch:
                digest = sha256(text.encode()).digest()
                entries.append(
                    Entry(name, source, is_child=False, date="", text_digest=digest, raw_digest=digest)
                )
            made = time.process_time()
            prints = fingerprint([text for _, _, text in batch], options)
            spent["making"] += made - started
            spent["fingerprint"] += time.process_time() - made
            yield prints

    started = time.process_time()
    found = find_duplicates(entries, fingerprints(), options)
    spent["search"] = time.process_time() - started - sum(spent.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    costs = {f"{name}_us": round(1e6 * seconds / count, 1) for name, seconds in spent.items()}
    figures = {"documents": count, **costs, "peak_gib": round(peak, 2), **found.counts}
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
