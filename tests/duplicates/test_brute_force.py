"""The search against counting what every pair of real articles shares, with edits planted among them.

Needs the shared data beside the project. `python -m tests.duplicates.test_brute_force 20000` prints it.
"""

from __future__ import annotations

from hashlib import sha256
from io import TextIOWrapper
from itertools import islice
import json
from pathlib import Path
import random
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.sparse import csr_matrix
import zstandard

from cleaner.duplicates import Entry, find_duplicates, fingerprint, specification
from cleaner.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpus" / "news.jsonl.zst"
BLOCK = 500


def articles(count: int) -> list[tuple[str, str]]:
    """Return source and text of real articles, and of one edited version of each fourth of them."""
    with CORPUS.open("rb") as file:
        lines = TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8")
        rows = [json.loads(line) for line in islice(lines, count * 4 // 5)]
    draw = random.Random(1)  # noqa: S311 - edits are no secret
    found = [(row.get("site") or "", row["text"]) for row in rows]
    others = [text for _, text in found]
    for number, text in enumerate(others[::4]):
        found.append((draw.choice(["", "another paper"]), edited(text, number % 4, others, draw)))
    return found


def edited(text: str, way: int, others: Sequence[str], draw: random.Random) -> str:
    """Return *text* with words exchanged, cut short, extended by another article, or among boilerplate."""
    words = text.split()
    if way == 0:
        share = draw.uniform(0.02, 0.2)
        return " ".join(draw.choice(words) if draw.random() < share else word for word in words)
    if way == 1:
        return " ".join(words[: int(len(words) * draw.uniform(0.2, 0.9))])
    if way == 2:
        return f"{text} {draw.choice(others)}"
    return f"اقرأ أيضا {draw.choice(others)[:150]} {text} شارك الخبر {draw.choice(others)[:100]}"


def shared_counts(sets: Sequence[frozenset[object]]) -> Iterator[tuple[int, np.ndarray]]:
    """Yield blocks of rows of the matrix that says how much each pair of *sets* shares."""
    numbers: dict[object, int] = {}
    columns = [numbers.setdefault(one, len(numbers)) for members in sets for one in members]
    offsets = np.cumsum([0, *map(len, sets)])
    ones = np.ones(len(columns), np.float32)
    matrix = csr_matrix((ones, columns, offsets), shape=(len(sets), len(numbers)))
    turned = matrix.T.tocsr()
    for start in range(0, len(sets), BLOCK):
        yield start, (matrix[start : start + BLOCK] @ turned).toarray()


def brute_force(count: int) -> dict[str, float]:
    """Return precision, and recall by Jaccard, of the pairs found among *count* articles."""
    options = Options()
    documents = articles(count)
    texts = [text for _, text in documents]
    entries = []
    for number, (source, text) in enumerate(documents):
        digest = sha256(text.encode()).digest()
        entries.append(
            Entry(str(number), source, is_child=False, date="", text_digest=digest, raw_digest=digest)
        )
    prints = (fingerprint(texts[at : at + 100], options) for at in range(0, len(texts), 100))
    found = find_duplicates(entries, prints, options)
    pairs = {(pair.a, pair.b) for pair in found.pairs()}
    seen = specification.compared_texts(entries, texts, options)
    order = [
        specification.precedence(entries[at], seen[at].counted_words, options) for at in range(len(texts))
    ]
    sizes = np.array([len(subject.shingles) for subject in seen], np.float32)
    counted_sizes = np.array([len(subject.counted) for subject in seen], np.float32)
    truth: dict[tuple[int, int], float] = {}
    blocks = zip(
        shared_counts([subject.shingles for subject in seen]),
        shared_counts([subject.counted for subject in seen]),
        strict=True,
    )
    for (start, shared), (_, counted) in blocks:
        for row in range(len(shared)):
            at = start + row
            jaccard = shared[row] / np.maximum(sizes[at] + sizes - shared[row], 1)
            smaller = np.maximum(np.minimum(counted_sizes[at], counted_sizes), 1)
            maybe = (jaccard >= specification.CERTAIN - 0.01) | (
                counted[row] / smaller >= options.threshold - 0.01
            )
            for other in np.flatnonzero(maybe).tolist():
                first, second = (at, other) if order[at] < order[other] else (other, at)
                if other > at and specification.decide_pair(seen[second], seen[first], options):
                    truth[first, second] = float(jaccard[other])
    for dropped, match in found.matches.items():
        link = specification.decide_pair(seen[dropped], seen[match.kept], options)
        assert link
        assert link.may_drop
        assert match.kept not in found.matches
        assert order[match.kept] < order[dropped]
    measured: dict[str, float] = {"pairs": len(truth), "precision": len(pairs & truth.keys()) / len(pairs)}
    for low, high in ((0.33, 1.01), (0.2, 0.33), (0.1, 0.2), (0.0, 0.1)):
        wanted = {pair for pair, jaccard in truth.items() if low <= jaccard < high}
        measured[f"recall from {low}"] = len(wanted & pairs) / max(1, len(wanted))
        measured[f"pairs from {low}"] = len(wanted)
    return measured


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.exists(), reason="the shared data is not beside the project")
def test_the_search_finds_what_counting_finds() -> None:
    """Every pair is true; of those that the rule links nearly all are found, also of low Jaccard."""
    measured = brute_force(4_000)
    assert measured["precision"] == 1
    assert measured["recall from 0.33"] >= 0.999
    assert measured["recall from 0.2"] >= 0.99
    assert measured["recall from 0.1"] >= 0.95


if __name__ == "__main__":
    print(json.dumps(brute_force(int(sys.argv[1])), indent=1))
