"""Remove markup that is left in a text: tags, comments, scripts, shortcodes, entities.

Text between tags stays. Block elements leave a line break, so that lines are as a reader saw them.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache
import html
from typing import TYPE_CHECKING, ClassVar
from unicodedata import category

import regex

from cleaner.document import Edit, Fact
from cleaner.rules import rows_of, table
from cleaner.text.folding import lower
from cleaner.text.prefilter import Proposals
from cleaner.text.screens import Screen, Strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Document, Finding

_SUSPECTS = ("<", "&", "[", ">", ";", "{", "}", "hideMe", "false false", "wp:", "\\u003")
"""Every text with markup holds one of these strings."""
_ATTRIBUTE = (
    r"=\s*\"[^\"<\n]{0,600}\"(?=[\s/>])|=\s*'[^'<\n]{0,600}'(?=[\s/>])"  # a > in quotes does not end the tag
)
_TAG = regex.compile(rf"<(?P<close>\\?/|)(?P<name>[a-zA-Z][\w:-]{{0,30}})(?P<rest>(?:{_ATTRIBUTE}|[^<>])*+)>")
_SHORTCODE = regex.compile(
    r"\[(?P<close>/?)(?P<name>[a-zA-Z][\w:-]{0,40})(?P<rest>(?:[=\s][^\[\]\n]{0,400}+)?)/?\]"
)
_ENTITY = regex.compile(
    r"&(?:amp;)*(?:[a-zA-Z]{2,8}|#\d{2,6}|#[xX][\da-fA-F]{2,5});"
    r"|&(?:nbsp|quot|laquo|raquo|ldquo|rdquo|hellip|ndash|mdash|rlm|lrm|zwnj|zwj)(?![\w;=])"
    r"|&(?:nbsp|laquo|raquo|ldquo|rdquo|hellip|ndash|mdash|rlm|lrm)(?=[\u0600-\u06ff])"
)
_ESCAPE = regex.compile(r"&(?:amp;)*(?:lt|gt|quot|\#0*(?:60|62|34)|\#[xX]0*(?:3[cC]|3[eE]|22));|\\u003[cCeE]")
_SPACES = str.maketrans(
    {"\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " "}
)  # NO-BREAK, EN, EM, THIN SPACE
_FACTS = {
    "dc:creator": "author",
    "pubdate": "date_text",
    "category": "category",
    "title": "title",
    "link": "url",
}

PAIRED = frozenset("bius")
"""Names of shortcodes that are also ordinary names in brackets; they count only if one is closed."""
NETWORKS = ("twitter", "instagram", "tiktok", "facebook")
"""A `blockquote` whose attributes name one of these sites is an embedded post."""
LONGEST_FACT = 300
ELEMENT, TAG = "markup.element", "markup.tag"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of markup: its code points and rule id."""

    start: int
    end: int
    rule: str
    breaks: bool = False  # whether a line ends here


@dataclass(frozen=True, slots=True)
class Markup:
    """Find tags, scripts, comments, shortcodes, debris of them, and entities."""

    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = Strings(*_SUSPECTS)

    def __call__(self, document: Document) -> Iterator[Finding]:
        """Yield the facts that elements tell, then edits for markup, then edits for other entities."""
        text = document.text
        view = _View(text)
        pieces: list[_Piece] = []
        for finding in _scan(view.text):
            if isinstance(finding, Fact):
                yield replace(finding, start=view.place(finding.start), end=view.place(finding.end))
            else:
                pieces.append(view.unescaped(finding))
        cuts = list(_merged(text, pieces))
        yield from cuts
        yield from _entities(text, cuts)


class _View:
    """A view of a text in which escaped markup signs are decoded, also those that were escaped several times.

    Markup is searched for in the view; edits are made in the raw text.
    """

    def __init__(self, raw: str) -> None:
        self.raw = self.text = raw
        self._starts: list[int] = []  # for each decoded sign: the place behind it in the view
        self._ends: list[int] = []  # and the place behind its escape in the raw text
        if "&" not in raw and "\\u003" not in raw:
            return
        parts: list[str] = []
        position = size = 0
        for match in _ESCAPE.finditer(raw):
            sign = _sign(match.group())
            parts += (raw[position : match.start()], sign)
            size += match.start() - position + 1
            position = match.end()
            self._starts.append(size)
            self._ends.append(position)
        self.text = "".join([*parts, raw[position:]])

    def place(self, at: int) -> int:
        """Return where the code point *at* of the view stands in the raw text."""
        behind = bisect_right(self._starts, at)
        return at if not behind else self._ends[behind - 1] + at - self._starts[behind - 1]

    def unescaped(self, piece: _Piece) -> _Piece:
        """Return *piece*, found in the view, with its place in the raw text."""
        start, end = self.place(piece.start), self.place(piece.end)
        if not self._starts:
            return piece
        rule = piece.rule
        if rule == TAG and self.raw[start] != "<":
            rule = "markup.escaped-tag"
        return _Piece(start, end, rule, piece.breaks)


def _sign(escape: str) -> str:
    """Return the character that *escape* stands for."""
    if escape.startswith("\\"):
        return "<" if escape[-1] in "cC" else ">"
    while (decoded := html.unescape(escape)) != escape:
        escape = decoded
    return escape


@cache
def _names(group: str) -> frozenset[str]:
    """Return the tag names of a *group* of table `markup`."""
    return frozenset(table("markup")["tags"][group])


@cache
def _debris() -> tuple[Proposals, list[tuple[str, regex.Pattern[str]]]]:
    rows = rows_of("markup", "debris")
    return Proposals(row["anchors"] for row in rows), [
        (row["id"], regex.compile(row["pattern"])) for row in rows
    ]


def _scan(text: str) -> Iterator[_Piece | Fact]:
    """Yield the pieces of markup and the facts in *text*, in no order; pieces may overlap."""
    yield from _comments(text)
    yield from _elements(text)
    if "[" in text:
        yield from _shortcodes(text)
    proposals, rows = _debris()
    for number in proposals.of(text):
        rule, pattern = rows[number]
        for match in pattern.finditer(text):
            if match.end() > match.start():
                yield _Piece(match.start(), match.end(), rule)


@cache
def _known() -> frozenset[str]:
    """Return the names of all tags that are removed."""
    return _names("block") | _names("inline") | _names("dropped") | {"title"}


def _elements(text: str) -> Iterator[_Piece | Fact]:
    """Yield a piece for each tag, or for an element that goes with its content, and facts from the content.

    A closing tag that is missing once is not searched for again, so that long texts take linear time.
    """
    lowered = lower(text) if "<" in text else ""
    past = 0  # everything before this place is decided
    unclosed: set[str] = set()
    items = 0
    tags = [match for match in _TAG.finditer(text) if match["name"].lower() in _known()]
    if all(_is_mentioned(text, tag) for tag in tags):
        return
    for match in tags:
        name = match["name"].lower()
        if match.start() < past:
            continue
        past, rule = match.end(), TAG
        items += name == "item" and not match["close"]
        if _goes_whole(name, match, items) and name not in unclosed:
            closing = lowered.find(f"</{name}", past)
            behind = text.find(">", closing) if closing >= 0 else -1
            if behind < 0:
                unclosed.add(name)
            else:
                inner = html.unescape(text[past:closing]).strip()
                if name in _FACTS and 0 < len(inner) <= LONGEST_FACT and "<" not in inner:
                    yield Fact(_FACTS[name], inner, ELEMENT, past, closing)
                past = behind + 1
                rule = "markup.embed" if name in ("blockquote", "iframe") else ELEMENT
        yield _Piece(match.start(), past, rule, name in _names("block"))


def _is_mentioned(text: str, tag: regex.Match[str]) -> bool:
    """Return whether *tag* is a word of its line: articles about web pages name tags, and close none."""
    start, end = tag.span()
    name = tag["name"].lower()
    bare = not (tag["close"] or tag["rest"] or name in ("br", "hr", "p") or name in _names("dropped"))
    return bare and text[start - 1 : start] == " " and text[end : end + 1] == " "


def _goes_whole(name: str, match: regex.Match[str], items: int) -> bool:
    """Return whether an opening tag is removed with its content.

    *items* counts the feed items so far; the second one is the teaser of another article.
    """
    if match["close"] or match["rest"].endswith("/"):
        return False
    if name in _names("dropped") or name == "title" or (name == "item" and items > 1):
        return True
    return name == "blockquote" and any(site in match["rest"] for site in NETWORKS)


def _comments(text: str) -> Iterator[_Piece]:
    """Yield a piece for each HTML comment that is closed."""
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        if end < 0:
            return
        yield _Piece(start, end + 3, "markup.comment")
        start = text.find("<!--", end)


def _shortcodes(text: str) -> Iterator[_Piece]:
    """Yield a piece for each shortcode, with its content if table `markup` says so."""
    known = frozenset(table("markup")["shortcodes"]["names"])
    dropped = frozenset(table("markup")["shortcodes"]["dropped"])
    unclosed: set[str] = set()
    lowered = lower(text)
    for match in _SHORTCODE.finditer(text):
        name = match["name"].lower()
        if not (name in known or _is_a_code(match)) or (name in PAIRED and f"[/{name}]" not in lowered):
            continue
        end = match.end()
        if name in dropped and not match["close"] and name not in unclosed:
            closing = lowered.find(f"[/{name}]", end)
            if closing < 0:
                unclosed.add(name)
            else:
                end = closing + len(name) + 3
        yield _Piece(match.start(), end, "markup.shortcode")


def _is_a_code(match: regex.Match[str]) -> bool:
    """Return whether a name in square brackets is a shortcode: a plugin's name, or attributes with quotes."""
    name, rest = match["name"], match["rest"]
    return ("=" in rest and ('"' in rest or "'" in rest)) or (name.islower() and any(c in name for c in "_:"))


def _merged(text: str, pieces: list[_Piece]) -> Iterator[Edit]:
    """Yield one edit for pieces that overlap or have only white space between them, in order.

    It leaves a line break where a block began or ended, or a space where the gap had one.
    """
    pieces.sort(key=lambda piece: (piece.start, -piece.end, piece.rule))
    begin, finish = len(text) - len(text.lstrip()), len(text.rstrip())
    at = 0
    while at < len(pieces):
        first = pieces[at]
        end, breaks = first.end, first.breaks
        at += 1
        while at < len(pieces) and (pieces[at].start < end or not text[end : pieces[at].start].strip()):
            end = max(end, pieces[at].end)
            breaks |= pieces[at].breaks
            at += 1
        gap = text[first.start : end]
        inside = not _at_line_edge(text, first.start, end)
        after = ""
        if inside:
            space = _outside(gap)
            after = "\n" if breaks or "\n" in space else " " if any(map(str.isspace, space)) else ""
        elif "\n" in gap and begin < first.start and end < finish:
            after = "\n"
        yield Edit(first.start, gap, after, first.rule)


def _outside(gap: str) -> str:
    """Return what stands in *gap* outside of tags and shortcodes."""
    return str(_TAG.sub("", _SHORTCODE.sub("", gap)))


def _at_line_edge(text: str, start: int, end: int) -> bool:
    """Return whether only spaces stand between a gap and the beginning or the end of its line."""
    before, behind = start - 1, end
    while before >= 0 and text[before] != "\n" and text[before].isspace():
        before -= 1
    while behind < len(text) and text[behind] != "\n" and text[behind].isspace():
        behind += 1
    return before < 0 or text[before] == "\n" or behind == len(text) or text[behind] == "\n"


def _entities(text: str, cuts: list[Edit]) -> Iterator[Edit]:
    """Yield an edit for each entity outside of *cuts*, the edits that remove markup, in order."""
    if "&" not in text:
        return
    at = 0
    for match in _ENTITY.finditer(text):
        while at < len(cuts) and cuts[at].end <= match.start():
            at += 1
        if at < len(cuts) and cuts[at].start < match.end():
            continue
        decoded = match.group()
        while (again := html.unescape(decoded)) != decoded:
            decoded = again
        if decoded[0] == "&" != decoded or category(decoded[0]) in ("Cc", "Cs", "Co", "Cn"):
            continue  # an unknown entity, or one for a control or undefined character
        yield Edit(match.start(), match.group(), decoded.translate(_SPACES), "markup.entity")
