"""Clean Arabic news text and find its near-duplicates.

from cleaner import Document, news_pipeline

document = news_pipeline().clean(Document("1", raw))
document.text, document.revisions, document.original_text()
"""

from __future__ import annotations

from cleaner.document import Document, Edit, Fact, Finding, Rejection, Revision, Split
from cleaner.options import Options
from cleaner.pipeline import Pipeline, Stage
from cleaner.stages import news_pipeline

__all__ = [
    "Document",
    "Edit",
    "Fact",
    "Finding",
    "Options",
    "Pipeline",
    "Rejection",
    "Revision",
    "Split",
    "Stage",
    "news_pipeline",
]
__version__ = "0.1.0"
