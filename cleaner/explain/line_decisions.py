"""What the line classifier said of the lines that it removed from one document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cleaner.document import Document
from cleaner.page.own_rules import own_index
from cleaner.stages import boilerplate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.document import Revision

STAGE = "boilerplate"
PREFIX = "classifier."


class LineDecision(NamedTuple):
    """A line that the classifier removed: its label, its margin in log odds, and the strongest reasons.

    A reason is a column of the evidence, its value, and by how many log odds it raised the margin.
    """

    text: str
    label: str
    margin: float
    reasons: tuple[tuple[str, int, float], ...]


def line_decisions(
    raw: str, revisions: Sequence[Revision], rules: Sequence[str] = ()
) -> Iterator[LineDecision]:
    """Yield the decisions of the classifier among *revisions* of a *raw* text, in the order of the edits.

    The page is read again as the stage was given it; *rules* are the files of the user's rules.
    """
    document = Document("", raw)
    for revision in revisions:
        removed = [edit for edit in revision.edits if edit.rule.startswith(PREFIX)]
        if revision.stage == STAGE and removed:
            layout = boilerplate.read(document, own=own_index(tuple(rules)))
            for number, line in enumerate(layout.lines):
                if layout.labels and any(edit.start <= line.start < edit.end for edit in removed):
                    labels = layout.labels
                    yield LineDecision(
                        line.text.strip(),
                        labels.kind(number),
                        labels.margins[number] / 1000,
                        tuple((name, value, drop / 1000) for name, value, drop in labels.reasons(number)),
                    )
        document = document.revise(revision.stage, revision.edits)
