"""Words by kind: of boilerplate, of sentences that open articles, of the language (table `vocabulary`)."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from cleaner import learned
from cleaner.rules import table
from cleaner.text.folding import fold
from cleaner.text.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence


@lru_cache(maxsize=1 << 16)
def stem(token: str) -> str:
    """Return a folded *token* without the particles and the article that Arabic writes onto a word.

    «والمدرسه», «بالمدرسه» and «للمدرسه» all become «مدرسه».
    """
    token = token.lstrip("#@")
    if len(token) > 4 and token[0] == AND:
        token = token[1:]
    for prefix in ("بال", "لل", "ال"):
        if len(token) > len(prefix) + 2 and token.startswith(prefix):
            return token[len(prefix) :]
    return token


@cache
def words(kind: str, strength: str = "strong") -> frozenset[str]:
    """Return the stems of the words of *kind*; *strength* "weak": of its connecting words."""
    return frozenset(
        stem(part)
        for word in table("vocabulary")[kind].get(strength, ())
        for part in fold(word).lower().split()
    )


DATES = "vocabulary.dates"
"""The rule by which a line of nothing but the words of a date goes, or tells one."""
AND = "و"
"""The letter for «and», which is written onto the word behind it."""


@cache
def openers() -> frozenset[str]:
    """Return the folded words that open sentences of articles; they are not stemmed."""
    return frozenset(fold(word) for word in table("vocabulary")["prose_openers"]["strong"])


@cache
def closings() -> tuple[str, ...]:
    """Return the folded phrases with which the last line of an article may open."""
    return tuple(fold(phrase).lower() for phrase in table("vocabulary")["closings"]["strong"])


@cache
def opening_verbs() -> dict[str, float]:
    """Return the folded words with which articles begin, with the log odds of that against elsewhere."""
    odds: dict[str, float] = learned.table("opening_verbs")["words"]
    return odds


def is_usual(word: str) -> bool:
    """Return whether a folded *word*, or its stem, is a known word of Arabic news."""
    return word in _usual() or stem(word) in _usual()


@cache
def _usual() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon().arabic if len(word) > 2)


def opens_prose(tokens: Sequence[str]) -> bool:
    """Return whether folded *tokens* open a line as sentences of articles do, and headlines hardly do.

    Arabic news writes «و» (and) onto the verb that opens a sentence; headlines begin with a noun or a bare
    verb.
    """
    if not tokens:
        return False
    first = tokens[0]
    if first in openers():
        return True
    return len(tokens) >= 6 and len(first) >= 4 and first[0] == AND and first not in _nouns()


@cache
def _nouns() -> frozenset[str]:
    return frozenset(fold(word) for word in table("vocabulary")["prose_openers"]["nouns"])


def is_made_of(tokens: Sequence[str], kind: str) -> bool:
    """Return whether *tokens* are words of *kind*, its connecting words or numbers, with few exceptions.

    At least one is a word of the kind, and one other token is allowed for every four of its words.
    """
    strong, stems = words(kind), [*map(stem, tokens)]
    if strong.isdisjoint(stems):
        return False
    weak = words(kind, "weak")
    found = sum(plain in strong for plain in stems)
    known = sum(plain in strong or plain in weak or plain.isdecimal() for plain in stems)
    return len(stems) - known <= found // 4


def is_only(tokens: Sequence[str], kind: str) -> bool:
    """Return whether all *tokens* are words or connecting words of *kind*, and at least two are its words."""
    strong, weak = words(kind), words(kind, "weak")
    found = 0
    for token in map(stem, tokens):
        if token in strong:
            found += 1
        elif token not in weak:
            return False
    return found >= 2


def is_known(token: str, kind: str) -> bool:
    """Return whether *token* is a word or a connecting word of *kind*."""
    return stem(token) in words(kind) or stem(token) in words(kind, "weak")


def names_any(tokens: Sequence[str], kind: str) -> bool:
    """Return whether one of *tokens* is a word of *kind*."""
    return not words(kind).isdisjoint(map(stem, tokens))
