"""Who repeats whom in the files that are checked: the rule of dropping, by the simplest means that fit.

A few texts are compared each with each in plain Python, so that a check of one file does not wait for numpy;
many are left to the arrays. Both are in `cleaner.duplicates`, and its tests hold them together.
"""

from __future__ import annotations

import hashlib
from tempfile import gettempdir
from typing import TYPE_CHECKING

from cleaner.check.checked_files import Finding
from cleaner.duplicates import Entry, find_duplicates, fingerprint, specification
from cleaner.output.atomic import naming
from cleaner.output.rows import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cleaner.check.checked_files import CheckedFile
    from cleaner.document import Document
    from cleaner.duplicates import KeptMatch
    from cleaner.options import Options
    from cleaner.pipeline import Pipeline

RULES = {"exact": "duplicates.exact", "near": "duplicates.near", "contained": "duplicates.contained"}
FEW = 100
"""Texts that are compared in plain Python: 5,000 pairs take about as long as loading numpy."""


def find_repeats(files: Iterable[CheckedFile], pipeline: Pipeline, options: Options) -> None:
    """Add a finding for each text of *files* that `cleaner run` would drop for another of them.

    The articles are compared, as *pipeline* cleans them; their second articles are not.
    """
    places = [(file, line, document) for file in files for line, document in file.texts]
    if len(places) < 2:
        return
    compared = []
    for place in places:
        document = pipeline.clean(place[2])
        if not document.rejection:
            compared.append((place, document))
    entries = [_entry(document, f"{place[0].file.path}:{place[1]}") for place, document in compared]
    for dropped, match in matches(entries, [document.text for _, document in compared], options).items():
        file, line, _ = compared[dropped][0]
        message = (
            f"repeats {entries[match.kept].id} "
            f"(containment {match.containment:.2f}, Jaccard {match.jaccard:.2f})"
        )
        rule = RULES[match.kind]
        file.findings.append(Finding(str(file.file.path), line, 1, rule, message, is_fixable=False))


def matches(entries: Sequence[Entry], texts: Sequence[str], options: Options) -> Mapping[int, KeptMatch]:
    """Return for each text that the rule drops the kept one that stands for it."""
    if len(entries) > FEW:
        with naming(gettempdir()):
            return find_duplicates(entries, [fingerprint(texts, options)], options).matches
    return specification.compare_all(entries, texts, options).matches


def _entry(document: Document, place: str) -> Entry:
    return Entry(
        id=place,
        source=str(document.metadata.get("source", "")),
        is_child=False,
        date=moment(document.metadata.get("date")) or document.fact("date"),
        text_digest=hashlib.sha256(document.text.encode()).digest(),
        raw_digest=hashlib.sha256(document.original_text().encode()).digest(),
    )
