"""The user's own rules: TOML files with rows like those of the shipped tables, checked before any is used.

    kind = "nav"          # of every row that does not give its own

    [[marker]]
    id = "reading-list"
    scope = "label"
    why = "The button that saves an article for later."
    phrases = ["أضف إلى قائمة القراءة"]
    removes = ["أضف إلى قائمة القراءة"]
    keeps = ["أضف إلى قائمة القراءة التي وزعتها المدرسة كتابان جديدان."]

`removes` and `keeps` are optional; the examples given are tested. In edits the rule is named `FILE.ID`.
"""

from __future__ import annotations

from pathlib import Path
import re
from typing import TYPE_CHECKING, Any

import regex

from cleaner import rules
from cleaner.errors import UsageError, unknown
from cleaner.page.lines import Page
from cleaner.page.markers import OLD_ZONES, SCOPES, Marker, MarkerIndex, marker
from cleaner.text.folding import fold
from cleaner.text.printable import file_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KINDS = ("related", "tags", "share", "meta", "nav", "ad", "legal", "comments", "caption")
ZONES = ("tail", "boilerplate", "outside", *OLD_ZONES)
FACTS = ("source", "date_text", "updated", "category", "author", "keyword")
WAYS = ("phrases", "pattern", "words")
"""The keys that say what to look for; a row has exactly one."""
KEYS: Mapping[str, type] = {
    "id": str, "kind": str, "scope": str, "why": str, "phrases": list, "pattern": str, "anchors": list,
    "words": str, "fact": str, "needs": str, "free": bool, "next_line": bool, "unless_final": bool,
    "zone": str, "longest": int, "removes": list, "keeps": list,
}  # fmt: skip
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def own_markers(paths: Sequence[str]) -> tuple[Marker, ...]:
    """Return the markers of the files *paths*, in order. Raises `UsageError` at the first mistake."""
    found: dict[str, Marker] = {}
    for path in map(Path, paths):
        name, kind = file_name(path.stem), "nav"
        if name.replace("-", "_") in rules.names():
            raise UsageError(f"{path}: a table {name!r} is shipped; give the file another name")
        content = rules.read(path)
        for key, value in content.items():
            if key == "kind":
                kind = _known(path, "kind", value, KINDS)
            elif key != "marker":
                raise UsageError(f"{path}: {unknown('key', key, ('kind', 'marker'))}; rows are [[marker]]")
            elif not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
                raise UsageError(f"{path}: rows are [[marker]] with keys of their own, not {value!r}")
        for row in content.get("marker", ()):
            checked = _checked(f"{path}: row {row.get('id', '?')!r}", name, row, kind)
            if checked.id in found:
                raise UsageError(f"{path}: two rows have the id {row['id']!r}")
            found[checked.id] = checked
    return tuple(found.values())


def own_index(paths: Sequence[str]) -> MarkerIndex | None:
    """Return the index of the markers of the files *paths*, or None if there are no files."""
    return MarkerIndex(own_markers(paths)) if paths else None


def own_reasons(paths: Sequence[str]) -> dict[str, str]:
    """Return the `why` of each rule in the files *paths*, by rule id."""
    return {row.id: row.why for row in own_markers(paths)}


def _checked(place: str, name: str, row: Mapping[str, Any], kind: str) -> Marker:
    """Return the marker of a *row* of the file *name*. Raises `UsageError` at the first mistake."""
    _check_types(place, row)
    for key in ("id", "scope", "why"):
        if not row.get(key):
            raise UsageError(f"{place}: {key} is missing")
    if not _ID.fullmatch(row["id"]):
        raise UsageError(f"{place}: an id is made of small letters, numbers and hyphens alone")
    if len(row.keys() & set(WAYS)) != 1:
        raise UsageError(f"{place}: one of {', '.join(WAYS)} says what to look for")
    if "anchors" in row and "pattern" not in row:
        raise UsageError(f"{place}: anchors are those of a pattern")
    vocabularies = tuple(rules.table("vocabulary"))
    for key, known in (
        ("scope", SCOPES), ("kind", KINDS), ("zone", ZONES), ("fact", FACTS), ("words", vocabularies),
        ("needs", ("date", "number", *vocabularies)),
    ):  # fmt: skip
        if key in row:
            _known(place, key, row[key], tuple(known))
    try:
        regex.compile(fold(row.get("pattern", "")))
    except regex.error as error:
        raise UsageError(f"{place}: the pattern is not one: {error}") from error
    checked = marker(f"{name}.{row['id']}", row, kind)
    _prove(place, checked)
    return checked


def _check_types(place: str, row: Mapping[str, Any]) -> None:
    for key, value in row.items():
        if key not in KEYS:
            raise UsageError(f"{place}: {unknown('key', key, KEYS)}")
        if value == []:
            raise UsageError(f"{place}: {key} needs one at least; leave it out where there is none")
        if type(value) is not KEYS[key] or (isinstance(value, list) and not _are_texts(value)):
            wanted = "a list of strings" if KEYS[key] is list else KEYS[key].__name__
            raise UsageError(f"{place}: {key} takes {wanted}, not {value!r}")


def _prove(place: str, row: Marker) -> None:
    """Raise `UsageError` if one of the row's own examples fails."""
    index = MarkerIndex([row])
    for example in row.removes:
        if not any(index.find(Page.of(example))):
            raise UsageError(f"{place}: it does not remove its example {example!r}")
    for example in row.keeps:
        if any(index.find(Page.of(example))):
            raise UsageError(f"{place}: it removes {example!r}, which it is to keep")


def _known(place: object, key: str, value: object, known: Sequence[str]) -> str:
    if value not in known:
        raise UsageError(f"{place}: {unknown(key, str(value), known)}")
    return str(value)


def _are_texts(values: list[object]) -> bool:
    return bool(values) and all(isinstance(value, str) and value.strip() for value in values)
