"""Markers: the phrases by which boilerplate is recognized, and what each of them means where it stands.

A row of the tables `related`, `tags`, `share`, `metadata`, `navigation`, `legal`, `comments`, `captions`:

    id        the rule's name, with the table's before it; it stands in every edit it causes
    kind      what it marks; the table's own if not given
    scope     how far it reaches: see `SCOPES`
    phrases   what a line opens with, in any spelling (letters, marks and case are folded)
    pattern   or a regular expression for the folded line; <NAME> in it is a piece of the table `grammar`
    words     or the vocabulary that all words of the line belong to
    anchors   strings one of which stands in every line that the pattern matches, or opens it if `^` is before
              it; the pattern is tried on no other line. Without any, it is tried on every line
    fact      the name of the fact that stands behind the label
    needs     what the line must hold besides: a word of a vocabulary, a `date` or a `number`
    free      no separator is needed between label and text
    next_line the value of a field may stand on the line below
    zone      `tail`: only below the last sentence of the page; `boilerplate`: only right below boilerplate;
              `outside`: between sentences only right below boilerplate
    longest   words of the longest line for pattern or words; 30 if not given
    unless_final  lines that end as sentences do are kept
    why, removes, keeps   the reason, and examples that the test suite proves
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import regex

from cleaner.page import vocabulary
from cleaner.rules import expand, rows_of, table
from cleaner.text.dates import find_dates
from cleaner.text.folding import fold
from cleaner.text.prefilter import Proposals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cleaner.page.lines import Line, Page

TABLES = ("related", "tags", "share", "metadata", "navigation", "legal", "comments", "captions")
OLD_ZONES = {"furniture": "boilerplate"}
"""Names that zones had before, which rules of users may still have."""

SCOPES = {
    "label": "the line, if it says nothing else",
    "line": "the whole line",
    "field": "the line: a label and its value",
    "header": "the line; if it says nothing else, also what is listed below it",
    "teaser": "the line, if a separator stands behind the label",
    "glued": "the label only; the sentence glued to it stays",
    "page": "the line and all that follows it",
}
"""What a marker of each scope removes."""
SEPARATOR = regex.compile(r"\s*(?::|\.\.+|…|»+|>+|\||[-–—ـ]+(?=\s)|\s[-–—]|/|◄|👇|⬇️?)[\s:.»>|…\-–—]*")
_NOISE = regex.compile(r"[\W\d_]+")
_TIME = regex.compile(r"\d|\b(?:منذ|قبل)\b")
LONGEST_LINE = 60
"""Words. A longer line is a paragraph, whatever it opens with, unless it is a tag cloud."""
SHORTEST_SENTENCES = 9
"""Words of the shortest line that holds two sentences."""
USUAL_LONGEST = 30
"""Words of the longest line that a pattern is for, where its row gives no number."""


@dataclass(frozen=True, slots=True)
class Marker:
    """One row of a marker table; phrases are folded and in lower case."""

    id: str
    kind: str
    scope: str
    why: str
    phrases: tuple[str, ...] = ()
    pattern: regex.Pattern[str] | None = None
    anchors: tuple[str, ...] = ()
    fact: str = ""
    needs: str = ""
    free: bool = False
    next_line: bool = False
    unless_final: bool = False
    zone: str = ""
    longest: int = USUAL_LONGEST
    words: str = ""
    removes: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A marker that a line opens with, and the folded text behind it.

    *rest* begins behind the separator. *separated*: a separator stands behind the label; *glued*: a letter
    stands right behind it.
    """

    marker: Marker
    length: int  # code points of the label in `Line.core`
    rest: str
    separated: bool
    glued: bool

    @property
    def is_structural(self) -> bool:
        """Whether the place of the line makes it a marker, not its words."""
        return self.length == 0

    @property
    def is_empty(self) -> bool:
        """Whether the label has no value behind it: no letter and no digit."""
        return not any(character.isalnum() for character in self.rest)

    @property
    def is_alone(self) -> bool:
        """Whether the line says nothing but the label, numbers and signs apart."""
        return not _NOISE.sub("", self.rest)

    @property
    def is_heading(self) -> bool:
        """Whether the line is a label with at most two words more: «آخر الأخبار حول العالم»."""
        bound = not (self.separated or self.glued or self.marker.free)
        return self.is_alone or (bound and len(self.rest.split()) <= 2)


def marker(identifier: str, row: Mapping[str, Any], kind: str) -> Marker:
    """Return a *row* of a table under that *identifier*, of that *kind* if it does not say another."""
    pattern = row.get("pattern")
    phrases = (" ".join(fold(phrase).lower().split()) for phrase in row.get("phrases", ()))
    return Marker(
        id=identifier,
        kind=row.get("kind", kind),
        scope=row["scope"],
        why=row["why"],
        phrases=tuple(dict.fromkeys(phrases)),
        pattern=regex.compile(fold(expand(pattern))) if pattern else None,
        anchors=tuple(fold(anchor).lower() for anchor in row.get("anchors", ())),
        fact=row.get("fact", ""),
        needs=row.get("needs", ""),
        free=row.get("free", False),
        next_line=row.get("next_line", False),
        unless_final=row.get("unless_final", False),
        zone=OLD_ZONES.get(zone := row.get("zone", ""), zone),
        longest=row.get("longest", USUAL_LONGEST),
        words=row.get("words", ""),
        removes=tuple(row.get("removes", ())),
        keeps=tuple(row.get("keeps", ())),
    )


@cache
def markers() -> tuple[Marker, ...]:
    """Return all rows of all tables."""
    return tuple(
        marker(row["id"], row, table(name)["kind"]) for name in TABLES for row in rows_of(name, "marker")
    )


class MarkerIndex:
    """Markers, indexed by the words that lines with them open with.

    `strings` are those that its patterns need to match (`cleaner.text.prefilter.Openings`), `ids` the names
    of the rows.
    """

    def __init__(self, rows: Sequence[Marker]) -> None:
        self.ids = frozenset(row.id for row in rows)
        self._by_first_word: dict[str, list[tuple[str, Marker]]] = {}
        for row in rows:
            for phrase in row.phrases:
                self._by_first_word.setdefault(_first_word(phrase), []).append((phrase, row))
        for phrases in self._by_first_word.values():
            phrases.sort(key=lambda known: -len(known[0]))
        self._others = [row for row in rows if row.pattern or row.words]
        self._proposals = Proposals(row.anchors for row in self._others)

    def find(self, page: Page) -> list[Hit | None]:
        """Return for each line of *page* the marker that it opens with, if one has its way with all of it."""
        cores = [line.core if line.spaces < LONGEST_LINE else "" for line in page.lines]
        return list(map(self._of_line, page.lines, self._proposals.of_each(cores)))

    def _of_line(self, line: Line, likely: Iterable[int]) -> Hit | None:
        """Return the marker of *line*, of whose patterns those are *likely* that have an anchor in it."""
        core = line.core.lstrip("([ ")
        for phrase, row in self._by_first_word.get(_first_word(core), ()):
            if core.startswith(phrase):
                hit = _hit(row, core, len(phrase))
                if _holds(hit, line):
                    return hit
        spaces = line.spaces
        if spaces < LONGEST_LINE:  # no pattern is for longer lines
            final = spaces > 3 and line.folded.endswith(".")
            for number in likely:
                row = self._others[number]
                if spaces >= row.longest or (final and row.unless_final):
                    continue
                if _matches(row, line) and _wanted(row, line):
                    return Hit(row, len(core), "", separated=True, glued=False)
        return None


@cache
def shipped_markers() -> MarkerIndex:
    """Return the index of all shipped markers."""
    return MarkerIndex(markers())


_FIRST_WORD = regex.compile(r"[^\W_]+")


def _first_word(text: str) -> str:
    match = _FIRST_WORD.match(text)
    return match.group() if match else text[:1]


def find_markers(page: Page, own: MarkerIndex | None = None) -> list[Hit | None]:
    """Return the marker that each line of *page* opens with: one of the user's *own*, or a shipped one."""
    shipped = shipped_markers().find(page)
    if not own:
        return shipped
    return [first or second for first, second in zip(own.find(page), shipped, strict=True)]


def _matches(marker: Marker, line: Line) -> bool:
    if marker.pattern:
        return bool(marker.pattern.match(line.core))
    return (
        not line.is_final
        and 2 <= line.words <= marker.longest
        and vocabulary.is_only(line.tokens, marker.words)
    )


def _hit(marker: Marker, core: str, length: int) -> Hit:
    rest = core[length:]
    separator = SEPARATOR.match(rest)
    glued = bool(rest) and (rest[0].isalpha() or rest[0] == "_")
    return Hit(marker, length, rest[separator.end() :] if separator else rest.strip(), bool(separator), glued)


def _wanted(marker: Marker, line: Line) -> bool:
    """Return whether the line has what the marker needs besides its words."""
    if marker.unless_final and line.words > 3 and (line.is_final or line.opens_prose):
        return False
    if marker.needs == "date":
        return bool(_TIME.search(line.folded)) and (
            bool(line.dates) or vocabulary.is_made_of(line.tokens, "dates") or line.words <= 8
        )
    if marker.needs == "number":
        return bool(_TIME.search(line.folded))
    return not marker.needs or vocabulary.names_any(line.tokens, marker.needs)


def _holds(hit: Hit, line: Line) -> bool:
    """Return whether *line* meets the conditions of the marker and of its scope."""
    marker = hit.marker
    if not _wanted(marker, line):
        return False
    if hit.glued and (marker.scope not in ("header", "glued") or " " not in line.core[: hit.length]):
        return False
    return _SCOPE_RULES[marker.scope](hit, line)


def _holds_label(hit: Hit, _line: Line) -> bool:
    return hit.is_alone


def _holds_line(_hit: Hit, line: Line) -> bool:
    return line.words <= LONGEST_LINE


def _holds_header(hit: Hit, line: Line) -> bool:
    if hit.is_alone or (hit.glued and hit.marker.free):
        return True
    if hit.marker.kind == "tags":
        if line.has_inner_stop and line.words >= SHORTEST_SENTENCES:
            return False  # sentences of an article, the first of them about keywords
        return hit.separated or not (line.is_final or line.words > 14 or line.opens_prose)
    if hit.marker.kind == "share":
        buttons = hit.separated and not line.is_prose and vocabulary.names_any(line.tokens, "channels")
        return buttons or vocabulary.is_made_of(line.tokens, "share")
    if hit.separated:
        return line.words <= LONGEST_LINE
    if hit.marker.free:
        return not (line.is_final and line.folded.endswith(".")) and line.words <= 24
    return len(hit.rest.split()) <= 2 and not line.is_final


def _holds_teaser(hit: Hit, line: Line) -> bool:
    return hit.separated and not hit.is_alone and line.words <= 26 and not line.folded.endswith(".")


def _holds_glued(hit: Hit, line: Line) -> bool:
    return hit.is_alone or hit.glued or (hit.separated and line.words <= 26 and not line.folded.endswith("."))


def _holds_field(hit: Hit, line: Line) -> bool:
    if hit.is_empty:
        return hit.separated or hit.marker.next_line
    words = hit.rest.split("|", maxsplit=1)[0].split()
    named = vocabulary.stem(_first_word(hit.rest)) in vocabulary.words("given_names")
    match hit.marker.fact:
        case "author":
            return (
                len(words) <= 9
                and not line.folded.endswith(".")
                and (named or ((hit.separated or line.folded.endswith(":")) and len(words) <= 3))
            )
        case "date_text" | "updated":
            return line.words <= 24 and _is_date(hit)
        case "":
            # A quotation such as «المدير: لن نتراجع عن هذا القرار» has more words than a name.
            longest = (
                LONGEST_LINE if hit.marker.id.endswith("link") else 8 if hit.marker.needs or named else 3
            )
            return (hit.separated or hit.rest[0].isdigit()) and len(words) <= longest
    return (
        hit.separated
        and len(words) <= (6 if hit.marker.fact == "source" else 9)
        and not (line.is_final and len(words) > 5)
    )


def _is_date(hit: Hit) -> bool:
    """Return whether little but a date stands behind a label: «نشر في …», but not «نشر كتابه عام 1998»."""
    text = hit.rest
    dates = list(find_dates(text))
    for date in reversed(dates):
        text = f"{text[: date.start]} {text[date.end :]}"
    stems = [vocabulary.stem(word) for word in _WORDS.findall(text)]
    known = vocabulary.words("dates") | vocabulary.words("dates", "weak")
    others = sum(not stem.isdecimal() and stem not in known for stem in stems)
    return others <= (3 if hit.separated else 2 if dates else 0)


_WORDS = regex.compile(r"[^\W_]+")
_SCOPE_RULES = {
    "label": _holds_label,
    "line": _holds_line,
    "field": _holds_field,
    "header": _holds_header,
    "teaser": _holds_teaser,
    "glued": _holds_glued,
    "page": _holds_line,
}
