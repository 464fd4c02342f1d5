"""How well pages are cleaned, measured against labels that people made.

gold.py       a labelled row ─▶ a page: its text, what a careful reader would remove, what else it should tell
alignment.py  the page's words beside those of the cleaned text, without a look at the tool's own log
compare.py    a page and what became of it ─▶ counts, and the passages that were left in or lost
counts.py     what is counted, and the shares that follow from it
figures.py    counts of many pages ─▶ figures, with the interval that chance leaves them
floors.py     figures that must be reached
report.py     figures ─▶ what a person reads, and JSON
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.document import Document
from cleaner.evaluation.compare import Result, compare
from cleaner.evaluation.counts import Found, Words
from cleaner.evaluation.gold import GoldPage, read_gold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.pipeline import Pipeline

__all__ = ["Found", "GoldPage", "Result", "Words", "compare", "evaluate", "read_gold"]


def evaluate(pages: Iterable[GoldPage], pipeline: Pipeline) -> Iterator[Result]:
    """Yield for each labelled page what *pipeline* makes of it, compared with its labels."""
    for page in pages:
        yield compare(page, pipeline.clean_all(Document(page.id, page.raw)))
