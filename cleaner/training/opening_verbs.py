"""Learn with which words articles begin: `cleaner/learned/opening_verbs.toml`.

`python -m cleaner.training.opening_verbs CORPUS`: the rows of the corpus hold `title`, `text` and `site`.
Only counts leave them: how often a word is the first of an article, and how often it stands elsewhere in
title and first words.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
import zlib

from cleaner import learned
from cleaner.page import vocabulary
from cleaner.stages.run_on import headline_break
from cleaner.text.folding import small
from cleaner.training.corpus import rows
from cleaner.training.names import is_general, of_rules
from cleaner.training.tables import Score, TableProvenance, commit, write_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST_LEDE = 12
"""Spaces in a paragraph with which an article may begin."""
FIRST_WORDS = 45
"""Words of title and text among which those that do not begin the text are counted."""
FEWEST, SITES = 5, 3
"""Articles that must begin with a word for it to be written down, and sites whose articles must have it."""
LIKELIER = 1.0
"""Log odds from which on it is."""
ONE_IN = 5
"""Articles of which the words are not used in the measure that is printed."""


class Opening(NamedTuple):
    """A title and the article's first words in one folded line, where the article begins, and its site."""

    line: str
    at: int
    site: str

    @property
    def words(self) -> tuple[list[str], int]:
        """The first words, and which of them begins the article."""
        return self.line.split()[:FIRST_WORDS], self.line.count(" ", 0, self.at)


def openings(corpus: Path) -> Iterator[Opening]:
    """Yield the articles of *corpus* that have a title and do not repeat it."""
    for row in rows(corpus):
        title = " ".join(small(row["title"]).split())
        paragraphs = [
            words for line in row["text"].split("\n") if len(words := line.split()) >= SHORTEST_LEDE
        ]
        if title.count(" ") + 1 in headline_break.LENGTHS and paragraphs:
            text = small(" ".join(word for words in paragraphs[:3] for word in words))
            if title[:20] not in text[:400]:
                yield Opening(f"{title} {text}", len(title) + 1, row["site"])


def learn(found: Iterable[Opening]) -> dict[str, float]:
    """Return the words with which articles begin, and how much likelier they do so than stand elsewhere.

    Names are those of reporters and agencies, which some papers print before the first word; they are left
    out, and so is what articles of few sites say.
    """
    names = of_rules()
    first: Counter[str] = Counter()
    sites: defaultdict[str, set[str]] = defaultdict(set)
    elsewhere: Counter[str] = Counter()
    for opening in found:
        words, at = opening.words
        first[words[at]] += 1
        elsewhere.update(words[headline_break.LENGTHS.start : at] + words[at + 1 :])
        for word in words:
            sites[word].add(opening.site)
    of_first, of_elsewhere = first.total(), elsewhere.total()
    odds = {
        word: round(log((count + 0.5) / of_first * of_elsewhere / (elsewhere[word] + 2)), 1)
        for word, count in first.items()
        if count >= FEWEST and len(sites[word]) >= SITES and is_general(vocabulary.stem(word), names)
    }
    return {word: odds[word] for word in sorted(odds) if odds[word] >= LIKELIER}


def measure(found: Iterable[Opening], least: float) -> tuple[int, int, int]:
    """Return how many beginnings are found, how many are taken for elsewhere, and how many are not found."""
    right = wrong = missed = 0
    for opening in found:
        at = headline_break.headline_end(opening.line, 0, len(opening.line), least=least)
        right += at == opening.at
        wrong += at not in (0, opening.at)
        missed += at == 0
    return right, wrong, missed


def main() -> None:
    """Learn from the corpus named, and write the table and its provenance.

    What is measured is a table learned from four of five headlines, on the fifth.
    """
    parser = argparse.ArgumentParser(prog="python -m cleaner.training.opening_verbs")
    parser.add_argument("corpus", type=Path, help="articles with their titles, in JSON lines")
    corpus = parser.parse_args().corpus
    at = commit()
    found = list(openings(corpus))
    aside = [opening for opening in found if zlib.crc32(opening.line.encode()) % ONE_IN == 0]
    others = learn(opening for opening in found if zlib.crc32(opening.line.encode()) % ONE_IN)
    learned.table("opening_verbs")["words"] = others
    vocabulary.opening_verbs.cache_clear()
    scores: list[Score] = []
    for name in ("CERTAIN", "LIKELY"):
        right, wrong, missed = measure(aside, getattr(headline_break, name))
        on = f"ends of {len(aside)} headlines left out of {corpus.name}, {name.lower()} ones"
        scores.append({"on": on, "right": right, "wrong": wrong, "not_found": missed})
    how = TableProvenance(f"make opening-verbs CORPUS={corpus.name}", at, [corpus], scores)
    write_table(
        "opening_verbs",
        "Folded words with which articles begin: how much likelier there than elsewhere, in log odds.",
        {"words": learn(found)},
        how,
    )
    print(*scores, sep="\n")


if __name__ == "__main__":
    main()
