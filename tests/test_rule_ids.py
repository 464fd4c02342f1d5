"""Whoever meets a rule in edits.jsonl finds it: its id stands in the package as it is, where it is made."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from itertools import chain
import json
from pathlib import Path
import tomllib
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner
import pytest

from cleaner import Document, Options, news_pipeline, rules
from cleaner.commands import cleaner
from cleaner.engine.run import run
from cleaner.rules.places import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "cleaner"
FIXTURES = ROOT / "fixtures"
GOLD = ROOT / ".." / "shared" / "gold"
SPOKEN_OF = [
    row["rule"]
    for name, kind in (("structure", "rule"), ("letters", "rule"), ("letters", "doubt"))
    for row in rules.table(name)[kind]
    if "*" not in row["rule"]
]
"""The rules that code makes, as the tables say that speak of them."""


def rows_of(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - whatever TOML holds
    """Yield all rows in a *value* of a table, also those inside others."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        yield from chain.from_iterable(map(rows_of, value))


def spelled(tree: ast.Module) -> Iterator[str]:
    """Yield the strings that stand in a module, but for docstrings and for what others are compared with.

    A name without a full stop is a rule's where `RULE` is set to it.
    """
    nodes = [*ast.walk(tree)]
    compared = {id(part) for node in nodes if isinstance(node, ast.Compare) for part in ast.walk(node)}
    said = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
            if id(node) not in compared | said:
                yield node.value
        elif (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and [target.id for target in node.targets if isinstance(target, ast.Name)] == ["RULE"]
        ):
            yield str(node.value.value)


@cache
def made() -> Counter[str]:
    """Return how often each id is made: by a row of that id, or by code that spells it."""
    ids = [
        str(row["id"])
        for path in PACKAGE.rglob("*.toml")
        for row in rows_of(tomllib.loads(path.read_text(encoding="utf-8")))
        if "id" in row
    ]
    code = chain.from_iterable(
        spelled(ast.parse(path.read_text(encoding="utf-8"))) for path in PACKAGE.rglob("*.py")
    )
    return Counter([*ids, *code])


def used(revisions: Iterable[dict[str, Any]]) -> set[str]:
    """Return the rules of all findings of *revisions*, in the form of edits.jsonl."""
    return {finding["rule"] for revision in revisions for finding in (*revision["edits"], *revision["facts"])}


def at_work(texts: Iterable[str], options: Options) -> set[str]:
    """Return the rules that are at work in *texts*."""
    found: set[str] = set()
    for document in news_pipeline(options).run(Document(str(n), text) for n, text in enumerate(texts)):
        for revision in document.revisions:
            found.update(edit.rule for edit in revision.edits)
            found.update(fact.rule for fact in revision.facts)
        if document.rejection:
            found.add(document.rejection.rule)
    return found


def test_every_row_and_every_rule_of_code_is_made_once() -> None:
    """No id is put together from pieces, and none is made in two places."""
    ids = {str(row["id"]) for name in rules.names() for row in rows_of(rules.table(name)) if "id" in row}
    assert len(ids) > 100
    assert {rule: made()[rule] for rule in (*ids, *SPOKEN_OF) if made()[rule] != 1} == {}


@pytest.mark.parametrize("rule", SPOKEN_OF)
def test_the_place_of_a_rule_of_code_is_where_it_is_spelled(rule: str) -> None:
    """In a module, in a line that holds it."""
    file, _, line = place(rule).rpartition(":")
    assert file.endswith(".py")
    assert f'"{rule}"' in (PACKAGE / file).read_text(encoding="utf-8").split("\n")[int(line) - 1]


def test_the_place_of_a_row_is_its_line() -> None:
    """Also where code asks for the rule besides; a rule that nothing makes has no place."""
    for rule in ("metadata.published", "navigation.breadcrumb", "encoding.utf-8-as-cp1252", "look-alikes.ae"):
        file, _, line = place(rule).rpartition(":")
        assert file == f"rules/{rule.partition('.')[0].replace('-', '_')}.toml"
        assert f'"{rule}"' in (PACKAGE / file).read_text(encoding="utf-8").split("\n")[int(line) - 1]
    assert place("metadata.no-such-row") == place("encoding.*-as-*") == ""


def test_the_place_of_ones_own_rule_is_in_ones_own_file(tmp_path: Path) -> None:
    """Whose rows have short ids; a file that is gone has none."""
    own = tmp_path / "harbour.toml"
    own.write_text("# Ours.\n[[marker]]\nid = 'mail-box'\n", encoding="utf-8")
    assert place("harbour.mail-box", [tmp_path / "gone.toml", own]) == f"{own}:3"
    assert place("harbour.mail", [own]) == place("gone.mail-box", [own, tmp_path / "gone.toml"]) == ""


def test_the_tables_are_printed_with_the_places() -> None:
    """Of rows, and of what code makes."""
    for name, rule in (("metadata", "metadata.published"), ("structure", "structure.symbols")):
        assert f"{rule}  {place(rule)}\n" in CliRunner().invoke(cleaner, ["rules", name]).output


def test_rules_of_a_run_are_made_once(tmp_path: Path) -> None:
    """Those at work in the raw fixtures."""
    run([FIXTURES / "raw"], tmp_path / "out", Options())
    edits = map(json.loads, (tmp_path / "out/edits.jsonl").read_bytes().splitlines())
    found = set().union(*(used(row["revisions"]) for row in edits))
    assert len(found) > 50
    assert {rule: made()[rule] for rule in found if made()[rule] != 1} == {}


@pytest.mark.parametrize("orthography", ["kept", "standard"])
def test_rules_of_golden_cases_are_made_once(orthography: str) -> None:
    """And those of the labelled pages among the fixtures."""
    tables = [path.read_text(encoding="utf-8") for path in (FIXTURES / "golden").rglob("*.toml")]
    texts = [case["raw"] for table in tables for case in tomllib.loads(table)["case"]]
    texts += [json.loads(line)["raw"] for line in (FIXTURES / "gold/pages.jsonl").read_bytes().splitlines()]
    found = at_work(texts, Options(orthography=orthography))
    assert len(found) > 50
    assert {rule: made()[rule] for rule in found if made()[rule] != 1} == {}


@pytest.mark.parametrize(
    "name",
    [
        "seeds",
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("real", "composed", "composed_more")),
    ],
)
def test_rules_of_labelled_pages_are_made_once(name: str) -> None:
    """Which hold more kinds of boilerplate than the fixtures."""
    path = GOLD / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"the labelled pages {name} are not beside the repository")
    rows = map(json.loads, path.read_bytes().splitlines())
    found = at_work((row.get("raw") or row["text"] for row in rows), Options())
    assert {rule: made()[rule] for rule in found if made()[rule] != 1} == {}


def test_a_row_is_named_after_its_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or it is told when the table is read."""
    assert "look-alikes.farsi-yeh" in {row["id"] for row in rules.rows_of("look_alikes", "letter")}
    monkeypatch.setattr(rules, "table", lambda _: {"marker": [{"id": "reading-list"}]})
    with pytest.raises(ValueError, match=r"share\.toml: the id 'reading-list' does not begin with 'share\.'"):
        rules.rows_of("share", "marker")
