"""Texts in other languages stay byte for byte: whole, line by line, and quoted in an Arabic page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cleaner.document import Document, Edit
from tests.letters.corpus import articles, gold

if TYPE_CHECKING:
    from cleaner.pipeline import Pipeline


def test_whole_documents_stay_byte_for_byte(letters: Pipeline) -> None:
    """Each text is judged foreign, and nothing in it changes."""
    for row in gold("foreign.jsonl"):
        document = letters.clean(Document("1", row["text"]))
        assert document.fact("language") != "ar", row["id"]
        assert document.text == row["text"], row["id"]


@pytest.mark.slow
def test_quotations_stay(letters: Pipeline) -> None:
    """At most one word in 20,000 changes; Kurdish pages are left out, for they quote long Arabic texts."""
    pages = [text for text in articles(400) if len(text) > 800]
    lines = [
        line.strip()
        for row in gold("foreign.jsonl")
        if row["language"] != "ckb"
        for line in row["text"].splitlines()
        if line.strip()
    ]
    look_alikes = letters.stages["look-alikes"]
    changed = words = 0
    for at, line in enumerate(lines[::3]):
        page = pages[at % len(pages)]
        cut = page.find(" ", len(page) // 2)
        document = Document("1", f"{page[:cut]} وقال «{line}» {page[cut:]}")
        words += len(line.split())
        changed += sum(isinstance(finding, Edit) for finding in look_alikes(document))
    assert changed <= max(1, words // 20_000)
