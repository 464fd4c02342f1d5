"""Symmetric trees give the same sums as walking them one by one."""

from __future__ import annotations

import numpy as np

from cleaner.page.trees import Trees


def walked(trees: Trees, row: np.ndarray) -> list[int]:
    """Return the sums for one row, comparison by comparison."""
    total: list[int] = trees.bias.astype(int).tolist()
    for columns, borders, leaves in zip(trees.columns, trees.borders, trees.leaves, strict=True):
        place = sum(1 << level for level, column in enumerate(columns) if row[column] > borders[level])
        total = [have + int(more) for have, more in zip(total, leaves[place], strict=True)]
    return total


def test_all_rows_at_once_are_as_one_by_one() -> None:
    """For random trees and rows."""
    random = np.random.default_rng(7)
    trees = Trees(
        random.integers(0, 9, (20, 4)).astype(np.int16),
        random.integers(-5, 5, (20, 4)).astype(np.int16),
        random.integers(-500, 500, (20, 16, 3)).astype(np.int16),
        np.array([1, -2, 3], np.int32),
    )
    rows = random.integers(-9, 9, (30, 9)).astype(np.int32)
    assert trees(rows).tolist() == [walked(trees, row) for row in rows]
