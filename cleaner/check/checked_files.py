"""What is wrong in one file, and the file's bytes without it."""

from __future__ import annotations

from dataclasses import dataclass, field
import shutil
from typing import TYPE_CHECKING

from cleaner.check.text_places import TextPlace, place_in_json, place_in_text
from cleaner.check.texts import Checked, check_text
from cleaner.engine.preflight import lacks_text
from cleaner.errors import InputError, RecordError
from cleaner.output.atomic import whole_file
from cleaner.reading import pieces, records
from cleaner.records import read_fields, text_name, to_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cleaner.document import Document
    from cleaner.options import Options
    from cleaner.pipeline import Pipeline
    from cleaner.reading import InputFile, RawRecord


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A problem at its place; printed, it is a line that editors understand.

    *line* is that of the file, or the number of the record in a JSON array. *column* counts code points from
    1: of the line in a text file, of the record's text elsewhere.
    """

    file: str
    line: int
    column: int
    rule: str
    message: str
    is_fixable: bool = True

    def __str__(self) -> str:
        """Return `FILE:LINE:COLUMN rule message`."""
        return f"{self.file}:{self.line}:{self.column} {self.rule} {self.message}"


@dataclass(slots=True)
class CheckedFile:
    """A file's findings in their order, and its content with the fixable ones fixed.

    *content* and *fixed* are the same bytes where nothing can be fixed; compressed files are only reported.
    *texts* are the documents that could be read, each with its line, for whoever compares them.
    """

    file: InputFile
    findings: list[Finding] = field(default_factory=list)
    content: bytes = b""
    fixed: bytes = b""
    texts: list[tuple[int, Document]] = field(default_factory=list)


def replace_file(path: Path, content: bytes) -> None:
    """Give the file at *path* another *content*, whole or not at all; its mode stays.

    Symbolic links to it stay as well. A hard link does not: it keeps what was the content before.
    """
    target = path.resolve()
    with whole_file(target) as stream:
        shutil.copymode(target, stream.name)
        stream.write(content)


@dataclass(frozen=True, slots=True)
class Change:
    """Other bytes for a record."""

    start: int
    end: int
    data: bytes


def check_file(file: InputFile, pipeline: Pipeline, options: Options) -> CheckedFile:
    """Return what *pipeline*, one of `checking_pipeline`, finds in the texts of *file*.

    Records that cannot be read are findings, too, and so is a file without texts. Raises `InputError` if the
    file cannot be opened.
    """
    result = CheckedFile(file)
    if not file.compression:
        try:
            result.content = file.path.read_bytes()
        except OSError as error:
            raise InputError(f"{file.path}: {error.strerror}") from error
    if reason := lacks_text(file, options):
        result.fixed = result.content
        result.findings.append(Finding(str(file.path), 1, 1, "no-text", reason, is_fixable=False))
        return result
    changes = []
    for record in _records(file, options):
        try:
            fields = read_fields(record)
            document = to_document(fields, record, options)
        except RecordError as error:
            finding = Finding(str(file.path), record.number or 1, 1, error.rule, str(error), is_fixable=False)
            result.findings.append(finding)
            continue
        result.texts.append((record.number or 1, document))
        checked = check_text(document.text, pipeline)
        change = _change(record, checked, text_name(fields, options) or "", result.content)
        result.findings += _findings(record, document.text, checked, is_fixable=change is not None)
        if change:
            changes.append(change)
    result.fixed = _apply(result.content, changes)
    return result


def _records(file: InputFile, options: Options) -> Iterator[RawRecord]:
    for piece in pieces(file, options.encoding):
        yield from records(piece)


def _findings(record: RawRecord, text: str, checked: Checked, *, is_fixable: bool) -> Iterator[Finding]:
    for problem in checked.problems:
        line, column = record.number or 1, problem.start + 1
        if record.file.kind == "txt":
            line = text.count("\n", 0, problem.start) + 1
            column = problem.start - text.rfind("\n", 0, problem.start)
        yield Finding(
            str(record.file.path),
            line,
            column,
            problem.rule,
            problem.message,
            is_fixable=is_fixable and problem.is_fixable,
        )


def _change(record: RawRecord, checked: Checked, name: str, content: bytes) -> Change | None:
    """Return the record with its text fixed; None if there is nothing to fix or it cannot be done safely."""
    start, end = record.offset, record.offset + len(record.data)
    if not checked.is_fixable or content[start:end] != record.data:
        return None  # compressed or recoded: the record does not stand in the file as it was read
    try:
        data = _place(record, name).rewrite(checked.characters).encode(record.encoding)
    except UnicodeEncodeError:
        return None  # a letter that the file's encoding lacks
    return Change(start, end, data)


def _place(record: RawRecord, name: str) -> TextPlace:
    text = record.data.decode(record.encoding)
    return place_in_text(text) if record.file.kind == "txt" else place_in_json(text, name)


def _apply(content: bytes, changes: list[Change]) -> bytes:
    parts: list[bytes] = []
    position = 0
    for change in changes:
        parts += (content[position : change.start], change.data)
        position = change.end
    return b"".join((*parts, content[position:]))
