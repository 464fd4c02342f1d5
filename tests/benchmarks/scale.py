"""How time and memory grow: `cleaner dedup` on a corpus, and on many copies of it in other words.

    python tests/benchmarks/scale.py news.jsonl.zst 75500 2000000

Each copy has six of ten kinds of words exchanged for others, the same in all its documents: so it is another
corpus with the same share of duplicates. One process reads, searches and writes; two million documents take
20 GB in the folder for temporary files.
"""

from __future__ import annotations

from hashlib import blake2b
from io import TextIOWrapper
from itertools import count, islice
import json
import os
from pathlib import Path
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

import zstandard

if TYPE_CHECKING:
    from collections.abc import Iterator

EXCHANGED = 0.6


def articles(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of the compressed file *path*."""
    with path.open("rb") as file:
        lines = TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8")
        yield from map(json.loads, lines)


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


def corpus(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the articles again and again, each time in other words and from other sources."""
    for copy in count():
        words = OtherWords(copy)
        for row in articles(path):
            text = " ".join(map(words.__getitem__, row["text"].split()))
            yield row | {"id": f"{row['id']}@{copy}", "site": f"{row.get('site')}@{copy}", "text": text}


def measure(path: Path, documents: int, folder: Path) -> dict[str, Any]:
    """Search the first *documents* and return what that cost: processor time and memory."""
    raw = folder / f"{documents}.jsonl"
    with raw.open("w", encoding="utf-8") as file:
        for row in islice(corpus(path), documents):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    out = folder / f"{documents}-out"
    started = time.perf_counter()
    command = [sys.executable, "-m", "cleaner", "dedup", str(raw), str(out), "--jobs", "1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed")
    seconds = usage.ru_utime + usage.ru_stime
    found = json.loads((out / "report.json").read_bytes())["duplicates"]["counts"]
    return {
        "documents": documents,
        "microseconds each": round(1e6 * seconds / documents, 1),
        "minutes": round((time.perf_counter() - started) / 60, 1),
        "peak GiB": round(usage.ru_maxrss / 2**20, 2),
        **found,
    }


if __name__ == "__main__":
    for number in sys.argv[2:]:
        with tempfile.TemporaryDirectory() as name:
            print(json.dumps(measure(Path(sys.argv[1]), int(number), Path(name))), flush=True)
