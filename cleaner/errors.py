"""The error tree.

CleanerError
├── NothingToDo      what was asked for is there already: no failure, exit code 0
├── UsageError       what was asked for makes no sense: an option, a configuration key, a stage name
├── InputError       what was given cannot be read at all: no file, no text field, an unsafe OUT
└── RecordError      one record is bad: kept aside in rejects.jsonl, never stops a run
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class CleanerError(Exception):
    """Anything that cleaner itself has to say to its user."""


class NothingToDo(CleanerError):  # noqa: N818 - no error
    """What was asked for is there already, complete."""


class UsageError(CleanerError):
    """A wish that cannot be met as it was said; the message names the nearest that can."""


class InputError(CleanerError):
    """An input or output place that stops a run."""


class RecordError(CleanerError):
    """A record that cannot be a document; *rule* is what rejects.jsonl files it under."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(rule, message)  # both: exceptions are made anew from these in another process
        self.rule = rule

    def __str__(self) -> str:
        return str(self.args[1])


def unknown(kind: str, word: str, known: Iterable[str]) -> UsageError:
    """Say that *word* is no *kind*, and which known word is nearest."""
    choices = sorted(known)
    hint = did_you_mean(word, choices) or f"known: {', '.join(choices)}"
    return UsageError(f"unknown {kind} {word!r}: {hint}")


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Ask for the one of *choices* that is nearest to *word*; an empty string if none is near."""
    # Only a mistake pays for these.
    from rapidfuzz import process  # noqa: PLC0415 - see above
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415 - see above

    nearness = DamerauLevenshtein.normalized_similarity
    best = process.extractOne(word, choices, scorer=nearness, score_cutoff=0.5)
    return f"did you mean {best[0]!r}?" if best else ""
