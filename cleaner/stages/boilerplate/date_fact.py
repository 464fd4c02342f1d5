"""The date of the article: of all dates that the page prints, the likeliest one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

import regex

from cleaner.page import agencies, printed_sources, vocabulary
from cleaner.page.shapes import tells_of_date
from cleaner.text.dates import certain_date, find_dates, has_clock
from cleaner.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.document import Edit
    from cleaner.page.lines import Line
    from cleaner.stages.boilerplate.layout import Layout
    from cleaner.text.dates import Date

PUBLISHED, ABOVE, IN_TEXT, BELOW, ADDRESS, UPDATED = range(6)
"""Ranks of the places where a date may stand; the lower, the likelier the date is the article's."""
LABELS = {"date_text": PUBLISHED, "updated": UPDATED}
"""Ranks of dates behind a label, by the fact of the label's marker."""
LONGEST_DATELINE, LONGEST_HEAD = 60, 300
"""Code points up to the end of the date: in a dateline, and at the head of a page that lost its line
breaks."""
FARTHEST_ABOVE = 3
"""Lines between a date without a label and the title below it; a date farther above is the masthead's."""
LABEL = regex.compile(
    r"\b(?:تاريخ (?:النشر|الخبر|الاضافه)|(?:تم )?(?:ال)?نشر(?:ت|ه|ها)?(?: (?:في|بتاريخ|يوم))?"
    r"|اخر تحديث(?: في)?|published|updated|posted on)\s*:?\s*(?:\w+\s*[,،]?\s+)?$"
)
"""Pattern for what stands before a date and says that it is the page's own."""
_ADDRESS = regex.compile(r"(?:https?://|www\.)\S*?[/-]((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/\s_-]|$)")
_HANDLE = regex.compile(r"\(@\w+\)\s*$")
_AGO = regex.compile(r"(?:منذ|قبل)\s")


class Printed(NamedTuple):
    """A date that may be the article's: the rank of its place, its line, and the day as YYYY-MM-DD."""

    rank: int
    number: int
    iso: str


def find_date(layout: Layout, end: int, title: int) -> Printed | None:
    """Return the date that is likeliest the article's, or None.

    Only the lines before *end* are read, for behind it the page speaks of other articles. Line *title* is
    left out: it speaks of a date (−1: there is no such line).
    """
    return min((printed for printed in _printed(layout, end) if printed.number != title), default=None)


def of_posts(gone: Iterable[Edit]) -> tuple[str, str] | None:
    """Return the day of the posts that were embedded in the page, and the rule that found them, or None.

    *gone* are the edits that removed them. Posts of several days, some older than the story, give nothing
    certain.
    """
    days: dict[str, str] = {}
    for edit in gone:
        if edit.rule.startswith(("embeds.", "markup.")):
            post = fold(edit.before)
            is_embed = edit.rule.startswith("embeds.")
            days |= {
                date.iso: edit.rule
                for date in find_dates(post)
                if date.iso and (is_embed or _HANDLE.search(post[: date.start]))
            }
    return next(iter(days.items())) if len(days) == 1 else None


def of_addresses(gone: Iterable[Edit]) -> tuple[str, str] | None:
    """Return the day in the article's own address behind its last sentence, and the rule that found it.

    None if there is no such address, or no day in it.
    """
    days = ((_of_address(edit.before), edit.rule) for edit in gone if edit.rule == "inline.source")
    return next((found for found in days if found[0]), None)


def ago(layout: Layout, end: int) -> int:
    """Return the line above the article that says how long ago it was, «منذ 3 ساعات», or −1."""
    for number in range(min(layout.first_body(), end)):
        line = layout.lines[number]
        if _AGO.match(line.core) and line.words <= 4 and vocabulary.is_made_of(line.tokens, "dates"):
            return number
    return -1


def _printed(layout: Layout, end: int) -> Iterator[Printed]:
    """Yield the dates of the lines before *end* that may be the article's."""
    first, last = layout.first_body(), layout.last_body()
    title = next((n for n, line in enumerate(layout.lines) if _says_title(layout, line)), -1)
    for number, line in enumerate(layout.lines[:end]):
        hit = layout.hits[number]
        label = LABELS.get(hit.marker.fact) if hit else None
        if label is None and 0 <= number < title - FARTHEST_ABOVE:
            continue  # the site's own clock, or the number of its issue
        if layout.is_body(number):
            if number in (first, last) and (date := _in_text(line, is_first=number == first)):
                yield Printed(IN_TEXT, number, date.iso)
        elif (
            (number < first or layout.kinds[number] in ("meta", "nav"))
            and line.dates
            and (number == layout.title_line or not (layout.is_kept(number) and tells_of_date(line)))
            and (date := certain_date(line.folded))
        ):
            rank = ABOVE if number < first else BELOW
            yield Printed(rank if label is None else label, number, date.iso)
        if number > last >= 0 and not layout.is_kept(number) and (day := _of_address(line.text)):
            yield Printed(ADDRESS, number, day)


def _says_title(layout: Layout, line: Line) -> bool:
    """Return whether a line says no more than the title; the first that does so need not be the title's."""
    return layout.title_line >= 0 and line.core == layout.lines[layout.title_line].core


def _in_text(line: Line, *, is_first: bool) -> Date | None:
    """Return the date in a sentence of the article that is the page's own, or None.

    It is that of a dateline; or, on a page without line breaks, one with a label or a time of day.
    """
    if not line.figures:
        return None
    folded = line.folded
    date = certain_date(folded[: LONGEST_HEAD + LONGEST_DATELINE]) if is_first else None
    if date and date.end <= LONGEST_HEAD:
        before = folded[: date.start]
        if has_clock(folded, date) or LABEL.search(before):
            return date
        place = before.rstrip(" -–—:/").removesuffix(" في")
        dateline = folded[: date.end + 24]
        if date.end <= LONGEST_DATELINE and printed_sources.is_place(place) and agencies.named(dateline):
            return date
    tail = folded[-LONGEST_HEAD:]
    labelled = certain_date(tail)
    return labelled if labelled and LABEL.search(tail[: labelled.start]) else None


def _of_address(text: str) -> str:
    """Return the day in an address in *text* as YYYY-MM-DD, or ""."""
    match = _ADDRESS.search(text)
    try:
        return dt.date(*map(int, match.groups())).isoformat() if match else ""
    except ValueError:
        return ""
