"""Several processes give what one gives, in order, with little drawn ahead, and fail with a sentence."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING

import pytest

from cleaner.engine.pool import available_cpus, ordered_map
from cleaner.errors import InputError, RecordError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 50])
def test_results_come_in_the_order_of_the_items(jobs: int, count: int) -> None:
    """Whichever process is done first."""
    assert list(ordered_map(abs, range(0, -count, -1), jobs)) == list(range(count))


@pytest.mark.parametrize("jobs", [1, 2])
def test_items_are_drawn_as_results_are_taken(jobs: int) -> None:
    """A corpus is larger than the memory: what is not yet asked for is not yet read."""
    drawn = 0

    def items() -> Iterator[int]:
        nonlocal drawn
        for drawn in range(1, 1_000):
            yield -drawn

    results = ordered_map(abs, items(), jobs)
    assert next(results) == 1
    assert drawn <= 3 * jobs + 2
    results.close()  # type: ignore[attr-defined]


def test_an_error_in_a_process_is_raised_here() -> None:
    """As if it had happened here."""
    with pytest.raises(TypeError):
        list(ordered_map(abs, ["a", "b", "c", "d"], 2))  # type: ignore[arg-type]


@pytest.mark.parametrize("error", [RecordError("rule", "why"), InputError("why"), UsageError("why")])
def test_errors_come_whole_from_another_process(error: Exception) -> None:
    """Those that cannot be made anew there or here would break the pool."""
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - made here
    assert (type(again), str(again), vars(again)) == (type(error), "why", vars(error))


def test_a_killed_process_ends_the_run_with_a_sentence() -> None:
    """The system kills the largest process when memory runs out."""
    with pytest.raises(InputError, match="want of memory; try fewer --jobs"):
        list(ordered_map(os._exit, [1, 1, 1, 1], 2))


def test_there_is_a_processor() -> None:
    """The default of `--jobs`."""
    assert available_cpus() >= 1
