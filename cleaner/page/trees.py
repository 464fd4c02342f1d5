"""Boosted symmetric trees, evaluated for many rows at once, in integers.

All splits of one level of a symmetric tree are the same, so a tree is a few comparisons, whose answers, read
as a binary number, are the place of its leaf in a table.
"""

from __future__ import annotations

from typing import NamedTuple

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
        sums: np.ndarray = found.sum(1, dtype=np.int32) + self.bias
        return sums
