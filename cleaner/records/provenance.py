"""What near-duplicate search needs to know of a record, without making a document of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.records.field_names import FIELD_NAMES, ID_NAMES, TEXT_NAMES, find_in, remembered
from cleaner.records.field_values import host, identifier_of, inner_fields, is_origin, string
from cleaner.records.fields import read_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.options import Options


class Provenance(NamedTuple):
    """What decides, beside the text, which duplicate is kept; "" where the record does not say.

    The date is as the record gives it.
    """

    id: str
    source: str
    date: str
    is_child: bool


class Names(NamedTuple):
    """The names of the fields with these meanings in a record; None if it has no such field."""

    text: str | None
    id: str | None
    source: str | None
    url: str | None
    date: str | None


@remembered
def names_in(fields: tuple[str, ...], options: Options) -> Names:
    """Return the names of the fields with these meanings in records with these *fields*."""
    usual = {"text": TEXT_NAMES, "id": ID_NAMES, **FIELD_NAMES}
    named = {own: getattr(options, f"{own}_field") for own in Names._fields}
    return Names(*(find_in(fields, (name,) if name else usual[own]) for own, name in named.items()))


def text_and_provenance(fields: Mapping[str, Any], options: Options) -> tuple[str, Provenance]:
    """Return the text and the provenance of *fields*, equal to what `to_document` and the rows of a run give.

    Raises `RecordError` if they have no text.
    """
    text, identifier, *told = names_in(tuple(fields), options)
    content = fields[text] if text else None
    if not isinstance(content, str) or not content:
        _, content = read_text(fields, options)
    source, url, date = _told(fields, told)
    inner = inner_fields(fields)
    if inner:
        others = _told(inner, names_in(tuple(inner), options)[2:])
        source, url, date = source or others[0], url or others[1], date or others[2]
    name = identifier_of(fields[identifier]) if identifier else None
    return content, Provenance(name or "", source or host(url), date, is_origin(inner.get("origin")))


def _told(fields: Mapping[str, Any], names: Sequence[str | None]) -> list[str]:
    """Return the values of the fields *names* as strings; "" for None."""
    return [string(fields[name]) if name else "" for name in names]
