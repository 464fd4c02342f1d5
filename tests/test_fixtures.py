"""The raw fixtures, cleaned as `make run` cleans them: what is dropped, kept, refused and left alone."""

from __future__ import annotations

from collections import defaultdict
import importlib.util
import json
from pathlib import Path
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from cleaner import Options
from cleaner.engine.run import run

if TYPE_CHECKING:
    from types import ModuleType

FIXTURES = Path(__file__).parents[1] / "fixtures"
EXPECTED = tomllib.loads((FIXTURES / "expected.toml").read_text(encoding="utf-8"))

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Return the rows of each output file of one run over all raw fixtures."""
    out = tmp_path_factory.mktemp("fixtures") / "out"
    run([FIXTURES / "raw"], out, Options())
    return {
        path.stem: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for path in out.glob("*.jsonl")
    }


def kept(rows: Rows) -> dict[str, str]:
    """Return the corpus: texts by id."""
    return {row["id"]: row["text"] for row in rows["clean"]}


def test_every_planted_duplicate_is_dropped_for_its_match(rows: Rows) -> None:
    """And nothing else is dropped: not templates, not rewrites."""
    assert {row["id"]: row["duplicate"]["kept"] for row in rows["duplicates"]} == EXPECTED["duplicates"]


@pytest.mark.parametrize("kind", EXPECTED["kept"])
def test_documents_that_only_look_alike_stay(rows: Rows, kind: str) -> None:
    """Daily templates, stories told anew, second articles that stand nowhere else."""
    assert set(EXPECTED["kept"][kind]) <= kept(rows).keys()


def test_bad_records_are_kept_aside(rows: Rows) -> None:
    """With the file and the line, and a rule; no other record is refused."""
    found = defaultdict(list)
    for row in rows["rejects"]:
        found[row["file"]].append(row.get("line", 0))
    assert found == EXPECTED["rejected"]


@pytest.mark.parametrize(("identifier", "language"), EXPECTED["foreign"].items())
def test_other_languages_come_out_byte_for_byte(rows: Rows, identifier: str, language: str) -> None:
    """And the corpus says which language they are in."""
    raw = (FIXTURES / "raw" / f"{identifier}.txt").read_text(encoding="utf-8")
    assert kept(rows)[identifier] == raw
    [row] = [row for row in rows["clean"] if row["id"] == identifier]
    assert row["metadata"]["language"] == language


@pytest.mark.parametrize("boilerplate", EXPECTED["gone"])
def test_boilerplate_is_gone_from_the_corpus(rows: Rows, boilerplate: str) -> None:
    """None of these words stands in an article here."""
    assert [identifier for identifier, text in kept(rows).items() if boilerplate in text] == []


@pytest.mark.parametrize("sentence", EXPECTED["whole"])
def test_no_sentence_is_lost(rows: Rows, sentence: str) -> None:
    """These stand beside markers and embeds, some glued to them."""
    texts = [*kept(rows).values(), *(row["text"] for row in rows["duplicates"])]
    assert any(sentence in " ".join(text.split()) for text in texts)


def test_the_compressed_fixtures_are_those_that_can_be_read() -> None:
    """Whoever changes a source packs it again."""
    for name, content in pack().pack().items():
        assert (FIXTURES / "raw" / name).read_bytes() == content, "run `python fixtures/pack.py`"


def pack() -> ModuleType:
    """Return `fixtures/pack.py` as a module."""
    specification = importlib.util.spec_from_file_location("pack", FIXTURES / "pack.py")
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module
