"""Explain one document: what went, what came, under which rules, what was learned, and whom it repeats."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import chain, groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from cleaner import rules
from cleaner.engine.count_pass import count_recurrences, is_needed
from cleaner.engine.work import check_stage_names
from cleaner.errors import InputError, RecordError, did_you_mean
from cleaner.explain.line_decisions import LineDecision, line_decisions
from cleaner.output.atomic import naming
from cleaner.output.finished import bring_to_end, finished
from cleaner.output.folder import CORPUS, DUPLICATES, EDITS, REJECTS, REPORT
from cleaner.output.restore import EditsRow, decode_row, undo
from cleaner.page.own_rules import own_reasons
from cleaner.reading import batches, find_files, pieces, records
from cleaner.records import read_fields, to_document
from cleaner.recurring.recurrences import NO_RECURRENCES, Recurrences
from cleaner.rules.places import place
from cleaner.stages import news_pipeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cleaner.document import Document, Edit, Fact, Revision
    from cleaner.options import Options
    from cleaner.output.restore import Row
    from cleaner.reading import InputFile


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that is in both texts, only in the raw one, or only in the clean one."""

    kind: Literal["same", "removed", "added"]
    text: str
    rule: str = ""
    child: str = ""
    """The id of the document that the removed text became, if it became one."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What happened to one document."""

    id: str
    fate: str
    marks: Sequence[Mark]
    facts: Sequence[Fact] = ()
    reasons: dict[str, str] = field(default_factory=dict)
    """Why there are the rules that were at work, where their tables say it."""
    places: dict[str, str] = field(default_factory=dict)
    """Where they are made: see `cleaner.rules.places`."""
    decisions: Sequence[LineDecision] = ()
    """What the line classifier said of the lines that it removed."""


class _KeptMatchRow(msgspec.Struct):
    kept: str
    kind: str
    containment: float
    jaccard: float


class _Metadata(msgspec.Struct):
    duplicates: list[str] = []
    parent_id: str | None = None


class _Written(msgspec.Struct):
    """A row of a document, kept, dropped or rejected; a bad record has no text."""

    text: str | None = None
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)
    duplicate: _KeptMatchRow | None = None
    rule: str = ""
    error: str = ""


class _Report(msgspec.Struct):
    own_rules: dict[str, str] = {}
    options: dict[str, Any] = {}


def explain(identifier: str, places: Sequence[Path], options: Options) -> Explanation:
    """Explain the document *identifier* from the folder of a run, or by cleaning it anew from raw files.

    Raises `InputError` where there is no such document.
    """
    check_stage_names(options)
    bring_to_end(places)
    if len(places) == 1 and (places[0] / EDITS).is_file():
        with finished(places[0]):
            return _from_run(identifier, places[0])
    return _from_raw(identifier, places, options)


def marks(raw: str, revisions: Iterable[Revision]) -> list[Mark]:
    """Return *raw* with everything marked that *revisions* removed or added.

    What is `same` or `removed` makes up the raw text, what is `same` or `added` the clean one. What one stage
    added and a later one removed does not show.
    """
    marked = [Mark("same", raw)]
    for revision in revisions:
        if revision.edits:
            marked = _marked_again(marked, revision.edits)
    return _joined(marked)


def reason(rule: str) -> str:
    """Return why there is a *rule*; empty where no table says it.

    A rule is the id of a row, or is made in code and a row of the tables `structure` and `letters` speaks of
    it, in which a star stands for any letters.
    """
    made = (rules.table("structure")["rule"], rules.table("letters")["rule"], rules.table("letters")["doubt"])
    for row in chain.from_iterable(made):
        if fnmatchcase(rule, row["rule"]):
            return str(row["why"])
    table, _, row = rule.partition(".")
    name = table.replace("-", "_")
    if name not in rules.names():
        return ""
    contents = rules.table(name)
    lists = (value for value in contents.values() if isinstance(value, list))
    rows = [item for item in chain.from_iterable(lists) if isinstance(item, dict)]
    named = [item for item in rows if item.get("id") == rule]
    if isinstance(contents.get(row), dict):
        named.append(contents[row])
    return next((str(item["why"]) for item in named if "why" in item), "")


def _from_run(identifier: str, out: Path) -> Explanation:
    row = next(_find_rows(out / EDITS, identifier, EditsRow), None)
    if row is None:
        raise _no_document(identifier, _ids(out / EDITS))
    for name in (CORPUS, DUPLICATES, REJECTS):
        for written in _find_rows(out / name, identifier, _Written):
            if written.text is not None:  # else it is a bad record that gives the same id
                raw = undo(written.text, row.revisions)
                report = decode_row((out / REPORT).read_bytes(), _Report, str(out / REPORT))
                own, files = report.own_rules, report.options.get("rules", ())
                return _explanation(identifier, _fate(written), raw, row.revisions, own, files)
    raise InputError(f"{out}: the text of {identifier!r} stands in no file any more")


def _ids(edits: Path) -> Iterator[str]:
    with edits.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            yield decode_row(line, EditsRow, f"{edits}:{number}").id


def _find_rows(path: Path, identifier: str, kind: type[Row]) -> Iterator[Row]:
    beginning = b'{"id":' + msgspec.json.encode(identifier) + b","
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if line.startswith(beginning):
                yield decode_row(line, kind, f"{path}:{number}")


def _fate(row: _Written) -> str:
    return _with_parent(_fate_alone(row), row.metadata.parent_id)


def _with_parent(fate: str, parent: str | None) -> str:
    return f"second article of {parent}, {fate}" if parent else fate


def _fate_alone(row: _Written) -> str:
    if match := row.duplicate:
        shares = f"containment {match.containment:.2f}, Jaccard {match.jaccard:.2f}"
        return f"dropped: {match.kind} duplicate of {match.kept} ({shares})"
    if row.rule:
        return f"rejected: {row.rule}: {row.error}"
    stands_for = row.metadata.duplicates
    return f"kept, and stands for {', '.join(stands_for)}" if stands_for else "kept"


def _from_raw(identifier: str, places: Sequence[Path], options: Options) -> Explanation:
    files = find_files(places).files
    pipeline = news_pipeline(options, _recurring(files, options))
    seen: list[str] = []
    for file in files:
        for record in chain.from_iterable(map(records, pieces(file, options.encoding))):
            try:
                document = to_document(read_fields(record), record, options)
            except RecordError:
                continue
            seen.append(document.id)
            for own in (document.id, record.place_id):
                if identifier != own and not identifier.startswith(f"{own}#"):
                    continue
                wanted = document.id + identifier.removeprefix(own)
                for member in pipeline.clean_all(document):
                    if member.id == wanted:
                        return _explained(member, options)
    raise _no_document(identifier, seen)


def _recurring(files: Sequence[InputFile], options: Options) -> Recurrences:
    if not is_needed(files, options):
        return NO_RECURRENCES
    with TemporaryDirectory() as work, naming(work):
        return count_recurrences(
            batches(files, options.encoding, lambda *_: None), Path(work), options, jobs=1
        )


def _no_document(identifier: str, ids: Iterable[str]) -> InputError:
    hint = did_you_mean(identifier, ids)
    return InputError(f"no document has the id {identifier!r}" + (f": {hint}" if hint else ""))


def _explained(document: Document, options: Options) -> Explanation:
    rejection = document.rejection
    fate = f"rejected: {rejection.rule}: {rejection.detail}" if rejection else "cleaned"
    fate = _with_parent(fate, document.origin.id if document.origin else None)
    own, raw = own_reasons(options.rules), document.original_text()
    return _explanation(document.id, fate, raw, document.revisions, own, options.rules)


def _explanation(  # noqa: PLR0913, PLR0917 - the columns
    identifier: str,
    fate: str,
    raw: str,
    revisions: Sequence[Revision],
    own: Mapping[str, str],
    files: Iterable[str],
) -> Explanation:
    facts = [fact for revision in revisions for fact in revision.facts]
    files = tuple(files)
    used = [edit.rule for revision in revisions for edit in revision.edits] + [fact.rule for fact in facts]
    rules_used, own_files = sorted(set(used)), [*map(Path, files)]
    reasons = {rule: own.get(rule) or reason(rule) for rule in rules_used}
    places = {rule: place(rule, own_files) for rule in rules_used}
    decisions = tuple(line_decisions(raw, revisions, files))
    return Explanation(identifier, fate, marks(raw, revisions), facts, reasons, places, decisions)


def _marked_again(marked: Sequence[Mark], edits: Sequence[Edit]) -> list[Mark]:
    """Return *marked* after the *edits* of one more stage, whose offsets count what is not removed."""
    result: list[Mark] = []
    pending = list(reversed(edits))
    position = 0  # in the text that the stage was given
    for mark in marked:
        if mark.kind == "removed":
            result.append(mark)
            continue
        start, rest = position, mark.text
        position += len(rest)
        while rest and pending and pending[-1].start < position:
            edit = pending[-1]
            if edit.start >= start:
                before, rest = rest[: edit.start - start], rest[edit.start - start :]
                result += (Mark(mark.kind, before, mark.rule), Mark("added", edit.after, edit.rule))
                start = edit.start
            gone = rest[: edit.end - start]
            if mark.kind == "same":
                result.append(Mark("removed", gone, edit.rule, edit.child))
            rest, start = rest[len(gone) :], start + len(gone)
            if edit.end > position:
                break  # the edit goes on in the next mark
            pending.pop()
        result.append(Mark(mark.kind, rest, mark.rule))
    result += (Mark("added", edit.after, edit.rule) for edit in reversed(pending) if edit.start >= position)
    return result


def _joined(marked: Iterable[Mark]) -> list[Mark]:
    """Return *marked* without empty marks, and with neighbours that differ only in their text made one."""
    full = (mark for mark in marked if mark.text)
    return [
        Mark(kind, "".join(mark.text for mark in alike), rule, child)
        for (kind, rule, child), alike in groupby(full, key=lambda mark: (mark.kind, mark.rule, mark.child))
    ]
