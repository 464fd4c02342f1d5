"""A pipeline is an ordered mapping of names to stages: what is added, replaced and left out."""

from __future__ import annotations

import pytest

from cleaner import Document, Edit, Options, Pipeline, news_pipeline
from cleaner.errors import UsageError


def nothing(document: Document) -> tuple[Edit, ...]:
    """Find nothing in any *document*."""
    del document
    return ()


def test_a_known_name_keeps_its_place_and_a_new_one_comes_last() -> None:
    """So a stage can be replaced where it stands."""
    pipeline = Pipeline({"a": nothing, "b": nothing}) | {"c": nothing, "a": len}  # type: ignore[dict-item]  # any other function
    assert list(pipeline.stages) == ["a", "b", "c"]
    assert pipeline.stages["a"] is len


def test_a_stage_left_out_is_named_rightly_or_refused() -> None:
    """A misspelt name would leave its stage at work."""
    assert "boilerplate" not in news_pipeline().without("boilerplate").stages
    with pytest.raises(UsageError, match="unknown stage 'boilerplat': did you mean 'boilerplate'"):
        news_pipeline().without("boilerplat")
    with pytest.raises(UsageError, match="did you mean 'spaces'"):
        news_pipeline(Options(without=("space",)))


def test_the_search_over_the_corpus_is_no_stage_of_one_document() -> None:
    """Options may leave it out all the same."""
    assert news_pipeline(Options(without=("near-duplicates",))).stages.keys() == news_pipeline().stages.keys()
