"""Laws of fixing files: whatever they hold, and whatever is found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from cleaner import Options, Pipeline, news_pipeline
from cleaner.check import CheckedFile, check_file
from cleaner.check.texts import checking_pipeline
from cleaner.reading import InputFile, recognize

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = (
    "وصل الوفد إلى المدينة مساء أمس بعد رحلة طويلة.",
    "وقال رئيس البلدية إن العمل ينتهي قبل الصيف.",
    "الش\u06a9ر لمن شارك في البناء من أبناء المدينة.",  # ARABIC LETTER KEHEH
    "الم\u200fوعد ثا\u00adبت ولن يتغير.",  # RIGHT-TO-LEFT MARK, SOFT HYPHEN
    "اقرأ أيضا: افتتاح معرض الكتاب في الساحة",
    "إقرأ أيضاً:",
    "تاريخ النشر: 12th, March 2024 GMT",
    "كلمات دلالية: المدينة البلدية",
    "المصدر: الضفاف",
    "لحظة الوصول pic.twitter.com/Ab12Cd34Ef",
    "<p>فقرة</p>",
    "یک روز در شهر می‌گذرد و مردم می‌خوانند.",
    "",
    "\u00a0",
    '😀 \\ " / {}[]:,',
)
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=7).map("\n".join)
BROKEN = (
    b'{"text": "cut',
    b'{"text": 1}',
    b"[]",
    b"null",
    b"\xff\xfe\xfa",
    b'{"text": "\\ud800"}',
    b"",
    b" \t",
    b"{" * 50,
)


@st.composite
def records(draw: st.DrawFn) -> bytes:
    """Draw a line of a file: a record in one of many spellings, or a broken one."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.sampled_from(BROKEN))
    fields = {"title": draw(TEXTS), draw(st.sampled_from(["text", "body"])): draw(TEXTS), "n": [1.5, {}]}
    separators = draw(st.sampled_from([(",", ":"), (", ", ": "), (" , ", " : ")]))
    line = json.dumps(fields, ensure_ascii=draw(st.booleans()), separators=separators)
    return line.encode() + draw(st.sampled_from([b"", b"\r", b"  "]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the files that are drawn."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """Return what is asked for letters and boilerplate."""
    return checking_pipeline(news_pipeline(), ["letters", "boilerplate"])


def checked(path: Path, content: bytes, pipeline: Pipeline) -> CheckedFile:
    """Write *content* to *path* and check the file."""
    path.write_bytes(content)
    file = recognize(path, path.name)
    assert isinstance(file, InputFile)
    return check_file(file, pipeline, Options())


@settings(deadline=None)
@given(lines=st.lists(records(), max_size=6), end=st.sampled_from([b"", b"\n", b"\n\n"]))
def test_only_lines_with_fixable_findings_change(
    folder: Path, pipeline: Pipeline, lines: list[bytes], end: bytes
) -> None:
    """And of these only the text; a second check finds nothing to fix."""
    content = b"\n".join(lines) + end
    result = checked(folder / "a.jsonl", content, pipeline)
    fixable = {finding.line for finding in result.findings if finding.is_fixable}
    before, after = content.split(b"\n"), result.fixed.split(b"\n")
    assert len(before) == len(after)
    changed = {number for number, pair in enumerate(zip(before, after, strict=True), 1) if pair[0] != pair[1]}
    assert changed == fixable
    for number in changed:
        old, new = json.loads(before[number - 1]), json.loads(after[number - 1])
        name = "text" if "text" in old else "body"
        assert {**old, name: ""} == {**new, name: ""}
    again = checked(folder / "a.jsonl", result.fixed, pipeline)
    assert again.fixed == again.content
    assert not any(finding.is_fixable for finding in again.findings)


@settings(deadline=None)
@given(text=TEXTS, mark=st.sampled_from(["", "\ufeff"]), line_end=st.sampled_from(["\n", "\r\n"]))
def test_a_text_file_is_stable_after_one_fix(
    folder: Path,
    pipeline: Pipeline,
    text: str,
    mark: str,
    line_end: str,
) -> None:
    """Its byte order mark and its line ends stay."""
    content = (mark + text.replace("\n", line_end)).encode()
    result = checked(folder / "a.txt", content, pipeline)
    assert result.fixed.startswith(b"\xef\xbb\xbf") == content.startswith(b"\xef\xbb\xbf")
    assert result.fixed.count(b"\n") == result.fixed.count(line_end.encode())
    again = checked(folder / "a.txt", result.fixed, pipeline)
    assert again.fixed == again.content


def test_utf_16_stays_utf_16(folder: Path, pipeline: Pipeline) -> None:
    """A file is written back in the encoding it came in."""
    result = checked(folder / "a.txt", SENTENCES[2].encode("utf-16"), pipeline)
    assert result.fixed.decode("utf-16") == SENTENCES[2].replace("\u06a9", "\u0643")


def test_records_of_an_array_are_fixed_in_place(folder: Path, pipeline: Pipeline) -> None:
    """Indentation and all."""
    content = json.dumps([{"text": sentence} for sentence in SENTENCES[:3]], indent=2, ensure_ascii=False)
    result = checked(folder / "a.json", content.encode(), pipeline)
    assert result.fixed.decode() == content.replace("\u06a9", "\u0643")
    assert [finding.line for finding in result.findings] == [3]
