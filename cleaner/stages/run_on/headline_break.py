"""Find where a headline ends if its article follows without a line break."""

from __future__ import annotations

import regex

from cleaner.page import vocabulary
from cleaner.page.cohesion import LONGER, beginning

LENGTHS = range(4, 25)
"""Words of such a headline."""
LOOK_AHEAD = 25
"""Words at an article's beginning in which those of its headline are looked for."""
NOT_AGAIN = 0.7
"""What a word counts against the headline that does not come again; one that does counts 1 for it."""
OPENING_VERB, COMMA = 2.0, 3.0
"""How much it counts that articles begin with the word behind (`cleaner/learned/opening_verbs.toml`), in
multiples of log odds up to MOST; and how much against the place that a comma, a colon or a full stop stands
there."""
MOST = 4.0
"""Log odds."""
CERTAIN, LIKELY = 6.0, 1.0
"""Sums from which on a place is taken. Of 11,310 headlines that were not used to learn the table, glued to
their articles, 70 and 83 in 100 end where they are found to, 4 and 10 elsewhere (`make opening-verbs`)."""

_WORD = regex.compile(r"\w+")
_PAUSE = regex.compile(r"[،,.:؛]")


def headline_end(line: str, start: int, end: int, *, least: float = CERTAIN) -> int:
    """Return where the article begins that follows the headline at *start*, or 0 if no sum exceeds *least*.

    Offsets are code points of the folded *line*; *end* is where the article's text ends. Articles say first
    what their headlines say, and begin with a verb that headlines hardly have inside. So the place is where
    most words before it come again right behind it, and such a verb stands.
    """
    words = list(_WORD.finditer(line, start, end))[: LENGTHS.stop + LOOK_AHEAD]
    beginnings = [beginning(word.group()) for word in words]
    verbs = vocabulary.opening_verbs()
    said: list[str] = []  # the longer words before the place
    best, best_at = least, 0
    for number in range(min(LENGTHS.stop, len(words))):
        word = words[number]
        if number in LENGTHS:
            behind = set(beginnings[number : number + LOOK_AHEAD])
            again = sum(name in behind for name in said)
            total = again - NOT_AGAIN * (len(said) - again)
            total += OPENING_VERB * min(verbs.get(word.group(), 0.0), MOST)
            if _PAUSE.search(line, words[number - 1].end(), word.start()):
                total -= COMMA
            if total > best:
                best, best_at = total, word.start()
        if len(word.group()) >= LONGER:
            said.append(beginnings[number])
    return best_at
