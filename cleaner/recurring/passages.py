"""Cut a text into the passages that may be boilerplate: lines that are no sentences, what is glued to others.

A passage is known by its source and its words, as they are folded, with numbers made equal: its key. It is
counted by its place: a headline above its own article is not the same one in a list below others.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
import re
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from cleaner.text.folding import fold, offsets, small

if TYPE_CHECKING:
    from collections.abc import Iterator


class Place(IntEnum):
    """Where a passage stands, and so what it takes to be boilerplate."""

    ARTICLE = 0  # no passage: the article itself, so that articles can be counted
    HEAD = 1  # a line above the first sentence
    TAIL = 2  # a line below the last one, or words behind the end of it
    BETWEEN = 3  # a line between sentences
    OPENING = 4  # words glued to the first sentence
    CLOSING = 5  # words glued to the end of the last one
    SENTENCE = 6  # one of the outermost sentences
    OPENER = 7  # no passage: the word that opens a sentence
    WORD = 8  # the word that opens a line of the tail, whatever follows it
    PAIR = 9  # the same of two words
    LABEL = 10  # the same of more


class Passage(NamedTuple):
    """The code points *first* to *last* of the folded line *number*; what it is known by ends at *known*.

    *beside* tells its neighbourhood: in reprints of one article a passage has the same neighbour, and another
    in each article whose boilerplate it is.
    """

    place: int
    key: int
    beside: int
    number: int = 0
    first: int = 0
    last: int = 0
    known: int = 0


LONGEST_LINE = 24
"""Words; a longer line is a sentence of the article, whatever its end looks like."""
SHORTEST_SENTENCE = 6
LONGEST_SENTENCE = 60
"""Words of a sentence that may be boilerplate: a notice, an invitation. Longer ones are not counted."""
EDGE = 2
"""Sentences at either end of the article that may be boilerplate; of a short article, the outermost."""
OPENERS = 4
"""Sentences of an article whose first words are noted."""
LABELS = (Place.WORD, Place.PAIR, Place.LABEL)
LONGEST_LABEL = 5
OPENING = range(2, 13)
CLOSING = range(3, 21)
"""Words that may be glued to a sentence. Fewer are how sentences begin and end."""
WINDOW = 200
"""Code points at either end of a line in which glued words are looked for."""
LEAD = 800
"""Code points of a text without line breaks in which its first sentences are looked for."""

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+")
_FINAL = re.compile(r"[.!؟?…][\s\"”»)\]'’*]*$")
_SENTENCE_END = re.compile(r"[.!؟?…][\"”»)\]]*\s+(?=\S)")
_STOP = re.compile(r"(?<=\w\w)[.][\"”»)\]]*(?:\s|$)")
_QUOTE = re.compile(r"[\"“”«»]")  # what somebody said is repeated by everyone, and is not boilerplate
_MASK = (1 << 64) - 1
_PRIME = 0x9E3779B97F4A7C15


class Lines:
    """The lines of a text that are not blank, folded; and which of them are sentences."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded: list[str] = []
        self.sentences: list[int] = []
        self._places: list[int] = []  # of each line among those of the text
        self._starts: list[tuple[int, str]] = []
        for place, raw in enumerate(small(text).split("\n")):
            line = raw.strip()
            if line:
                if is_sentence(line):
                    self.sentences.append(len(self.folded))
                self.folded.append(line)
                self._places.append(place)

    def _raw(self) -> list[tuple[int, str]]:
        """Return the lines of the text with where they start, for those few that are looked at."""
        if not self._starts:
            start = 0
            for line in self.text.split("\n"):
                self._starts.append((start, line))
                start += len(line) + 1
        return self._starts

    def span(self, number: int, first: int, last: int) -> tuple[int, int]:
        """Return where the code points *first* to *last* of the folded line *number* stand in the text."""
        start, line = self._raw()[self._places[number]]
        if first == 0 and last == len(self.folded[number]):
            return start, start + len(line)
        folded, places = fold(line), offsets(line)
        lead = len(folded) - len(folded.lstrip())
        return start + places[lead + first], start + places[lead + last]


def is_sentence(line: str) -> bool:
    """Whether a folded *line* reads as a sentence or a paragraph of an article."""
    spaces = line.count(" ")
    if spaces >= LONGEST_LINE:
        return True
    if spaces < SHORTEST_SENTENCE - 1:
        return False
    if _FINAL.search(line, len(line) - 8):
        return True
    stop = _STOP.search(line)  # words without a stop behind the end of a sentence
    return stop is not None and line.count(" ", 0, stop.start()) >= SHORTEST_SENTENCE - 1


def source_number(source: str) -> int:
    """Return the number by which a *source* is known in the evidence."""
    return crc32(source.encode())


def passages(lines: Lines, salt: int) -> Iterator[Passage]:
    """Yield the passages of a text of the source with the number *salt*, in no order.

    A text without a sentence has none: verses, results. Nothing tells its lines from boilerplate.
    """
    folded, body = lines.folded, lines.sentences
    if not body:
        return
    first, last = body[0], body[-1]
    top, bottom = _beside(folded[first]), _beside(folded[last])
    yield Passage(Place.ARTICLE, _mixed(salt, 0), top)
    yield from _apart(lines, salt, top, bottom)
    edge = EDGE if len(body) > 2 * EDGE else 1
    for number in {*body[:edge], *body[-edge:]}:
        line = folded[number]
        if line.count(" ") < LONGEST_SENTENCE and not _QUOTE.search(line):
            yield from _line(line, Place.SENTENCE, salt, top if number != first else bottom, number)
    yield from _openers([folded[number] for number in body[:OPENERS]], salt)
    yield from _opening(folded[first], salt, first)
    yield from _closing(folded[last], salt, last)


def _apart(lines: Lines, salt: int, top: int, bottom: int) -> Iterator[Passage]:
    """Yield the lines that are no sentences; a short one with a full stop is judged as a sentence is."""
    first, last, sentences = lines.sentences[0], lines.sentences[-1], set(lines.sentences)
    for number, line in enumerate(lines.folded):
        if number in sentences:
            continue
        place, beside = Place.BETWEEN, top
        if number < first:
            place = Place.HEAD
        elif number > last:
            place, beside = Place.TAIL, bottom
        if " " in line and _STOP.search(line, len(line) - 3):
            place = Place.SENTENCE
        yield from _line(line, place, salt, beside, number)


def _line(  # noqa: PLR0913, PLR0917 - the parts of a passage
    line: str, place: Place, salt: int, beside: int, number: int, start: int = 0
) -> Iterator[Passage]:
    """Yield the *line* from *start*, and in the tail also by the words that open it."""
    end = len(line)
    words = _WORD.findall(line, start)
    if place == Place.TAIL:
        values = _values(words[: LONGEST_LABEL + 1])
        labels = zip(values[1:-1], _WORD.finditer(line, start), strict=False)
        for count, (value, match) in enumerate(labels):
            label = LABELS[min(count, 2)]
            yield Passage(label, _mixed(salt, value), beside, number, start, end, match.end())
    if words and any(map(str.isalpha, line[start:])):
        yield Passage(place, _mixed(salt, _value(words)), beside, number, start, end, end)


def _openers(sentences: list[str], salt: int) -> Iterator[Passage]:
    """Yield the words that open the lines *sentences*, or, of a single one, the sentences in it."""
    starts = [(line, 0) for line in sentences]
    if len(sentences) == 1:
        starts += [(sentences[0], match.end()) for match in _SENTENCE_END.finditer(sentences[0], 0, LEAD)]
    for line, start in starts:
        if opener := _WORD.search(line, start):
            yield Passage(Place.OPENER, _opener(salt, opener.group()), _beside(line[start:]))


def _opening(line: str, salt: int, number: int) -> Iterator[Passage]:
    """Yield what may be glued to the beginning of the first sentence; its neighbour is the word behind it."""
    matches = list(islice(_WORD.finditer(line, 0, WINDOW), OPENING.stop))
    words = [match.group() for match in matches]
    values = _values(words)
    for count in range(OPENING.start, len(words)):
        beside = _opener(salt, words[count]) & 0xFFFFFFFF
        end = matches[count - 1].end()
        yield Passage(Place.OPENING, _mixed(salt, values[count]), beside, number, 0, end, end)


def _closing(line: str, salt: int, number: int) -> Iterator[Passage]:
    """Yield what may be glued to the end of the last sentence: words that no full stop ends."""
    if _FINAL.search(line, len(line) - 8):
        return
    start = max(0, len(line) - WINDOW)
    ends = [match.end() for match in _SENTENCE_END.finditer(line, start)]
    if ends and line.count(" ", ends[-1]) < LONGEST_LINE:
        yield from _line(line, Place.TAIL, salt, _beside(line[: ends[-1]]), number, ends[-1])
    matches = list(_WORD.finditer(line, max([start, *ends])))[: -CLOSING.stop - 1 : -1]
    words = [match.group() for match in matches]
    values = _values(words)
    for count in range(CLOSING.start, len(words)):
        beside = crc32(words[count].encode())
        at = matches[count - 1].start()
        yield Passage(Place.CLOSING, _mixed(salt, values[count]), beside, number, at, len(line), len(line))


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    """Return the number of a *word*; numerals share one, however many digits they have."""
    return crc32((word if word.isalpha() else _NUMBER.sub("0", word)).encode()) + 1


@lru_cache(maxsize=1 << 16)
def _opener(salt: int, word: str) -> int:
    """Return the key of a *word* that opens a sentence; Arabic writes «and» onto it."""
    return _mixed(salt, _number(word[1:] if word[0] == "\u0648" and len(word) > 3 else word))  # WAW


def _value(words: list[str]) -> int:
    """Return the hash of all *words* together, which may be many; numerals are equal."""
    digest = blake2b(_NUMBER.sub("0", " ".join(words)).encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "little")


def _values(words: list[str]) -> list[int]:
    """Return the hash of no word, of the first, of the first two and so on, up to that of all *words*."""
    value = 0
    values = [value]
    for number in map(_number, words):
        value = (value * _PRIME + number) & _MASK
        values.append(value)
    return values


def _mixed(salt: int, value: int) -> int:
    """Mix the source into the hash of words."""
    mixed = (value ^ salt << 32) * _PRIME & _MASK
    return mixed ^ mixed >> 29


def _beside(line: str) -> int:
    return crc32(line[:96].encode())
