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
    from collections.abc import Iterator
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
    """A page as the rules alone read it; *labels* and *kinds* are those of its lines."""

    layout: Layout
    labels: list[int]
    kinds: list[str]
    group: str  # the format or site it is from, or the article
    source: str  # the format or site it is from
    scraped: bool  # as it was scraped, not composed
    article_words: int


def labelled_pages(paths: list[Path]) -> Iterator[LabelledPage]:
    """Yield the labelled pages of *paths*; rows have `raw`, `spans` and maybe `format` or `site`."""
    pipeline = news_pipeline(Options(without=("boilerplate", "spaces", "length")))
    for path in paths:
        for row in rows(path):
            document = pipeline.clean(Document(row["id"], row["raw"]))
            yield _labelled(document, row)


def articles(corpus: Path) -> Iterator[LabelledPage]:
    """Yield every tenth article of *corpus*, as if all that the rules leave of it were to be kept."""
    pipeline = news_pipeline(Options(without=("boilerplate", "spaces", "length")))
    for row in islice(rows(corpus), 0, None, ONE_IN):
        layout = boilerplate.read(pipeline.clean(Document(row["id"], row["text"])), judged=False)
        labels = [PRESUMED if layout.is_kept(number) else MIXED for number in range(len(layout.lines))]
        words = sum(line.words for number, line in enumerate(layout.lines) if layout.is_kept(number))
        kinds = [""] * len(labels)
        source = row.get("site") or row["id"]
        yield LabelledPage(layout, labels, kinds, row["id"], source, scraped=True, article_words=words)


def _labelled(document: Document, row: dict[str, Any]) -> LabelledPage:
    labels = np.zeros(len(row["raw"]), dtype=np.int8)
    kinds = np.full(len(row["raw"]), "", dtype=object)
    for start, end, kind, action in row["spans"]:
        labels[start:end] = REMOVE if action == "remove" else NEUTRAL
        kinds[start:end] = kind
    layout = boilerplate.read(document, judged=False)
    place = places(document)
    of_lines = [_of_line(layout, number, place, labels, kinds) for number in range(len(layout.lines))]
    source = row.get("format") or row.get("site") or row["id"]
    article = "".join(
        character if label == KEEP else " " for character, label in zip(row["raw"], labels, strict=True)
    )
    return LabelledPage(
        layout,
        [label for label, _ in of_lines],
        [kind for _, kind in of_lines],
        source,
        source,
        "format" not in row,
        len(article.split()),
    )


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
