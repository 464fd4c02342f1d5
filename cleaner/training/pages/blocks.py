"""Blocks of boilerplate that are made of the grammar: comments, tags, menus, what is shared and embedded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from cleaner.page.markers import markers
from cleaner.training.pages.articles import PagePart
from cleaner.training.pages.grammar import GRAMMAR
from cleaner.training.pages.related import headlines, related_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.training.pages.articles import Draw

SENTENCE = regex.compile(r"(?<=[.!؟])\s+")


def meta(rule: str) -> Callable[[Draw], Iterator[PagePart]]:
    """Return a block of one line about the article that a *rule* of the grammar says."""
    return lambda draw: iter([PagePart(draw.say(rule), "meta")])


def comments(draw: Draw) -> Iterator[PagePart]:
    """Yield what readers wrote, each with name and mostly a time, and the form to write more."""
    if draw.chance(0.7):
        yield PagePart(draw.say("comments_heading"), "comments")
    form = draw.random.randrange(7)
    tools = [draw.say("comment_tool")] if draw.chance(0.5) else []
    timed = draw.one("line", "line", "none", "same")
    for number in range(1, draw.one(1, 2, 3, 4, 6, 9) + 1):
        for line in _comment(draw, form, timed, number) + tools:
            yield PagePart(line, "comments")
    if draw.chance(0.35):
        for line in draw.random.sample(GRAMMAR["comment_form"], draw.random.randint(2, 6)):
            yield PagePart(draw.expand(line), "comments")


def _comment(draw: Draw, form: int, timed: str, number: int) -> list[str]:
    who, time, text = draw.say("commenter"), draw.stamp(), _remark(draw)
    if form == 1:
        who = f"{number} - {who}"
    if form == 2:
        who = f"{who} {draw.one('يقول', 'قال', 'كتب', 'says')}:"
    if timed == "same":
        return [who + draw.one(" - ", " | ", " ، ", "  ", " ") + time, text]
    if timed == "none":
        return [who, text] if form != 3 else [f"{who}: {text}"]
    if form < 3:
        return [who, time, text]
    return [who, text, time] if form < 5 else [text, who, time]


def _remark(draw: Draw) -> str:
    """Return what a reader writes: remarks, or about the article in words of it, with few full stops."""
    if draw.chance(0.4):
        return draw.say("remark")
    if draw.chance(0.3):
        return draw.say("remark") + draw.one(". ", "، ", " .. ", "!! ") + draw.say("remark")
    paragraphs = draw.main.paragraphs if draw.chance(0.4) else draw.other().paragraphs
    said = draw.phrase(paragraphs, 5, 40)
    return f"{draw.say('remark')} {said}" if draw.chance(0.6) else said


def tags(draw: Draw) -> Iterator[PagePart]:
    """Yield words and phrases of the article as tags: one a line or all in one, with or without signs."""
    sources = [draw.main.title, *draw.main.paragraphs]
    words = draw.many(2, 10, lambda: draw.phrase(sources, 1, draw.one(1, 2, 2, 3)))
    words = [word for word in words if len(word) > 2] or ["أخبار"]
    label = "" if draw.chance(0.4) else draw.say("tags_label") + draw.one(":", " : ", " ", "")
    form = draw.random.randrange(6)
    if form in {0, 1, 3}:
        if label:
            yield PagePart(label, "tags")
        for word in words:
            yield PagePart("#" + word.replace(" ", draw.one(" ", "_")) if form == 3 else word, "tags")
        return
    if form == 2:
        line = " ".join("#" + word.replace(" ", "_") for word in words)
    else:
        line = draw.one(", ", "، ", " | ", " - ", " / ", "  ", " ").join(words)
    yield PagePart(f"{label} {line}".strip(), "tags")


def share(draw: Draw) -> Iterator[PagePart]:
    """Yield an invitation to follow or to share, or names of networks in one line or one a line."""
    if draw.chance(0.3):
        if draw.chance(0.4):
            said = draw.say("follow_sentence")
        else:
            said = f"{draw.say('follow_verb')} {draw.say('follow')}"
        yield PagePart(said + draw.one("", "", ".", "!"), "share")
        return
    words = draw.random.sample(GRAMMAR["share"], draw.random.randint(1, 8))
    if draw.chance(0.5):
        yield PagePart(draw.one(" ", " | ", " · ", "  ", " / ", "").join(words), "share")
    else:
        yield from (PagePart(word, "share") for word in words)


def legal(draw: Draw) -> Iterator[PagePart]:
    """Yield lines about rights, terms and privacy."""
    yield from (PagePart(draw.say("legal"), "legal") for _ in range(draw.one(1, 1, 2, 3, 5)))


def menu(draw: Draw) -> Iterator[PagePart]:
    """Yield a menu in one line or one entry a line, a path, labels of an interface, or a masthead."""
    form = draw.random.randrange(5)
    words = draw.many(2, 16, lambda: draw.say("menu"))
    if form == 0:
        yield PagePart(draw.one(" | ", " - ", " / ", " ", "  ", " · ").join(words), "nav")
    elif form == 1:
        path = [draw.say("path"), *words[:2]] + ([draw.main.title] if draw.chance(0.3) else [])
        yield PagePart(draw.one(" > ", " » ", " / ", " › ", " -> ", " \\ ", " : ").join(path), "nav")
    elif form == 2:
        yield from (PagePart(word, "nav") for word in words)
    elif form == 3:
        yield from (PagePart(draw.say("interface"), "nav") for _ in range(draw.one(1, 1, 2, 3, 4)))
    else:
        yield from (PagePart(draw.say("masthead"), "nav") for _ in range(draw.one(1, 1, 2, 4, 6)))


def dump(draw: Draw) -> Iterator[PagePart]:
    """Yield the menus of a page that was dumped whole."""
    for _ in range(draw.random.randint(3, 7)):
        yield from draw.one(menu, menu, share, related_list, headlines)(draw)


def embed(draw: Draw) -> Iterator[PagePart]:
    """Yield a post of a network as it is embedded, its text among what frames it."""
    remark, paragraph = draw.say("remark"), draw.random.choice(draw.other(2).paragraphs)
    text = draw.one(remark, SENTENCE.split(paragraph)[0])
    lines = [text, *draw.many(1, 3, lambda: draw.say("embed_frame"))]
    if draw.chance(0.4):
        draw.random.shuffle(lines)
    if draw.chance(0.3):
        picture = f"pic.twitter.com/{draw.random.randrange(16**8):x}"
        who = f"{draw.say('name')} (@{draw.say('latin')})"
        lines = [f"{text} {picture} — {who} {draw.english_date()}"]
    yield from (PagePart(line, "embed") for line in lines)


MARKED_KINDS = {"caption": "nav", "ad": "nav"}
REMOVED = [
    (example, MARKED_KINDS.get(row.kind, row.kind))
    for row in markers()
    for example in row.removes
    if row.scope != "glued"
]
"""What the rows of the marker tables remove, with its kind."""


def removed_by_rules(draw: Draw) -> Iterator[PagePart]:
    """Yield lines that rows of the marker tables remove."""
    for _ in range(draw.one(1, 1, 2, 3)):
        text, kind = draw.one(*REMOVED)
        yield PagePart(text, kind)
