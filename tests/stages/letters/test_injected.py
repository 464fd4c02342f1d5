"""How many injected faults are mended, and how many wrongly. Floors; measured values stand beside them."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from cleaner.document import Document
from tests.stages.letters.corpus import articles, gold
from tests.stages.letters.injection import ALL, PERSIAN, inject_text

if TYPE_CHECKING:
    from cleaner.pipeline import Pipeline

SEED = 20


class Score(NamedTuple):
    """How many injected words there are, and how many come out right, and wrong."""

    words: int
    right: int
    wrong: int


def score(letters: Pipeline, texts: list[str], way: Injection) -> Score:
    """Inject faults into *texts* and mend them."""
    random = Random(SEED)  # noqa: S311 - repeatable, not secret
    right = wrong = total = 0
    for text in texts:
        sound = text
        start = 0
        if way.tags:
            words = text.split()
            sound = f"{text}\nكلمات دلالية: {' '.join(words[:12:2])}"
            start = len(text) + 1
        tail, changed = inject_text(sound[start:], way.alphabet, way.share, random)
        mended = letters.stages["look-alikes"]
        raw = Document("1", sound[:start] + tail)
        after = raw.revise("look-alikes", mended(raw)).text
        for at, before, injected in changed:
            got = after[start + at : start + at + len(before)]
            total += 1
            right += got == before
            wrong += got not in {before, injected}
    return Score(total, right, wrong)


class Injection(NamedTuple):
    """What is injected, into which share of the words, and where."""

    alphabet: str
    share: float
    tags: bool = False


WAYS = {
    "a Persian keyboard": Injection(PERSIAN, 1.0),
    "sparse faults": Injection(PERSIAN, 0.03),
    "all look-alikes": Injection(ALL, 1.0),
    "sparse faults of all kinds": Injection(ALL, 0.03),
    "faults in tags only": Injection(PERSIAN, 1.0, tags=True),
}


@pytest.mark.slow
def test_injected_letters_are_mended(letters: Pipeline) -> None:
    """Nearly all injected words come out as they were written; most wrong ones were misspelled before."""
    texts = articles(700)
    total = Score(0, 0, 0)
    for name, way in WAYS.items():
        found = score(letters, texts, way)
        assert found.right >= 0.98 * found.words, name
        assert found.wrong <= 0.003 * found.words, name
        total = Score(*map(sum, zip(total, found, strict=True)))
    assert total.right >= 0.985 * total.words
    assert total.wrong <= 0.0015 * total.words


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
