"""Blocks of boilerplate that are made of other articles: their headlines, their ledes, whole ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cleaner.training.pages.articles import PagePart
from cleaner.training.pages.grammar import GRAMMAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.training.pages.articles import Draw


class _Style(NamedTuple):
    """What stands on all headlines of a list: bullets or numbers, times, sections, names."""

    bullet: str
    separator: str
    numbered: bool
    trailing: bool
    time: str
    section: str
    named: bool


def _style(draw: Draw) -> _Style:
    return _Style(
        bullet=draw.say("bullet"),
        separator=draw.one(" ", " - ", " | ", " : ", " / ", "  ", ""),
        numbered=draw.chance(0.08),
        trailing=draw.chance(0.15),
        time=draw.one("", "", "", "before", "behind", "below", "above"),
        section=draw.one("", "", "", "", "before", "below", "behind"),
        named=draw.chance(0.06),
    )


def headlines(draw: Draw) -> Iterator[PagePart]:
    """Yield headlines of other articles; on all of them stand the same bullets, times and sections."""
    count = draw.one(1, 1, 2, 3, 3, 4, 5, 6, 8, 10, 16)
    style = _style(draw)
    for number in range(1, count + 1):
        text = _headline(draw, style, number)
        if style.time == "above":
            yield PagePart(draw.stamp(), "related")
        if style.section == "below":
            yield PagePart(draw.say("section"), "related")
        yield PagePart(text, "related")
        if style.named:
            yield PagePart(draw.say("name"), "related")
        if style.time == "below":
            yield PagePart(draw.stamp(), "related")


def _headline(draw: Draw, style: _Style, number: int) -> str:
    text = draw.other().title
    if style.trailing or draw.chance(0.04):
        text = draw.cut(text)
    text = f"{number}{draw.one('. ', '- ', ' ')}{text}" if style.numbered else style.bullet + text
    if style.time == "before":
        text = draw.stamp() + style.separator + text
    if style.time == "behind":
        text += style.separator + draw.stamp()
    if style.section == "before":
        text = draw.say("section") + style.separator + text
    if style.section == "behind":
        text += (style.separator or " ") + draw.say("section")
    return text


def _heading(draw: Draw, share: float) -> Iterator[PagePart]:
    if draw.chance(share):
        yield PagePart(draw.say("heading") + draw.say("heading_end"), "related")


def related_list(draw: Draw) -> Iterator[PagePart]:
    """Yield a list of headlines, maybe below a heading."""
    yield from _heading(draw, 0.62)
    yield from headlines(draw)
    if draw.chance(0.1):
        yield PagePart(draw.say("more"), "related")


def related_one(draw: Draw) -> Iterator[PagePart]:
    """Yield one headline, mostly in one line with what invites to read it."""
    join = draw.one(" ", ": ", " | ", ".. ", " - ", "\n", " : ")
    said = draw.say("heading") + join if draw.chance(0.8) else ""
    yield PagePart((said + draw.other().title).strip(" :|-"), "related")


def ticker(draw: Draw) -> Iterator[PagePart]:
    """Yield headlines run together in one line."""
    separator = draw.one(*GRAMMAR["separator"], f" {draw.say('site')} ", f" {draw.clock()} ", " ")
    text = separator.join(draw.many(3, 16, lambda: draw.other().title))
    if draw.chance(0.45):
        label = draw.one("عاجل", "شريط الأخبار", "آخر الأخبار", draw.say("heading"))
        text = label + draw.one(" ", ": ", " | ", "\n") + text
    yield PagePart(text, "related")


def teasers(draw: Draw) -> Iterator[PagePart]:
    """Yield ledes of other articles, whole or broken off, with title, time and what invites to read on."""
    yield from _heading(draw, 0.45)
    more = draw.say("teaser_more") if draw.chance(0.55) else ""
    dated, titled, whole = draw.chance(0.4), draw.chance(0.85), draw.chance(0.3)
    for _ in range(draw.one(1, 1, 2, 3, 4, 5)):
        article = draw.other()
        if titled:
            yield PagePart(article.title, "related")
        if dated:
            yield PagePart(draw.stamp(), "related")
        lede = article.paragraphs[0]
        yield PagePart(lede if whole else draw.cut(lede, 0.2, 0.8), "second")
        if more:
            yield PagePart(more, "related")


def second_article(draw: Draw) -> Iterator[PagePart]:
    """Yield another article, maybe with heading, title, lines about it, and broken off."""
    yield from _heading(draw, 0.45)
    article = draw.other()
    if draw.chance(0.75):
        yield PagePart(article.title, "related")
    for line, share in ((draw.say("dateline"), 0.35), (draw.say("byline"), 0.25)):
        if draw.chance(share):
            yield PagePart(line, "meta")
    paragraphs = article.paragraphs[: draw.one(1, 1, 2, 3, 4, 6, 99)]
    if draw.chance(0.2):
        place = f"{draw.say('city')} {draw.one('-', 'ـ', ':', '/')} "
        paragraphs[0] = place + draw.say("agency") + draw.one(": ", " - ") + paragraphs[0]
    if draw.chance(0.25):
        paragraphs[-1] = draw.cut(paragraphs[-1])
    for paragraph in paragraphs:
        yield PagePart(paragraph, "second")
    if draw.chance(0.2):
        yield PagePart(draw.one(draw.say("source"), draw.say("teaser_more"), draw.say("dateline")), "meta")
