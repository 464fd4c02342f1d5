"""The values of a record's fields as strings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cleaner.records.field_names import CLUSTER

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def inner_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of the record's object `metadata`; empty if it has none."""
    inner = fields.get("metadata")
    return inner if isinstance(inner, dict) else {}


def is_origin(value: object) -> bool:
    """Return whether *value* is the `origin` of a second article as cleaner writes it."""
    return isinstance(value, dict) and value.keys() == {"id", "stage", "start", "end"}


def is_void(value: object) -> bool:
    """Return whether *value* is null or empty."""
    return value is None or value in ("", [], {})


def is_told(value: object) -> bool:
    """Return whether `string(value)` holds all that *value* says."""
    match value:
        case bool():
            return False
        case None | str() | int() | float():
            return True
        case list():
            return all(map(is_told, value))
        case {"name": str(), **rest}:
            return all(map(is_void, rest.values()))
    return is_void(value)


def string(value: object) -> str:
    """Return *value* as one string, or "" if it cannot be one.

    Numbers are written out, lists joined with commas; of an object with a `name` this name is returned.
    """
    if isinstance(value, str):  # the usual case first
        return value.strip()
    match value:
        case bool() | None:
            return ""
        case int() | float():
            return str(value)
        case list():
            return ", ".join(strings(value))
        case {"name": str(name)}:  # a source or an author as news APIs give them
            return name.strip()
    return ""


def strings(value: object) -> list[str]:
    """Return *value* as a list of strings that are not empty; a single value is a list of one."""
    values = value if isinstance(value, list) else [value]
    return [said for said in map(string, values) if said]


def host(url: str) -> str:
    """Return the host of *url* without `www.`, or "" if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # an address with an unpaired bracket
        return ""


def kind_of(value: object) -> str:
    """Return the JSON type of *value*, with its article, for messages."""
    return {
        type(None): "null",
        bool: "a truth value",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "a list",
        dict: "an object",
    }.get(type(value), type(value).__name__)


def identifier_of(value: object) -> str | None:
    """Return *value* as an id, or None if it is no number and no string with visible characters."""
    if isinstance(value, str) and value.strip():
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def without_dedup_result(fields: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Return *fields* without those *names* by which an earlier search for duplicates spoke of the row.

    If the fields of `CLUSTER` have other types, cleaner did not write them: they are kept as `original_NAME`.
    """
    is_ours = all(isinstance(fields.get(name), kind) for name, kind in CLUSTER.items())
    strange = {} if is_ours else {name: fields[name] for name in names if not is_void(fields.get(name))}
    others = {name: value for name, value in fields.items() if name not in names}
    return {f"original_{name}": value for name, value in strange.items()} | others
