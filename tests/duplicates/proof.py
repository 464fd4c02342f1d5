"""Prove from the outputs of a run or a dedup alone that the rule of dropping was obeyed.

    python -m tests.duplicates.proof OUT

Counted anew from the rows, in plain Python and without any hash of ours: whoever is dropped names a kept
document that precedes it and in which enough of it stands; and nothing is lost.
"""

from __future__ import annotations

from hashlib import sha256
import json
from pathlib import Path
import sys
from typing import TYPE_CHECKING, Any

from cleaner.duplicates import Entry, specification
from cleaner.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterator


def faults(out: Path) -> Iterator[str]:
    """Yield what is wrong in the folder *out*; nothing if the rule was obeyed."""
    report = json.loads((out / "report.json").read_bytes())
    options = Options.from_mapping({key: value for key, value in report["options"].items() if value != []})
    kept_file = next(out / name for name in ("kept.jsonl", "clean.jsonl") if (out / name).exists())
    kept, dropped = _rows(kept_file), _rows(out / "duplicates.jsonl")
    if (len(kept), len(dropped)) != (report["documents"]["kept"], report["documents"]["duplicates"]):
        yield "report.json counts other rows than there are"
    rows = kept + dropped
    entries, texts = [_entry(row) for row in rows], [row["text"] for row in rows]
    seen = specification.compared_texts(entries, texts, options)
    place = {entry.id: at for at, entry in enumerate(entries)}
    stands_for: dict[str, set[str]] = {}
    for at in range(len(kept), len(rows)):
        name, match = entries[at].id, rows[at]["duplicate"]
        stands_for.setdefault(match["kept"], set()).add(name)
        its = place.get(match["kept"], len(rows))
        if its >= len(kept):
            yield f"{name} is dropped for {match['kept']}, which is not kept"
            continue
        mine, other = (
            specification.precedence(entries[one], seen[one].counted_words, options) for one in (at, its)
        )
        link = specification.decide_pair(seen[at], seen[its], options)
        if mine < other:
            yield f"{name} precedes {match['kept']}, for which it is dropped"
        if not link or not link.may_drop:
            yield f"{name} is dropped for {match['kept']}, in which too little of it stands"
        elif (link.kind, round(link.containment, 6), round(link.jaccard, 6)) != (
            match["kind"], match["containment"], match["jaccard"]
        ):  # fmt: skip
            yield f"{name}: kind or shares are not those of the texts"
    for row in kept:
        said = set((row.get("metadata") or row).get("duplicates", row.get("duplicates", [])))
        if said != stands_for.get(_name(row), set()):
            yield f"{_name(row)} does not list the documents that name it"


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def _name(row: dict[str, Any]) -> str:
    return str(row["id"])


def _entry(row: dict[str, Any]) -> Entry:
    digest = sha256(row["text"].encode()).digest()
    metadata = row.get("metadata") or {}
    source, date = row.get("source") or row.get("site") or "", row.get("created") or row.get("date") or ""
    is_child = metadata.get("origin") is not None
    return Entry(_name(row), source, is_child, date[:10], digest, digest)


if __name__ == "__main__":
    found = list(faults(Path(sys.argv[1])))
    print("\n".join(found) or "the rule was obeyed")
    sys.exit(bool(found))
