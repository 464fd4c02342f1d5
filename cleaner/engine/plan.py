"""What a run would need: documents, memory, disk and time, told from a sample of the input."""

from __future__ import annotations

from dataclasses import dataclass
import time
from typing import TYPE_CHECKING

from cleaner.engine.preflight import preflight, untold
from cleaner.engine.row_batches import read_batch
from cleaner.engine.work import clean_batch
from cleaner.reading import find_files, pieces
from cleaner.stages import NEAR_DUPLICATES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cleaner.engine.preflight import Tell
    from cleaner.options import Options
    from cleaner.reading import InputFile, Inputs, Piece

FILES, SAMPLE = 16, 1 << 22
"""So many files are looked into, spread over all, and so many bytes read of them together."""

BASE, PROCESS, ENTRY = 150 << 20, 150 << 20, 700
"""Memory in bytes: of the main process, of each other one, and of each document in the main process."""

SORTED = 1 << 30
"""Memory in bytes, at most, for the shingles that are sorted at a time."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would need: bytes, and seconds of a processor and of a clock, all processes at work."""

    files: int
    documents: int
    characters: int
    memory: int
    output: int
    temporary: int
    cpu_seconds: float
    seconds: float


def plan(raws: Sequence[Path], options: Options, *, jobs: int, clean: bool, tell: Tell = untold) -> Plan:
    """Say what `run` (or `dedup`, if not *clean*) of *raws* would need on this machine, as it is now."""
    from cleaner.duplicates.signatures import signature_size  # noqa: PLC0415 - loads numpy

    inputs = find_files(raws)
    preflight(inputs, options, tell)
    sample, share = _sample(inputs, options)
    read_batch(sample[:1], options)  # tables are made once
    started = time.process_time()
    batch = read_batch(sample, options)
    reading = time.process_time() - started
    count, rows = len(batch.entries), sum(batch.sizes)
    edits = cleaning = 0.0
    if clean:
        started = time.process_time()
        cleaned = clean_batch(sample, options)
        cleaning = time.process_time() - started - reading
        outcomes = [outcome for family in cleaned.families for outcome in family.outcomes]
        count, rows = len(outcomes), sum(len(outcome.row) for outcome in outcomes)
        edits = sum(len(outcome.edits) for outcome in outcomes)
    shingles = 8 * (len(batch.fingerprints.shingles) + len(batch.fingerprints.numbers))
    compared = not clean or NEAR_DUPLICATES not in options.without
    searching = (
        reading * (SEARCH + PERMUTATION * options.permutations + BAND * options.bands) if compared else 0.0
    )
    signatures = 4 * signature_size(options) * count
    temporary = rows + (shingles * (2 if clean else 1) + signatures if compared else 0)
    documents = round(count * share)
    memory = BASE + (jobs * PROCESS if jobs > 1 else 0) + documents * ENTRY
    if compared:
        memory += min(SORTED, round(shingles * share))
    spread = (reading + max(0.0, cleaning)) * share
    return Plan(
        len(inputs.files),
        documents,
        round(sum(len(piece.data) for piece in sample) * share),
        memory,
        round((rows + edits) * share),
        round(temporary * share),
        round(spread + searching * share, 1),
        round(spread / jobs + searching * share, 1),
    )


SEARCH, PERMUTATION, BAND = 0.65, 0.0036, 0.0009
"""Processor time of the search as a multiple of that of reading and fingerprinting."""


def _sample(inputs: Inputs, options: Options) -> tuple[list[Piece], float]:
    """Return some pieces of some of the files, and how many times as much there is of all."""
    some = inputs.files[:: max(1, len(inputs.files) // FILES)]
    sample: list[Piece] = []
    read = 0
    for file in some:
        found, size = _beginning(file, options, SAMPLE // len(some))
        sample += found
        read += size
    total = sum(_size(file) for file in inputs.files)
    return sample, max(1.0, total / max(1, read))


def _beginning(file: InputFile, options: Options, wanted: int) -> tuple[list[Piece], int]:
    """Return the first pieces of *file*, and how much of it (as it lies on disk) was read for them."""
    consumed = size = 0
    found: list[Piece] = []

    def tap(block: bytes) -> None:
        nonlocal consumed
        consumed += len(block)

    for piece in pieces(file, options.encoding, tap):
        found.append(piece)
        size += len(piece.data)
        if size >= wanted:
            break
    return found, consumed


def _size(file: InputFile) -> int:
    try:
        return file.path.stat().st_size
    except OSError:
        return 0
