"""Count the words of a corpus: `cleaner/learned/lexicon.zst`.

`python -m cleaner.training.lexicon_counts ARABIC FOREIGN`: ARABIC holds Arabic news articles, FOREIGN texts
in other languages of Arabic script; a row of either has `id` and `text`, and `site` or `language`. Only
counts leave them: in how many texts a form stands. Forms of few texts, sites or languages are left out. Texts
whose id's sha256 begins with a byte that a tenth (Arabic) or a half (foreign) of all bytes matches are held
out, so that what the lexicon is good for can be measured on them.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
import math
from pathlib import Path
import re
from typing import TYPE_CHECKING

import zstandard

from cleaner.text.folding import MARKS
from cleaner.text.language import words as spelled_words
from cleaner.text.lexicon import BREAK, Lexicon, parse
from cleaner.training.corpus import held_out, rows
from cleaner.training.tables import Score, TableProvenance, commit, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator

FEWEST = 5
"""Texts a form must stand in."""
SITES, COLLECTIONS = 3, 2
"""Sites that these must be of, so that names and slips that one of them repeats are none; of foreign texts,
which are of few sources, collections or languages."""
ONE_IN_ARABIC, ONE_IN_FOREIGN = 10, 2
"""Texts of which one is held out; foreign ones are few."""
CONTEXT_SHARE = 0.01
"""Share of the rarer spelling from which on neighbours decide between final yeh and alef maksura."""
HEADER = """cleaner lexicon 1
In how many of {arabic} Arabic news articles and {foreign} texts of other languages a word stands: counts,
from which no text can be rebuilt. Sections: Arabic words, levels; words with final yeh or alef maksura in
articles of standard orthography, levels; foreign words, levels; neighbours, odds of yeh.
MIT License, as the rest of the package."""

_WORD = re.compile("[\u0621-\u063a\u0641-\u064a]+")
_WORD_OR_BREAK = re.compile(f"{_WORD.pattern}|[^\\s\u0600-\u06ff]|[،؛؟]|\n")
_MARKS = re.compile(f"[{MARKS}\u0640]+")
_EGYPTIAN = re.compile(
    "(?<![\u0621-\u064a])(?:فى|التى|الذى|هى|إلي|الي|حتي|أخري|علي ال\\w+)(?![\u0621-\u064a])"
)


def level(count: int) -> str:
    """Return *count* on a logarithmic scale of quarter octaves, as one printable character."""
    return chr(33 + min(93, round(4 * math.log2(count))))


def section(counts: dict[str, int]) -> str:
    """Return two lines: the words of *counts*, sorted, and their levels."""
    known = sorted(counts)
    return " ".join(known) + "\n" + "".join(level(counts[word]) for word in known)


class Counts:
    """In how many texts, and of which sources, words stand."""

    def __init__(self) -> None:
        self.texts: Counter[str] = Counter()
        self.sources: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, words: set[str], source: str) -> None:
        """Count the *words* of one text."""
        self.texts.update(words)
        for word in words:
            self.sources[word].add(source)

    def frequent(self, sources: int) -> dict[str, int]:
        """Return in how many texts those words stand that enough texts of as many *sources* have."""
        return {
            word: count
            for word, count in self.texts.items()
            if count >= FEWEST and len(self.sources[word]) >= sources
        }


def _neighbour(found: list[str], at: int) -> str:
    """Return the word that stands at *at*, or `BREAK` for anything else."""
    return found[at] if 0 <= at < len(found) and _WORD.fullmatch(found[at]) else BREAK


class ArabicCounts:
    """In how many articles words, final-yeh words and their neighbours stand."""

    def __init__(self) -> None:
        self.articles = 0
        self.words = Counts()
        self.endings = Counts()
        self.neighbours: Counter[str] = Counter()

    def add(self, text: str, site: str) -> None:
        """Count one article; endings only where it spells final yeh with dots and alef maksura without."""
        self.articles += 1
        found = _WORD.findall(_MARKS.sub("", text))
        self.words.add(set(found), site)
        if _EGYPTIAN.search(text):
            return
        self.endings.add({word for word in found if word[-1] in "يى"}, site)

    def add_neighbours(self, text: str, ambiguous: frozenset[str]) -> None:
        """Count the words before and behind each of the *ambiguous* words."""
        if _EGYPTIAN.search(text):
            return
        found = _WORD_OR_BREAK.findall(_MARKS.sub("", text))
        seen: set[str] = set()
        for at, word in enumerate(found):
            if word in ambiguous:
                seen.add(f"{word}<{_neighbour(found, at - 1)}")
                seen.add(f"{word}>{_neighbour(found, at + 1)}")
        self.neighbours.update(seen)

    def ambiguous(self) -> frozenset[str]:
        """Return the words of which both endings are usual."""
        both: set[str] = set()
        endings = self.endings.frequent(SITES)
        for word, count in endings.items():
            other = endings.get(word[:-1] + "ى", 0) if word.endswith("ي") else 0
            if other and min(count, other) >= CONTEXT_SHARE * (count + other):
                both |= {word, word[:-1] + "ى"}
        return frozenset(both)

    def odds(self) -> dict[str, int]:
        """Return the log odds (quarter bits) of yeh by `stem<previous` and `stem>next`."""
        totals: Counter[str] = Counter()
        for key, count in self.neighbours.items():
            word, direction, neighbour = re.split("([<>])", key)
            totals[word[:-1] + direction + neighbour] += count
        known = {BREAK, *self.words.frequent(SITES)}
        found: dict[str, int] = {}
        for key, total in totals.items():
            stem, direction, neighbour = re.split("([<>])", key)
            if total < FEWEST or neighbour not in known:
                continue
            yeh = self.neighbours[f"{stem}ي{direction}{neighbour}"]
            yehs, maksuras = (self.endings.texts[stem + ending] for ending in "يى")
            prior = yehs / (yehs + maksuras)
            share = (yeh + prior) / (total + 1)
            value = round(4 * (math.log2(share / (1 - share)) - math.log2(prior / (1 - prior))))
            if abs(value) >= 6:
                found[key] = max(-40, min(40, value))
        return found


def foreign_counts(path: Path) -> tuple[int, Counts]:
    """Return how many texts of *path* were counted, and in how many of them each word stands."""
    counts = Counts()
    number = 0
    for row in rows(path):
        if not held_out(row["id"], ONE_IN_FOREIGN):
            number += 1
            # Ids of a collection begin alike: «name:number».
            collection = row["id"].rpartition(":")[0].partition(":")[0]
            counts.add(set(spelled_words(row["text"])), f"{collection}:{row['language']}")
    return number, counts


def build(arabic: Path, foreign: Path) -> str:
    """Return the text of the lexicon."""
    counts = ArabicCounts()
    for row in rows(arabic):
        if not held_out(row["id"], ONE_IN_ARABIC):
            counts.add(row["text"], row["site"])
    ambiguous = counts.ambiguous()
    for row in rows(arabic):
        if not held_out(row["id"], ONE_IN_ARABIC):
            counts.add_neighbours(row["text"], ambiguous)
    foreign_texts, foreign_words = foreign_counts(foreign)
    odds = counts.odds()
    neighbours = sorted(odds)
    return "\n\n".join((
        HEADER.format(arabic=counts.articles, foreign=foreign_texts),
        f"{counts.articles} {foreign_texts}",
        section(counts.words.frequent(SITES)),
        section(counts.endings.frequent(SITES)),
        section(foreign_words.frequent(COLLECTIONS)),
        " ".join(neighbours) + "\n" + "".join(chr(80 + odds[key]) for key in neighbours),
    ))  # fmt: skip


def measure(made: Lexicon, arabic: Path, foreign: Path) -> Iterator[Score]:
    """Yield which share of the words of the texts held out the lexicon knows as words of their language.

    Foreign words are those that are likelier foreign than Arabic; each word counts as often as it stands.
    """
    known = total = 0
    for row in rows(arabic):
        if held_out(row["id"], ONE_IN_ARABIC):
            found = _WORD.findall(_MARKS.sub("", row["text"]))
            known += sum(map(made.known, found))
            total += len(found)
    yield {"on": f"held-out articles of {arabic.name}", "words": total, "known": round(known / total, 4)}
    likelier = total = 0
    for row in rows(foreign):
        if held_out(row["id"], ONE_IN_FOREIGN):
            found = spelled_words(row["text"])
            likelier += sum(made.odds(word, word) < 0 for word in found)
            total += len(found)
    yield {"on": f"held-out texts of {foreign.name}", "words": total, "foreign": round(likelier / total, 4)}


def main() -> None:
    """Count the words of the files named, and write the lexicon and its provenance."""
    parser = argparse.ArgumentParser(prog="python -m cleaner.training.lexicon_counts")
    parser.add_argument("arabic", type=Path, help="Arabic articles, in JSON lines")
    parser.add_argument("foreign", type=Path, help="texts of other languages of Arabic script")
    arguments = parser.parse_args()
    at = commit()
    text = build(arguments.arabic, arguments.foreign)
    scores = list(measure(parse(text), arguments.arabic, arguments.foreign))
    packed = zstandard.ZstdCompressor(level=19).compress(text.encode())
    command = f"make lexicon CORPUS={arguments.arabic.name} FOREIGN={arguments.foreign.name}"
    write_file(
        "lexicon.zst", packed, TableProvenance(command, at, (arguments.arabic, arguments.foreign), scores)
    )
    print(f"lexicon.zst: {len(packed):,} bytes", *scores, sep="\n")


if __name__ == "__main__":
    main()
