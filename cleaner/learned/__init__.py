"""Learned tables: what was counted or trained, by the programs in `cleaner/training`.

line_classifier.zst the trees and word weights of the line classifier, and its levels
stems.zst           stems, how rare they are, and vectors of the texts they stand in
wording.toml        weights of words: how much those of a line sound like boilerplate
opening_verbs.toml  words with which articles begin, with log odds
lexicon.zst         document frequencies of words in Arabic news and in other languages of Arabic script
provenance.toml     how each of these was made: command, inputs, commit, scores, and the table's own sha256

A table is made again, never edited. How it was made stands beside the tables, in one file, since no file can
hold its own digest and a compressed one has no head to read.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
import tomllib
from typing import Any


def packed(file: str) -> bytes:
    """Return the bytes of *file*, one of this folder. Raises `FileNotFoundError` if there is none."""
    return (resources.files(__name__) / file).read_bytes()


def unpacked(file: str) -> bytes:
    """Return the content of *file*, one of this folder that zstd compressed."""
    import zstandard  # noqa: PLC0415 - who reads no such file does not wait for it

    return zstandard.decompress(packed(file))


@cache
def table(name: str) -> dict[str, Any]:
    """Return the parsed table `cleaner/learned/NAME.toml`; callers must not change it."""
    return tomllib.loads(packed(f"{name}.toml").decode())


@cache
def provenance() -> dict[str, dict[str, Any]]:
    """Return how each table was made, by its name: a dictionary per table, with the keys that follow.

    file      name of the table's file in this folder
    sha256    hexadecimal digest of that file
    command   the command that makes it, with the names of its inputs
    commit    the commit whose code, rules and other tables made it
    inputs    for each input its `name`, `rows` and `sha256`
    scores    for each measurement what it was made `on` and its metrics; those on pages are of `cleaner eval`
    note      what else is to be known; not every table has one
    """
    return table("provenance")


def expected_loss(level: str) -> float:
    """Return the share of article words that the line classifier loses at a *level*.

    It was measured on labelled pages of sites and formats that the classifier had not seen.
    """
    scores = provenance()["line_classifier"]["scores"]
    return float(next(score[f"{level}_lost"] for score in scores if f"{level}_lost" in score))
