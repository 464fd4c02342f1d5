"""Find the passages of a text that may be boilerplate: lines that are no sentences, words glued to sentences.

The key of a passage is a hash of its source and its folded words, with numbers made equal. Passages are
counted by place: a headline above its article is not the same as in a list below other articles.
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
    """Where a passage stands; how often it must recur to be boilerplate depends on this."""

    ARTICLE = 0  # the article itself, no passage, so that articles can be counted
    HEAD = 1  # a line above the first sentence
    TAIL = 2  # a line below the last one, or words behind the end of it
    BETWEEN = 3  # a line between sentences
    OPENING = 4  # words glued to the first sentence
    CLOSING = 5  # words glued to the end of the last one
    SENTENCE = 6  # one of the outermost sentences
    OPENER = 7  # the word that opens a sentence, no passage
    WORD = 8  # a line of the tail, known by its first word, whatever follows
    PAIR = 9  # the same with two words
    LABEL = 10  # the same with three or more


class Passage(NamedTuple):
    """A passage: the code points *first* to *last* of the folded line *number*.

    *key* is a hash of 64 bits of its words up to *known*. *beside* is a hash of 32 bits of its neighbourhood:
    in reprints of one article a passage has the same neighbour, in different articles different ones.
    """

    place: int
    key: int
    beside: int
    number: int = 0
    first: int = 0
    last: int = 0
    known: int = 0


LONGEST_LINE = 24
"""Words; a longer line is a sentence of the article, however it ends."""
SHORTEST_SENTENCE = 6
"""Words; a shorter line is no sentence."""
LONGEST_SENTENCE = 60
"""Words of a sentence that may be boilerplate, such as a notice or an invitation."""
EDGE = 2
"""Sentences at each end of the article that may be boilerplate; of an article of four or fewer, one."""
OPENERS = 4
"""Sentences of an article whose first words are counted."""
LABELS = (Place.WORD, Place.PAIR, Place.LABEL)
"""Places of a label of one word, of two words, and of more."""
LONGEST_LABEL = 5
"""Most words of a label."""
OPENING = range(2, 13)
"""Number of words that may be glued to the beginning of the first sentence; fewer may be its own."""
CLOSING = range(3, 21)
"""Number of words that may be glued to the end of the last sentence; fewer may be its own."""
WINDOW = 200
"""Code points at each end of a line in which glued words are searched."""
LEAD = 800
"""Code points of a text without line breaks in which its first sentences are searched."""

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+")
_FINAL = re.compile(r"[.!؟?…][\s\"”»)\]'’*]*$")
_SENTENCE_END = re.compile(r"[.!؟?…][\"”»)\]]*\s+(?=\S)")
_STOP = re.compile(r"(?<=\w\w)[.][\"”»)\]]*(?:\s|$)")
_QUOTE = re.compile(r"[\"“”«»]")  # quotations are repeated by many articles, and are not boilerplate
_MASK = (1 << 64) - 1
_PRIME = 0x9E3779B97F4A7C15


class Lines:
    """The folded lines of a text that are not blank, and the numbers of those that are sentences."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded: list[str] = []
        self.sentences: list[int] = []
        self._places: list[int] = []  # the number of each line among all lines of the text
        self._starts: list[tuple[int, str]] = []
        for place, raw in enumerate(small(text).split("\n")):
            line = raw.strip()
            if line:
                if is_sentence(line):
                    self.sentences.append(len(self.folded))
                self.folded.append(line)
                self._places.append(place)

    def _raw(self) -> list[tuple[int, str]]:
        """Return start and text of each raw line; computed only for texts in which something is found."""
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
    """Return whether a folded *line* reads as a sentence or a paragraph of an article."""
    spaces = line.count(" ")
    if spaces >= LONGEST_LINE:
        return True
    if spaces < SHORTEST_SENTENCE - 1:
        return False
    if _FINAL.search(line, len(line) - 8):
        return True
    stop = _STOP.search(line)  # a sentence, and words without a full stop behind it
    return stop is not None and line.count(" ", 0, stop.start()) >= SHORTEST_SENTENCE - 1


def source_number(source: str) -> int:
    """Return the 32-bit number that stands for *source* in the rows."""
    return crc32(source.encode())


def passages(lines: Lines, salt: int) -> Iterator[Passage]:
    """Yield the passages of a text, in no order; *salt* is the number of its source.

    A text without a sentence, such as verses or results, has none: nothing tells its lines from boilerplate.
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
    """Yield the lines that are no sentences; the place of a short one with a full stop is SENTENCE too."""
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
    """Yield the *line* from *start* on, and in the tail also under each label: the words that open it."""
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
    """Yield the words that open each of *sentences*, or, of a single line, each sentence at its beginning."""
    starts = [(line, 0) for line in sentences]
    if len(sentences) == 1:
        starts += [(sentences[0], match.end()) for match in _SENTENCE_END.finditer(sentences[0], 0, LEAD)]
    for line, start in starts:
        if opener := _WORD.search(line, start):
            yield Passage(Place.OPENER, _opener(salt, opener.group()), _beside(line[start:]))


def _opening(line: str, salt: int, number: int) -> Iterator[Passage]:
    """Yield the words that may be glued to the beginning of the first sentence; *beside* is the next word."""
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
    """Return the number of a *word*; all numerals share one, however many digits they have."""
    return crc32((word if word.isalpha() else _NUMBER.sub("0", word)).encode()) + 1


@lru_cache(maxsize=1 << 16)
def _opener(salt: int, word: str) -> int:
    """Return the key of a *word* that opens a sentence, without the «and» that Arabic writes onto it."""
    return _mixed(salt, _number(word[1:] if word[0] == "\u0648" and len(word) > 3 else word))  # WAW


def _value(words: list[str]) -> int:
    """Return the 64-bit hash of all *words* together; numerals are equal."""
    digest = blake2b(_NUMBER.sub("0", " ".join(words)).encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "little")


def _values(words: list[str]) -> list[int]:
    """Return the hashes of the first 0, 1, 2 … words, up to all *words*."""
    value = 0
    values = [value]
    for number in map(_number, words):
        value = (value * _PRIME + number) & _MASK
        values.append(value)
    return values


def _mixed(salt: int, value: int) -> int:
    """Return the key of a passage: the hash *value* of its words, mixed with its source."""
    mixed = (value ^ salt << 32) * _PRIME & _MASK
    return mixed ^ mixed >> 29


def _beside(line: str) -> int:
    """Return the 32-bit hash of a neighbouring *line*."""
    return crc32(line[:96].encode())
