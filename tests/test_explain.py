"""An explanation shows the raw and the clean text at once, and under which rule they differ."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
import pytest

from cleaner.document import Document, Edit
from cleaner.errors import InputError
from cleaner.explain import Mark, explain, marks, reason
from cleaner.options import Options
from cleaner.run import run

if TYPE_CHECKING:
    from pathlib import Path

BODY = (
    "دشنت شركة النقل في العاصمة خطا جديدا للحافلات الكهربائية يربط الضاحية الغربية بوسط المدينة.\n"
    "ويعمل على الخط عشرون سائقا تدربوا ثلاثة أشهر على قيادة الحافلات وصيانتها اليومية."
)
FURNITURE = "\nشارك على فيسبوك"


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


def test_a_reason_is_found_by_the_rules_name() -> None:
    """A rule is named after its table and its row; what has no row has no reason."""
    assert reason("look-alikes.farsi-yeh")
    assert reason("related.read-also")
    assert reason("related.no-such-row") == reason("no-such-table.row") == reason("plain") == ""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return a folder with a furnished article and a copy of it."""
    (tmp_path / "raw").mkdir()
    records = [{"id": "long", "text": BODY + FURNITURE}, {"id": "copy", "text": BODY}]
    (tmp_path / "raw/a.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    return tmp_path / "raw"


def test_a_run_knows_the_kept_twin(raw: Path, tmp_path: Path) -> None:
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
    assert any(mark.kind == "removed" and "فيسبوك" in mark.text for mark in from_run.marks)


def test_a_document_is_found_by_its_place_too(raw: Path) -> None:
    """Which is what stands in a message about the raw files."""
    assert explain("a:2", [raw], Options()).id == "copy"


def test_an_unknown_id_is_an_error(raw: Path, tmp_path: Path) -> None:
    """In a run and in raw files."""
    run([raw], tmp_path / "out", Options())
    for place in (raw, tmp_path / "out"):
        with pytest.raises(InputError, match="no document has the id 'lost'"):
            explain("lost", [place], Options())
