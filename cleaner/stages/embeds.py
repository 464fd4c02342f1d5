"""Remove embedded posts: their text, link, handle and date, also where they are glued to a sentence.

A post is recognized by its link (t.co, pic.twitter.com, also cut short) or by its signature («— name
(@handle) date»). It begins behind the sentence before it, or at the beginning of its line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, ClassVar

import regex

from cleaner.document import Edit
from cleaner.page.lines import tokens_of
from cleaner.page.vocabulary import opens_prose
from cleaner.rules import rows_of, table
from cleaner.text.dates import find_dates
from cleaner.text.folding import fold, offsets
from cleaner.text.prefilter import Proposals
from cleaner.text.screens import Screen, Strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Document, Finding

LINK = regex.compile(
    r"(?:https?:/{0,2}\s?t\s?\.\s?(?:c(?:o(?:/[A-Za-z0-9]*)?)?)?(?![A-Za-z0-9.])|https?:/{0,2}(?:t\.co/|tco/?)[A-Za-z0-9]*"
    r"|pic\s?\.\s?(?:twitter|x)(?:\.(?:com)?)?/?[A-Za-z0-9]*|twitter\.com/\w+/status/\d+"
    r"|\bpic(?:\s?\.)?(?=[ \t]*$|(?<=\.)[\u0621-\u064a])|\bhttps?(?:\s?:/{0,2})?(?=[ \t]*$)"
    r"|^[ \t]*(?:https?://)?t\.me/[A-Za-z0-9_/]+[ \t]*$|\b\d[\d.]*K? views \d\d:\d\d\b)…?",
    regex.MULTILINE,
)
SIGNATURE = regex.compile(
    r"(?:&mdash;|[—–―]|(?<=\s)-{1,2}|^-{1,2})\s*(?P<name>[^\n()]{1,60}?)\s*\(\s*@?(?P<handle>[A-Za-z0-9_.]{2,40})\s*\)\s*"
)
LINK_ANCHORS, SIGNATURE_ANCHOR = ("http", "pic", "twitter.com/", "t.me/", " views "), "("
"""Strings one of which stands in every link, and in every signature."""
_SENTENCE_END = regex.compile(r"[.!؟?…»”\"](?:\s+|(?=#))|(?<=\w\w)[.!؟](?=[\u0621-\u064a])")
SHORT_BREATH, LONG_SENTENCE = 160, 12
"""Code points, and words, from which on the text before the last sentence of a line is the article's, not
the post's."""
LONGEST_POST = 300
"""Code points. A post has at most 280; links and ellipses of cut-off posts come on top."""


@dataclass(frozen=True, slots=True)
class Embeds:
    """Find what embedded posts and players left behind."""

    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = Strings(*table("embeds")["suspect"]["words"])

    def __call__(self, document: Document) -> Iterator[Finding]:
        """Yield edits for players and notices (table `embeds`), then for posts."""
        text = document.text
        proposals, rows = _rows()
        for number in proposals.of(text):
            rule, pattern = rows[number]
            for match in pattern.finditer(text):
                yield Edit(match.start(), match.group(), "", rule)
        last = 0
        for first, end, rule in _posts(text):
            start = max(first, last)
            if start < end:
                yield Edit(start, text[start:end], _gap(text, start, end), rule)
                last = end


@cache
def _rows() -> tuple[Proposals, list[tuple[str, regex.Pattern[str]]]]:
    rows = rows_of("embeds", "embed")
    return Proposals(row["anchors"] for row in rows), [
        (row["id"], regex.compile(row["pattern"])) for row in rows
    ]


def _gap(text: str, start: int, end: int) -> str:
    """Return the space that is needed where a removed post was glued between two words, or ""."""
    before = start > 0 and not text[start - 1].isspace()
    behind = end < len(text) and not text[end].isspace()
    return " " if before and behind else ""


def _posts(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and rule of each post, in order; a signature belongs to the links right before it."""
    anchors: list[tuple[int, int, str]] = []
    if any(sign in text for sign in LINK_ANCHORS):
        anchors += [(match.start(), match.end(), "embeds.post-link") for match in LINK.finditer(text)]
    for match in SIGNATURE.finditer(text) if SIGNATURE_ANCHOR in text else ():
        end = _date_end(text, match.end())
        if end > match.end() or "@" in match.group():
            anchors.append((match.start(), end, "embeds.signature"))
    anchors.sort()
    at = 0
    floor = 0
    while at < len(anchors):
        start, end, rule = anchors[at]
        at += 1
        while at < len(anchors) and not _parts(text[end : anchors[at][0]]):
            end, rule = max(end, anchors[at][1]), anchors[at][2]
            at += 1
        start = _post_start(text, start, floor)
        yield start, end, rule
        floor = end


def _parts(between: str) -> bool:
    """Return whether the text *between* two links or signatures shows that they belong to different posts."""
    return len(between) > 40 or "\n\n" in between.strip(" ") or len(between.split()) > 4


def _date_end(text: str, start: int) -> int:
    """Return where the date behind a signature ends; *start* if there is none."""
    piece = text[start : start + 60]
    folded = fold(piece)
    for date in find_dates(folded):
        if date.start <= 22:
            return start + offsets(piece)[date.end]
    return start


def _post_start(text: str, anchor: int, floor: int) -> int:
    """Return where the post begins whose link or signature stands at *anchor*; never before *floor*."""
    line_start = max(text.rfind("\n", 0, anchor) + 1, floor)
    if line_start == 0 and "\n" not in text[:anchor] and not _SENTENCE_END.search(text, 0, anchor):
        return anchor  # the first sentence of a page is the article's, even where a link stands in it
    head = text[line_start:anchor]
    if head.strip() and all(word.startswith("#") for word in head.split()):
        return _lines_above(text, line_start, floor)
    if not head.strip():
        return _lines_above(text, line_start, floor)
    ends = [match.end() for match in _SENTENCE_END.finditer(head) if head[match.end() :].strip()]
    last = ends[-1] if ends else 0
    opening = tokens_of(head[last:])
    if opens_prose(opening[:12]) and (line_start + last == floor or len(opening) > LONG_SENTENCE):
        return anchor  # a sentence of the article runs into the link: nobody can tell where the post began
    if len(head) <= LONGEST_POST and not (ends and _ends_paragraph(head, last)):
        return line_start
    return line_start + (last if ends or len(head) <= LONGEST_POST else len(head))


def _ends_paragraph(head: str, end: int) -> bool:
    """Return whether the text before *end* is a paragraph of the article, not the post's own first sentence.

    Posts have short sentences: a long one, or one with an opening verb of articles, is the article's.
    """
    before = tokens_of(head[:end])
    return (
        end > SHORT_BREATH
        or "#" in head[end : end + 2]
        or opens_prose(before)
        or len(before) >= LONG_SENTENCE
    )


def _lines_above(text: str, line_start: int, floor: int) -> int:
    """Return where a post of several lines begins.

    It goes up at most four lines, and stops at a sentence of the article and at the title of the page.
    """
    start = line_start
    skipped = False
    for _ in range(4):
        if start <= floor:
            break
        above = text.rfind("\n", 0, start - 1) + 1
        line = text[max(above, floor) : start - 1].strip()
        if not line:
            # A blank line may stand between a post that ends with hashtags and its signature.
            if skipped or "#" not in text[text.rfind("\n", 0, max(0, above - 1)) + 1 : max(0, above - 1)]:
                break
            skipped = True
            start = max(above, floor)
            continue
        if len(line) > LONGEST_POST or (
            line[-1] in '.!؟?»"”:' and "#" not in line and "@" not in line and len(line) > 3
        ):
            break
        if above == 0 and floor == 0:
            break  # the first line of a page is its title
        start = max(above, floor)
    return start
