"""The usual names of fields, and which field of a record has which meaning."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cleaner.options import Options

TEXT_NAMES = ("text", "content", "body", "article", "raw_content")
ID_NAMES = ("id", "doc_id", "_id")

LISTS = ("keywords", "sources", "agencies")
"""Metadata that are lists of strings; a single string becomes a list of one."""

SINGLE = ("added", "parent_id", "original_id", "file_path")
"""Metadata of which there is only one value: a list is not accepted, while authors are joined with commas."""

CLUSTER = {"minhash_cluster_id": int, "minhash_cluster_size": int, "duplicates": list}
"""Fields of a cluster and their types. A run computes them; those of a row that cleaner wrote are dropped."""

FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "source": ("source", "site", "publisher", "outlet"),
    "title": ("title", "headline"),
    "date": ("date", "published", "published_at", "publish_date", "pubdate", "created"),
    "url": ("url", "link", "canonical_url"),
    "author": ("author", "authors", "byline"),
    "category": ("category", "section"),
    "keywords": ("keywords", "tags"),
    "language": ("language", "lang"),
    "date_text": ("date_text",),
    "sources": ("sources",),
    "agencies": ("agencies",),
    "added": ("added",),
    "parent_id": ("parent_id",),
    "original_id": ("original_id",),
    "file_path": ("file_path",),
}
"""The usual names of the input's fields, by our names; of several in a record, the first named here counts.

The source is who published the document: a field that names it, else the host of the URL; never a folder."""


USUAL_FIELDS = 100
"""Fields. Look-ups for records with more are not cached: such records may all have different fields."""

Found = TypeVar("Found")


def find_name(fields: Mapping[str, Any], names: Sequence[str]) -> str | None:
    """Return the first of *names* that *fields* has, as spelled there, or None; capitals do not matter."""
    return find_in(tuple(fields), tuple(names))


def remembered(function: Callable[..., Found]) -> Callable[..., Found]:
    """Cache *function* for up to `USUAL_FIELDS` fields: the records of one file have the same."""
    remembering = lru_cache(maxsize=256)(function)

    @wraps(function)
    def find(fields: tuple[str, ...], *others: Any) -> Found:  # noqa: ANN401 - as *function* has them
        return (remembering if len(fields) <= USUAL_FIELDS else function)(fields, *others)

    return find


@remembered
def find_in(fields: tuple[str, ...], names: tuple[str, ...]) -> str | None:
    """Return what `find_name` returns, from the names of the *fields* alone."""
    return _find(_spelled(fields), names)


def _spelled(fields: Sequence[str]) -> dict[str, str]:
    """Return the names of *fields* by themselves and by their lower case; an exact name wins."""
    return {name.lower(): name for name in fields} | {name: name for name in fields}


def _find(spelled: Mapping[str, str], names: Sequence[str]) -> str | None:
    """Return the first of *names*, exactly or in lower case, that *spelled* has, or None."""
    return next(
        (spelled[name] for wanted in names for name in (wanted, wanted.lower()) if name in spelled), None
    )


def text_name(fields: Mapping[str, Any], options: Options) -> str | None:
    """Return the name of the field that holds the text, or None.

    Of several fields with usual names it is the first that is not empty.
    """
    name = find_name(fields, (options.text_field,) if options.text_field else TEXT_NAMES)
    if name is None or fields[name] or options.text_field:
        return name
    return find_name({key: value for key, value in fields.items() if value}, TEXT_NAMES) or name


def id_name(fields: Mapping[str, Any], options: Options) -> str | None:
    """Return the name of the field that holds the id, or None."""
    return find_name(fields, (options.id_field,) if options.id_field else ID_NAMES)


@remembered
def own_names(fields: tuple[str, ...], text_name: str, options: Options) -> list[tuple[str, str]]:
    """Return pairs of our name and the record's, in the order of `FIELD_NAMES`.

    Options may name a field; else it has a usual name and is not the field of the text, *text_name*.
    """
    spelled = _spelled(fields)
    usually = {key: name for key, name in spelled.items() if name != text_name}  # the text is no title
    names: list[tuple[str, str]] = []
    for own, usual in FIELD_NAMES.items():
        wanted = getattr(options, f"{own}_field", "")
        name = _find(spelled, (wanted,)) if wanted else _find(usually, usual)
        if name is not None:
            names.append((own, name))
    return names
