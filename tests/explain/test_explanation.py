"""An explanation shows the raw and the clean text at once, and under which rule they differ."""

from __future__ import annotations

from itertools import chain
import json
from pathlib import Path
import re
import tomllib

from hypothesis import given
from hypothesis import strategies as st
import pytest

from cleaner.commands.explain import paragraphs
from cleaner.document import Document, Edit, Split
from cleaner.engine.run import run
from cleaner.errors import InputError
from cleaner.explain.explanation import Mark, explain, marks, reason
from cleaner.options import Options
from cleaner.rules import table
from cleaner.stages import news_pipeline

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
ROOMS = ("page", "stages")

BODY = (
    "دشنت شركة النقل في العاصمة خطا جديدا للحافلات الكهربائية يربط الضاحية الغربية بوسط المدينة.\n"
    "ويعمل على الخط عشرون سائقا تدربوا ثلاثة أشهر على قيادة الحافلات وصيانتها اليومية."
)
BOILERPLATE = "\nشارك على فيسبوك"


@st.composite
def revised_documents(draw: st.DrawFn) -> Document:
    """Draw a document to which several stages did whatever they liked."""
    document = Document("1", draw(st.text("اب \n", max_size=12)))
    for stage in "xyz":
        cuts = draw(st.lists(st.integers(0, len(document.text)), max_size=6, unique=True).map(sorted))
        edits = [
            Edit(start, document.text[start:end], draw(st.text("جد", max_size=3)), f"{stage}.{start}")
            for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        if draw(st.booleans()):
            edits.append(Edit(len(document.text), "", "ه", f"{stage}.end"))
        document = document.revise(stage, edits)
    return document


@given(revised_documents())
def test_marks_hold_both_texts(document: Document) -> None:
    """What is same or removed is the raw text; what is same or added is the clean one."""
    marked = marks(document.original_text(), document.revisions)
    assert "".join(mark.text for mark in marked if mark.kind != "added") == document.original_text()
    assert "".join(mark.text for mark in marked if mark.kind != "removed") == document.text


def test_an_addition_that_went_again_does_not_show() -> None:
    """The first edit put a letter, the second took it away with its neighbour."""
    document = (
        Document("1", "abc").revise("x", [Edit(1, "b", "B", "x.1")]).revise("y", [Edit(0, "aB", "", "y.1")])
    )
    assert marks("abc", document.revisions) == [
        Mark("removed", "a", "y.1"),
        Mark("removed", "b", "x.1"),
        Mark("same", "c"),
    ]


def test_neighbours_are_shown_apart_where_their_rules_differ() -> None:
    """A second article names the document that it became."""
    document = Document("1", "abcd").revise(
        "x", [Split(2, "cd", "x.2"), Edit(0, "a", "", "x.1"), Edit(1, "b", "", "x.1")]
    )
    assert marks("abcd", document.revisions) == [
        Mark("removed", "ab", "x.1"),
        Mark("removed", "cd", "x.2", "1#2"),
    ]


def golden_cases() -> list[Document]:
    """Return the raw texts of all golden cases."""
    return [
        Document(f"{path.stem}-{case['title']}", case["raw"])
        for path in sorted((FIXTURES / "golden").rglob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def test_every_rule_has_a_reason(tmp_path: Path) -> None:
    """Those at work in the raw fixtures and in the golden cases."""
    run([FIXTURES / "raw"], tmp_path / "out", Options())
    rows = map(json.loads, (tmp_path / "out/edits.jsonl").read_bytes().splitlines())
    revisions = [revision for row in rows for revision in row["revisions"]]
    used = {finding["rule"] for revision in revisions for finding in (*revision["edits"], *revision["facts"])}
    for document in news_pipeline().run(golden_cases()):
        for revision in document.revisions:
            used.update(edit.rule for edit in revision.edits)
            used.update(fact.rule for fact in revision.facts)
    assert len(used) > 60
    assert [rule for rule in sorted(used) if not reason(rule)] == []


def test_every_rule_that_code_names_has_a_reason() -> None:
    """And every reason a rule: the names stand in the code of the stages as they are."""
    code = "".join(
        path.read_text(encoding="utf-8")
        for room in ROOMS
        for path in sorted((ROOT / "cleaner" / room).rglob("*.py"))
    )
    lists = [table("structure")["rule"], table("letters")["rule"], table("letters")["doubt"]]
    every = [[row["rule"] for row in rows] for rows in lists]
    ids = list(chain.from_iterable(every))
    tables = "|".join(sorted({name.partition(".")[0] for name in ids}))
    named = set(re.findall(rf'"((?:{tables})\.[a-z]+(?:-[a-z]+)*)"', code))
    assert [rule for rule in sorted(named) if not reason(rule)] == []
    assert len(ids) == len(set(ids))
    assert every == [sorted(names) for names in every]
    assert set(ids) - named == {"agencies", "encoding.*-as-*", "recurring"}


def test_a_reason_is_found_by_the_rules_name() -> None:
    """A rule is named after its table and its row, or stands whole; what has no row has no reason."""
    assert reason("encoding.utf-8-as-cp1252")
    assert reason("look-alikes.farsi-yeh")
    assert reason("related.read-also")
    assert reason("related.no-such-row") == reason("no-such-table.row") == reason("plain") == ""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return a folder with a furnished article and a copy of it."""
    (tmp_path / "raw").mkdir()
    records = [{"id": "long", "text": BODY + BOILERPLATE}, {"id": "copy", "text": BODY}]
    (tmp_path / "raw/a.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    return tmp_path / "raw"


def test_a_run_knows_the_kept_match(raw: Path, tmp_path: Path) -> None:
    """Both sides of a duplicate name each other."""
    run([raw], tmp_path / "out", Options())
    fates = {name: explain(name, [tmp_path / "out"], Options()).fate for name in ("long", "copy")}
    dropped = next(name for name, fate in fates.items() if fate.startswith("dropped"))
    (kept,) = fates.keys() - {dropped}
    assert f"exact duplicate of {kept}" in fates[dropped]
    assert fates[kept] == f"kept, and stands for {dropped}"


def test_a_run_and_its_raw_files_explain_alike(raw: Path, tmp_path: Path) -> None:
    """The one reads the edits, the other makes them anew."""
    run([raw], tmp_path / "out", Options())
    from_run, from_raw = (explain("long", [place], Options()) for place in (tmp_path / "out", raw))
    assert from_run.marks == from_raw.marks
    assert from_run.reasons == from_raw.reasons
    assert from_run.places == from_raw.places
    assert from_run.decisions == from_raw.decisions
    assert set(map(bool, from_run.places.values())) == {True}
    assert any(mark.kind == "removed" and "فيسبوك" in mark.text for mark in from_run.marks)


def test_what_the_line_classifier_removed_has_its_reasons(tmp_path: Path) -> None:
    """Label, margin and reasons of each line; the command prints them."""
    page = FIXTURES / "raw" / "aggregator"
    run([page], tmp_path / "out", Options())
    for name in ("derby", "port-berths", "flood-valley", "wheat-record"):
        told = explain(name, [tmp_path / "out"], Options())
        gone = "".join(mark.text for mark in told.marks if mark.kind == "removed")
        rules = {mark.rule for mark in told.marks if mark.rule.startswith("classifier.")}
        assert {f"classifier.{decision.label}" for decision in told.decisions} == rules
        printed = "\n".join(paragraphs(told))
        for decision in told.decisions:
            assert decision.text in gone
            assert decision.margin > 0
            assert 0 < len(decision.reasons) <= 3
            assert f"{decision.label} by {decision.margin:.1f}" in printed


def test_a_second_article_and_its_page_name_each_other(tmp_path: Path) -> None:
    """In a run and in raw files."""
    page = FIXTURES / "raw" / "aggregator"
    run([page], tmp_path / "out", Options())
    for place in (page, tmp_path / "out"):
        assert "port-berths#2" in [mark.child for mark in explain("port-berths", [place], Options()).marks]
        assert explain("port-berths#2", [place], Options()).fate.startswith("second article of port-berths, ")


def test_a_document_is_found_by_its_place_too(raw: Path) -> None:
    """Which is what stands in a message about the raw files."""
    assert explain("a:2", [raw], Options()).id == "copy"


def test_an_unknown_id_is_an_error(raw: Path, tmp_path: Path) -> None:
    """In a run and in raw files."""
    run([raw], tmp_path / "out", Options())
    for place in (raw, tmp_path / "out"):
        with pytest.raises(InputError, match="no document has the id 'lost'"):
            explain("lost", [place], Options())
        with pytest.raises(InputError, match="'logn': did you mean 'long'"):
            explain("logn", [place], Options())
