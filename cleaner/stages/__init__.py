"""The stages, and THE ORDER in which a document passes them."""

from __future__ import annotations

from cleaner.options import Options
from cleaner.pipeline import Pipeline


def news_pipeline(options: Options | None = None) -> Pipeline:
    """Return the pipeline for news articles, less the stages that *options* leave out."""
    options = options or Options()
    return Pipeline({}).without(*options.without)
