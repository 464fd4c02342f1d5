"""Articles of a corpus, and what a page is made of: its own, others, and the texts of the grammar."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cleaner.page import markers
from cleaner.page.lines import Page
from cleaner.training.corpus import held_out, rows
from cleaner.training.pages.grammar import Expander

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

KEEP = ""
"""The kind of what is the article's."""
HELD_OUT = 20
"""One article in so many is never composed into a page, so that removals can be counted on clean ones."""


class PagePart(NamedTuple):
    """A part of a page: its text, which may have line breaks, and its kind; `KEEP` if it is the article's."""

    text: str
    kind: str


class Article(NamedTuple):
    """An article of a corpus: what it is called by, where it is from, its title and its paragraphs."""

    id: str
    site: str
    title: str
    paragraphs: list[str]


def articles(path: Path) -> Iterator[Article]:
    """Yield the articles of a corpus that hold no line with a marker; one in `HELD_OUT` is left out."""
    for row in rows(path):
        if held_out(row["id"], HELD_OUT):
            continue
        lines = [" ".join(line.split()) for line in row["text"].split("\n")]
        lines = [line for line in lines if line]
        title = " ".join((row.get("title") or "").split())
        if lines and title and _letters(lines[0]) == _letters(title):
            del lines[0]
        if lines and not any(markers.find_markers(Page.of("\n".join(lines)))):
            yield Article(row["id"], row.get("site") or row.get("country") or "", title, lines)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


class Draw(Expander):
    """Draws what a page is made of: its article from *news* or *papers*, other articles, and texts."""

    def __init__(self, seed: int, news: Sequence[Article], papers: Sequence[Article] = ()) -> None:
        super().__init__(seed)
        self.supplied |= {
            "title": lambda: self.main.title,
            "words": lambda: self.phrase(self.main.paragraphs, 2, 6),
        }
        self.news = [article for article in news if len(article.title) > 15]
        self.papers = papers
        self.listed = list(filter(_is_list, news))
        self.sites: dict[str, list[Article]] = {}
        for article in self.news:
            self.sites.setdefault(article.site, []).append(article)
        self.main: Article = self.news[0]
        self.same_site = True

    def begin(self, *, clean: bool) -> None:
        """Choose the article of a new page, a *clean* one or one full of boilerplate, and its habits."""
        self.eastern, self.same_site = self.chance(0.12), self.chance(0.7)
        kind = self.random.random()
        if clean and kind < 0.3 and self.listed:
            self.main = self.random.choice(self.listed)
        elif clean and kind < 0.45 and self.papers:
            self.main = self.random.choice(self.papers)
        else:
            self.main = self.random.choice(self.news)

    def paragraphs(self) -> list[str]:
        """Return the paragraphs of the page's article, more or less of them; none if it has no sentences."""
        paragraphs = self.main.paragraphs
        if self.main in self.papers:
            # Nobody labelled the lines of papers: only what stands between their sentences is the article's.
            long = [number for number, text in enumerate(paragraphs) if len(text.split()) >= 15]
            if not long:
                return []
            paragraphs = paragraphs[long[0] : long[-1] + 1]
        if self.chance(0.22):
            paragraphs = paragraphs[: self.one(1, 1, 2)]
        return paragraphs

    def other(self, paragraphs: int = 1) -> Article:
        """Return another article than the page's own, more often than not of the same site."""
        same = self.sites.get(self.main.site) if self.same_site else None
        while True:
            article = self.random.choice(same if same and self.chance(0.6) else self.news)
            if article is not self.main and len(article.paragraphs) >= paragraphs:
                return article

    def phrase(self, paragraphs: Sequence[str], low: int, high: int) -> str:
        """Return *low* to *high* words that stand together in one of *paragraphs*."""
        words = self.random.choice(paragraphs).split()
        size = self.random.randint(low, high)
        start = self.random.randrange(max(1, len(words) - size))
        return " ".join(words[start : start + size]).strip('،.:؛"«»()- ')

    def cut(self, text: str, low: float = 0.4, high: float = 0.9) -> str:
        """Return the beginning of *text*, *low* to *high* of its words, and how it is broken off."""
        words = text.split()
        kept = words[: max(3, int(len(words) * self.random.uniform(low, high)))]
        return " ".join(kept) + self.one("…", "...", " ...", " …", "..", "... المزيد", " […]", "")


def _is_list(article: Article) -> bool:
    count = len(article.paragraphs)
    return count > 12 and sum(map(len, article.paragraphs)) / count < 110
