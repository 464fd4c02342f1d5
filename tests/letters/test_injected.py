"""How many injected faults are mended, and how many wrongly. Floors; measured values stand beside them."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from cleaner.document import Document
from tests.letters.corpus import articles, gold
from tests.letters.injection import ALL, PERSIAN, inject_text

if TYPE_CHECKING:
    from cleaner.pipeline import Pipeline

SEED = 20


def score(
    letters: Pipeline, texts: list[str], alphabet: str, share: float, *, tags: bool
) -> tuple[float, float]:
    """Return the shares of injected words that come out right, and wrong."""
    random = Random(SEED)  # noqa: S311 - repeatable, not secret
    right = wrong = total = 0
    for text in texts:
        sound = text
        start = 0
        if tags:
            words = text.split()
            sound = f"{text}\nكلمات دلالية: {' '.join(words[:12:2])}"
            start = len(text) + 1
        tail, changed = inject_text(sound[start:], alphabet, share, random)
        mended = letters.stages["look-alikes"]
        raw = Document("1", sound[:start] + tail)
        after = raw.revise("look-alikes", mended(raw)).text
        for at, before, injected in changed:
            got = after[start + at : start + at + len(before)]
            total += 1
            right += got == before
            wrong += got not in {before, injected}
    return right / total, wrong / total


class Floor(NamedTuple):
    """What is injected where, and the floors that must hold."""

    alphabet: str
    share: float
    tags: bool
    right: float
    wrong: float


@pytest.mark.slow
@pytest.mark.parametrize(
    "floor",
    [
        pytest.param(Floor(PERSIAN, 1.0, tags=False, right=0.99, wrong=0.006), id="a Persian keyboard"),
        pytest.param(Floor(PERSIAN, 0.03, tags=False, right=0.98, wrong=0.006), id="sparse faults"),
        pytest.param(Floor(ALL, 1.0, tags=False, right=0.99, wrong=0.006), id="all look-alikes"),
        pytest.param(Floor(PERSIAN, 1.0, tags=True, right=0.98, wrong=0.006), id="faults in tags only"),
    ],
)
def test_injected_letters_are_mended(letters: Pipeline, floor: Floor) -> None:
    """Nearly all injected words come out as they were written; most wrong ones were misspelled before."""
    right, wrong = score(letters, articles(300), floor.alphabet, floor.share, tags=floor.tags)
    assert right >= floor.right
    assert wrong <= floor.wrong


@pytest.mark.slow
@pytest.mark.parametrize("name", ["composed.jsonl", "composed_more.jsonl"])
def test_recorded_faults_come_out_as_expected(letters: Pipeline, name: str) -> None:
    """At least 98 % of the labelled faults are mended; entities are left to the markup stage."""
    right = total = 0
    for row in gold(name):
        faults = [fault for fault in row.get("faults") or () if fault["kind"] != "entity"]
        document = letters.clean(Document("1", row["raw"])) if faults else None
        for fault in faults:
            assert document
            start, end = fault["start"], fault["end"]
            for revision in document.revisions:
                before = sum(
                    len(edit.after) - len(edit.before) for edit in revision.edits if edit.end <= start
                )
                until = sum(len(edit.after) - len(edit.before) for edit in revision.edits if edit.end <= end)
                start, end = start + before, end + until
            total += 1
            right += document.text[start:end] == fault["expect"]
    assert right / total >= 0.98
