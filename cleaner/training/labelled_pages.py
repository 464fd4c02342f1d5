"""Labelled pages as their lines: what each is labelled, and where it is from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.document import Document
from cleaner.options import Options
from cleaner.stages import boilerplate, news_pipeline
from cleaner.training.corpus import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from cleaner.stages.boilerplate.layout import Layout

KEEP, REMOVE, NEUTRAL, PRESUMED, MIXED = range(5)
"""The labels of a line; PRESUMED: to be kept, but nobody looked."""
ONE_IN = 10
"""Articles, from which sentences are taken; 35,000 of them outnumber the lines of 2,300 labelled pages."""
AGREEING = 0.8
"""Share of a line's letters that must have one label for the line to have it."""


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page as it was read; *labels* and *kinds* are those of its lines."""

    layout: Layout
    labels: list[int]
    kinds: list[str]
    source: str  # the format or site it is from
    scraped: bool  # as it was scraped, not composed
    article_words: int


@dataclass(frozen=True, slots=True)
class PageText:
    """A page before it is read: its text with mended letters, and its row, with `spans` if it is labelled."""

    document: Document
    row: dict[str, Any]

    @property
    def source(self) -> str:
        """The format or site that the page is from."""
        return str(self.row.get("format") or self.row.get("site") or self.row["id"])

    @property
    def group(self) -> str:
        """What of the page must not be learned from to measure on it: its source, or the article itself."""
        return self.source if "spans" in self.row else self.document.id

    def read(self) -> LabelledPage:
        """Return the page as the rules and the wording read it that are now in use."""
        layout = boilerplate.read(self.document, judged=False)
        return self._labelled(layout) if "spans" in self.row else self._presumed(layout)

    def _labelled(self, layout: Layout) -> LabelledPage:
        raw = self.row["raw"]
        labels = np.zeros(len(raw), dtype=np.int8)
        kinds = np.full(len(raw), "", dtype=object)
        for start, end, kind, action in self.row["spans"]:
            labels[start:end] = REMOVE if action == "remove" else NEUTRAL
            kinds[start:end] = kind
        place = places(self.document)
        of_lines = [_of_line(layout, number, place, labels, kinds) for number in range(len(layout.lines))]
        article = "".join(
            character if label == KEEP else " " for character, label in zip(raw, labels, strict=True)
        )
        return LabelledPage(
            layout,
            [label for label, _ in of_lines],
            [kind for _, kind in of_lines],
            self.source,
            "format" not in self.row,
            len(article.split()),
        )

    def _presumed(self, layout: Layout) -> LabelledPage:
        """Return an article that nobody labelled, as if all that the rules leave of it were to be kept."""
        labels = [PRESUMED if layout.is_kept(number) else MIXED for number in range(len(layout.lines))]
        words = sum(line.words for number, line in enumerate(layout.lines) if layout.is_kept(number))
        return LabelledPage(
            layout, labels, [""] * len(labels), self.source, scraped=True, article_words=words
        )


def labelled_pages(paths: Iterable[Path]) -> Iterator[PageText]:
    """Yield the labelled pages of *paths*; rows have `raw`, `spans` and maybe `format` or `site`."""
    for path in paths:
        yield from texts(rows(path), "raw")


def articles(corpus: Path) -> Iterator[PageText]:
    """Yield every tenth article of *corpus*."""
    return texts(islice(rows(corpus), 0, None, ONE_IN), "text")


def texts(found: Iterable[dict[str, Any]], field: str) -> Iterator[PageText]:
    """Yield the pages of rows, with mended letters; their text stands in *field*."""
    pipeline = news_pipeline(Options(without=("boilerplate", "spaces", "length")))
    for row in found:
        yield PageText(pipeline.clean(Document(row["id"], row[field])), row)


def _of_line(
    layout: Layout, number: int, place: list[int], labels: np.ndarray, kinds: np.ndarray
) -> tuple[int, str]:
    """Return label and kind of most of a line's letters, (MIXED, "") where they do not agree."""
    line = layout.lines[number]
    at = [place[line.start + n] for n, character in enumerate(line.text) if not character.isspace()]
    label, count = Counter(int(labels[n]) for n in at).most_common(1)[0]
    if count < len(at) * AGREEING:
        return MIXED, ""
    return label, Counter(kinds[n] for n in at).most_common(1)[0][0]


def places(document: Document) -> list[int]:
    """Return for each code point of the document's text where it stood in the raw text."""
    place = list(range(len(document.original_text())))
    for revision in document.revisions:
        moved: list[int] = []
        position = 0
        for edit in revision.edits:
            moved += place[position : edit.start]
            at = place[min(edit.start, len(place) - 1)]
            moved += [at] * len(edit.after)
            position = edit.end
        place = moved + place[position:]
    return place
