"""Count stems over a corpus, and lay them out by the articles they stand in: `cleaner/learned/stems.zst`.

`python -m cleaner.training.stem_vectors CORPUS` (`make stems`). A stem is taken if it stands in at least
`FEWEST` articles of at least `SITES` sites, and in at most `MOST` of all: so no vector is that of a paper or
of one event. Vectors are the right singular vectors of the articles' tf-idf matrix (latent semantic analysis,
Deerwester et al. 1990), scaled to length 127.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from math import log
from pathlib import Path
import sys
from typing import TYPE_CHECKING

import numpy as np
import zstandard

from cleaner.text.folding import small
from cleaner.text.stems import WORD, Stems, parse, stem
from cleaner.training.corpus import held_out, rows
from cleaner.training.tables import Score, TableProvenance, commit, write_file

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST, SITES, MOST = 25, 3, 0.15
DIMENSIONS, ARTICLES, LARGEST = 64, 26_000, 24_000


def main() -> None:
    """Count, decompose, and write the file with its provenance."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - a library for training only
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415 - the same

    corpus = Path(sys.argv[1])
    at = commit()
    texts: list[set[str]] = []
    frequency: Counter[str] = Counter()
    sites: dict[str, set[str]] = {}
    known: dict[str, str] = {}
    for row in islice(rows(corpus), 0, None, 2):
        if held_out(row["id"], 20):
            continue
        found = set()
        for word in set(WORD.findall(small(row["text"]))):
            if word not in known:
                known[word] = stem(word)
            found.add(known[word])
        frequency.update(found)
        for name in found:
            sites.setdefault(name, set()).add(row["site"])
        texts.append(found)
    total = len(texts)
    names = [
        name
        for name, count in sorted(frequency.items(), key=lambda counted: (-counted[1], counted[0]))
        if count >= FEWEST and len(sites[name]) >= SITES and len(name) > 1 and not name.isdecimal()
    ][:LARGEST]
    idf = np.array([log(total / frequency[name]) for name in names])
    column = {name: number for number, name in enumerate(names) if frequency[name] <= MOST * total}
    step = max(1, total // ARTICLES)
    pairs = [
        (row, column[name])
        for row, found in enumerate(texts[::step])
        for name in sorted(found)
        if name in column
    ]
    row_of, column_of = np.array(pairs).T
    matrix = csr_matrix((idf[column_of], (row_of, column_of)), shape=(row_of.max() + 1, len(names)))
    matrix = matrix.multiply(1 / np.sqrt(matrix.multiply(matrix).sum(1)))
    vectors = TruncatedSVD(DIMENSIONS, n_iter=4, random_state=0).fit(matrix.tocsr()).components_.T
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    content = b"".join(
        (
            " ".join(names).encode() + b"\n",
            np.minimum(255, np.rint(idf * 20)).astype(np.uint8).tobytes(),
            np.rint(vectors * 127).astype(np.int8).tobytes(),
        )
    )
    packed = zstandard.ZstdCompressor(level=19).compress(content)
    score = _score(parse(content), corpus)
    print(score)
    how = TableProvenance(f"make stems CORPUS={corpus.name}", at, [corpus], [score])
    write_file("stems.zst", packed, how)
    print(f"{len(names)} stems of {total} articles, {len(packed)} bytes")


def _score(known: Stems, corpus: Path) -> Score:
    """Return how often the halves of a held-out article are nearer each other than to the next article's."""
    halves: list[np.ndarray] = []
    for row in rows(corpus):
        words = list(map(stem, WORD.findall(small(row["text"]))))
        if held_out(row["id"], 20) and len(words) >= SHORTEST_MEASURED:
            halves.append(_vector(known, words[: len(words) // 2]))
            halves.append(_vector(known, words[len(words) // 2 :]))
    first, second = np.stack(halves[::2]), np.stack(halves[1::2])
    own, other = (first * second).sum(1), (first * np.roll(second, 1, axis=0)).sum(1)
    return {
        "on": f"halves of held-out articles of {corpus.name}",
        "articles": len(own),
        "nearer": round(float((own > other).mean()), 4),
    }


SHORTEST_MEASURED = 60
"""Words of the shortest article that is measured."""


def _vector(known: Stems, words: Sequence[str]) -> np.ndarray:
    numbers = sorted({known.numbers[word] for word in words if word in known.numbers})
    total: np.ndarray = (known.vectors[numbers] * known.rarities[numbers, None].astype(np.int64)).sum(0)
    return total / max(1.0, float(np.linalg.norm(total)))


if __name__ == "__main__":
    main()
