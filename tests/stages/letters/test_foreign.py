"""Texts in other languages stay byte for byte: whole, line by line, and quoted in an Arabic page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cleaner.document import Document
from tests.stages.letters.corpus import articles, gold

if TYPE_CHECKING:
    from cleaner.pipeline import Pipeline


def test_whole_documents_stay_byte_for_byte(letters: Pipeline) -> None:
    """Each text is judged foreign, and nothing in it changes."""
    for row in gold("foreign.jsonl"):
        document = letters.clean(Document("1", row["text"]))
        assert document.fact("language") != "ar", row["id"]
        assert document.text == row["text"], row["id"]


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """Return the lines of the texts; Kurdish pages are left out, for they quote long Arabic texts."""
    return [
        stripped
        for row in gold("foreign.jsonl")
        if row["language"] != "ckb"
        for line in row["text"].splitlines()
        if (stripped := line.strip().strip("\ufeff"))
    ]


@pytest.mark.slow
def test_single_lines_stay(letters: Pipeline, lines: list[str]) -> None:
    """At most one word in 20,000 changes, though a line has little to be judged by."""
    changed = [line for line in lines if letters.clean(Document("1", line)).text != line]
    assert len(changed) <= sum(len(line.split()) for line in lines) // 20_000


@pytest.mark.slow
def test_quotations_stay(letters: Pipeline, lines: list[str]) -> None:
    """At most one word in 20,000 changes; white space of other widths does not count."""
    pages = [text for text in articles(400) if len(text) > 800]
    changed = words = 0
    for at, line in enumerate(lines[::2]):
        page = pages[at % len(pages)]
        cut = page.find(" ", len(page) // 2)
        document = letters.clean(Document("1", f"{page[:cut]} وقال «{line}» {page[cut:]}"))
        words += len(line.split())
        changed += f"«{' '.join(line.split())}»" not in " ".join(document.text.split())
    assert changed <= words // 20_000
