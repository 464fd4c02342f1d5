"""What stands where on a page: titles, what is above the article, within it and below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.training.pages.articles import KEEP, PagePart
from cleaner.training.pages.blocks import (
    comments,
    dump,
    embed,
    legal,
    menu,
    meta,
    removed_by_rules,
    share,
    tags,
)
from cleaner.training.pages.related import (
    headlines,
    related_list,
    related_one,
    second_article,
    teasers,
    ticker,
)
from cleaner.training.pages.tempting import tempting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.training.pages.articles import Draw

    Block = Callable[[Draw], Iterator[PagePart]]
    Shares = tuple[tuple[Block, float], ...]

ABOVE: Shares = ((dump, 0.1), (menu, 0.4), (share, 0.08), (legal, 0.05))
"""Blocks above the title, each with its share of pages."""
LINES = (("byline", 0.45), ("dateline", 0.5), ("counter", 0.15), ("source", 0.08))
"""Rules of lines about the article that stand around its title."""
INSIDE: Shares = (
    (related_one, 0.16),
    (related_list, 0.08),
    (embed, 0.1),
    (teasers, 0.04),
    (share, 0.04),
    (headlines, 0.04),
    (removed_by_rules, 0.06),
)
"""Blocks between paragraphs; each may come twice."""
BELOW: Shares = (
    (related_list, 0.45),
    (related_one, 0.12),
    (ticker, 0.1),
    (teasers, 0.22),
    (second_article, 0.4),
    (comments, 0.22),
    (tags, 0.32),
    (share, 0.35),
    (legal, 0.3),
    (menu, 0.15),
    (embed, 0.06),
    (meta("byline"), 0.14),
    (meta("dateline"), 0.1),
    (meta("source"), 0.16),
    (dump, 0.06),
    (removed_by_rules, 0.25),
)
"""Blocks below the article, on pages that are neither emptier nor fuller than most."""


def article_parts(draw: Draw, paragraphs: list[str], *, clean: bool) -> list[PagePart]:
    """Return the parts of an article, with what tempts in it, more often on a *clean* page; not its title."""
    parts = [PagePart(text, KEEP) for text in paragraphs]
    if draw.chance(0.8 if clean else 0.4):
        parts = tempting(draw, parts)
        if draw.chance(0.25):
            parts = tempting(draw, parts)
    if draw.chance(0.15):
        place = draw.say("city") + draw.one(" - ", " ـ ", ": ", "/ ")
        place += draw.one("", draw.say("agency") + ": ", draw.say("agency") + " - ")
        parts[0] = PagePart(place + parts[0].text, KEEP)
    return parts


def title_parts(draw: Draw, title: str) -> list[PagePart]:
    """Return the title as it is printed: maybe with a name before it, a kicker above or a deck below it."""
    if draw.chance(0.14):
        to_site = " لـ«" + draw.say("site") + "»: "
        verb = draw.one("", ": ", " - ", " يؤكد: ", " تكشف ", " يفوز ", " تكتب: ", to_site)
        title = f"{draw.say('name' if draw.chance(0.7) else 'first_name')}{verb or ' '}{title}"
    elif draw.chance(0.06):
        title = " ".join(title.split()[: draw.one(2, 3, 4)])
    elif draw.chance(0.03):
        words = title.split()
        half = len(words) // 2
        return [PagePart(" ".join(words[:half]), "title"), PagePart(" ".join(words[half:]), "title")]
    elif draw.chance(0.05):
        title = f"{draw.say('marker_opening')} {title}"
    paragraphs = draw.main.paragraphs
    parts = [PagePart(title, "title")]
    if draw.chance(0.12):
        said = draw.say("kicker") if draw.chance(0.5) else draw.phrase(paragraphs, 2, 6)
        parts.insert(0, PagePart(said, "deck"))
    if draw.chance(0.14):
        decks = range(draw.one(1, 1, 2, 3))
        parts += [PagePart(draw.phrase(paragraphs, 6, 16) + draw.one("", "", "."), "deck") for _ in decks]
    return parts


def clean_page(draw: Draw, title: list[PagePart], body: list[PagePart]) -> list[PagePart]:
    """Return the parts of a page that has at most one line that is not the article's."""
    if draw.chance(0.35):
        line = PagePart(draw.say(draw.one("dateline", "byline", "source")), "meta")
        if draw.chance(0.4):
            return [*title, *body, line]
        return [*title, line, *body] if draw.chance(0.7) else [line, *title, *body]
    return [*title, *body]


def full_page(draw: Draw, title: list[PagePart], body: list[PagePart]) -> list[PagePart]:
    """Return the parts of a page with boilerplate above the article, below it and maybe within it."""
    head = _head(draw, title)
    below = _below(draw)
    return [*head, *_inside(draw, body), *below]


def _head(draw: Draw, title: list[PagePart]) -> list[PagePart]:
    head = _above(draw)
    lines = _lines(draw)
    split = draw.random.randint(0, len(lines))
    head += _joined(lines[:split]) + title + _joined(lines[split:])
    if title and draw.chance(0.06):
        head += title
    if draw.chance(0.12):
        shown = draw.main.title, draw.phrase(draw.main.paragraphs, 3, 9), draw.say("name")
        head.append(PagePart(draw.one(*shown), "caption"))
    if draw.chance(0.06):
        head.append(PagePart(draw.say("credit"), "nav"))
    if draw.chance(0.06):
        head += draw.one(related_list, headlines)(draw)
    return head


def _above(draw: Draw) -> list[PagePart]:
    above: list[PagePart] = []
    for block, share_of_pages in ABOVE:
        if draw.chance(share_of_pages):
            above += block(draw)
    if draw.chance(0.24):
        last = second_article if draw.chance(0.3) else ticker
        above += draw.one(ticker, related_list, teasers, headlines, last)(draw)
    return above


def _lines(draw: Draw) -> list[list[PagePart]]:
    lines = [
        [PagePart(draw.say(rule), "meta")] for rule, share_of_pages in LINES if draw.chance(share_of_pages)
    ]
    if draw.chance(0.12):
        lines.append([PagePart(draw.say("section"), "nav")])
    if draw.chance(0.3):
        lines.append(list(share(draw)))
    draw.random.shuffle(lines)
    return lines


def _below(draw: Draw) -> list[PagePart]:
    fullness = draw.one(0.35, 1, 1, 1.6)
    below = [list(block(draw)) for block, share_of_pages in BELOW if draw.chance(share_of_pages * fullness)]
    draw.random.shuffle(below)
    if draw.chance(0.2):
        below += draw.many(1, 5, lambda: list(second_article(draw)))
    return _joined(below)


def _inside(draw: Draw, body: list[PagePart]) -> list[PagePart]:
    inside = [[part] for part in body]
    for block, share_of_pages in INSIDE:
        for _ in range(draw.one(1, 1, 2)):
            if draw.chance(share_of_pages) and len(inside) > 1:
                inside.insert(draw.random.randint(1, len(inside) - 1), list(block(draw)))
    if draw.chance(0.07) and len(inside) > 1:
        inside.insert(draw.random.randint(1, len(inside) - 1), [PagePart(draw.say("ad"), "nav")])
    return _joined(inside)


def _joined(blocks: list[list[PagePart]]) -> list[PagePart]:
    return [part for block in blocks for part in block]
