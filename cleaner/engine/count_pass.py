"""Read the input a first time, for what only all articles of a source together can tell: what recurs.

Workers count batches, each by itself; what they send is written to a file and concluded from at the end, so
that neither order nor number of processes nor the size of the corpus matters. A counter is a function from
documents to bytes; `COUNTERS` may have more than one, for they share the reading.
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
import hashlib
from typing import TYPE_CHECKING, NamedTuple

from cleaner.engine.pool import ordered_map
from cleaner.errors import RecordError
from cleaner.pipeline import findings_of
from cleaner.reading import ONE_RECORD, records
from cleaner.records import read_fields, to_document
from cleaner.recurring.counting import passage_counts
from cleaner.recurring.recurrences import NO_RECURRENCES, Recurrences, decode, encode
from cleaner.stages import RECURRING
from cleaner.stages.markup import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from cleaner.document import Document
    from cleaner.options import Options
    from cleaner.reading import InputFile, Piece

COUNTERS: dict[str, Callable[[Iterable[Document]], bytes]] = {RECURRING: passage_counts}
"""What is counted, by the stage that it is for."""

MARKUP = Markup()
"""What goes before anything is counted: passages are counted as they read."""

KEPT = "recurrences"
"""The file in which workers find what was learned."""


class Knowledge(NamedTuple):
    """Where what was learned is kept; the digest tells it from that of another run in the same place."""

    path: Path
    digest: str


def is_needed(files: Sequence[InputFile], options: Options) -> bool:
    """Whether a count pass can tell anything: text files name no source, and the stage may be left out.

    Pages are not extracted twice: what their site repeats was left out of them when they were.
    """
    return RECURRING not in options.without and any(file.kind not in ONE_RECORD for file in files)


def count_recurrences(
    batches: Iterable[Sequence[Piece]], work: Path, options: Options, jobs: int
) -> Recurrences:
    """Return what recurs in the sources of all *batches*; *work* is a folder to write in."""
    paths = {name: work / f"evidence-{name}" for name in COUNTERS}
    with ExitStack() as stack:
        spools = {name: stack.enter_context(path.open("wb")) for name, path in paths.items()}
        for counted in ordered_map(partial(count_batch, options=options), batches, jobs):
            for name, rows in counted.items():
                spools[name].write(rows)
    if not paths[RECURRING].stat().st_size:
        return NO_RECURRENCES
    from cleaner.recurring.conclusion import conclude  # noqa: PLC0415 - numpy, which small runs do without

    return conclude(paths[RECURRING])


def count_batch(batch: Sequence[Piece], options: Options) -> dict[str, bytes]:
    """Return what each counter says of *batch*; of what cannot be read, it is silent."""
    documents = list(_documents(batch, options))
    return {name: counter(documents) for name, counter in COUNTERS.items()}


def _documents(batch: Sequence[Piece], options: Options) -> Iterator[Document]:
    for piece in batch:
        if piece.file.kind in ONE_RECORD:
            continue
        for record in records(piece):
            try:
                document = to_document(read_fields(record), record, options)
            except RecordError:
                continue
            if "</" in document.text or "&lt;" in document.text:
                document = document.revise("markup", findings_of(MARKUP, document))
            yield document


def keep(recurrences: Recurrences, work: Path) -> Knowledge:
    """Write *recurrences* to a file in *work*, for `recall`."""
    data = encode(recurrences)
    (work / KEPT).write_bytes(data)
    return Knowledge(work / KEPT, hashlib.sha256(data).hexdigest())


def recall(knowledge: Knowledge | None) -> Recurrences:
    """Return the recurrences that were kept."""
    return decode(knowledge.path.read_bytes()) if knowledge else NO_RECURRENCES
