"""Clean Arabic news text and find its near-duplicates.

from cleaner import Document, news_pipeline

document = news_pipeline().clean(Document("1", raw))
document.text, document.revisions, document.original_text()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
__version__ = "0.2.0"

_HOMES = dict.fromkeys(
    ("Document", "Edit", "Fact", "Finding", "Rejection", "Revision", "Split"), "cleaner.document"
)
_HOMES |= {
    "Options": "cleaner.options",
    "Pipeline": "cleaner.pipeline",
    "Stage": "cleaner.pipeline",
    "news_pipeline": "cleaner.stages",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `cleaner --help` need not wait for the stages."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
