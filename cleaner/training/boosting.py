"""Boosted symmetric trees (CatBoost), as tables of integers."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from cleaner.page.trees import SCALE, Trees

DEPTH, BORDERS = 6, 64
"""Questions that a tree asks, and values of a column that it may ask for."""


def boost(rows: np.ndarray, target: np.ndarray, weight: np.ndarray, rounds: int, rate: float) -> Trees:
    """Return boosted trees that tell the classes of *target*, or, if there are two, how likely the second."""
    from catboost import CatBoostClassifier, Pool  # noqa: PLC0415 - for training only

    classes = int(target.max()) + 1
    several = {"loss_function": "MultiClass", "classes_count": classes} if classes > 2 else {}
    model = CatBoostClassifier(
        iterations=rounds,
        learning_rate=rate,
        depth=DEPTH,
        border_count=BORDERS,
        feature_border_type="Median",
        l2_leaf_reg=6,
        rsm=0.3,
        bootstrap_type="Bernoulli",
        subsample=0.7,
        random_seed=1,
        verbose=False,
        allow_writing_files=False,
        **several,
    )
    model.fit(Pool(rows.astype(np.float32), target, weight=weight))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        return trees_of(json.loads(path.read_text()))


def trees_of(saved: dict[str, Any]) -> Trees:
    """Return the trees of a CatBoost model *saved* as JSON; leaf values are rounded to thousandths."""
    trees = saved["oblivious_trees"]
    scale, offset = saved["scale_and_bias"]
    outputs = len(trees[0]["leaf_values"]) >> len(trees[0]["splits"])
    columns = np.zeros((len(trees), DEPTH), np.int16)
    borders = np.full((len(trees), DEPTH), np.iinfo(np.int16).max, np.int16)
    leaves = np.zeros((len(trees), 1 << DEPTH, outputs), np.int16)
    for number, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"]):
            columns[number, level] = split["float_feature_index"]
            borders[number, level] = int(np.floor(split["border"]))
        values = np.array(tree["leaf_values"]).reshape(-1, outputs) * scale * SCALE
        leaves[number, : len(values)] = np.clip(np.rint(values), -32000, 32000)
    bias = np.broadcast_to(np.array(offset, dtype=float) * SCALE, (outputs,))
    return Trees(columns, borders, leaves, np.rint(bias).astype(np.int32))
