"""Time cleaner and other tools for near-duplicates: the same file, one processor, one after the other.

    python tests/benchmarks/peers.py PEERS_PYTHON CORPUS [DOCUMENTS [TOOL ...]]

All do the peers' task: five-word shingles, Jaccard .8. The truth is exact, of words between spaces for the
peers and of the comparison key for cleaner: each is held to its own words. Recall is the share of true pairs
of which not both stay, precision the share of dropped documents that have a true match. The floor reads the
file, decodes it, and writes the lines.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime
from io import TextIOWrapper
from itertools import combinations, islice
import json
import os
from pathlib import Path
import platform
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, NamedTuple

import zstandard

from cleaner.duplicates.comparison_key import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

THRESHOLD, SHINGLE = 0.8, 5
LIMIT = 1800
"""Seconds after which a tool is given up."""

TOOLS = ("rensa", "gaoya", "datasketch, bulk", "datasketch, as documented", "text-dedup", "datatrove")
TASK = (
    "--measure jaccard --threshold 0.8 --shingle 5 --minimum-shingles 0 --recurrence 0 --numbers 0 "
    "--permutations 36 --bands 12"
)
FLOOR = (
    "import msgspec, sys; decode = msgspec.json.Decoder().decode; out = open(sys.argv[2], 'wb')\n"
    "for line in open(sys.argv[1], 'rb'): decode(line); out.write(line)"
)


class Cost(NamedTuple):
    """What a process and its children took."""

    cpu: float
    wall: float
    memory: float
    finished: bool


def cost(command: Sequence[str]) -> Cost:
    """Run *command* on one processor and return what it took: seconds, seconds, MB."""
    started = time.perf_counter()
    environment = os.environ | dict.fromkeys(("OMP_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, env=environment, stdout=told, stderr=told)
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(process.pid, [min(os.sched_getaffinity(0))])
        status, usage = _wait(process)
    wall = time.perf_counter() - started
    return Cost(usage[0], wall, usage[1], status == 0)


def _wait(process: subprocess.Popen[bytes]) -> tuple[int, tuple[float, float]]:
    deadline = time.monotonic() + LIMIT
    while True:
        found, status, usage = os.wait4(process.pid, os.WNOHANG)
        if found:
            return status, (usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
        if time.monotonic() > deadline:
            process.kill()
        time.sleep(0.02)


def true_pairs(sets: Sequence[frozenset[int]]) -> Iterator[tuple[int, int]]:
    """Yield all pairs of Jaccard .8: two such sets share one of the rarest fifth of their shingles."""
    counts = Counter(shingle for shingles in sets for shingle in shingles)
    having: defaultdict[int, list[int]] = defaultdict(list)
    for at, shingles in enumerate(sets):
        prefix = len(shingles) - int(THRESHOLD * len(shingles) - 1e-9) + 1
        for shingle in sorted(shingles, key=lambda one: (counts[one], one))[:prefix]:
            having[shingle].append(at)
    for pair in {pair for members in having.values() for pair in combinations(members, 2)}:
        one, other = sets[pair[0]], sets[pair[1]]
        if len(one & other) >= THRESHOLD * len(one | other) - 1e-9:
            yield pair


def judged(names: Sequence[str], pairs: Sequence[tuple[int, int]], dropped: set[str]) -> tuple[float, float]:
    """Return recall and precision of *dropped*."""
    met = sum(names[a] in dropped or names[b] in dropped for a, b in pairs)
    matched = {names[at] for pair in pairs for at in pair}
    return met / max(1, len(pairs)), len(dropped & matched) / max(1, len(dropped))


def shingle_sets(texts: Sequence[str], cut: Callable[[str], list[str]]) -> list[frozenset[int]]:
    """Return the hashes of the shingles of each text, cut into words."""
    found = []
    for text in texts:
        key = cut(text)
        runs = (tuple(key[at : at + SHINGLE]) for at in range(max(1, len(key) - SHINGLE + 1)))
        found.append(frozenset(map(hash, runs)))
    return found


def main(python: str, corpus: Path, documents: int, tools: Sequence[str] = TOOLS) -> None:
    """Print a table of what each of *tools* took and found."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "news.jsonl"
        with corpus.open("rb") as stored, path.open("w", encoding="utf-8") as copy:
            lines = TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(stored), encoding="utf-8")
            copy.writelines(islice(lines, documents))
        costs: dict[str, Cost] = {}
        dropped: dict[str, set[str]] = {}
        costs["floor"] = cost([sys.executable, "-c", FLOOR, str(path), str(folder / "floor")])
        for tool, options in OWN.items():
            out = folder / tool.replace(" ", "-")
            command = [sys.executable, "-m", "cleaner", "dedup", str(path), str(out), "--jobs", "1"]
            costs[tool] = cost([*command, *options.split()])
            print(tool, costs[tool], file=sys.stderr, flush=True)
            with (out / "duplicates.jsonl").open(encoding="utf-8") as rows:
                dropped[tool] = {json.loads(row)["id"] for row in rows}
        for tool in tools:
            listed = folder / "dropped"
            listed.unlink(missing_ok=True)
            program = str(Path(__file__).with_name("tools.py"))
            costs[tool] = cost([python, program, tool, str(path), str(listed)])
            if costs[tool].finished:
                dropped[tool] = set(listed.read_text(encoding="utf-8").splitlines())
            print(tool, costs[tool], file=sys.stderr, flush=True)
        _print_table(path, costs, dropped)


OWN = {"cleaner, the peers' task": TASK, "cleaner, its defaults": ""}


def _print_table(path: Path, costs: dict[str, Cost], dropped: dict[str, set[str]]) -> None:
    """Judge what each tool *dropped*, and print it with its cost."""
    with path.open(encoding="utf-8") as lines:
        rows = [*map(json.loads, lines)]
    ids, texts = [row["id"] for row in rows], [row["text"] for row in rows]
    key_truth = [*true_pairs(shingle_sets(texts, words))]
    plain_truth = [*true_pairs(shingle_sets(texts, str.split))]
    size = path.stat().st_size / 1e6
    print(f"{datetime.now(UTC):%Y-%m-%d}, {_machine()}: {len(rows):,} documents, {size:.0f} MB\n")
    print("| tool | CPU s | wall s | MB | recall | precision |\n|---|---|---|---|---|---|")
    for tool, spent in costs.items():
        told = "|"
        if tool in dropped and OWN.get(tool) != "":
            truth = key_truth if tool in OWN else plain_truth
            told = " | ".join(f"{share:.3f}" for share in judged(ids, truth, dropped[tool]))
        took = f"{spent.cpu:.1f} | {spent.wall:.1f} | {spent.memory:.0f}"
        given_up = f"given up after {spent.wall:.0f} s | |"
        print(f"| {tool} | {took if spent.finished else given_up} | {told} |")


def _machine() -> str:
    model = "unknown processor"
    if (info := Path("/proc/cpuinfo")).exists():
        names = [line.split(":")[1].strip() for line in info.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    return f"{model}, one processor, Python {platform.python_version()}"


if __name__ == "__main__":
    limit = int(sys.argv[3]) if len(sys.argv) > 3 else sys.maxsize
    main(sys.argv[1], Path(sys.argv[2]), limit, sys.argv[4:] or TOOLS)
