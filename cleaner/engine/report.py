"""What report.json says: counts, rates, versions, options and inputs; times and memory apart, under `run`."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
import hashlib
import platform
from typing import TYPE_CHECKING, Any

from cleaner import learned
from cleaner.text.printable import file_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.engine.search import SearchResult
    from cleaner.options import Options
    from cleaner.reading import Inputs

LISTED_FILES = 1000
"""Inputs of more files than this are described by one digest, not file by file."""
LISTED_SKIPPED = 10
"""Names of files that are of no kind that is read."""
LISTED_TEXTLESS = 1000
"""Files that were left out because no text was found in them."""
LISTED_DOUBTS = 10
"""Examples of what was seen and was not safe to change, for each rule."""


@dataclass(slots=True)
class Report:
    """Counts of a run; the same for the same input and options, whatever the engine."""

    options: Options
    counts: Counter[tuple[str, ...]] = field(default_factory=Counter)
    files: list[dict[str, object]] = field(default_factory=list)
    skipped: dict[str, Any] = field(default_factory=dict)
    documents: Counter[str] = field(default_factory=Counter)
    duplicates: dict[str, object] = field(default_factory=dict)
    doubts: dict[str, dict[str, str]] = field(default_factory=dict)
    recurring: dict[str, int] = field(default_factory=dict)
    own_rules: dict[str, str] = field(default_factory=dict)

    def skip(self, inputs: Inputs) -> None:
        """Note what was passed over in the search for input files."""
        self.skipped = {
            "hidden": inputs.hidden,
            "unknown": len(inputs.unknown),
            "unknown_files": sorted(inputs.unknown)[:LISTED_SKIPPED],
            "repeated": inputs.repeated,
            "unreadable_folders": len(inputs.unreadable),
            "textless": len(inputs.textless),
            "textless_files": [
                {"file": place, "error": reason} for place, reason in inputs.textless[:LISTED_TEXTLESS]
            ],
        }

    def note_duplicates(self, found: SearchResult) -> None:
        """Note how the search for duplicates went."""
        result, entries = found.result, found.entries
        kinds = Counter(match.kind for match in result.matches.values())
        self.duplicates = {
            "kinds": {kind: kinds[kind] for kind in ("exact", "near", "contained")},
            "clusters": len(result.clusters),
            "against": found.against(),
            "counts": dict(sorted(result.counts.items())),
            "suspicious": [
                {
                    "kept": entries[case.kept].id,
                    "example": entries[case.example].id,
                    "size": case.size,
                    "reason": case.reason,
                }
                for case in result.suspicious
            ],
        }

    def note_doubts(self, identifier: str, doubts: Sequence[tuple[str, str]]) -> None:
        """Note what was seen in a document and not safe to change; the first texts are examples."""
        for rule in {rule for rule, _ in doubts}:
            self.counts["doubts", rule, "documents"] += 1
        for rule, text in doubts:
            self.counts["doubts", rule, "count"] += 1
            examples = self.doubts.setdefault(rule, {})
            if len(examples) < LISTED_DOUBTS:
                examples.setdefault(text, identifier)

    @property
    def inputs_digest(self) -> str:
        """A digest of the names and contents of all input files."""
        digest = hashlib.sha256()
        for file in self.files:
            digest.update(f"{file['file']}\n{file['sha256']}\n".encode())
        return digest.hexdigest()

    def as_dict(self) -> dict[str, Any]:
        """Return the report as it is written, without the `run` object."""
        read = self.documents["read"]
        return {
            "cleaner": _versions(),
            "options": asdict(self.options) | {"rules": [*map(file_name, self.options.rules)]},
            "boilerplate": {
                "level": self.options.boilerplate,
                "expected_lost": learned.expected_loss(self.options.boilerplate),
            },
            "inputs": self._inputs(),
            "skipped": self.skipped,
            "documents": {key: self.documents[key] for key in DOCUMENT_COUNTS},
            "rates": {key: _rate(self.documents[key], read) for key in ("kept", "duplicates", "rejected")},
            "rejected": self._table("rejected"),
            "bad_records": self._table("bad records"),
            "characters": self._table("characters"),
            "duplicates": self.duplicates,
            "recurring": self.recurring,
            "own_rules": self.own_rules,
            "stages": self._table("stages"),
            "rules": self._table("rules"),
            "facts": self._table("facts"),
            "doubts": {
                rule: counts
                | {"examples": [{"text": text, "id": name} for text, name in self.doubts[rule].items()]}
                for rule, counts in self._table("doubts").items()
            },
            "sources": self._table("sources"),
        }

    def _inputs(self) -> dict[str, object]:
        size = sum(int(str(file["bytes"])) for file in self.files)
        described: dict[str, object] = {"files": len(self.files), "bytes": size, "sha256": self.inputs_digest}
        if len(self.files) <= LISTED_FILES:
            described["list"] = self.files
        return described

    def _table(self, name: str) -> dict[str, Any]:
        """Return the counts under *name* as nested objects, sorted."""
        table: dict[str, Any] = {}
        for key, count in sorted(self.counts.items()):
            if key[0] == name:
                inner = table
                for part in key[1:-1]:
                    inner = inner.setdefault(part, {})
                inner[key[-1]] = count
        return table


DOCUMENT_COUNTS = ("records", "bad", "read", "children", "kept", "duplicates", "rejected", "repeated_ids")
"""`records` = `bad` + articles; `read` = articles + `children` = `kept` + `duplicates` + `rejected`."""


def _rate(part: int, whole: int) -> float:
    return round(part / whole, 6) if whole else 0.0


def _versions() -> dict[str, str]:
    from cleaner import __version__  # noqa: PLC0415 - the package imports this module's users

    return {"version": __version__, "python": platform.python_version()}
