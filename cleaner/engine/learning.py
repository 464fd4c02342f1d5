"""Gather what recurs in each source, with counts and examples, as rows of rules that a person edits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from cleaner.engine.count_pass import Knowledge, count_recurrences, is_needed, keep, recall
from cleaner.engine.pool import ordered_map
from cleaner.engine.preflight import preflight, untold
from cleaner.engine.work import check_stage_names
from cleaner.errors import RecordError, UsageError
from cleaner.output.atomic import destination, naming, refuse_unwritable
from cleaner.reading import batches, find_files, records
from cleaner.records import read_fields, to_document
from cleaner.stages import RECURRING, news_pipeline
from cleaner.stages.recurring_boilerplate import FACT
from cleaner.text.printable import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.document import Document
    from cleaner.engine.preflight import Tell
    from cleaner.options import Options
    from cleaner.reading import Piece

EXAMPLES = 3
"""Of each candidate."""
GOES_ON = " …"
"""Stands behind a candidate that opens lines which go on in different ways."""


class Name(NamedTuple):
    """What tells candidates apart."""

    source: str
    text: str
    is_glued: bool


@dataclass(slots=True)
class Candidate:
    """A passage that recurs: in how many of how many articles, how often it was found, and where."""

    share: str = ""
    found: int = 0
    examples: list[tuple[str, str]] = field(default_factory=list)
    """Ids of documents, and what goes from each."""


Candidates = dict[Name, Candidate]


def learn(raws: Sequence[Path], options: Options, jobs: int, tell: Tell = untold) -> Candidates:
    """Return what recurs in the sources of *raws* and no rule removes, most often found first.

    Raises `UsageError` or `InputError` where nothing can be done.
    """
    check_stage_names(options)
    if RECURRING in options.without:
        raise UsageError(f"there is nothing to learn without {RECURRING}")
    inputs = find_files(raws)
    preflight(inputs, options, tell)
    found: Candidates = {}
    if not is_needed(inputs.files, options):
        return found
    with TemporaryDirectory() as work, naming(work):
        pieces = partial(batches, inputs.files, options.encoding, lambda *_: None)
        knowledge = keep(count_recurrences(pieces(), Path(work), options, jobs), Path(work))
        look = partial(candidates, options=options, knowledge=knowledge)
        for batch in ordered_map(look, pieces(), jobs):
            for name, candidate in batch.items():
                known = found.setdefault(name, Candidate(candidate.share))
                known.found += candidate.found
                known.examples = (known.examples + candidate.examples)[:EXAMPLES]
    order = Counter({name: candidate.found for name, candidate in found.items()})
    return {name: found[name] for name, _ in sorted(order.items(), key=lambda item: (-item[1], item[0]))}


def candidates(batch: Sequence[Piece], options: Options, knowledge: Knowledge) -> Candidates:
    """Return what recurs in the documents of *batch*."""
    pipeline = news_pipeline(options, recall(knowledge))
    found: Candidates = {}
    for piece in batch:
        for record in records(piece):
            try:
                document = to_document(read_fields(record), record, options)
            except RecordError:
                continue
            for member in pipeline.clean_all(document):
                for name, share, text in _recurring(member):
                    candidate = found.setdefault(name, Candidate(share))
                    candidate.found += 1
                    if len(candidate.examples) < EXAMPLES:
                        candidate.examples.append((member.id, text))
    return found


def _recurring(document: Document) -> Iterator[tuple[Name, str, str]]:
    """Yield what the stage removed from *document*: its name, its share, and the text as it stood."""
    source = str(document.metadata["source"])
    text = document.text
    for revision in reversed(document.revisions):
        text = revision.undo(text)
        if revision.stage != RECURRING:
            continue
        for fact in revision.facts:
            if fact.name == FACT:
                share, _, known = fact.value.partition(": ")
                before = text[: fact.start].rpartition("\n")[2]
                behind = text[fact.end :].partition("\n")[0]
                removed = text[fact.start : fact.end]
                is_glued = bool(before.strip()) or (bool(behind.strip()) and not removed.endswith("\n"))
                yield Name(source, known, is_glued), share, " ".join(removed.split())


def as_table(found: Candidates) -> str:
    """Return the candidates as a table of rules, to be edited."""
    rows = [HEAD]
    number = 0
    for name, candidate in found.items():
        said = f"Stands in {candidate.share} articles of {name.source}."
        if name.is_glued:
            glued = f"{said} It is glued to sentences: no row of this kind finds it."
            rows.append(f"# {_quoted(name.text)}\n# {visible(glued)}\n")
            continue
        number += 1
        goes_on = name.text.endswith(GOES_ON)
        fields: dict[str, object] = {
            "id": f"candidate-{number}",
            "scope": "field" if goes_on else "label",
            "why": said,
            "phrases": [name.text.removesuffix(GOES_ON).rstrip(" :")],
            "removes": [text for _, text in candidate.examples],
            "keeps": [],
        }
        if goes_on:
            fields |= {"scope": "line", "unless_final": True}
        lines = (f"{key} = {_quoted(value)}" for key, value in fields.items() if value != [])
        rows.append("\n".join(["[[marker]]", *lines, ""]))
    return "\n".join(rows)


HEAD = """\
# What recurs in each source. Delete what belongs to articles; give rows an id, a kind (related, tags, share,
# meta, nav, ad, legal, comments, caption), a reason of your own, and in keeps lines that must stay.
# Then: cleaner run --rules FILE
kind = "nav"
"""


def _quoted(value: object) -> str:
    """Return *value* as TOML, with invisible characters as escapes: JSON has those that TOML has."""
    return visible(json.dumps(value, ensure_ascii=False))


def refuse_write(path: Path) -> None:
    """Raise `UsageError` if there is a file at *path*, `InputError` if there can be none."""
    if os.path.lexists(path):
        raise UsageError(f"{path} is there already, and may hold your work; name another file")
    refuse_unwritable(path, "rules")


def write_table(path: Path, found: Candidates) -> None:
    """Write the table of candidates to a new file; see `refuse_write`."""
    refuse_write(path)
    with destination(path) as stream:
        stream.write(as_table(found).encode())


def shown(found: Candidates, most: int) -> Iterator[str]:
    """Yield lines that show *most* candidates of each source: how often found, what, and where."""
    for source in dict.fromkeys(name.source for name in found):
        own = [(name, candidate) for name, candidate in found.items() if name.source == source]
        yield f"{source}: {len(own)} candidates"
        for name, candidate in own[:most]:
            places = ", ".join(identifier for identifier, _ in candidate.examples)
            glued = " (glued)" if name.is_glued else ""
            yield f"  {candidate.found:6}  {candidate.share:>15}  {name.text}{glued}  [{places}]"
        if len(own) > most:
            yield f"  … and {len(own) - most} more"
