"""Where the outcomes of a run are entered, in input order: edits and rejects at once, the corpus as drafts.

What becomes of a draft, a row of the corpus or of the duplicates, is known when all documents are.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
import pickle
from typing import IO, TYPE_CHECKING

from cleaner.duplicates import Entries, Entry
from cleaner.engine.ids import settle_ids
from cleaner.output.atomic import whole_file
from cleaner.output.folder import EDITS, REJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from cleaner.duplicates.fingerprints import Fingerprints
    from cleaner.engine.report import Report
    from cleaner.engine.work import CleanedBatch, Family

DRAFTS, FINGERPRINTS = "drafts", "fingerprints"
"""Temporary files; the fingerprints are some 2.5 kB a document, too much to hold them all in memory."""


@dataclass(slots=True)
class ShardWriter:
    """The files that a run fills while it reads, and what it must remember of each document."""

    report: Report
    edits: IO[bytes]
    rejects: IO[bytes]
    drafts: IO[bytes]
    fingerprints: IO[bytes]
    entries: Entries = field(default_factory=Entries)
    taken: set[str] = field(default_factory=set)

    def enter(self, batch: CleanedBatch) -> None:
        """Write every row of *batch* to where it belongs."""
        self.report.counts.update(batch.counts)
        for family in batch.families:
            self._enter(settle_ids(family, self.taken, self.report.documents))
        if batch.fingerprints is not None:
            spool_fingerprints(batch.fingerprints, self.fingerprints)

    def _enter(self, family: Family) -> None:
        documents = self.report.documents
        documents["records"] += 1
        if family.bad_rule:
            documents["bad"] += 1
            self.rejects.write(family.bad_row + b"\n")
        for outcome in family.outcomes:
            documents["read"] += 1
            documents["children"] += outcome.is_child
            self.edits.write(outcome.edits + b"\n")
            self.report.note_doubts(outcome.id, outcome.doubts)
            if outcome.rejected:
                documents["rejected"] += 1
                self.rejects.write(outcome.row + b"\n")
            else:
                self.drafts.write(outcome.row + b"\n")
                self.entries.append(
                    Entry(
                        id=outcome.id,
                        source=outcome.source,
                        is_child=outcome.is_child,
                        date=outcome.date,
                        text_digest=outcome.text_digest,
                        raw_digest=outcome.raw_digest,
                    )
                )


@contextmanager
def open_shard_writer(work: Path, report: Report) -> Iterator[ShardWriter]:
    """Yield a ledger whose files stand in the folder *work*; they are whole when the block is left."""
    with (
        whole_file(work / EDITS) as edits,
        whole_file(work / REJECTS) as rejects,
        (work / DRAFTS).open("wb") as drafts,
        (work / FINGERPRINTS).open("wb") as fingerprints,
    ):
        yield ShardWriter(report, edits, rejects, drafts, fingerprints)


def spool_fingerprints(fingerprints: Fingerprints, spool: IO[bytes]) -> None:
    """Write the *fingerprints* of a batch behind those in *spool*."""
    pickle.dump(fingerprints, spool, pickle.HIGHEST_PROTOCOL)


def spooled(fingerprints: Iterable[Fingerprints], work: Path) -> Iterator[Fingerprints]:
    """Write all *fingerprints* to a file in the folder *work* and return them again, batch by batch."""
    with (work / FINGERPRINTS).open("wb") as spool:
        for batch in fingerprints:
            spool_fingerprints(batch, spool)
    return spooled_fingerprints(work)


def spooled_fingerprints(work: Path) -> Iterator[Fingerprints]:
    """Yield the fingerprints batch by batch, as they were entered."""
    with (work / FINGERPRINTS).open("rb") as spool:
        while spool.peek(1):
            yield pickle.load(spool)  # noqa: S301 - this process wrote it a moment ago
