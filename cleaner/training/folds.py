"""How well pages of formats and sites are cleaned that nobody saw.

`python -m cleaner.training.folds FOLDER GOLD.jsonl...` takes the models of the folds that
`cleaner.training.line_training --folds FOLDER` wrote. For each fold a copy of cleaner is made that knows
nothing of its formats and sites: its line classifier is the fold's model, and every part of the rule tables
(`parts.py`) that boilerplate of left-out formats attests and none of the others is taken out. With that copy
the left-out pages are cleaned and scored; so each page is scored once, by a copy that never saw its format.

What cannot be taken out so: the order of the code, and the kinds of rule that there are.
"""

from __future__ import annotations

import argparse
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
import json
import os
from pathlib import Path
import shutil
import subprocess
import sys
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import msgspec

import cleaner
from cleaner.engine.pool import available_cpus
from cleaner.evaluation import Result, evaluate, read_gold
from cleaner.evaluation.gold import to_page
from cleaner.evaluation.metrics import interval_of_groups, total
from cleaner.evaluation.presentation import lines
from cleaner.rules import table
from cleaner.stages import news_pipeline
from cleaner.training.attestation import FoundBoilerplate, attested
from cleaner.training.line_training import FOLDS, fold_of
from cleaner.training.parts import TABLES, as_toml, text, without

if TYPE_CHECKING:
    from collections.abc import Sequence

from cleaner.training.parts import Part


@dataclass(frozen=True, slots=True)
class Fold:
    """The number of a fold, the formats and sites left out, their labelled rows, and what is switched off."""

    number: int
    groups: frozenset[str]
    held_out: list[dict[str, Any]]
    off: list[Part]


def deal(rows: Sequence[dict[str, Any]], attests: dict[Part, set[str]]) -> list[Fold]:
    """Deal the formats and sites of *rows* into the folds that the line classifier was trained in."""
    dealt: list[Fold] = []
    for number in range(FOLDS):
        held_out = [row for row in rows if fold_of(row["format"]) == number]
        groups = frozenset(row["format"] for row in held_out)
        off = [part for part, names in attests.items() if names and names <= groups]
        dealt.append(Fold(number, groups, held_out, off))
    return dealt


def measure(fold: Fold, models: Path) -> list[Result]:
    """Return how a copy of cleaner that never saw the formats of *fold* cleans their pages."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        package = Path(cleaner.__file__).parent
        shutil.copytree(package, folder / "cleaner", ignore=shutil.ignore_patterns("__pycache__"))
        for table_name, content in without(_tables(), fold.off).items():
            path = folder / "cleaner" / "rules" / f"{table_name}.toml"
            path.write_text(as_toml(content), encoding="utf-8")
        shutil.copy(
            models / f"fold-{fold.number}.zst", folder / "cleaner" / "learned" / "line_classifier.zst"
        )
        _write(folder / "left-out.jsonl", fold.held_out)
        _run(folder, "cleaner.training.folds", "--score", "left-out.jsonl", "results.json")
        return msgspec.json.decode((folder / "results.json").read_bytes(), type=list[Result])


def main(arguments: list[str]) -> None:
    """Print the figures of every fold and of all left-out pages as one."""
    if arguments[0] == "--score":
        results = list(evaluate(read_gold(Path(arguments[1])), news_pipeline()))
        Path(arguments[2]).write_bytes(msgspec.json.encode(results))
        return
    parser = argparse.ArgumentParser(prog="python -m cleaner.training.folds")
    parser.add_argument("models", type=Path, help="the folder of the folds' models")
    parser.add_argument("gold", nargs="+", type=Path)
    options = parser.parse_args(arguments)
    rows = [row for path in options.gold for row in _rows(path)]
    attests = attested(_tables(), FoundBoilerplate.of([to_page(row, row["id"]) for row in rows]))
    formats = len({row["format"] for row in rows})
    known = sum(map(bool, attests.values()))
    print(f"{len(rows)} pages of {formats} formats and sites attest {known} of {len(attests)} parts of rules")
    folds = deal(rows, attests)
    everything: list[Result] = []
    with ThreadPoolExecutor(available_cpus()) as threads:
        for fold, results in zip(
            folds, threads.map(partial(measure, models=options.models), folds), strict=True
        ):
            words = total(results)
            tables = Counter(part.table for part in fold.off).most_common()
            print(f"\nF1 {words.f1:.4f}, lost {words.share_lost:.5f}, {len(results)} pages:", end=" ")
            print(*sorted(fold.groups), sep=", ")
            print(f"  {len(fold.off)} parts off:", ", ".join(f"{name} {count}" for name, count in tables))
            print(" ", " · ".join(text(_tables(), part) for part in fold.off))
            everything += results
    print()
    for line in lines("left-out formats", everything, worst=20):
        print(line)
    low, high = interval_of_groups(everything)
    print(f"\nF1 in 95 of 100 samples of formats: [{low:.4f}, {high:.4f}]")


def _tables() -> dict[str, Any]:
    return {name: table(name) for name in TABLES}


def _rows(path: Path) -> list[dict[str, Any]]:
    """Return the labelled rows of *path*; the site of a scraped page is its format."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row | {"format": row.get("format") or row["site"]} for row in rows]


def _write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _run(folder: Path, module: str, *arguments: str) -> None:
    """Run *module* of the copy in *folder*."""
    program = [sys.executable, "-P", "-m", module, *arguments]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    subprocess.run(program, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(sys.argv[1:])
