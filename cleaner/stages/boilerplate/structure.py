"""Lines that open with no marker: known by the words they are made of, or by their place on the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from cleaner.stages.boilerplate import agencies, vocabulary, wording
from cleaner.stages.boilerplate.shapes import (
    has_link,
    has_time,
    is_address,
    is_byline,
    is_dated,
    is_dated_credit,
    is_keyword_list,
    is_only_date,
    is_ticker,
    words_beside_dates,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.stages.boilerplate.layout import Layout
    from cleaner.stages.boilerplate.page import Line

CONTROLS = frozenset(["a", "t", "f", "x", "w", "in", "ع", "ت", "ا"])
"""Letters that page controls show: text size, initials of networks."""
LONGEST_TITLE = 32
"""Words; the longest of 7,000 real titles has 31."""
SOUNDING = 1.5
"""What its wording says for furniture from which on a line sounds like a page that speaks of itself."""
CLEARLY = 2.0
"""The same, from which on hardly a line below an article is the article's."""
SHORT = 4
"""Words. Menus, tags and names have no more; few sub-headings have less than two."""


def find_title(layout: Layout) -> None:
    """Find the title: the line that equals the given one, else a headline above the article.

    A headline has four words or more; where there is none, the last of two or three above the article is it.
    """
    headlines: list[int] = []
    dated: list[int] = []
    short = -1
    for number, line in enumerate(layout.lines):
        if layout.title and line.core.strip(" .") == layout.title:
            layout.title_line = number
            return
        if _repeats_below(layout, number):
            continue
        if layout.prose[number] and not layout.hits[number]:
            break
        words = 0 if layout.hits[number] else _headline_words(line)
        if not layout.hits[number] and is_dated(line):
            dated.append(number)
        if words >= 4:
            headlines.append(number)
        elif words >= 2:
            short = number
    if headlines:
        layout.title_line = _title_among(layout, headlines)
    else:
        layout.title_line = next((number for number in dated if _is_dated_title(layout, number)), short)


TICKER_LIKENESS, TITLE_LIKENESS = 0.2, 0.4
"""Shares of a headline's longer words that stand in the article's first sentences: other news, which a ticker
shows above the title, have less than the first; nine titles in ten have more than the second."""
OPENING = 3
"""Sentences of an article in which the words of its title are looked for."""


def _is_dated_title(layout: Layout, number: int) -> bool:
    """Whether a line with a date says what the article says: «gold prices on Thursday, 9 May»."""
    words = [word for word in words_beside_dates(layout.lines[number]) if len(word) >= 4]
    known = vocabulary.words("dates") | vocabulary.words("dates", "weak")
    subject = [word for word in words if vocabulary.stem(word) not in known]
    return likeness_to(subject, _opening(layout, number + 1)) >= TITLE_LIKENESS


def _title_among(layout: Layout, headlines: list[int]) -> int:
    """Return the first of *headlines*; if that is other news, and stands as a ticker does, the likest."""
    first = headlines[0]
    sounds_so = wording.score(layout.lines[first].tokens) > SOUNDING
    if len(headlines) == 1 or not (first or sounds_so):
        return first
    opening = _opening(layout, headlines[-1])
    likeness = {n: likeness_to(layout.lines[n].tokens, opening) for n in headlines}
    best = max(headlines, key=lambda n: likeness[n])
    return best if likeness[first] <= TICKER_LIKENESS and likeness[best] >= TITLE_LIKENESS else first


def _opening(layout: Layout, number: int) -> list[str]:
    """Return the words of the first sentences from line *number* on."""
    prose = [n for n in range(number, len(layout.lines)) if layout.prose[n] and not layout.hits[n]]
    return [token for n in prose[:OPENING] for token in layout.lines[n].tokens]


def likeness_to(tokens: Sequence[str], text: Sequence[str]) -> float:
    """Return the share of the longer words of *tokens* that stand in *text*, by their first letters.

    It is 0 where *tokens* have less than two.
    """
    wanted = {vocabulary.stem(word)[:5] for word in tokens if len(word) >= 4}
    if len(wanted) < 2:
        return 0.0
    return len(wanted & {vocabulary.stem(word)[:5] for word in text}) / len(wanted)


def _repeats_below(layout: Layout, number: int) -> bool:
    """Whether a line is a headline that stands on one of the next lines, with a path or a date around it."""
    line = layout.lines[number]
    return any(
        other.core.strip(" .") in line.core and 4 <= other.words < line.words <= other.words + MORE
        for other in layout.lines[number + 1 : number + 4]
    )


def _headline_words(line: Line) -> int:
    """Return how many words a line has that may be a title, or 0 if it is none."""
    if line.words > LONGEST_TITLE or is_dated(line) or is_byline(line) or is_address(line):
        return 0
    if line.folded.endswith(":") and vocabulary.opens_prose(line.tokens):
        return 0
    if vocabulary.is_made_of(line.tokens, "sections") or vocabulary.is_made_of(line.tokens, "share"):
        return 0
    return sum(not token.isdecimal() for token in line.tokens)


def find_lists(layout: Layout) -> None:
    """Keep the lines of lists that stand right below a sentence of the article.

    Results, ingredients, steps, a timetable: many lines of some words, none of them known as furniture.
    """
    for number in range(layout.first_body() + 1, len(layout.lines)):
        if not layout.is_body(number - 1):
            continue
        end = number
        while end < len(layout.lines) and not (layout.prose[end] or layout.hits[end] or layout.rules[end]):
            end += 1
        run = layout.lines[number:end]
        if len(run) < SHORTEST_LIST or sum(line.words for line in run) < LIST_WORDS * len(run):
            continue
        if not any(map(_may_be_heading, run)):
            layout.listed.update(range(number, end))


def _may_be_heading(line: Line) -> bool:
    """Whether a list of other articles may begin with a line: few words, no figures, and worded so."""
    plain = not line.folded.endswith(":") and not any(map(str.isdecimal, line.folded))
    return plain and line.words <= LONGEST_HEADING and wording.score(line.tokens) > HEADING


SHORTEST_LIST, LIST_WORDS = 4, 3
"""Lines; and words that they have in the mean, for keywords have less."""
LONGEST_HEADING, HEADING = 5, 0.3
"""Words of such a line, and what its wording says for furniture."""


def find_vocabulary(layout: Layout) -> None:
    """Remove lines of which nothing is left without the words of one kind of furniture."""
    first, last = layout.first_body(), layout.last_body()
    for number, line in layout.undecided():
        if layout.prose[number] or line.words > 24 or layout.is_announced(number):
            continue
        outside = not first < number < last
        beside = layout.is_beside_furniture(number, marked=True)
        rule, kind = _made_of(line, outside=outside, above=number < first, beside=beside)
        if rule:
            layout.remove(number, rule, kind)


def _made_of(line: Line, *, outside: bool, above: bool, beside: bool) -> tuple[str, str]:
    """Return rule and kind for a line of furniture's words; *outside*: not between sentences."""
    if not line.tokens:
        # A full stop on a line of its own has lost its sentence; it is given back by the paragraphs stage.
        return ("", "") if set(line.folded) <= set(". ") else ("structure.symbols", "nav")
    if line.words <= 8 and all(token in CONTROLS for token in line.tokens):
        return "structure.controls", "share"
    # The name of a network alone may be a sub-heading of an article about it.
    if vocabulary.is_made_of(line.tokens, "share") and (outside or beside or line.words >= 3):
        return "vocabulary.share", "share"
    if outside or beside:
        # Dates between paragraphs are those of a chronicle.
        if has_time(line) and is_only_date(line) and (above or not line.folded.endswith(":")):
            return "vocabulary.dates", "meta"
        if any(token.isdecimal() for token in line.tokens) and is_only_date(line) and beside:
            return "vocabulary.dates", "meta"
        if vocabulary.is_made_of(line.tokens, "comments") and line.words >= 2:
            return "vocabulary.comments", "comments"
        if vocabulary.is_made_of(line.tokens, "sections") and not line.is_final:
            return "vocabulary.sections", "nav"
        if vocabulary.is_made_of(line.tokens, "dates") and line.words <= 6:
            return "vocabulary.dates", "meta"
    return "", ""


def find_wording(layout: Layout) -> None:
    """Remove lines below the article that sound like a page that speaks of itself or to its readers."""
    last = layout.last_body()
    for number, line in layout.undecided():
        if number <= last or last < 0 or line.words < 2 or line.is_listed or layout.prose[number]:
            continue
        if line.folded.endswith(("؟", ":")) or layout.is_announced(number):
            continue
        if line.is_final and layout.is_kept(number - 1) and not layout.lines[number - 1].is_final:
            continue  # the end of a sentence that the line above begins
        if wording.score(line.tokens) > CLEARLY:
            layout.remove(number, "wording.page", "nav")


def find_polls(layout: Layout) -> None:
    """Remove a question with its answers and a button to vote below it."""
    for number, line in layout.undecided():
        if not line.folded.endswith(("؟", "?")) or line.words > 16:
            continue
        below = range(number + 1, min(number + 7, len(layout.lines)))
        button = next((n for n in below if layout.kinds[n] == "nav" and layout.lines[n].words <= 2), -1)
        if button > 0 and all(layout.lines[n].words <= 5 for n in range(number + 1, button)):
            for member in range(number, button):
                layout.remove(member, "structure.poll", "nav")


def find_credits(layout: Layout) -> None:
    """Remove names, places, agencies, dates and addresses above the article or below it."""
    first, last = layout.first_body(), layout.last_body()
    if last < 0:
        return  # no article: what looks like a name may be a verse
    for number, line in layout.undecided():
        if first <= number <= last or line.words > 14 or line.folded.endswith("."):
            continue
        if layout.is_announced(number):
            continue
        rule, kind = _credit(line)
        if number < layout.title_line and not rule:
            other = is_ticker(line) or _is_other_news(layout, line)
            rule, kind = ("structure.ticker", "nav") if other else ("", "")
        if rule:
            layout.remove(number, rule, kind)


def _is_other_news(layout: Layout, line: Line) -> bool:
    """Whether a headline above the title is of another matter than title and article."""
    if line.words < 5:
        return False
    text = layout.lines[layout.title_line].tokens + _opening(layout, layout.title_line)
    return likeness_to(line.tokens, text) <= TICKER_LIKENESS


def _credit(line: Line) -> tuple[str, str]:
    if is_dated_credit(line):
        return "structure.dated-line", "meta"
    if is_address(line):
        return "structure.address", "meta"
    if has_link(line):
        return "structure.link", "meta"
    if agencies.is_credit(line.folded):
        return "structure.agency", "meta"
    if is_byline(line):
        return "structure.byline", "meta"
    return "", ""


def find_repeated(layout: Layout) -> None:
    """Remove a line that says again what the line above it, or the title, said."""
    first = layout.first_body()
    if first == len(layout.lines):
        return
    seen: dict[str, int] = {}
    for number, line in enumerate(layout.lines):
        if not layout.is_kept(number):
            continue
        key = line.core.strip(" .")
        again = seen.get(key, -2)
        if _is_title_with_more(layout, number):
            layout.remove(number, "structure.repeated", "meta")
        elif (
            key
            and not line.is_prose
            and ((number - again == 1 and number < first) or again == layout.title_line >= 0)
        ):
            layout.remove(number, "structure.repeated", "caption")
        else:
            seen.setdefault(key, number)


def _is_title_with_more(layout: Layout, number: int) -> bool:
    """Whether a line is the title with a path, a date or a site's name around it, or thanks that name it."""
    if layout.title_line in (-1, number):
        return False
    line, title = layout.lines[number], layout.lines[layout.title_line]
    core = title.core.strip(" .")
    if title.words < 4 or core not in line.core or len(line.core) == len(core):
        return False
    if number < layout.title_line:
        return line.words <= title.words + MORE
    return number >= layout.last_body() > layout.first_body() and line.words <= title.words + LONG_THANKS


MORE, LONG_THANKS = 12, 30
"""Words around a title in the path above it, and in what an aggregator says of it below the article."""


def clear_head(layout: Layout) -> None:
    """Remove menus above the article, short lines above the title, names and places beside a credit."""
    first, title = layout.first_body(), layout.title_line
    if first == len(layout.lines):
        return  # no sentence anywhere: verses, or a page without an article
    head = [(number, line) for number, line in layout.undecided() if number < first and not line.is_final]
    short = [number for number, line in head if line.words <= SHORT]
    for number in short:
        if layout.lines[number].is_listed:
            continue
        beside = [layout.kinds[n] for n in (number - 1, number + 1) if 0 <= n < len(layout.lines)]
        run = sum(abs(other - number) <= 2 for other in _near(short, number))
        if 0 <= title < number and "meta" in beside:
            layout.remove(number, "structure.byline", "meta")
        elif (
            _is_menu(layout, short, number)
            or (number < title and (layout.lines[number].words <= 3 or run >= 3))
            or (run >= 3 and layout.is_beside_furniture(number, marked=True))
        ):
            layout.remove(number, "structure.menu", "nav")


def _near(numbers: list[int], number: int) -> list[int]:
    """Return those of the sorted *numbers* that are at most four lines from *number*."""
    return numbers[bisect_left(numbers, number - 4) : bisect_right(numbers, number + 4)]


def _is_menu(layout: Layout, short: list[int], number: int) -> bool:
    """Whether *number* stands among many lines of a word or two; verses have three or more."""
    near = [layout.lines[other].words for other in _near(short, number)]
    marked = any(layout.hits[n] for n in range(max(0, number - 6), min(len(layout.lines), number + 7)))
    return marked and len(near) >= 6 and sum(near) / len(near) <= 2.2


def clear_tail(layout: Layout) -> None:
    """Remove short lines, keyword lists and headlines behind furniture that is known by its words."""
    last = layout.last_body()
    if last < 0:
        return
    headlines: list[int] = []
    behind = False  # whether nothing but furniture stands between here and a line known by its words
    for number in range(last + 1, len(layout.lines)):
        line, rule = layout.lines[number], layout.rules[number]
        if rule:
            behind |= not rule.startswith("structure.")
            continue
        if number == layout.title_line or layout.is_announced(number):
            behind = False
        elif is_keyword_list(line) and (behind or layout.is_beside_furniture(number)):
            layout.remove(number, "structure.keywords", "tags")
        elif behind and line.words <= SHORT and not line.folded.endswith((".", "؟", "!", "»", ":")):
            layout.remove(number, "structure.tail", "nav")
        elif behind and line.is_headline_like and not line.folded.endswith(":"):
            headlines.append(number)
        else:
            behind = False
    if len(headlines) >= 2:
        for number in headlines:
            layout.remove(number, "structure.headlines", "related")


LONG_MENU, KNOWN_IN_MENU = 12, 4
"""Lines above or below an article from which on they are those of a whole page, menus and all; and how many
of them must be known by their words. Verses and tables have no such lines."""


def clear_menus(layout: Layout) -> None:
    """Remove all that is short around the article of a page that was dumped whole."""
    first, last = layout.first_body(), layout.last_body()
    for zone in (range(first), range(last + 1, len(layout.lines)) if last >= 0 else ()):
        short = [
            n for n in zone if layout.lines[n].words <= SHORT + 2 and not layout.lines[n].folded.endswith(".")
        ]
        known = [n for n in zone if layout.rules[n] and not layout.rules[n].startswith("structure.")]
        if len(short) < LONG_MENU or len(known) < KNOWN_IN_MENU:
            continue
        for number in short:
            if number != layout.title_line and not layout.is_announced(number) and layout.is_kept(number):
                layout.remove(number, "structure.menu", "nav")


def find_site_name(layout: Layout) -> None:
    """Remove a line between paragraphs that says what masthead or footer say: the site's name."""
    said = [
        layout.lines[number].folded
        for number, kind in enumerate(layout.kinds)
        if kind in ("share", "nav", "legal") and layout.hits[number]
    ]
    if not said:
        return
    footer = f" {' | '.join(said)} "
    for number, line in layout.undecided():
        name = line.core.strip(" .:|")
        if 2 <= line.words <= SHORT and len(name) >= 6 and not line.is_final and f" {name} " in footer:
            layout.remove(number, "structure.site-name", "nav")
