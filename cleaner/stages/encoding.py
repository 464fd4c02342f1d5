"""Mend mojibake: text that was decoded with another encoding than it was written in, if the result is Arabic.

A stretch of words changes only if every word can be decoded the other way and the result is Arabic; text in
other languages stays, however odd its letters. Letters that were lost are not guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from cleaner.document import Edit, Fact
from cleaner.rules import rows_of, table
from cleaner.text import alphabet
from cleaner.text.language import is_foreign, words
from cleaner.text.lexicon import lexicon
from cleaner.text.screens import Kinds, Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from cleaner.document import Document

UTF_8 = "utf-8"
FEWEST = 4
"""Arabic letters that the mended stretch must have."""
SHARE = 0.7
"""Share of the mended letters that must be Arabic, and share of the words that the lexicon must know."""
DEPTH = 3
"""Wrong decodings, one after the other, that are undone at most."""

FEWEST_ODD = 2
"""Characters that are neither ASCII nor Arabic that a line must have to be looked at."""

_ODD = re.compile("[^ -~\u0600-\u06ff«»]")
_ARABIC = re.compile("[\u0621-\u064a]")
_MIXED = re.compile("[\u0621-\u064a][A-Za-z]|[A-Za-z][\u0621-\u064a]")
_SPACES = re.compile("[ \t]")


class Reading(NamedTuple):
    """Text as it should be, and how it was misread; *is_utf8* if it was written in UTF-8."""

    text: str
    rule: str
    is_utf8: bool


@dataclass(frozen=True, slots=True)
class Encoding:
    """Find stretches of mojibake, single garbled signs, and bullets of symbol fonts."""

    settled: ClassVar[bool] = True
    screen: ClassVar[Screen] = Kinds(alphabet.HIGH_LATIN | alphabet.DAMAGED)

    def __call__(self, document: Document) -> Iterable[Edit | Fact]:
        """Return an edit for each stretch, sign and bullet, and a fact `doubt` for each lost character."""
        text = document.text
        kinds = alphabet.kinds(text)
        found = list(_stretches(text)) if kinds & alphabet.HIGH_LATIN else []
        signs = list(_signs(text)) if kinds & alphabet.ARABIC else []
        if signs and not is_foreign(document):
            found += signs
        return [*found, *_doubts(text)] if kinds & alphabet.DAMAGED else found


def _doubts(text: str) -> Iterator[Fact]:
    """Yield a fact for each different character that a failed decoding left, in order of code points.

    What was lost cannot be known.
    """
    bullets = table("encoding")["bullets"]
    for character in sorted(set(text)):
        if alphabet.kinds(character) & alphabet.DAMAGED and character not in bullets:
            yield Fact("doubt", f"U+{ord(character):04X}", "encoding.lost")


def _signs(text: str) -> Iterator[Edit]:
    """Yield an edit for each garbled sign and each bullet of a symbol font."""
    signs, pattern = _garbled_signs()
    for match in pattern.finditer(text):
        rule = "encoding.sign" if match[0] in signs else "encoding.bullet"
        yield Edit(match.start(), match[0], signs.get(match[0], "\u2022"), rule)


@cache
def _garbled_signs() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """Return the sign that each garbled form stands for, and a pattern that finds these forms and bullets."""
    signs = {
        garbled: sign
        for row in rows_of("encoding", "misreading")
        if row["written"] == UTF_8
        for sign in table("encoding")["signs"]
        if not _ARABIC.search(garbled := shown(sign.encode(), row["read"]))  # these may stand there by right
    }
    every = sorted(signs, key=len, reverse=True)
    # Not inside a word: there, in a run of private-use characters, it is a lost sign like the others.
    bullet = f"(?<!\\S)[{''.join(table('encoding')['bullets'])}]"
    return signs, re.compile("|".join((*map(re.escape, every), bullet)))


def _stretches(text: str) -> Iterator[Edit]:
    """Yield an edit for each stretch of mojibake, line by line."""
    start = 0
    for line in text.split("\n"):
        if len(_ODD.findall(line)) >= FEWEST_ODD and alphabet.kinds(line) & alphabet.HIGH_LATIN:
            for at, before, reading in _line(line):
                yield Edit(start + at, before, reading.text, reading.rule)
        start += len(line) + 1


def _line(line: str) -> list[tuple[int, str, Reading]]:
    """Return start, text and mended text of each stretch of *line*.

    All stretches are of one wrong decoding: the one that gives most Arabic letters.
    """
    best: list[tuple[int, str, Reading]] = []
    most = (0, 0)
    for readable in _outermost():
        found = [
            (at, stretch, reading)
            for at, stretch in _runs(line, readable)
            if (reading := _reading(stretch)) and reading.text != stretch
        ]
        yielded = sum(len(_ARABIC.findall(reading.text)) for _, _, reading in found)
        covered = sum(len(stretch) for _, stretch, _ in found)
        if yielded and (yielded, covered) > most:
            best, most = found, (yielded, covered)
    return best


def _runs(line: str, readable: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    """Yield start and text of the longest stretches of *line* whose words are all ASCII or *readable*.

    A stretch begins and ends with a word that is not ASCII.
    """
    run: list[str] = []
    start = position = 0
    for word in (*_SPACES.split(line), None):
        if word is not None and (_plain(word) or readable(word)):
            run.append(word)
        else:
            while run and _plain(run[0]):
                start += len(run.pop(0)) + 1
            while run and _plain(run[-1]):
                run.pop()
            if run:
                yield start, line[start : start + sum(map(len, run)) + len(run) - 1]
            run = []
            start = position + len(word or "") + 1
        position += len(word or "") + 1


def _plain(word: str) -> bool:
    """Return whether *word* is ASCII; NO-BREAK SPACE, which most encodings have, counts as ASCII."""
    return word.replace("\u00a0", " ").isascii()


def _reading(stretch: str) -> Reading | None:
    """Return what *stretch* says in the encoding it was written in, if that is Arabic."""
    candidates = [Reading(stretch, "", is_utf8=False)]
    for _ in range(DEPTH):
        deeper = [
            Reading(text, row["id"], row["written"] == UTF_8)
            for candidate in candidates
            for row, step in _steps()
            if (text := step(candidate.text)) is not None and text != candidate.text
        ]
        arabic = [reading for reading in deeper if _is_arabic(reading)]
        if arabic:
            return max(arabic, key=lambda reading: _known(reading.text))
        candidates = deeper
    return None


def _is_arabic(reading: Reading) -> bool:
    """Return whether *reading* is Arabic by its letters and, unless decoded as UTF-8, by its words."""
    letters = [letter for letter in reading.text if letter.isalpha() and not letter.isascii()]
    signs = [sign for sign in reading.text if not sign.isascii()]
    arabic = len(_ARABIC.findall(reading.text))
    if arabic < FEWEST or arabic < SHARE * max(len(letters), len(signs)):
        return False
    # Bytes of one-byte encodings always make letters; so the words must be whole and known.
    return reading.is_utf8 or (not _MIXED.search(reading.text) and _known(reading.text) >= SHARE)


def _known(text: str) -> float:
    """Return the share of known words among the Arabic words of *text*.

    Half an unknown word is added, so that a single word does not reach `SHARE`.
    """
    found = words(text)
    return sum(lexicon().known(word) for word in found) / (len(found) + 0.5) if found else 0.0


def shown(data: bytes, encoding: str) -> str:
    """Return *data* decoded with the one-byte *encoding*; undefined bytes become C1 controls."""
    return "".join(letters_of(encoding)[byte] for byte in data)


@cache
def letters_of(encoding: str) -> tuple[str, ...]:
    """Return the 256 characters as which *encoding* shows the bytes 0 to 255."""
    return tuple(
        bytes([byte]).decode(encoding) if _defined(byte, encoding) else chr(byte) for byte in range(256)
    )


def _defined(byte: int, encoding: str) -> bool:
    """Return whether *encoding* defines a character for *byte*."""
    try:
        bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


@cache
def _bytes(encoding: str) -> Mapping[str, int]:
    """Return the byte of each character of *encoding*; C1 controls stand for the bytes of the same number."""
    controls = {chr(byte): byte for byte in range(0x80, 0xA0)}
    return controls | {letter: byte for byte, letter in enumerate(letters_of(encoding))}


@cache
def _steps() -> tuple[tuple[Mapping[str, str], Callable[[str], str | None]], ...]:
    """Return the rows of all ways of misreading, each with a function that undoes it."""
    return tuple((row, _undo(row["read"], row["written"])) for row in rows_of("encoding", "misreading"))


@cache
def _outermost() -> tuple[Callable[[str], bool], ...]:
    """Return for each wrong decoding a function that says whether it may have produced a word."""
    return tuple((lambda word, step=step: step(word) is not None) for _, step in _steps())


def _undo(read: str, written: str) -> Callable[[str], str | None]:
    """Return a function that encodes text as *read* and decodes it as *written*; None where that fails."""
    letters = _bytes(read)

    def undo(text: str) -> str | None:
        try:
            return bytes(letters[letter] for letter in text).decode(written)
        except (KeyError, UnicodeDecodeError):
            return None

    return undo
