"""What the tests of letters share."""

from __future__ import annotations

import pytest

from cleaner.options import Options
from cleaner.pipeline import Pipeline
from cleaner.stages.encoding import Encoding
from cleaner.stages.invisible import Invisible
from cleaner.stages.language import Language
from cleaner.stages.letters import letter_stages


@pytest.fixture(scope="session")
def letters() -> Pipeline:
    """Return the stages that care about letters and language, in their order."""
    return Pipeline({
        "encoding": Encoding(),
        "language": Language(),
        "invisible": Invisible(),
        **letter_stages(Options()),
    })  # fmt: skip
