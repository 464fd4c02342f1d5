"""What the fields of a record are usually called, and which of its names says what."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cleaner.options import Options

TEXT_NAMES = ("text", "content", "body", "article", "raw_content")
ID_NAMES = ("id", "doc_id", "_id")

LISTS = ("keywords", "sources", "agencies")
"""Those of which there may be several: a single string is a list of one."""

SINGLE = ("added", "parent_id", "original_id", "file_path")
"""Those of which there is one: a list is none, where a list of authors is a string with commas."""

CLUSTER = {"minhash_cluster_id": int, "minhash_cluster_size": int, "duplicates": list}
"""What a run finds out anew; of a row that cleaner wrote it is not taken over."""

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
"""The usual names of what the input may say of a document; the first that a record has counts.

The source is who published the document: a field that says so, else the host of the URL; never a folder.
"""


USUAL_FIELDS = 100
"""More are not remembered: they might be others in every record."""

Found = TypeVar("Found")


def find_name(fields: Mapping[str, Any], names: Sequence[str]) -> str | None:
    """Return the first of *names* that *fields* has, as it is spelled there; capitals do not matter."""
    return find_in(tuple(fields), tuple(names))


def remembered(function: Callable[..., Found]) -> Callable[..., Found]:
    """Let *function* remember what it found for few fields: the records of a file have the same."""
    remembering = lru_cache(maxsize=256)(function)

    @wraps(function)
    def find(fields: tuple[str, ...], *others: Any) -> Found:  # noqa: ANN401 - as *function* has them
        return (remembering if len(fields) <= USUAL_FIELDS else function)(fields, *others)

    return find


@remembered
def find_in(fields: tuple[str, ...], names: tuple[str, ...]) -> str | None:
    """Return what `find_name` does, for records that have these *fields*."""
    return _find(_spelled(fields), names)


def _spelled(fields: Sequence[str]) -> dict[str, str]:
    """Return how the names of *fields* are spelled, by themselves and by their lower case."""
    return {name.lower(): name for name in fields} | {name: name for name in fields}


def _find(spelled: Mapping[str, str], names: Sequence[str]) -> str | None:
    return next(
        (spelled[name] for wanted in names for name in (wanted, wanted.lower()) if name in spelled), None
    )


def text_name(fields: Mapping[str, Any], options: Options) -> str | None:
    """Return the name of the field that holds the text, or None.

    Of several fields with usual names the first that says something is the one.
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
    """Return which of *fields* says what, by our names, as options or `FIELD_NAMES` have it."""
    spelled = _spelled(fields)
    usually = {key: name for key, name in spelled.items() if name != text_name}  # no title is a whole text
    names: list[tuple[str, str]] = []
    for own, usual in FIELD_NAMES.items():
        wanted = getattr(options, f"{own}_field", "")
        name = _find(spelled, (wanted,)) if wanted else _find(usually, usual)
        if name is not None:
            names.append((own, name))
    return names
