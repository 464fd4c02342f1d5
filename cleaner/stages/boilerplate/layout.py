"""The state of a page while it is read: for each line its marker, and the rule that removes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.page import inline_markers, markers
from cleaner.page.cohesion import beginnings
from cleaner.page.shapes import announces_list, bullet, is_keyword_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.page.inline_markers import Proposal
    from cleaner.page.line_labels import LineLabels
    from cleaner.page.lines import Line, Page
    from cleaner.page.markers import Hit, MarkerIndex

SYMBOLS = "structure.symbols"
"""The rule by which a line without words goes."""
OPENING = 3
"""Sentences of an article in which the words of its title are looked for."""
FARTHEST = 300
"""Lines below a title in which these are looked for: a page may have thousands of lines and no sentence."""
LONGEST_ENTRY = 3
"""Words of an entry of a menu."""
LONGEST_ANNOUNCED_LIST = 40
"""Lines above a line in which the sentence that announces it is looked for."""

MOST_SURE = 1 << 20
"""A margin that no line has."""


@dataclass(frozen=True, slots=True)
class SecondArticle:
    """Another article on the page: lines *first* to *last*, both inclusive, its title, and its rule."""

    first: int
    last: int
    title: str
    rule: str


@dataclass(slots=True)
class Layout:
    """The lines of a page and what has been decided about them so far.

    *title* is the title given by the input, folded, or ""; *own* are the user's markers. By line number:
    *hits* are the markers, *rules* the rules that remove lines and *kinds* their kinds of boilerplate ("" if
    none), and *prose* says whether a line reads as a sentence.

    Of the lines in *glued* only the label goes; *listed* are those of the article's own lists; *inline* are
    the inline markers that may find something. *title_line* is −1 if there is none. *first_plain* and
    *last_plain* are the outermost sentences, of whichever article, that open with no marker; they never
    change, so that no marker has to look for them.
    """

    page: Page
    title: str
    own: MarkerIndex | None = None
    lines: list[Line] = field(init=False)
    hits: list[Hit | None] = field(init=False)
    rules: list[str] = field(init=False)
    kinds: list[str] = field(init=False)
    prose: list[bool] = field(init=False)
    glued: dict[int, Hit] = field(default_factory=dict)
    seconds: list[SecondArticle] = field(default_factory=list)
    title_line: int = field(init=False, default=-1)
    listed: set[int] = field(default_factory=set)
    inline: list[Proposal] = field(init=False)
    first_plain: int = field(init=False)
    last_plain: int = field(init=False)
    labels: LineLabels | None = field(init=False, default=None)
    is_title_labelled: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self.lines = self.page.lines
        self.hits = markers.find_markers(self.page, self.own)
        self.inline = inline_markers.proposals(self.page.folded)
        self.rules = [""] * len(self.lines)
        self.kinds = [""] * len(self.lines)
        self.prose = [_reads_as_prose(line) for line in self.lines]
        for number in _links(self.lines):
            self.prose[number] = False
        plain = [n for n, hit in enumerate(self.hits) if self.prose[n] and hit is None]
        self.first_plain, self.last_plain = (plain[0], plain[-1]) if plain else (len(self.lines), -1)

    def remove(self, number: int, rule: str, kind: str) -> None:
        """Mark line *number* as boilerplate of this *kind*; the first rule that does so stands."""
        if not self.rules[number]:
            self.rules[number] = rule
            self.kinds[number] = kind

    def keep(self, number: int) -> None:
        """Take back that line *number* is boilerplate."""
        self.rules[number] = self.kinds[number] = ""

    def margin(self, number: int) -> int:
        """Return the margin of line *number*; where nothing was labelled, that of boilerplate."""
        return self.labels.margins[number] if self.labels else MOST_SURE

    def is_kept(self, number: int) -> bool:
        """Return whether no rule removes line *number* so far."""
        return not self.rules[number]

    def is_body(self, number: int) -> bool:
        """Return whether line *number* is a sentence of the article."""
        return self.prose[number] and not self.rules[number]

    def is_plain_body(self, number: int) -> bool:
        """Return whether line *number* is a sentence of the article and opens with no marker."""
        return self.is_body(number) and self.hits[number] is None

    def is_bare_article(self) -> bool:
        """Return whether all lines but the title are sentences, and none opens with a marker.

        The first and the last sentence must end as such: headlines that run together do not.
        """
        if any(self.hits) or not self.lines:
            return not self.lines
        first = self.first_plain
        ends = first < len(self.lines) and self.lines[first].is_final and self.lines[-1].is_final
        return ends and all(prose or number == self.title_line for number, prose in enumerate(self.prose))

    def first_body(self) -> int:
        """Return the line of the article's first sentence, or the number of lines if it has none."""
        for number, prose in enumerate(self.prose):
            if prose and not self.rules[number]:
                return number
        return len(self.lines)

    def last_body(self) -> int:
        """Return the line of the article's last sentence, or −1."""
        for number in range(len(self.prose) - 1, -1, -1):
            if self.prose[number] and not self.rules[number]:
                return number
        return -1

    def opening_words(self, number: int) -> set[str]:
        """Return the beginnings (`cohesion`) of the words in the first sentences from line *number* on."""
        end = min(len(self.lines), number + FARTHEST)
        plain = (n for n in range(number, end) if self.is_plain_body(n))
        return beginnings(token for n in islice(plain, OPENING) for token in self.lines[n].tokens)

    def undecided(self) -> Iterator[tuple[int, Line]]:
        """Yield the lines that are not removed, glued, listed or the title.

        What is decided while they are iterated over counts.
        """
        for number, line in enumerate(self.lines):
            if not self.rules[number] and number not in self.glued and number not in self.listed:
                if number == self.title_line:
                    continue
                yield number, line

    def is_announced(self, number: int) -> bool:
        """Return whether the line belongs to a list that a sentence of the article announces: «… ما يلي:»."""
        if self.lines[number].after_blank:
            return False
        for above in range(number - 1, max(-1, number - LONGEST_ANNOUNCED_LIST), -1):
            other = self.lines[above]
            if not self.is_kept(above) or self.hits[above]:
                return False
            if announces_list(other):
                return True
            if self.prose[above]:
                return False
        return False

    def is_in_menu(self, number: int) -> bool:
        """Return whether a short line stands beside another one, as entries of a menu do."""
        beside = self.lines[max(0, number - 1) : number] + self.lines[number + 1 : number + 2]
        return any(line.words <= LONGEST_ENTRY for line in beside)

    def is_beside_boilerplate(self, number: int, *, marked: bool = False) -> bool:
        """Return whether boilerplate is within two lines, with no sentence between.

        *marked*: only boilerplate that is recognized by its words counts.
        """
        for step in (-1, 1):
            for other in (number + step, number + 2 * step):
                if not 0 <= other < len(self.lines) or self.is_body(other):
                    break
                rule = self.rules[other]
                if rule and (not rule.startswith("structure.") if marked else rule != SYMBOLS):
                    return True
        return False


def _links(lines: list[Line]) -> Iterator[int]:
    """Yield the lines of link lists: neighbours with the same bullet and no full stop.

    Long headlines in such a list would pass for sentences.
    """
    bullets = [_link_bullet(line) for line in lines]
    for number, sign in enumerate(bullets):
        if sign and sign in bullets[max(0, number - 1) : number] + bullets[number + 1 : number + 2]:
            yield number


def _link_bullet(line: Line) -> str:
    """Return the bullet of a line that may be a link, or ""."""
    sign = bullet(line)
    is_link = sign and sign not in DASHES and not line.folded.endswith(".") and line.words <= LONGEST_LINK
    return sign if is_link else ""


DASHES = frozenset(["-", "–", "—", "*", ".", "…"])
"""Signs before links that articles also put before the items of their lists."""
LONGEST_LINK = 34
"""Words of a link."""


def _reads_as_prose(line: Line) -> bool:
    """Return whether a line reads as a sentence of an article, maybe of a second one."""
    if is_keyword_list(line):
        return False
    return (
        line.is_prose
        or (line.spaces >= SENTENCE_SPACES and line.has_inner_stop)
        or (line.opens_prose and not line.is_listed and line.words >= 7)
    )


SENTENCE_SPACES = 9
"""Spaces in a line with a full stop inside that reads as prose: headlines have no such stop, and before
that of an initial stands a single letter."""
