"""Decide whether the page goes on with another article below a marker.

Behind a list of headlines in the middle of an article, prose follows as well: that of the article itself. So
evidence is weighed; the weights are round numbers, set by hand and checked on labelled pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.page import vocabulary
from cleaner.page.cohesion import beginnings, likeness
from cleaner.page.lines import tokens_of
from cleaner.page.shapes import is_byline, is_dated, is_keyword_list
from cleaner.stages.boilerplate.layout import SecondArticle

if TYPE_CHECKING:
    from cleaner.page.lines import Line
    from cleaner.page.markers import Hit
    from cleaner.stages.boilerplate.layout import Layout

FARTHEST_TEXT = 8
"""Lines between a marker and the first sentence of the second article: its title, date, byline, share bar."""
FARTHEST_FOOTER = 60
"""Lines between the last sentence of the first article and a marker: its footer, and lists of headlines."""
LONGEST_ARTICLE = 400
"""Lines above a marker in which the article's own words are looked for."""
MOST = 20
"""Second articles on one page; more were never seen, and each costs a look at the whole page."""
ENDS = (".", ".»", '."', ".”")
"""What a sentence ends with."""
LONGEST_LEAD = 60
"""Words of an article that is no more than a lede."""
SHORTEST_TITLE = 3
"""Words of a title."""
SHORTEST = 30
"""Words of a second article; less text below a headline is a teaser."""
FOREIGN_TEXT, SAME_TEXT = 0.12, 0.35
"""Shares of a paragraph's longer words that stand in the article above it. Paragraphs of another article
mostly have less than the first, the article's own next paragraph mostly more than the second."""


@dataclass(frozen=True, slots=True)
class SecondArticleEvidence:
    """What speaks for a second article below a marker, and against it."""

    ending: int  # 2: the first article's own footer stands above the marker; 1: some boilerplate does
    next_article: bool  # the marker announces the next article
    dated: bool  # a date stands below the headline
    likeness: float  # share of the headline's longer words in the first sentence below it
    main_likeness: float  # the same share of the page title's words
    continuity: float  # share of that sentence's longer words in the article above
    opener: bool  # that sentence opens with «وأضاف» or the like
    headlines: int  # between the marker and that sentence
    outgrows: bool  # the article above is no more than a lede, and the text below over twice as long

    @property
    def score(self) -> int:
        """The sum of the evidence; with 2 or more, another article follows."""
        return (
            self.ending
            + self.next_article
            + self.dated
            + (self.likeness >= 0.5)
            + (self.likeness > 0.3 and self.likeness > self.main_likeness)
            + (self.continuity < FOREIGN_TEXT)
            # Aggregators put articles on the same events below each other: shared words count only where the
            # footer does not decide.
            - (self.ending < 2 and self.continuity > SAME_TEXT)
            - self.opener
            - (self.headlines > 1)
            # The longer part is the page's own article, unless its headline says otherwise.
            - (self.outgrows and self.likeness < 0.5)
        )

    @property
    def speaks_for_itself(self) -> bool:
        """Whether this is another article even without a marker: below a footer, and like its headline."""
        own = self.likeness > max(0.3, self.main_likeness) or self.continuity < FOREIGN_TEXT
        if self.outgrows and self.likeness < 0.5:
            return False
        return self.ending == 2 and own and not self.opener and self.headlines == 1

    @property
    def is_sound(self) -> bool:
        """Whether there is more evidence than some likeness, which a headline inside an article has, too."""
        like = self.likeness >= 0.75 and self.likeness > self.main_likeness and not self.opener
        return bool(self.ending or self.dated or self.next_article or like)


def find_second_article(layout: Layout, number: int, hit: Hit) -> SecondArticle | None:
    """Return the article that follows below the marker on line *number*, or None."""
    found = _title_and_text(layout, number)
    if found is None:
        return _untitled(layout, number, hit)
    evidence = weigh(layout, number, hit, found)
    if evidence.score < 2 or not evidence.is_sound:
        return None
    if hit.is_structural and not evidence.speaks_for_itself:
        return None
    first, start, _ = found
    return _article(layout, hit, first, start, layout.lines[first].text.strip())


def _untitled(layout: Layout, number: int, hit: Hit) -> SecondArticle | None:
    """Return the article whose text stands right below the marker, its headline lost or cut, or None."""
    text = number + 1
    if not hit.is_alone or hit.is_structural or text == len(layout.lines):
        return None
    if not layout.prose[text] or layout.hits[text] or not layout.lines[text].folded.endswith(ENDS):
        return None
    evidence = weigh(layout, number, hit, (number, text, 1))
    if evidence.ending < 2 or evidence.outgrows or evidence.continuity > SAME_TEXT or evidence.opener:
        return None
    return _article(layout, hit, text, text, "")


def find_below_list(layout: Layout, number: int, hit: Hit, behind: int) -> SecondArticle | None:
    """Return the article of the last headline listed below line *number*, or None.

    *behind* is the first line behind the list: the article's text, or a byline above it.
    """
    text = next((n for n in range(behind, len(layout.lines)) if not _is_byline_of(layout, n)), behind)
    if text == len(layout.lines) or not layout.prose[text] or layout.hits[text]:
        return None
    first = next((n for n in range(text - 1, number, -1) if _may_be_title(layout, n)), -1)
    if first < 0 or not weigh(layout, number, hit, (first, text, 1)).speaks_for_itself:
        return None
    return _article(layout, hit, first, text, layout.lines[first].text.strip())


def _is_byline_of(layout: Layout, number: int) -> bool:
    """Return whether a line may stand between a headline and its text: a date, a name, an advertisement."""
    hit, line = layout.hits[number], layout.lines[number]
    return hit.marker.kind in ("meta", "ad", "share", "caption") if hit else is_dated(line)


def find_below_teaser(layout: Layout, number: int, hit: Hit) -> SecondArticle | None:
    """Return the article below the marker on line *number* that has its headline behind it, or None."""
    text = number + 1
    title = hit.rest.split()
    if (
        len(title) < SHORTEST_TITLE
        or text == len(layout.lines)
        or not layout.prose[text]
        or layout.hits[text]
    ):
        return None
    if not weigh(layout, number, hit, (number, text, 1)).speaks_for_itself:
        return None
    raw = " ".join(layout.lines[number].text.split()[-len(title) :])
    return _article(layout, hit, text, text, raw)


def _article(layout: Layout, hit: Hit, first: int, text: int, title: str) -> SecondArticle | None:
    """Return lines *first* on as an article; None if *text* is the page's first, or there are `MOST`."""
    if len(layout.seconds) >= MOST or text <= layout.first_plain:
        return None
    return SecondArticle(first, _last_line(layout, text), title, hit.marker.id)


def is_whole(layout: Layout, second: SecondArticle) -> bool:
    """Return whether a second article is more than the opening words of one, or of several."""
    prose = [n for n in range(second.first, second.last + 1) if layout.prose[n]]
    # One paragraph below each headline: these are excerpts, not sections of an article.
    excerpts = len(prose) > 1 and all(layout.lines[n - 1].is_headline_like for n in prose)
    return not excerpts and sum(layout.lines[n].words for n in prose) >= SHORTEST


def _title_and_text(layout: Layout, number: int) -> tuple[int, int, int] | None:
    """Return the lines of the title and of the first sentence below it, and how many headlines there are.

    None if a title or a sentence is missing, or the text is an excerpt.
    """
    title, headlines = -1, 0
    for below in range(number + 1, min(number + FARTHEST_TEXT, len(layout.lines))):
        line = layout.lines[below]
        if layout.prose[below] and layout.hits[below] is None:
            if line.trails_off:
                return None  # an excerpt: the list of headlines goes on below it
            return (title, below, headlines) if title >= 0 and headlines <= 2 else None
        if not _may_be_title(layout, below) or (title >= 0 and is_byline(line)):
            continue
        headlines += 1
        if title < 0:
            title = below
    return None


def _may_be_title(layout: Layout, number: int) -> bool:
    line = layout.lines[number]
    return not layout.hits[number] and line.words >= SHORTEST_TITLE and not is_dated(line)


def weigh(layout: Layout, number: int, hit: Hit, found: tuple[int, int, int]) -> SecondArticleEvidence:
    """Return the evidence for the marker on line *number*; *found* is what `_title_and_text` returned."""
    first, start, headlines = found
    text = layout.lines[start]
    page_title = layout.title
    if not page_title and layout.title_line >= 0:
        page_title = layout.lines[layout.title_line].text
    opening = beginnings(text.tokens)
    return SecondArticleEvidence(
        ending=_ending(layout, number),
        next_article=hit.marker.id == "related.next-article",
        dated=any(is_dated(layout.lines[n]) for n in range(first + 1, start)),
        likeness=likeness(layout.lines[first].tokens, opening),
        main_likeness=likeness(tokens_of(page_title), opening),
        continuity=_continuity(layout, number, start),
        opener=text.tokens[0] in vocabulary.openers(),
        headlines=headlines,
        outgrows=_outgrows(layout, number, start),
    )


def _outgrows(layout: Layout, number: int, start: int) -> bool:
    """Return whether the article above is no more than a lede, and the text below over twice as long."""
    above = _words(layout, range(max(0, number - LONGEST_ARTICLE), number))
    return above < LONGEST_LEAD and _words(layout, range(start, _last_line(layout, start) + 1)) > 2 * above


def _words(layout: Layout, lines: range) -> int:
    return sum(layout.lines[n].words for n in lines if layout.is_body(n))


def _last_line(layout: Layout, start: int) -> int:
    """Return the last line of the second article: above the next heading, and the boilerplate before that."""
    last = start
    for below in range(start + 1, len(layout.lines)):
        other = layout.hits[below]
        if (
            other
            and other.marker.scope in ("header", "page")
            and other.is_heading
            and other.marker.kind != "ad"
        ):
            break
        if layout.prose[below] or not other:
            last = below
    return last


def _ending(layout: Layout, number: int) -> int:
    """Return 2 if the first article's footer stands above a line, 1 if some boilerplate does, else 0.

    Tags, legal notices or comments are a footer; a single credit or date may stand above a box in the
    article.
    """
    boilerplate, lone_credits = False, 0
    for above in range(number - 1, max(layout.title_line, number - FARTHEST_FOOTER), -1):
        line = layout.lines[above]
        if layout.is_plain_body(above):
            break
        if layout.kinds[above] in ("tags", "legal", "comments") or is_keyword_list(line):
            return 2
        lone_credits += layout.kinds[above] == "meta"
        boilerplate |= (
            bool(layout.hits[above]) or line.words <= 4 or vocabulary.is_made_of(line.tokens, "share")
        )
    return 2 if lone_credits > 1 else int(boilerplate or lone_credits > 0)


def _continuity(layout: Layout, number: int, start: int) -> float:
    """Return the share of the longer words of line *start* that stand in the article above line *number*.

    With fewer than four such words it is halfway between `FOREIGN_TEXT` and `SAME_TEXT`, and says nothing.
    """
    wanted = _long_words(layout.lines[start])
    if len(wanted) < 4:
        return (FOREIGN_TEXT + SAME_TEXT) / 2
    article = range(max(0, number - LONGEST_ARTICLE), number)
    above = {word for n in article if layout.is_body(n) for word in _long_words(layout.lines[n])}
    return len(wanted & above) / len(wanted)


def _long_words(line: Line) -> set[str]:
    return {vocabulary.stem(token)[:6] for token in line.tokens if len(token) >= 5}
