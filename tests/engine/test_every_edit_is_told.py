"""A run read by code that shares nothing with it: every edit is told, and removals only delete."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from cleaner import Options, news_pipeline
from cleaner.engine.run import run

ROOT = Path(__file__).parents[2]
GOLD = ROOT / ".." / "shared" / "gold"
REMOVING = {"embeds", "boilerplate", "recurring", "markup"}
"""Stages that take something away."""
REPLACING = {"markup.entity", "markup.escaped-tag"}
"""Rules of theirs that put one sign where its name stood."""
SPACING = {"gaps", "run-on", "paragraphs", "spaces"}
"""Stages that move nothing but white space."""


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def applied(text: str, edits: list[dict[str, Any]], where: str) -> str:
    """Return *text* with *edits* applied as they are written; they must be sorted, apart, and true of it."""
    pieces, position = [], 0
    for edit in edits:
        assert position <= edit["start"] <= edit["end"], (where, edit)
        assert text[edit["start"] : edit["end"]] == edit["before"], (where, edit)
        assert edit["before"] != edit["after"], (where, edit)
        assert edit["rule"], (where, edit)
        pieces += [text[position : edit["start"]], edit["after"]]
        position = edit["end"]
    return "".join((*pieces, text[position:]))


def check_edits(out: Path, raws: dict[str, str]) -> int:
    """Check every row of edits.jsonl in *out* against the texts *raws* by id; return how many edits."""
    written = {
        row["id"]: row["text"]
        for name in ("clean.jsonl", "duplicates.jsonl", "rejects.jsonl")
        for row in rows(out / name)
        if "text" in row
    }
    count = 0
    for row in rows(out / "edits.jsonl"):
        text = raws[row["id"]]
        assert hashlib.sha256(text.encode()).hexdigest() == row["sha256"], row["id"]
        for revision in row["revisions"]:
            for edit in revision["edits"]:
                is_removal = revision["stage"] in REMOVING and edit["rule"] not in REPLACING
                if is_removal or revision["stage"] in SPACING:
                    assert not edit["after"].strip(), (row["id"], revision["stage"], edit)
                if revision["stage"] in SPACING:
                    assert not edit["before"].strip(), (row["id"], revision["stage"], edit)
                if "child" in edit:
                    raws[edit["child"]] = edit["before"]  # children follow their page
            text = applied(text, revision["edits"], row["id"])
            count += len(revision["edits"])
        assert text == written[row["id"]], row["id"]
    return count


def checked(tmp_path: Path, pages: dict[str, str]) -> int:
    """Clean *pages* by id, and check what was written."""
    source = tmp_path / "pages.jsonl"
    lines = [json.dumps({"id": key, "text": text}) for key, text in pages.items()]
    source.write_text("\n".join(lines), encoding="utf-8")
    run([source], tmp_path / "out", Options(without=("near-duplicates",)))
    return check_edits(tmp_path / "out", dict(pages))


def test_the_stages_named_here_exist() -> None:
    """A stage that is renamed is not checked any more."""
    assert set(news_pipeline().stages) >= REMOVING | SPACING


def test_removals_only_delete(tmp_path: Path) -> None:
    """On the labelled pages of the fixtures; with second articles, glued markers, embeds and faults."""
    pages = {row["id"]: row["raw"] for row in rows(ROOT / "fixtures" / "gold" / "pages.jsonl")}
    assert checked(tmp_path, pages) > 15


@pytest.mark.slow
@pytest.mark.parametrize("name", ["seeds", "real", "composed", "composed_more", "foreign"])
def test_removals_only_delete_from_labelled_pages(tmp_path: Path, name: str) -> None:
    """On every labelled file; foreign texts have no edit at all."""
    path = GOLD / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"the labelled pages {name} are not beside the repository")
    count = checked(tmp_path, {row["id"]: row.get("raw") or row["text"] for row in rows(path)})
    assert (count > 0) == (name != "foreign")
