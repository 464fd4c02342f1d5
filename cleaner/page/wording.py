"""How much a line's words sound like boilerplate, whatever stands around it: «راسلنا», «اشترك», «هاتفك».

The weights are those of the line classifier. Names and events have none: headlines of other articles cannot
be recognized by their words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def score(tokens: Sequence[str]) -> float:
    """Return how much these folded words speak for boilerplate; below 0 against it, 0 if all are unknown.

    In log odds: the sum of the weights divided by the square root of their number.
    """
    from cleaner.page.line_model import line_model  # noqa: PLC0415 - it loads numpy

    return line_model().words.of(tokens) / 100
