"""One tool for near-duplicates on one file: `python tools.py TOOL IN.jsonl DROPPED.txt`, in the peers' environment.

Each does what its own documentation shows, at its task of five-word shingles and Jaccard .8, on one processor,
and writes the ids of what it drops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
import json
from pathlib import Path
import sys
import tempfile

THRESHOLD, SHINGLE, NUM_PERM = 0.8, 5, 128

Drops = Callable[[Path], Iterator[str]]


def rows(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["id"], row["text"]


def shingles(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))]


def rensa(path: Path) -> Iterator[str]:
    from rensa import RMinHash, RMinHashDeduplicator

    index = RMinHashDeduplicator(threshold=THRESHOLD, num_perm=NUM_PERM, use_lsh=True)
    for name, text in rows(path):
        signature = RMinHash(num_perm=NUM_PERM, seed=42)
        signature.update(shingles(text))
        if not index.add(name, signature):
            yield name


def gaoya(path: Path) -> Iterator[str]:
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(
        hash_size=32, jaccard_threshold=THRESHOLD, num_bands=25, band_size=5, analyzer="word",
        lowercase=False, ngram_range=(SHINGLE, SHINGLE),
    )  # fmt: skip
    for number, (name, text) in enumerate(rows(path)):
        if index.query(text):
            yield name
        else:
            index.insert_document(number, text)


def datasketch_documented(path: Path) -> Iterator[str]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=NUM_PERM)
    for name, text in rows(path):
        signature = MinHash(num_perm=NUM_PERM)
        for shingle in set(shingles(text)):
            signature.update(shingle.encode())
        if index.query(signature):
            yield name
        else:
            index.insert(name, signature)


def datasketch_bulk(path: Path) -> Iterator[str]:
    from datasketch import MinHash, MinHashLSH
    import xxhash

    index = MinHashLSH(threshold=THRESHOLD, num_perm=NUM_PERM)
    documents = list(rows(path))
    sets = ([shingle.encode() for shingle in set(shingles(text))] for _, text in documents)
    signatures = MinHash.generator(sets, num_perm=NUM_PERM, hashfunc=xxhash.xxh32_intdigest)
    for (name, _), signature in zip(documents, signatures, strict=True):
        if index.query(signature):
            yield name
        else:
            index.insert(name, signature)


def text_dedup(path: Path) -> Iterator[str]:
    from datasets import load_from_disk
    from text_dedup import minhash

    with tempfile.TemporaryDirectory() as folder:
        arguments = (
            f"--path json --data_files {path} --split train --column text --ngram {SHINGLE} --num_perm {NUM_PERM} "
            f"--threshold {THRESHOLD} --min_length 0 --num_proc 1 --hash_func xxh3 --output {folder}/out "
            f"--cache_dir {folder}/cache"
        )
        minhash.main(arguments.split(), standalone_mode=False)
        kept = set(load_from_disk(f"{folder}/out")["id"])
    yield from (name for name, _ in rows(path) if name not in kept)


def datatrove(path: Path) -> Iterator[str]:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup import MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import (
        MinhashConfig,
        MinhashDedupBuckets,
        MinhashDedupCluster,
        MinhashDedupFilter,
    )
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    config = MinhashConfig(n_grams=SHINGLE, num_buckets=14, hashes_per_bucket=8)
    with tempfile.TemporaryDirectory() as folder:
        steps = (
            [reader(path, JsonlReader), MinhashDedupSignature(f"{folder}/1", config=config, language="ar")],
            [MinhashDedupBuckets(f"{folder}/1", f"{folder}/2", config=config)],
            [MinhashDedupCluster(f"{folder}/2", f"{folder}/3", config=config)],
            [
                reader(path, JsonlReader),
                MinhashDedupFilter(f"{folder}/3", JsonlWriter(f"{folder}/dropped", compression=None)),
            ],
        )
        for number, pipeline in zip(count(), steps, strict=False):
            tasks = config.num_buckets if number == 1 else 1
            LocalPipelineExecutor(pipeline, tasks=tasks, workers=1, logging_dir=f"{folder}/log{number}").run()
        for dropped in sorted(Path(f"{folder}/dropped").glob("*.jsonl")):
            yield from (name for name, _ in rows(dropped))


def reader(path: Path, kind: Callable[..., object]) -> object:
    return kind(str(path.parent), glob_pattern=path.name)


TOOLS: dict[str, Drops] = {
    "rensa": rensa,
    "gaoya": gaoya,
    "datasketch, bulk": datasketch_bulk,
    "datasketch, as documented": datasketch_documented,
    "text-dedup": text_dedup,
    "datatrove": datatrove,
}

if __name__ == "__main__":
    dropped = list(TOOLS[sys.argv[1]](Path(sys.argv[2])))
    Path(sys.argv[3]).write_text("".join(f"{name}\n" for name in dropped), encoding="utf-8")
