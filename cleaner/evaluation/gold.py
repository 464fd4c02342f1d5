"""Read labelled pages from files.

A row holds `raw`, the scraped text, and `spans`: `[start, end, kind, action]` in code points, where the
action is `remove` or `neutral`; all other text is to be kept. The rest is optional, and not scored if
missing: `id`; `format` or `site`, by which results are grouped; facts, in the row or in its object `metadata`
or `expect`; `children`, the second articles with their titles; `faults`, letters that should be mended; and
`hard_neg`, sentences that look like boilerplate but are not. A fact that is null is not told by the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.errors import InputError, RecordError, unknown
from cleaner.reading import find_files, pieces, records
from cleaner.records import find_name, read_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

TEXT_NAMES = ("raw", "text", "content", "body")
GROUP_NAMES = ("format", "site", "source")
ACTIONS = ("remove", "neutral")
FACTS = {
    "title": ("title",),
    "date": ("date",),
    "sources": ("sources", "source"),
    "agencies": ("agencies",),
    "author": ("author",),
    "category": ("category",),
    "keywords": ("keywords",),
}
"""Facts by their names in `metadata`, and the fields of a labelled row that hold them."""


class Span(NamedTuple):
    """Code points *start* to *end* of the raw text are boilerplate of this *kind*, or are not scored."""

    start: int
    end: int
    kind: str
    action: str


class Fault(NamedTuple):
    """Code points *start* to *end* of the raw text should read *expect*."""

    start: int
    end: int
    kind: str
    expect: str


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page and its labels; None where the labels say nothing, empty where they say that there is none."""

    id: str
    raw: str
    spans: tuple[Span, ...]
    group: str = ""
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    children: tuple[str, ...] | None = None
    faults: tuple[Fault, ...] = ()
    hard_negatives: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether the labels remove nothing."""
        return all(span.action != "remove" for span in self.spans)


def read_gold(path: Path) -> list[GoldPage]:
    """Return the labelled pages of *path* in order.

    Raises `InputError`, which names file and row, if one is not valid or there is none.
    """
    pages = []
    for file in find_files([path]).files:
        for record in chain.from_iterable(map(records, pieces(file, "utf-8"))):
            place = f"{path}:{record.line}" if record.line else f"{path} ({record.place_id})"
            try:
                pages.append(to_page(read_fields(record), record.place_id))
            except (RecordError, ValueError) as error:
                raise InputError(f"{place}: {error}") from error
    if not pages:
        raise InputError(f"{path}: no labelled pages; rows hold `raw` and `spans`, in .jsonl or .json")
    return pages


def to_page(row: Mapping[str, Any], place: str) -> GoldPage:
    """Return the labelled page of *row*; its id is the row's, or else *place*.

    Raises `ValueError` if the row is not valid.
    """
    name = find_name(row, TEXT_NAMES)
    if name is None or not isinstance(row[name], str) or not isinstance(row.get("spans"), list):
        raise ValueError("a labelled row has a string `raw` and a list `spans`")
    raw: str = row[name]
    group = find_name({key: value for key, value in row.items() if value}, GROUP_NAMES)
    return GoldPage(
        id=str(row.get("id") or place),
        raw=raw,
        spans=tuple(_span(span, raw) for span in row["spans"]),
        group=str(row[group]) if group else "",
        facts=dict(_facts(row)),
        children=_children(row),
        faults=tuple(_fault(fault, raw) for fault in _list(row, "faults")),
        hard_negatives=tuple(map(_sentence, _list(row, "hard_neg"))),
    )


def _span(span: Any, raw: str) -> Span:  # noqa: ANN401 - whatever the row holds
    if not isinstance(span, list) or [type(part) for part in span] != [int, int, str, str]:
        raise ValueError(f"a span is [start, end, kind, action], not {span}")
    made = Span(*span)
    if made.action not in ACTIONS:
        raise ValueError(unknown("action", str(made.action), ACTIONS))
    if not 0 <= made.start <= made.end <= len(raw):
        raise ValueError(f"the span {span} is outside of the text, which has {len(raw)} code points")
    return made


def _list(row: Mapping[str, Any], name: str) -> list[Any]:
    value = row.get(name) or []
    if not isinstance(value, list):
        raise ValueError(f"{name!r} is a list, not {value}")  # noqa: TRY004 - of a row, not a call
    return value


def _sentence(value: Any) -> str:  # noqa: ANN401 - whatever the row holds
    if not isinstance(value, str):
        raise ValueError(f"a sentence of hard_neg is a string, not {value}")  # noqa: TRY004 - see above
    return value


def _fault(fault: Any, raw: str) -> Fault:  # noqa: ANN401 - whatever the row holds
    if not isinstance(fault, dict) or not set(Fault._fields) <= fault.keys():
        raise ValueError(f"a fault has start, end, kind and expect; not so {fault}")
    made = Fault(*(fault[name] for name in Fault._fields))
    if [type(part) for part in made] != [int, int, str, str]:
        raise ValueError(f"start and end of a fault are numbers, kind and expect are strings; not so {fault}")
    if not 0 <= made.start <= made.end <= len(raw):
        raise ValueError(f"the fault {fault} is outside of the text, which has {len(raw)} code points")
    return made


def _facts(row: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the values of each labelled fact: none if it is null; an empty string is no label."""
    inner = [value for name in ("expect", "metadata") if isinstance(value := row.get(name), dict)]
    for fact, names in FACTS.items():
        for said in (*inner, row):
            name = find_name(said, names)
            if name is None or said[name] == "":
                continue
            value = said[name]
            values = value if isinstance(value, list) else [] if value is None else [value]
            yield fact, tuple(map(str, values))
            break


def _children(row: Mapping[str, Any]) -> tuple[str, ...] | None:
    if "children" in row:
        return tuple(map(_title, _list(row, "children")))
    inner = row.get("metadata")
    if isinstance(inner, dict) and "child_title" in inner:
        return (_title({"title": inner["child_title"]}),) if inner["child_title"] else ()
    return None


def _title(child: Any) -> str:  # noqa: ANN401 - whatever the row holds
    if not isinstance(child, dict) or not isinstance(child.get("title"), str):
        raise ValueError(f"a second article has a title; not so {child}")  # noqa: TRY004 - of a row, not a call
    return str(child["title"])
