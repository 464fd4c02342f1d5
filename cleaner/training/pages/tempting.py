"""What looks like boilerplate and is the article's: lists, verse, interviews, sentences like markers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

from cleaner.page.markers import markers
from cleaner.training.pages.articles import KEEP, Draw, PagePart
from cleaner.training.pages.blocks import SENTENCE
from cleaner.training.pages.grammar import GRAMMAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_CLAUSE = regex.compile(r"[،؛:.]")


class Body(NamedTuple):
    """The parts of an article, and the place among them where something may be inserted."""

    draw: Draw
    parts: list[PagePart]
    place: int

    def insert(self, texts: Iterable[str], at: int | None = None) -> list[PagePart]:
        """Return the parts with *texts* between them, at the place unless told."""
        where = self.place if at is None else at
        return [*self.parts[:where], *(PagePart(text, KEEP) for text in texts), *self.parts[where:]]

    def append(self, texts: Iterable[str]) -> list[PagePart]:
        """Return the parts with *texts* behind them."""
        return self.insert(texts, len(self.parts))

    def say(self, rule: str, low: int = 1, high: int = 0) -> list[str]:
        """Return *low* to *high* expansions of a *rule*; without them, one."""
        return self.draw.many(low, high, lambda: self.draw.say(rule)) if high else [self.draw.say(rule)]

    def phrase(self, low: int, high: int) -> str:
        """Return *low* to *high* words that stand together in one of the parts."""
        return self.draw.phrase([part.text for part in self.parts], low, high)

    def items(self, low: int, high: int) -> list[str]:
        """Return *low* to *high* entries of a list, all of one form."""
        draw = self.draw
        rule = draw.random.choice(GRAMMAR["entry"])
        bullet, numbered = draw.one("", "", "- ", "• ", "* "), draw.chance(0.3)
        mark = draw.one(". ", "- ", ") ", " - ")
        found = draw.many(low, high, lambda: draw.expand(rule))
        return [(f"{n}{mark}" if numbered else bullet) + item for n, item in enumerate(found, 1)]


def _subheadings(body: Body) -> list[PagePart]:
    draw = body.draw
    found: list[PagePart] = []
    for number, part in enumerate(body.parts):
        if number and draw.chance(0.5):
            title = draw.say("subheading") if draw.chance(0.4) else body.phrase(2, 6)
            found.append(PagePart(title + draw.one("", "", ":", "؟", "!"), KEEP))
        found.append(part)
    return found


def _interview(body: Body) -> list[PagePart]:
    draw = body.draw
    found: list[PagePart] = []
    who = (f"{draw.say('name')}: ", "")
    ask, tell = draw.one(("- ", "- "), ("س: ", "ج: "), ("* ", "** "), ("", ""), who, ("• ", ""))
    for part in body.parts:
        if draw.chance(0.6):
            found.append(PagePart(ask + _question(body), KEEP))
            if draw.chance(0.2):
                found.append(PagePart(tell + draw.say("answer"), KEEP))
        found.append(PagePart(tell + part.text, KEEP))
    return found


def _question(body: Body) -> str:
    if body.draw.chance(0.4):
        return body.draw.say("question")
    return f"{body.draw.one('ما', 'كيف', 'هل', 'لماذا', 'وماذا عن', 'متى')} {body.phrase(3, 9)}؟"


def _verse(body: Body) -> list[PagePart]:
    draw = body.draw
    lines = draw.many(2, 12, lambda: body.phrase(3, 5))
    gap = draw.one("", "", "   ", " ... ", " * ", " / ")
    if gap:
        lines = [first + gap + second for first, second in zip(lines[::2], lines[1::2], strict=False)]
    end = draw.one("", "", "،", ".", "!", "..")
    start = 0 if draw.chance(0.3) else body.place
    return body.insert([line + end for line in lines], draw.one(body.place, len(body.parts), start))


def _sentences(body: Body) -> list[PagePart]:
    return [PagePart(text, KEEP) for part in body.parts for text in SENTENCE.split(part.text)]


def _points(body: Body) -> list[PagePart]:
    clauses = [clause.strip() for part in body.parts for clause in _CLAUSE.split(part.text)]
    clauses = [clause for clause in clauses if len(clause.split()) > 2][:12]
    bullet, numbered = body.draw.one("- ", "• ", "* ", "", ""), body.draw.chance(0.3)
    return body.insert([(f"{n}- " if numbered else bullet) + clause for n, clause in enumerate(clauses, 1)])


def _live_blog(body: Body) -> list[PagePart]:
    draw = body.draw
    own_line = draw.chance(0.4)
    first, *others = _sentences(body)
    found = [first]
    for part in others:
        time = draw.one(draw.clock(), f"الدقيقة {draw.random.randint(1, 90)}")
        text = draw.say("live") if draw.chance(0.3) else part.text
        if own_line:
            found += [PagePart(time, KEEP), PagePart(text, KEEP)]
        else:
            found.append(PagePart(f"{time}{draw.one(' ', ': ', ' - ')}{text}", KEEP))
    return found


def _diary(body: Body) -> list[PagePart]:
    """Short notes below days, hours, years or places, each on a line of its own."""
    draw = body.draw
    rule = draw.random.choice(GRAMMAR["note_heading"])
    found = body.parts[:1]
    for part in _sentences(body)[1:]:
        text = body.phrase(2, 8) + draw.one(".", "") if draw.chance(0.5) else part.text
        found += [PagePart(draw.expand(rule), KEEP), PagePart(text, KEEP)]
    return found


def _short_verse(body: Body) -> list[PagePart]:
    lines = body.draw.many(3, 14, lambda: body.phrase(1, 3) + body.draw.one("", "", "،"))
    return body.insert(lines, body.draw.one(body.place, len(body.parts)))


def _like_markers(body: Body) -> list[PagePart]:
    """Lines of the article that open as markers do: sub-headings, or sentences."""
    draw = body.draw
    found: list[PagePart] = []
    for number, part in enumerate(body.parts):
        if number and draw.chance(0.4):
            said = f"{draw.say('marker_opening')} {body.phrase(1, 5)}"
            found.append(PagePart(said + draw.one("", "", ".", ":", "؟", f"، {body.phrase(3, 8)}."), KEEP))
        found.append(part)
    return found


def _kept_by_rules(body: Body) -> list[PagePart]:
    """Lines that rows of the marker tables keep, between paragraphs."""
    lines = [line for _ in range(body.draw.one(1, 1, 2)) for line in body.draw.one(*KEPT).split("\n")]
    return body.insert(lines, body.draw.one(body.place, body.place, len(body.parts)))


KEPT = [example for row in markers() for example in row.keeps]
"""What the rows of the marker tables must keep."""


def _round_up(body: Body) -> list[PagePart]:
    draw = body.draw
    found = body.parts[:1]
    numbered = draw.chance(0.5)
    for number in range(1, draw.random.randint(3, 6)):
        article = draw.other()
        lead = draw.say("city") if draw.chance(0.3) else draw.phrase([article.title], 2, 4)
        found.append(PagePart(f"{number}- {lead}" if numbered else f"{lead}:", KEEP))
        found.append(PagePart(article.paragraphs[0], KEEP))
    return found


def _introduced(body: Body) -> list[PagePart]:
    return body.insert([body.draw.say("list_intro"), *body.items(3, 12)])


def _listed_last(body: Body) -> list[PagePart]:
    """Put a list at the end of the article, mostly below a word that announces it."""
    heading = body.say("list_intro") if body.draw.chance(0.6) else []
    return body.append([*heading, *body.items(3, 9)])


def _chants(body: Body) -> list[PagePart]:
    draw = body.draw
    return body.insert(
        draw.many(1, 5, lambda: draw.one("", "«", "") + draw.say("chant") + draw.one("", "!", ".."))
    )


def _about_first(body: Body) -> list[PagePart]:
    return body.insert(body.say("about"), body.draw.one(0, 1))


def _speakers(body: Body) -> list[PagePart]:
    draw = body.draw
    return [
        PagePart(draw.say("name") + draw.one(": ", " - ", "، ") + part.text, KEEP)
        if draw.chance(0.3)
        else part
        for part in body.parts
    ]


TEMPTATIONS: tuple[Callable[[Body], list[PagePart]], ...] = (
    _subheadings,
    _interview,
    _verse,
    _verse,
    _sentences,
    _points,
    _live_blog,
    _introduced,
    _introduced,
    _round_up,
    _diary,
    _short_verse,
    _like_markers,
    _like_markers,
    _kept_by_rules,
    _kept_by_rules,
    lambda body: body.insert(body.items(2, 10)),
    lambda body: body.append(body.items(3, 12)),
    lambda body: body.insert(body.say("prayer", 1, 6)),
    _chants,
    lambda body: body.insert(body.say("about", 1, 3)),
    lambda body: body.insert(body.say("about")),
    lambda body: body.append(body.say("about")),
    _about_first,
    lambda body: body.append(body.say("footnote", 1, 3)),
    lambda body: body.append(body.say("closing")),
    lambda body: body.append(body.say("dated_sentence")),
    lambda body: body.insert(body.say("dated_sentence"), 0),
    _listed_last,
    _listed_last,
    _speakers,
    lambda body: body.insert(body.say("name", 2, 8)),
)
"""One of these is drawn; what stands here twice is drawn twice as often."""


def tempting(draw: Draw, parts: list[PagePart]) -> list[PagePart]:
    """Return the *parts* of an article with something in it that looks like boilerplate and is its own."""
    body = Body(draw, parts, draw.random.randint(1, len(parts)))
    return draw.one(*TEMPTATIONS)(body)
