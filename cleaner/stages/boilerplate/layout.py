"""Decide for every line of a page whether it is the article or furniture.

Evidence is gathered in this order, each step seeing what the ones before it decided: markers and what they
reach; lines made of furniture's vocabulary; bylines; repeated lines; and at last the structure of the page:
menus above the article, debris below it. A line that no step speaks of stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from cleaner.dates import find_dates, hijri_pattern
from cleaner.stages.boilerplate import agencies, markers, vocabulary
from cleaner.stages.boilerplate.page import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.stages.boilerplate.markers import Hit
    from cleaner.stages.boilerplate.page import Line, Page

LONGEST_LIST = 60
"""Lines. No list of headlines that was seen is longer, full-page dumps included."""


@dataclass(frozen=True, slots=True)
class SecondArticle:
    """The lines first to last, both inclusive, are another article with this title."""

    first: int
    last: int
    title: str
    rule: str


@dataclass(slots=True)
class Layout:
    """What is known of each line of a page: the marker it opens with, and the rule that removes it."""

    page: Page
    title: str  # as the input gives it, folded; "" if it gives none
    hits: list[Hit | None] = field(init=False)
    rules: list[str] = field(init=False)
    kinds: list[str] = field(init=False)
    glued: dict[int, Hit] = field(default_factory=dict)  # lines of which only the label goes
    seconds: list[SecondArticle] = field(default_factory=list)
    title_line: int = field(init=False, default=-1)

    def __post_init__(self) -> None:
        self.hits = [markers.find(line) for line in self.lines]
        self.rules = [""] * len(self.lines)
        self.kinds = [""] * len(self.lines)

    @property
    def lines(self) -> list[Line]:
        return self.page.lines

    def remove(self, number: int, rule: str, kind: str) -> None:
        if not self.rules[number]:
            self.rules[number] = rule
            self.kinds[number] = kind

    def is_kept(self, number: int) -> bool:
        return not self.rules[number]

    def reads_as_prose(self, number: int) -> bool:
        """Whether a line is a sentence of some article (maybe of a second one)."""
        line = self.lines[number]
        return line.is_prose or (line.words >= 7 and not line.is_listed and vocabulary.opens_prose(line.tokens))

    def is_body(self, number: int) -> bool:
        return self.is_kept(number) and self.reads_as_prose(number)

    @property
    def first_prose(self) -> int:
        return next((n for n in range(len(self.lines)) if self.is_body(n)), len(self.lines))

    @property
    def last_prose(self) -> int:
        return next((n for n in reversed(range(len(self.lines))) if self.is_body(n)), -1)


def read(page: Page, title: str) -> Layout:
    """Return the layout of *page* with every decision made."""
    layout = Layout(page, title)
    _find_title(layout)
    _follow_markers(layout)
    _find_vocabulary(layout)
    _find_polls(layout)
    _find_bylines(layout)
    _find_repeated(layout)
    _clear_head(layout)
    _clear_tail(layout)
    _find_site_name(layout)
    return layout


# ---------------------------------------------------------------- title


def _find_title(layout: Layout) -> None:
    """The title is the line that equals the given one, else the first headline above the article."""
    fallback = -1
    for number, line in enumerate(layout.lines):
        if layout.title and line.core.strip(" .") == layout.title:
            layout.title_line = number
            return
        if layout.reads_as_prose(number) and not layout.hits[number]:
            break
        if (
            fallback < 0
            and line.words <= 32
            and sum(not token.isdecimal() for token in line.tokens) >= 4
            and not layout.hits[number]
            and not vocabulary.is_made_of(line.tokens, "sections")
            and not _is_dated(line)
            and not is_byline(line)
        ):
            fallback = number
    layout.title_line = fallback


def _is_dated(line: Line) -> bool:
    return any(find_dates(line.folded)) and line.words <= 16


# ---------------------------------------------------------------- markers


def _follow_markers(layout: Layout) -> None:
    number = 0
    while number < len(layout.lines):
        hit = layout.hits[number]
        if hit is None or not layout.is_kept(number) or number == layout.title_line:
            number += 1
            continue
        number = _apply(layout, number, hit)


def _apply(layout: Layout, number: int, hit: Hit) -> int:
    """Remove what the marker on line *number* reaches; return the next line to look at."""
    marker = hit.marker
    line = layout.lines[number]
    if hit.glued and (marker.scope == "glued" or layout.reads_as_prose(number) or line.words > 16):
        layout.glued[number] = hit
        return number + 1
    if marker.zone == "tail" and any(layout.is_body(n) and not layout.hits[n] for n in range(number + 1, len(layout.lines))):
        return number + 1
    if marker.kind == "related" and not hit.is_alone and layout.reads_as_prose(number):
        return number + 1  # a sentence of the article has run into the teaser: only a part of the line may go
    if marker.scope == "page":
        return _apply_page(layout, number, hit)
    if (line.is_listed or marker.scope != "header") and _is_protected(layout, number):
        return number + 1
    layout.remove(number, marker.id, marker.kind)
    if marker.next_line and hit.is_alone and number + 1 < len(layout.lines) and layout.lines[number + 1].words <= 5:
        layout.remove(number + 1, marker.id, marker.kind)
        return number + 2
    if marker.scope == "field" and hit.is_alone and number + 1 < len(layout.lines):
        below = layout.lines[number + 1]
        if below.words <= 6 and not below.is_final and layout.hits[number + 1] is None:
            layout.remove(number + 1, marker.id, marker.kind)
            return number + 2
    if marker.kind == "related" and marker.scope == "glued" and hit.is_alone:
        second = _second_article(layout, number, hit)
        if second:
            return _take(layout, number, hit, second)
        return _apply_teased(layout, number, hit)
    if marker.scope == "header" and (hit.is_alone or _starts_list(layout, number)):
        return _LISTS.get(marker.kind, _apply_related)(layout, number, hit)
    return number + 1


def _starts_list(layout: Layout, number: int) -> bool:
    """Whether bullets go on below a header that has text behind it."""
    return number + 1 < len(layout.lines) and layout.lines[number + 1].is_listed and not layout.reads_as_prose(number + 1)


def _is_protected(layout: Layout, number: int) -> bool:
    """Whether the line belongs to a list that a sentence of the article announces: «… ما يلي:»."""
    line = layout.lines[number]
    above = number - 1
    while above >= 0 and above > number - 40:
        other = layout.lines[above]
        if not layout.is_kept(above):
            return False
        if other.folded.endswith(":") and layout.hits[above] is None and _announces(other):
            return True
        if layout.reads_as_prose(above) or layout.hits[above] or line.after_blank:
            return False
        above -= 1
    return False


def _announces(line: Line) -> bool:
    """Whether a line that ends with a colon is a sentence that a list completes, not the heading of a box."""
    return line.words >= 5 or vocabulary.opens_prose(line.tokens) or any(word in _ANNOUNCING for word in line.tokens)


_ANNOUNCING = frozenset({"يلي", "التالي", "التاليه", "الاتي", "الاتيه", "كالتالي", "كالاتي", "هي", "هم", "هما", "وهي", "وهم", "قال", "قالت", "وقال"})


def _apply_teased(layout: Layout, number: int, hit: Hit) -> int:
    """«Read more» on a line of its own teases the one headline on the next line, if that is one."""
    below = number + 1
    if below < len(layout.lines):
        line = layout.lines[below]
        alone = below + 1 == len(layout.lines) or layout.lines[below + 1].after_blank or not line.after_blank
        if 6 <= line.words <= 22 and alone and not (line.is_final or layout.reads_as_prose(below) or layout.hits[below]):
            layout.remove(below, hit.marker.id, hit.marker.kind)
            return below + 1
    return below


def _apply_page(layout: Layout, number: int, hit: Hit) -> int:
    """Readers' comments: everything to the next heading of another kind, once the article has been seen."""
    if not any(layout.is_body(n) for n in range(number)):
        layout.remove(number, hit.marker.id, hit.marker.kind)
        return number + 1
    layout.remove(number, hit.marker.id, hit.marker.kind)
    for below in range(number + 1, len(layout.lines)):
        other = layout.hits[below]
        if other and other.marker.kind in ("related", "share", "legal", "tags") and other.marker.scope != "teaser":
            return below
        layout.remove(below, hit.marker.id, hit.marker.kind)
    return len(layout.lines)


def _apply_share(layout: Layout, number: int, hit: Hit) -> int:
    below = number + 1
    newsletter = hit.marker.id.endswith("newsletter")
    while below < len(layout.lines):
        line = layout.lines[below]
        made = vocabulary.is_made_of(line.tokens, "share") or not line.tokens or line.words <= 1
        if layout.hits[below] or layout.reads_as_prose(below) or not (made or (newsletter and below <= number + 3)):
            break
        if newsletter and line.words > 20:
            break
        layout.remove(below, hit.marker.id, hit.marker.kind)
        below += 1
    return below


def _apply_tags(layout: Layout, number: int, hit: Hit) -> int:
    below = number + 1
    if not hit.is_alone:
        return below
    while below < len(layout.lines) and below < number + 40:
        line = layout.lines[below]
        if layout.hits[below] or layout.reads_as_prose(below) or line.words > 5:
            break
        if vocabulary.is_made_of(line.tokens, "share") or _is_dated(line):
            break
        layout.remove(below, hit.marker.id, hit.marker.kind)
        below += 1
    return below


def _apply_poll(layout: Layout, number: int, hit: Hit) -> int:
    below = number + 1
    while below < len(layout.lines) and below <= number + 8:
        line = layout.lines[below]
        stop = layout.hits[below] and layout.hits[below].marker.kind not in ("nav", hit.marker.kind)  # type: ignore[union-attr]
        if stop or (line.words > 12 or (line.is_final and line.folded.endswith("."))):
            break
        layout.remove(below, hit.marker.id, hit.marker.kind)
        below += 1
    return below


def _apply_related(layout: Layout, number: int, hit: Hit) -> int:
    """A list of headlines, or a whole second article."""
    second = _second_article(layout, number, hit)
    if second:
        return _take(layout, number, hit, second)
    spaced = number + 1 < len(layout.lines) and layout.lines[number + 1].after_blank
    in_body = any(layout.reads_as_prose(n) and not layout.hits[n] for n in range(number + 1, len(layout.lines)))
    below = number + 1
    while below < len(layout.lines) and below - number <= LONGEST_LIST:
        line = layout.lines[below]
        other = layout.hits[below]
        if other and other.marker.kind in ("tags", "share", "comments", "legal", "related", "ad"):
            break
        goes_on = below > number + 1 and _bullet(line) and _bullet(line) == _bullet(layout.lines[below - 1])
        if (layout.reads_as_prose(below) or line.words > 34) and not (goes_on and not line.folded.endswith(".")):
            break
        if in_body and below > number + 1 and line.after_blank and not spaced and not line.is_listed:
            break
        layout.remove(below, hit.marker.id, hit.marker.kind)
        below += 1
    return below


def _bullet(line: Line) -> str:
    """Return the bullet that opens a line, or ""."""
    first = line.folded[:1]
    return first if not first.isalnum() and first not in "\"«“(['" else ""


def _take(layout: Layout, number: int, hit: Hit, second: SecondArticle) -> int:
    for below in range(number + 1, second.last + 1):
        layout.remove(below, hit.marker.id, hit.marker.kind)
    layout.seconds.append(second)
    return second.last + 1


_LISTS = {"share": _apply_share, "tags": _apply_tags, "nav": _apply_poll, "related": _apply_related}


# ---------------------------------------------------------------- second articles


def _second_article(layout: Layout, number: int, hit: Hit) -> SecondArticle | None:
    """Return the article that the page goes on with below the marker on line *number*, if it does.

    A list of headlines in the middle of an article is also followed by prose: that of the article itself. So
    it takes evidence: the first article has ended (its source or keywords stand above the marker), or the
    headline's words come back in the text below it; and one headline, not several, above that text.
    """
    if not any(layout.is_body(n) for n in range(number)):
        return None
    title, start = "", -1
    headlines = 0
    for below in range(number + 1, min(number + 8, len(layout.lines))):
        line = layout.lines[below]
        other = layout.hits[below]
        if layout.reads_as_prose(below) and not other:
            start = below
            break
        if other or _is_dated(line) or line.words < 3:
            continue
        headlines += 1
        if not title:
            title = line.text.strip()
            first = below
    if start < 0 or not title or headlines > 2:
        return None
    ending = _ending(layout, number)
    score = ending
    score += hit.marker.id == "related.next-article"
    dated = any(_is_dated(layout.lines[n]) for n in range(first + 1, start))
    score += dated
    likeness = _likeness(title, layout.lines[start])
    score += likeness >= 0.5
    score += likeness > 0.3 and likeness > _likeness(layout.title or _title_text(layout), layout.lines[start])
    score -= layout.lines[start].tokens[0] in vocabulary.openers()
    continuity = _continuity(layout, number, start)
    # Aggregators put articles on the same events below each other: sameness tells only where nothing else does.
    score += (continuity < FOREIGN_TEXT) - (ending < 2 and continuity > SAME_TEXT)
    score -= headlines > 1
    if score < 2 or not (ending or dated or hit.marker.id == "related.next-article"):
        return None
    last = start
    for below in range(start + 1, len(layout.lines)):
        other = layout.hits[below]
        if other and other.marker.scope in ("header", "page") and other.is_alone and other.marker.kind != "ad":
            break
        if layout.reads_as_prose(below) or not other:
            last = below
    return SecondArticle(first, last, title, hit.marker.id)


def _title_text(layout: Layout) -> str:
    return layout.lines[layout.title_line].text if layout.title_line >= 0 else ""


def _ending(layout: Layout, number: int) -> int:
    """Say how surely the first article has ended above line *number*: 2 its own footer stands there, 1 something does."""
    furniture = 0
    for above in reversed(range(layout.title_line + 1, number)):
        line = layout.lines[above]
        if layout.is_body(above) and not layout.hits[above]:
            break
        if layout.kinds[above] in ("meta", "tags", "legal", "comments"):
            return 2
        furniture += bool(layout.hits[above]) or line.words <= 4 or vocabulary.is_made_of(line.tokens, "share")
    return min(furniture, 1)


FOREIGN_TEXT, SAME_TEXT = 0.12, 0.35
"""Shares of the longer words of a paragraph that stand in the article above it: paragraphs of another article
have less than the first in most cases, the article's own next paragraph has more than the second in most."""


def _continuity(layout: Layout, number: int, start: int) -> float:
    """Return the share of the longer words of line *start* that stand in the article above line *number*."""
    above = {
        vocabulary.stem(token)[:6]
        for n in range(number)
        if layout.is_body(n)
        for token in layout.lines[n].tokens
        if len(token) >= 5
    }
    wanted = {vocabulary.stem(token)[:6] for token in layout.lines[start].tokens if len(token) >= 5}
    return len(wanted & above) / len(wanted) if len(wanted) >= 4 else (FOREIGN_TEXT + SAME_TEXT) / 2


def _likeness(title: str, line: Line) -> float:
    """Return the share of the longer words of *title* that stand in *line*, by their first letters."""
    wanted = {vocabulary.stem(word)[:5] for word in tokens_of(title) if len(word) >= 4}
    if len(wanted) < 2:
        return 0.0
    return len(wanted & {vocabulary.stem(word)[:5] for word in line.tokens}) / len(wanted)


# ---------------------------------------------------------------- lines without a marker


def _undecided(layout: Layout) -> Iterator[tuple[int, Line]]:
    for number, line in enumerate(layout.lines):
        if layout.is_kept(number) and number not in layout.glued and number != layout.title_line:
            yield number, line


def _find_vocabulary(layout: Layout) -> None:
    first, last = layout.first_prose, layout.last_prose
    for number, line in _undecided(layout):
        if line.words > 24 or _is_protected(layout, number):
            continue
        if not line.tokens:
            if number < first or number > last or len(line.folded) <= 3:
                layout.remove(number, "structure.symbols", "nav")
            continue
        if line.words <= 8 and all(len(token) == 1 and not token.isdecimal() for token in line.tokens):
            layout.remove(number, "structure.controls", "share")
            continue
        dated = any(find_dates(line.folded)) or any(c.isdecimal() for c in line.folded)
        if vocabulary.is_made_of(line.tokens, "share"):
            layout.remove(number, "vocabulary.share", "share")
        elif dated and _is_only_date(line) and not (line.folded.endswith(":") and number > first):
            layout.remove(number, "vocabulary.dates", "meta")
        elif not first < number < last:
            if vocabulary.is_made_of(line.tokens, "comments"):
                layout.remove(number, "vocabulary.comments", "comments")
            elif vocabulary.is_made_of(line.tokens, "sections") and not line.is_final:
                layout.remove(number, "vocabulary.sections", "nav")
            elif vocabulary.is_made_of(line.tokens, "dates") and line.words <= 6:
                layout.remove(number, "vocabulary.dates", "meta")


def _is_only_date(line: Line) -> bool:
    rest = _without_dates(line)
    return not rest or vocabulary.is_made_of(rest, "dates") or all(
        vocabulary.stem(token) in vocabulary.words("dates", "weak") or token.isdecimal() for token in rest
    )


def _without_dates(line: Line) -> list[str]:
    text = line.folded
    for date in reversed(list(find_dates(text))):
        text = text[: date.start] + " " + text[date.end :]
    text = regex.sub(hijri_pattern(), " ", text)
    return [t for t in regex.findall(r"\w+", text) if not t.isdecimal()]


def _find_bylines(layout: Layout) -> None:
    """Names and places with or without a date, above the article or below it."""
    first, last = layout.first_prose, layout.last_prose
    for number, line in _undecided(layout):
        if first <= number <= last or line.words > 14 or line.folded.endswith(".") or _is_protected(layout, number):
            continue
        rest = _without_dates(line)
        dated = any(find_dates(line.folded)) or bool(_CLOCK.search(line.folded))
        if dated and len([w for w in rest if vocabulary.stem(w) not in vocabulary.words("dates", "weak")]) <= 6:
            layout.remove(number, "structure.dated-line", "meta")
        elif _ADDRESS.match(line.folded):
            layout.remove(number, "structure.address", "meta")
        elif _LINK.search(line.folded):
            layout.remove(number, "structure.link", "meta")
        elif agencies.is_credit(line.folded):
            layout.remove(number, "structure.agency", "meta")
        elif number < layout.title_line and sum(token.isdecimal() for token in line.tokens) > line.words / 2:
            layout.remove(number, "structure.ticker", "nav")
        elif is_byline(line):
            layout.remove(number, "structure.byline", "meta")


def is_byline(line: Line) -> bool:
    """Whether a line is a person's name, or a paper's and a person's or a place's with a dash between them."""
    text = _HANDLE.sub(" ", line.folded)
    parts = [tokens for part in _DASH.split(text) if (tokens := tokens_of(part))]
    if not parts or line.is_final and line.folded.endswith("."):
        return False
    named = any(vocabulary.stem(part[0]) in vocabulary.words("given_names") for part in parts)
    longest = max(map(len, parts))
    if len(parts) == 1:
        return named and 2 <= longest <= 6
    bracketed = len([part for part in _BRACKETS.split(text) if tokens_of(part)]) > 1
    return len(parts) <= 4 and sum(map(len, parts)) <= 10 and longest <= 4 and (named or not bracketed)


_DASH = regex.compile(r"\s+[-–—ـ|/]+\s+|[/|_()]+")
_BRACKETS = regex.compile(r"[()]")
_HANDLE = regex.compile(r"@\w+|\b[A-Za-z]\w+@")
_ADDRESS = regex.compile(r"^\S*@?[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|tv|news|io|me|[a-z]{2})/?$|^\S+@\S+\.\w+$")
_LINK = regex.compile(r"https?://|www\.|\bt\.me/|\bwa\.me/|\bbit\.ly/")
_CLOCK = regex.compile(r"\b\d{1,2}:\d\d\b")


def _find_polls(layout: Layout) -> None:
    """A question with its answers and a button to vote below it."""
    for number, line in _undecided(layout):
        if not line.folded.endswith(("؟", "?")) or line.words > 16:
            continue
        below = range(number + 1, min(number + 7, len(layout.lines)))
        button = next((n for n in below if layout.kinds[n] == "nav" and layout.lines[n].words <= 2), -1)
        if button > 0 and all(layout.lines[n].words <= 5 for n in range(number + 1, button)):
            for member in range(number, button):
                layout.remove(member, "structure.poll", "nav")


def _find_repeated(layout: Layout) -> None:
    """A line that says again what the line above it, or the title, said."""
    seen: dict[str, int] = {}
    for number, line in enumerate(layout.lines):
        if not layout.is_kept(number):
            continue
        key = line.core.strip(" .")
        repeats_title = layout.title_line >= 0 and number < layout.title_line and _is_title_with_more(layout, line)
        if repeats_title:
            layout.remove(number, "structure.repeated", "meta")
        elif line.words >= 1 and key in seen and (number - seen[key] == 1 or seen[key] == layout.title_line) and not line.is_prose:
            layout.remove(number, "structure.repeated", "caption")
        else:
            seen.setdefault(key, number)


def _is_title_with_more(layout: Layout, line: Line) -> bool:
    """Whether *line* is the title with a date or the site's name behind it."""
    title = layout.lines[layout.title_line].core.strip(" .")
    return line.core.startswith(title) and len(line.core) > len(title) and line.words <= len(title.split()) + 12


def _clear_head(layout: Layout) -> None:
    """Above the article: menus, that is runs of very short lines; and one short line above the title."""
    first = layout.first_prose
    title = layout.title_line
    head = [number for number, _ in _undecided(layout) if number < first]
    for number in head:
        line = layout.lines[number]
        near = [n for n in (number - 1, number + 1) if 0 <= n < len(layout.lines)]
        beside = any(layout.kinds[n] == "meta" for n in near)
        if title < number and title >= 0 and line.words <= 4 and beside and not line.is_final:
            layout.remove(number, "structure.byline", "meta")
    short = [n for n in head if layout.lines[n].words <= 4 and not layout.lines[n].is_final]
    for number in short:
        above = number < title
        run = sum(1 for other in short if abs(other - number) <= 2)
        menu = _is_menu(layout, short, number)
        if (above and layout.lines[number].words <= 3) or menu or (run >= 3 and (above or _has_neighbour(layout, number, marked=True))):
            layout.remove(number, "structure.menu", "nav")


def _is_menu(layout: Layout, short: list[int], number: int) -> bool:
    """Whether *number* stands among many lines of a word or two; verses have three or more."""
    near = [layout.lines[other].words for other in short if abs(other - number) <= 4]
    return len(near) >= 6 and sum(near) / len(near) <= 2.2


def _clear_tail(layout: Layout) -> None:
    """Below the article: short lines, and runs of headlines."""
    last = layout.last_prose
    if last < 0:
        return
    tail = [(n, line) for n, line in _undecided(layout) if n > last and not _is_protected(layout, n)]
    for number, line in tail:
        if line.words <= 4 and not line.folded.endswith((".", "؟", "!", "»", ":")) and _has_neighbour(layout, number):
            layout.remove(number, "structure.tail", "nav")
    headlines = [
        n for n, line in tail if layout.is_kept(n) and line.is_headline_like and not line.folded.endswith(":")
    ]
    listed = [n for n in headlines if layout.lines[n].is_listed]
    if len(listed) < 2 and not (len(headlines) >= 2 and any(_has_neighbour(layout, n) for n in headlines)):
        return
    for number in headlines if len(listed) < 2 else listed:
        layout.remove(number, "structure.headlines", "related")


def _find_site_name(layout: Layout) -> None:
    """A line of a few words between paragraphs that says what the masthead or the footer says: the site's name."""
    said = " \n ".join(layout.lines[n].folded for n, kind in enumerate(layout.kinds) if kind in ("share", "nav", "legal") and layout.hits[n])
    for number, line in _undecided(layout):
        name = line.core.strip(" .:|")
        if 2 <= line.words <= 4 and len(name) >= 6 and not line.is_final and f" {name} " in f" {said} ":
            layout.remove(number, "structure.site-name", "nav")


def _has_neighbour(layout: Layout, number: int, *, marked: bool = False) -> bool:
    """Whether furniture stands within two lines above or below; *marked*: known by its words, not its place."""
    near = range(max(0, number - 2), min(len(layout.lines), number + 3))
    rules = [layout.rules[other] for other in near if other != number and layout.rules[other]]
    return any(not rule.startswith("structure.") if marked else rule != "structure.symbols" for rule in rules)
