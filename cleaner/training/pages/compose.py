"""Composes pages: draws an article, arranges it with boilerplate, and lays both out as one labelled text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.training.pages.arrangement import article_parts, clean_page, full_page, title_parts
from cleaner.training.pages.articles import KEEP, Draw, PagePart, articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cleaner.training.pages.articles import Article

NEUTRAL_KINDS = ("title", "deck", "caption")
"""Kinds of what is the article's own, and need not be kept."""
TEMPTING = 0.34
"""Share of pages without boilerplate, or with hardly any."""


class Composer:
    """Composes pages, the same from the same *seed* and articles."""

    def __init__(self, seed: int, news: Sequence[Article], papers: Sequence[Article] = ()) -> None:
        self.seed = seed
        self.draw = Draw(seed, news, papers)

    def say(self, rule: str) -> str:
        """Return one expansion of a *rule* of the grammar, about the article of the last page."""
        return self.draw.say(rule)

    def page(self, number: int) -> dict[str, Any] | None:
        """Return page *number* as a row of labelled data, or None if what was drawn makes no page."""
        draw = self.draw
        clean = draw.chance(TEMPTING)
        draw.begin(clean=clean)
        paragraphs = draw.paragraphs()
        if not paragraphs:
            return None
        body = article_parts(draw, paragraphs, clean=clean)
        title = draw.main.title
        titles = title_parts(draw, title) if title and draw.chance(0.78) else []
        parts = clean_page(draw, titles, body) if clean else full_page(draw, titles, body)
        raw, spans = _laid_out(draw, parts)
        name = f"page{self.seed}-{number}"
        return {"id": name, "raw": raw, "spans": spans, "format": name, "body_id": draw.main.id}


def _laid_out(draw: Draw, parts: list[PagePart]) -> tuple[str, list[list[Any]]]:
    """Return the text of a page of *parts*, and the spans of those that are not the article's."""
    flat = draw.chance(0.09)
    separator = draw.one(" ", " ", "  ", "    ") if flat else draw.one("\n", "\n", "\n", "\n\n", "\n \n")
    glued = draw.chance(0.04)
    raw, before = "", KEEP
    spans: list[list[Any]] = []
    for text, kind in parts:
        stripped = text.strip()
        if not stripped:
            continue
        if raw:
            own = before == kind == KEEP
            if glued and draw.chance(0.12) and not own:
                raw += draw.one(" ", "")
            else:
                raw += separator if flat or draw.chance(0.9) else draw.one("\n", "\n\n")
        start = len(raw)
        raw += stripped.replace("\n", " ") if flat else stripped
        before = kind
        if kind:
            spans.append([start, len(raw), kind, "neutral" if kind in NEUTRAL_KINDS else "remove"])
    return raw, spans


def compose(count: int, seed: int, corpora: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Yield *count* pages made of the articles of *corpora*: news, and papers whose lines nobody labelled."""
    news, *papers = (list(articles(path)) for path in corpora)
    composer = Composer(seed, news, papers[0] if papers else ())
    number = 0
    while number < count:
        page = composer.page(number)
        if page and 120 < len(page["raw"]) < 25_000:
            yield page
            number += 1
