"""Build `lexicon.zst` from word counts.

python -m cleaner.data.build_lexicon ARABIC.jsonl.zst FOREIGN.jsonl

ARABIC holds Arabic news articles, FOREIGN texts in other languages of Arabic script; a row of either has
`id` and `text`. Only counts leave them: in how many texts a form stands. Forms in fewer than five texts are
left out. Texts whose id's sha256 begins with a byte that a tenth (Arabic) or a half (foreign) of all bytes
matches are held out, so that what the lexicon is good for can be measured on them.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
import json
import math
from pathlib import Path
import re
import sys
from typing import TYPE_CHECKING

import zstandard

from cleaner.folding import MARKS
from cleaner.language import words as spelled_words
from cleaner.lexicon import BREAK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FEWEST = 5
"""Texts a form must stand in."""
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


def held_out(identifier: str, one_in: int) -> bool:
    """Tell whether the text *identifier* is kept for measuring; one in *one_in* is."""
    return sha256(identifier.encode()).digest()[0] % one_in == 0


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a JSONL file, plain or compressed by zstd."""
    opened = (
        zstandard.open(path, "rt", encoding="utf-8") if path.suffix == ".zst" else path.open(encoding="utf-8")
    )
    with opened as lines:
        for line in lines:
            yield json.loads(line)


def level(count: int) -> str:
    """Return *count* on a logarithmic scale of quarter octaves, as one printable character."""
    return chr(33 + min(93, round(4 * math.log2(count))))


def section(counts: dict[str, int]) -> str:
    """Return two lines: the words of *counts*, sorted, and their levels."""
    known = sorted(counts)
    return " ".join(known) + "\n" + "".join(level(counts[word]) for word in known)


def frequent(counts: Counter[str]) -> dict[str, int]:
    """Return the entries of *counts* that stand in enough texts."""
    return {word: count for word, count in counts.items() if count >= FEWEST}


def _neighbour(found: list[str], at: int) -> str:
    """Return the word that stands at *at*, or `BREAK` for anything else."""
    return found[at] if 0 <= at < len(found) and _WORD.fullmatch(found[at]) else BREAK


class ArabicCounts:
    """In how many articles words, final-yeh words and their neighbours stand."""

    def __init__(self) -> None:
        self.articles = 0
        self.words: Counter[str] = Counter()
        self.endings: Counter[str] = Counter()
        self.neighbours: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Count one article; endings only where it spells final yeh with dots and alef maksura without."""
        self.articles += 1
        found = _WORD.findall(_MARKS.sub("", text))
        self.words.update(set(found))
        if _EGYPTIAN.search(text):
            return
        self.endings.update({word for word in found if word[-1] in "يى"})

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
        for word, count in self.endings.items():
            other = self.endings.get(word[:-1] + "ى", 0) if word.endswith("ي") else 0
            if min(count, other) >= max(FEWEST, CONTEXT_SHARE * (count + other)):
                both |= {word, word[:-1] + "ى"}
        return frozenset(both)

    def odds(self) -> dict[str, int]:
        """Return, the log odds (quarter bits) of yeh by `stem<previous` and `stem>next`."""
        totals: Counter[str] = Counter()
        for key, count in self.neighbours.items():
            word, direction, neighbour = re.split("([<>])", key)
            totals[word[:-1] + direction + neighbour] += count
        found: dict[str, int] = {}
        for key, total in totals.items():
            if total < FEWEST:
                continue
            stem, direction, neighbour = re.split("([<>])", key)
            yeh = self.neighbours[f"{stem}ي{direction}{neighbour}"]
            prior = self.endings[stem + "ي"] / (self.endings[stem + "ي"] + self.endings[stem + "ى"])
            share = (yeh + prior) / (total + 1)
            value = round(4 * (math.log2(share / (1 - share)) - math.log2(prior / (1 - prior))))
            if abs(value) >= 6:
                found[key] = max(-40, min(40, value))
        return found


def foreign_counts(path: Path) -> tuple[int, Counter[str]]:
    """Return how many texts of *path* were counted, and in how many of them each word stands."""
    counts: Counter[str] = Counter()
    number = 0
    for row in rows(path):
        if not held_out(row["id"], 2):
            number += 1
            counts.update(set(spelled_words(row["text"])))
    return number, counts


def build(arabic: Path, foreign: Path) -> str:
    """Return the text of the lexicon."""
    counts = ArabicCounts()
    for row in rows(arabic):
        if not held_out(row["id"], 10):
            counts.add(row["text"])
    ambiguous = counts.ambiguous()
    for row in rows(arabic):
        if not held_out(row["id"], 10):
            counts.add_neighbours(row["text"], ambiguous)
    foreign_texts, foreign_words = foreign_counts(foreign)
    odds = counts.odds()
    neighbours = sorted(odds)
    return "\n\n".join((
        HEADER.format(arabic=counts.articles, foreign=foreign_texts),
        f"{counts.articles} {foreign_texts}",
        section(frequent(counts.words)),
        section(frequent(counts.endings)),
        section(frequent(foreign_words)),
        " ".join(neighbours) + "\n" + "".join(chr(80 + odds[key]) for key in neighbours),
    ))  # fmt: skip


def main(arguments: Iterable[str]) -> None:
    """Write the lexicon beside this file."""
    arabic, foreign = map(Path, arguments)
    text = build(arabic, foreign)
    target = Path(__file__).with_name("lexicon.zst")
    target.write_bytes(zstandard.ZstdCompressor(level=19).compress(text.encode()))
    sys.stderr.write(f"{target.name}: {target.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1:])
