"""The trained model of the line classifier: two sets of trees, the weights of words, and what is typical."""

from __future__ import annotations

from functools import cache
import io
from typing import NamedTuple

import numpy as np
import zstandard

from cleaner import learned
from cleaner.page.evidence import WordScores
from cleaner.page.trees import Trees


class LineModel(NamedTuple):
    """*labels* gives sums for each label of a line; *removal*, which sees these of the lines around, one.

    *typical* is the median of each column of the evidence over lines of articles.
    """

    labels: Trees
    removal: Trees
    words: WordScores
    typical: np.ndarray


def pack(labels: Trees, removal: Trees, words: dict[str, int], typical: np.ndarray) -> bytes:
    """Return a model as compressed bytes, the same for the same model."""
    arrays = {f"labels_{name}": value for name, value in labels._asdict().items()}
    arrays |= {f"removal_{name}": value for name, value in removal._asdict().items()}
    arrays["typical"] = typical
    arrays["weights"] = np.array(list(words.values()), np.int16)
    arrays["words"] = np.frombuffer("\n".join(words).encode(), np.uint8)
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    return zstandard.ZstdCompressor(level=19).compress(stream.getvalue())


def unpack(content: bytes) -> LineModel:
    """Return the model that `pack` packed."""
    with np.load(io.BytesIO(zstandard.decompress(content))) as arrays:
        words = arrays["words"].tobytes().decode().split("\n")
        return LineModel(
            Trees(*(arrays[f"labels_{name}"] for name in Trees._fields)),
            Trees(*(arrays[f"removal_{name}"] for name in Trees._fields)),
            WordScores(dict(zip(words, arrays["weights"].tolist(), strict=True))),
            arrays["typical"],
        )


@cache
def line_model() -> LineModel:
    """Return the shipped model; it is read at the first call."""
    return unpack(learned.packed("line_classifier.zst"))
