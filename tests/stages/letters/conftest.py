"""What the tests of letters share."""

from __future__ import annotations

import pytest

from cleaner.options import Options
from cleaner.pipeline import Pipeline
from cleaner.stages.encoding import Encoding
from cleaner.stages.invisible import Invisible
from cleaner.stages.language_label import Language
from cleaner.stages.letters import letter_stages


@pytest.fixture(scope="session")
def letters() -> Pipeline:
    """Return the stages that care about letters and language, in their order."""
    return pipeline(Options())


@pytest.fixture(scope="session")
def standard() -> Pipeline:
    """Return the same stages, asked for standard orthography."""
    return pipeline(Options(orthography="standard"))


def pipeline(options: Options) -> Pipeline:
    """Return the stages of letters with *options*."""
    return Pipeline({
        "encoding": Encoding(),
        "language": Language(),
        "invisible": Invisible(),
        **letter_stages(options),
    })  # fmt: skip
