"""Measure how well pages are cleaned, against labels that people made.

gold.py          a labelled row ─▶ a page: its text, its labels, and what else should be found
alignment.py     the words of a page ─▶ which of them stand in the cleaned text
compare.py       a page and its cleaned documents ─▶ counts, and the passages that were left in or lost
counts.py        sums of counts, and shares of them
metrics.py       the results of many pages ─▶ metrics, with a confidence interval
floors.py        metrics that must be reached
presentation.py  metrics ─▶ a report for people, and JSON
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
    """Yield the result for each labelled page, cleaned by *pipeline*, in order."""
    for page in pages:
        yield compare(page, pipeline.clean_all(Document(page.id, page.raw)))
