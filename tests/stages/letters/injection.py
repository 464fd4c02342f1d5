"""Put look-alike letters into Arabic text, as keyboards and scrapers do. Seeds make it repeatable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

WORD = re.compile("[\u0621-\u063a\u0641-\u064a]+")
INSIDE = {
    "\u064a": "\u06cc",  # YEH: FARSI YEH
    "\u0643": "\u06a9\u06a9\u06a9\u06aa",  # KAF: KEHEH, now and then SWASH KAF
    "\u0647": "\u06c1\u06be",  # HEH: HEH GOAL, HEH DOACHASHMEE
}
FINAL = INSIDE | {
    "\u064a": "\u06cc\u06cc\u06cc\u06d2",  # YEH: now and then YEH BARREE
    "\u0649": "\u06cc",  # ALEF MAKSURA: FARSI YEH
    "\u0629": "\u06c3\u06d5",  # TEH MARBUTA: TEH MARBUTA GOAL, AE
}
PERSIAN = "\u0649\u064a\u0643"
"""Letters that a Persian keyboard writes in another way."""
ALL = "".join(FINAL)


def inject(word: str, letters: str, random: Random) -> str:
    """Return *word* with those of its *letters* that have look-alikes replaced by one."""
    tables = [INSIDE] * (len(word) - 1) + [FINAL]
    return "".join(
        random.choice(table[letter]) if letter in letters and letter in table else letter
        for letter, table in zip(word, tables, strict=True)
    )


def inject_text(
    text: str, letters: str, share: float, random: Random
) -> tuple[str, list[tuple[int, str, str]]]:
    """Return *text* with a *share* of its words injected, and start, word and injected word of each."""
    changed: list[tuple[int, str, str]] = []

    def replace(match: re.Match[str]) -> str:
        after = inject(match[0], letters, random) if random.random() < share else match[0]
        if after != match[0]:
            changed.append((match.start(), match[0], after))
        return after

    return WORD.sub(replace, text), changed
