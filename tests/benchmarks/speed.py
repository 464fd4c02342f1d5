"""How fast documents are cleaned, and what each stage costs of it: `make bench`.

Everything is told in CPU seconds, beside what it costs on the same machine in the same minute to read, decode
and write the records alone. That ratio can be compared between machines and days; the seconds cannot.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from itertools import cycle, islice
import os
from pathlib import Path
import platform
import sys
from tempfile import TemporaryDirectory
import time
from typing import TYPE_CHECKING

import click
import msgspec

from cleaner.engine.pool import available_cpus
from cleaner.engine.run import run
from cleaner.errors import RecordError
from cleaner.options import Options
from cleaner.pipeline import Pipeline, findings_of
from cleaner.reading import find_files, pieces, records
from cleaner.records import read_fields, to_document
from cleaner.stages import NEAR_DUPLICATES, news_pipeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cleaner.document import Document, Finding
    from cleaner.pipeline import Stage
    from cleaner.reading import RawRecord

HERE = Path(__file__).parents[2]
CORPUS = HERE.parent / "shared/corpus/news.jsonl.zst"
SAMPLE = 1 << 23
"""Bytes that are cleaned; with several jobs the start of each, some .5 s, still shows in the figures."""
REPEATED = 3
"""Times that each figure is measured; the least counts, for what else the machine does only adds."""


def main() -> None:
    """Measure on the files that are named, or else on the shared corpus, or on the fixtures."""
    inputs = [Path(name) for name in sys.argv[1:]] or [CORPUS if CORPUS.exists() else HERE / "fixtures/raw"]
    with TemporaryDirectory() as folder:
        sample = Path(folder) / "sample.jsonl"
        count = _write_sample(inputs, sample)
        size = sample.stat().st_size
        names = ", ".join(path.name for path in inputs)
        click.echo(f"{count:,} records, {size / 1e6:.1f} MB, of {names}")
        click.echo(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}\n")
        _tell_runs(sample, size)
        _tell_stages(sample)


def _write_sample(inputs: list[Path], sample: Path) -> int:
    """Write records from all over *inputs* to *sample*, each of them several times if they are few."""
    lines = list(islice(_lines(inputs), 0, None, 20)) if inputs == [CORPUS] else list(_lines(inputs))
    size = count = 0
    with sample.open("wb") as stream:
        for line in cycle(lines):
            size += stream.write(line + b"\n")
            count += 1
            if size >= SAMPLE:
                return count
    return 0


def _lines(inputs: list[Path]) -> Iterator[bytes]:
    for record in _records(inputs):
        try:
            yield msgspec.json.encode(read_fields(record))
        except RecordError:
            continue


def _records(inputs: list[Path]) -> Iterator[RawRecord]:
    for file in find_files(inputs).files:
        for piece in pieces(file, "utf-8"):
            yield from records(piece)


def _tell_runs(sample: Path, size: int) -> None:
    """Print how many megabytes of input a CPU second cleans, from files to files."""
    jobs = available_cpus()
    floor = _cpu_seconds(lambda: _copy(sample))
    click.echo(f"{'':<60}MB/CPU-s   times the floor")
    click.echo(f"{'read, decode, write: the floor':<60}{size / 1e6 / floor:8.1f}{1:18.1f}")
    for without in (("recurring", NEAR_DUPLICATES), (NEAR_DUPLICATES,), ()):
        for count in sorted({1, jobs}):
            flags = "".join(f" --without {name}" for name in without) + (f" --jobs {count}" * (count > 1))
            options = Options(without=without)
            seconds = _cpu_seconds(partial(_run, sample, options, count))
            click.echo(f"{'run' + flags:<60}{size / 1e6 / seconds:8.1f}{seconds / floor:18.1f}")


def _copy(sample: Path) -> None:
    with sample.open("rb") as lines, sample.with_suffix(".copy").open("wb") as copy:
        for line in lines:
            msgspec.json.decode(line)
            copy.write(line)


def _run(sample: Path, options: Options, jobs: int) -> None:
    run([sample], sample.with_name("out"), options, jobs=jobs)


def _cpu_seconds(work: Callable[[], None]) -> float:
    """Return what *work* costs this process and those that it starts, at best."""
    return min(_spent(work) for _ in range(REPEATED))


def _spent(work: Callable[[], None]) -> float:
    before = _clock()
    work()
    return _clock() - before


def _clock() -> float:
    """Return the CPU time of this process, finely, and of those that it started and that have ended."""
    return time.process_time() + sum(os.times()[2:4])


class Timed:
    """A stage, and the CPU time that it has taken; it is as settled as the stage itself."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.settled = getattr(stage, "settled", False)
        self.seconds = 0.0

    def __call__(self, document: Document) -> Iterable[Finding]:
        """Return what the stage finds."""
        before = time.process_time()
        findings = [*findings_of(self.stage, document)]
        self.seconds += time.process_time() - before
        return findings


def _tell_stages(sample: Path) -> None:
    """Print what each stage costs, all passes together, and what it costs to apply what they find."""
    documents = [to_document(read_fields(record), record, Options()) for record in _records([sample])]
    kilobytes = sum(len(document.text.encode()) for document in documents) / 1000
    best: defaultdict[str, float] = defaultdict(lambda: float("inf"))
    for _ in range(REPEATED):
        stages = {name: Timed(stage) for name, stage in news_pipeline().stages.items()}
        before = time.process_time()
        for _ in Pipeline(stages).run(documents):
            pass
        total = time.process_time() - before
        times = {name: stage.seconds for name, stage in stages.items()}
        for name, seconds in (*times.items(), ("edits", total - sum(times.values())), ("in all", total)):
            best[name] = min(best[name], seconds)
    click.echo("\n                                     µs/KB of text     share")
    for name, seconds in best.items():
        click.echo(f"{name:<40}{seconds * 1e6 / kilobytes:10.1f}{seconds / best['in all']:10.0%}")


if __name__ == "__main__":
    main()
