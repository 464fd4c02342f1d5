"""Who the documents of a corpus are, without numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Iterable

DIGEST = 32
"""Bytes of a sha256."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the law of dropping has to know of a document, beside its text.

    *source* is the named source (input field, else URL host; never a folder), empty if there is none.
    *date* sorts as a string (YYYY-MM-DD…), empty if unknown. The digests are the 32 bytes of sha256 over
    the UTF-8 of the cleaned and of the raw text.
    """

    id: str
    source: str
    is_child: bool
    date: str
    text_digest: bytes
    raw_digest: bytes


class Entries(Sequence[Entry]):
    """The entries of millions of documents as columns: half the memory of as many objects, and no time.

    *children* has a byte for each, 0 or 1; the digests follow each other.
    """

    __slots__ = ("_names", "children", "dates", "ids", "raw_digests", "sources", "text_digests")

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.ids: list[str] = []
        self.sources: list[str] = []
        self.dates: list[str] = []
        self.children = bytearray()
        self.text_digests = bytearray()
        self.raw_digests = bytearray()
        self._names: dict[str, str] = {}
        for entry in entries:
            self.append(entry)

    def append(self, entry: Entry) -> None:
        """Put *entry* behind the others."""
        self.ids.append(entry.id)
        self.sources.append(self._names.setdefault(entry.source, entry.source))
        self.dates.append(entry.date)
        self.children.append(entry.is_child)
        self.text_digests += entry.text_digest
        self.raw_digests += entry.raw_digest

    def extend(self, others: Entries) -> None:
        """Put all *others* behind the own ones."""
        self.ids += others.ids
        self.sources += [self._names.setdefault(source, source) for source in others.sources]
        self.dates += others.dates
        self.children += others.children
        self.text_digests += others.text_digests
        self.raw_digests += others.raw_digests

    def followed_by(self, others: Iterable[Entry]) -> Entries:
        """Return these entries and, behind them, *others*."""
        both = Entries()
        both.extend(self)
        for entry in others:
            both.append(entry)
        return both

    def __len__(self) -> int:
        return len(self.ids)

    def text_digest(self, at: int) -> bytes:
        """Return that of entry *at*, without the rest of it."""
        return bytes(self.text_digests[at * DIGEST : at * DIGEST + DIGEST])

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        """Return entry *at*, made anew."""
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        at = range(len(self))[at]
        place = slice(at * DIGEST, at * DIGEST + DIGEST)
        return Entry(
            self.ids[at],
            self.sources[at],
            bool(self.children[at]),
            self.dates[at],
            self.text_digest(at),
            bytes(self.raw_digests[place]),
        )
