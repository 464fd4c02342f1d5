"""The errors that cleaner raises itself.

CleanerError
├── NothingToDo      the output is complete already: no failure, exit code 0
├── UsageError       a wrong option, configuration key or stage name
├── InputError       the run cannot start: no readable file, no text field, an OUT that is not safe to write
└── RecordError      one bad record: it goes to rejects.jsonl and never stops a run
"""

from __future__ import annotations

from traceback import walk_tb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class CleanerError(Exception):
    """The base class of all errors whose message is meant for the user."""


class NothingToDo(CleanerError):  # noqa: N818 - no error
    """The output that was asked for is there already, complete."""


class UsageError(CleanerError):
    """A wrong option or name; where one is near, the message suggests the right one."""


class InputError(CleanerError):
    """An input or output that stops the run."""


class RecordError(CleanerError):
    """A record that cannot become a document; *rule* is its rule id in rejects.jsonl."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(rule, message)  # both: another process rebuilds the exception from its arguments
        self.rule = rule

    def __str__(self) -> str:
        return str(self.args[1])


def said(error: CleanerError | OSError) -> str:
    """Return what *error* has to say: of the system, which file it is about, and what is wrong with it."""
    if not isinstance(error, OSError) or error.filename is None:
        return str(error)
    places = [str(place) for place in (error.filename, error.filename2) if place is not None]
    return f"{' → '.join(places)}: {error.strerror or ' '.join(map(str, error.args))}"


def internal_error(fault: Exception) -> RecordError:
    """Return what a *fault* of ours is to the record that it costs: it is reported, and stops no run."""
    frame, line = list(walk_tb(fault.__traceback__))[-1]
    scene = f"{frame.f_globals['__name__']}, line {line}"
    return RecordError("internal-error", f"{type(fault).__name__}: {fault} ({scene})")


def unknown(kind: str, word: str, known: Iterable[str]) -> UsageError:
    """Return the error that *word* is no known *kind*; it suggests the nearest known word, or lists them."""
    choices = sorted(known)
    hint = did_you_mean(word, choices) or f"known: {', '.join(choices)}"
    return UsageError(f"unknown {kind} {word!r}: {hint}")


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return a question that suggests the one of *choices* nearest to *word*, or "" if none is near.

    Near is a normalized Damerau-Levenshtein similarity of 0.5 or more.
    """
    # Imported here, so that only a mistake takes the time.
    from rapidfuzz import process  # noqa: PLC0415 - see above
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415 - see above

    nearness = DamerauLevenshtein.normalized_similarity
    best = process.extractOne(word, choices, scorer=nearness, score_cutoff=0.5)
    return f"did you mean {best[0]!r}?" if best else ""
