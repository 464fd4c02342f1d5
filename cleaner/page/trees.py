"""Boosted symmetric trees, evaluated for many rows at once, in integers.

All splits of one level of a symmetric tree are the same, so a tree is a few comparisons, whose answers, read
as a binary number, are the place of its leaf in a table.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

SCALE = 1000
"""Leaf values are thousandths of log odds."""


class Trees(NamedTuple):
    """*columns* and *borders* of shape (trees, depth); *leaves* of shape (trees, 2 ** depth, outputs).

    A comparison is true where the column's value is greater than the border. *bias* is of shape (outputs,).
    """

    columns: np.ndarray
    borders: np.ndarray
    leaves: np.ndarray
    bias: np.ndarray

    def __call__(self, rows: np.ndarray) -> np.ndarray:
        """Return the sums of leaves for integer *rows*: an int32 array of shape (rows, outputs)."""
        trees, depth = self.columns.shape
        powers = (1 << np.arange(depth)).astype(np.int32)
        place = ((rows[:, self.columns] > self.borders) * powers).sum(2, dtype=np.int32)
        found = self.leaves[np.arange(trees), place]
        return found.sum(1, dtype=np.int32) + self.bias

    @classmethod
    def of_catboost(cls, model: Any, depth: int) -> Trees:
        """Return the trees of a CatBoost *model*; its leaf values are rounded to thousandths."""
        import json
        from pathlib import Path
        from tempfile import TemporaryDirectory

        with TemporaryDirectory() as folder:
            path = Path(folder) / "model.json"
            model.save_model(str(path), format="json")
            saved = json.loads(path.read_text())
        trees = saved["oblivious_trees"]
        size = 1 << depth
        scale, bias = saved.get("scale_and_bias", [1, [0]])
        outputs = len(trees[0]["leaf_values"]) // (1 << len(trees[0]["splits"]))
        columns = np.zeros((len(trees), depth), np.int16)
        borders = np.full((len(trees), depth), np.iinfo(np.int16).max, np.int16)
        leaves = np.zeros((len(trees), size, outputs), np.int16)
        for number, tree in enumerate(trees):
            for level, split in enumerate(tree["splits"]):
                columns[number, level] = split["float_feature_index"]
                borders[number, level] = int(np.floor(split["border"]))
            values = np.array(tree["leaf_values"]).reshape(-1, outputs) * scale * SCALE
            leaves[number, : len(values)] = np.clip(np.rint(values), -32000, 32000)
        bias = np.rint(np.broadcast_to(np.array(bias, dtype=float), (outputs,)) * SCALE).astype(np.int32)
        return cls(columns, borders, leaves, bias)
