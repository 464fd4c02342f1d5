"""Word hashes of whole batches: the comparison key in arrays, 200 MB a second where plain Python does 6.

One gather through a table of the 65,536 UTF-16 units folds, drops and separates: it leaves one byte for each
letter, its code. Eight codes are one number, so a word of up to eight letters is hashed at once.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import regex

from cleaner.duplicates.arrays import mix, offsets_of, ranges
from cleaner.duplicates.comparison_key import LETTER, THOUSANDS_SEPARATORS, fold_for_comparison

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cleaner.duplicates.arrays import Hashes, Mask, Offsets

    Codes: TypeAlias = NDArray[np.uint8]
    Units: TypeAlias = NDArray[np.uint16]


SEPARATOR, DIGIT = 0, 1
"""The first codes: what is between words, and the ten digits."""

FREQUENT = (
    *range(ord("a"), ord("z") + 1),
    *range(0x621, 0x64B),  # Arabic, and then its letters in other languages
    *range(0x671, 0x6D6),
    *range(0x3B1, 0x3CA),  # Greek
    *range(0x430, 0x450),  # Cyrillic
)
"""Letters, as they are when folded, that have codes of their own, behind those of the digits."""

FIRST_LETTER = DIGIT + 10
RARE = FIRST_LETTER + len(FREQUENT)
"""The code that announces any other letter; the three codes behind it say which."""

COMMA, DROPPED, EXPANDED = range(253, 256)
"""What is looked at twice: it may stand inside a number, is dropped, or becomes several codes (ligatures)."""

NUMBER = np.uint64(1)
"""The lowest bit of a word's hash says that the word is a number."""

PIECE = 1 << 18
"""Texts are cut here, at a space, and short ones go together: what is made of them stays in the cache."""

LONGEST_WORD = 1 << 18
"""Text without any space is cut here: it is no writing, and must not take memory without bound."""

SPACES = " \n\t"
"""Those that are looked for where a text is cut."""

_LIMB = 8
"""Codes in a number of 64 bits."""
_MASKS = np.array([(1 << 8 * codes) - 1 for codes in range(_LIMB + 1)], np.uint64)
_SPREAD = np.uint64(0xD6E8FEB86659FD93)  # odd: different words, different hashes
_PLACE = np.uint64(0x9E3779B97F4A7C15)  # a limb counts for another at each place

_LETTERS = regex.compile(f"[{LETTER}]+")
_EMOJI = regex.compile("[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]+")
_ASTRAL_SYMBOL = regex.compile(f"[[\U00010000-\U0010ffff]--[{LETTER}]]", regex.V1)


class WordHashes(NamedTuple):
    """The word hashes of n texts, one after the other.

    *hashes*: uint64; *offsets*: int64, length n + 1, those of text i stand at `offsets[i]:offsets[i + 1]`.
    """

    hashes: Hashes
    offsets: Offsets


def word_hashes(texts: Sequence[str]) -> WordHashes:
    """Return the hashes of the words of each text: equal words, equal hashes."""
    pieces: list[str] = []
    first = [0]
    for text in texts:
        pieces += _pieces(text) if len(text) > PIECE else (text,)
        first.append(len(pieces))
    nothing = np.zeros(0, np.uint64), np.zeros(0, np.int64)
    hashes, counts = map(np.concatenate, zip(nothing, *map(_hash_batch, _batches(pieces)), strict=True))
    return WordHashes(hashes, offsets_of(counts)[first])


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > PIECE:
        end = max(text.rfind(space, start + 1, start + PIECE) for space in SPACES)
        if end < 0:
            ends = [text.find(space, start + PIECE, start + LONGEST_WORD) for space in SPACES]
            end = min((end for end in ends if end >= 0), default=start + LONGEST_WORD)
        yield text[start:end]
        start = end
    yield text[start:]


def _batches(pieces: list[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for piece in pieces:
        if batch and size + len(piece) > PIECE:
            yield batch
            batch, size = [], 0
        batch.append(piece)
        size += len(piece)
    if batch:
        yield batch


class Tables(NamedTuple):
    """What each UTF-16 unit becomes: a code; or, if that is `EXPANDED`, the *codes* from its start on.

    *code*: uint8, *start*, *size*: int64, length 65,536; *codes*: uint8.
    """

    code: Codes
    start: Offsets
    size: Offsets
    codes: Codes


@cache
def tables() -> Tables:
    """Return what each of the 65,536 units becomes when it is folded."""
    every = [chr(unit) for unit in range(0x10000)]
    folded = np.frombuffer(_encode(fold_for_comparison("\n".join(every))), np.uint16)
    code = np.full(0x10000, SEPARATOR, np.uint8)
    for letters in _LETTERS.finditer("".join(every)):
        code[slice(*letters.span())] = RARE
    code[ord("0") : ord("9") + 1] = np.arange(DIGIT, FIRST_LETTER)
    own = np.arange(FIRST_LETTER, RARE).astype(np.uint8)
    code[[*FREQUENT]] = np.where(code[[*FREQUENT]] == RARE, own, SEPARATOR)
    code[[ord(comma) for comma in THOUSANDS_SEPARATORS]] = COMMA
    codes, bounds = _announced(code.take(folded), folded)
    borders = np.delete(np.flatnonzero(folded == ord("\n")), ord("\n"))  # which is one of every unit, too
    starts, ends = bounds[np.append(0, borders + 1)], bounds[np.append(borders, len(folded))]
    tells = np.append(0, np.cumsum(codes != SEPARATOR))
    ends = np.where(tells[ends] > tells[starts], ends, np.minimum(starts + 1, ends))  # else it separates once
    sizes = ends - starts
    single = np.where(sizes == 1, codes.take(starts, mode="clip"), EXPANDED).astype(np.uint8)
    single[sizes == 0] = DROPPED
    return Tables(single, starts, sizes, codes)


def _announced(codes: Codes, units: Units) -> tuple[Codes, Offsets]:
    """Return *codes* with three behind each `RARE` that say which letter it is, and each unit's bounds."""
    sizes = np.where(codes == RARE, 4, 1)
    bounds = offsets_of(sizes)
    longer = np.repeat(codes, sizes)
    places, letters = bounds[:-1][codes == RARE], units[codes == RARE]
    for at, shift in enumerate((12, 6, 0), 1):
        longer[places + at] = FIRST_LETTER + (letters >> shift & 63)
    return longer, bounds


def _hash_batch(texts: list[str]) -> tuple[Hashes, Offsets]:
    """Return the word hashes of *texts* and the number of words of each."""
    units, ends = _units(texts)
    codes = tables().code.take(units, mode="wrap")  # no unit is outside, and this does not look
    return _hash_words(*_resolved(codes, units, ends))


def _units(texts: Sequence[str]) -> tuple[Units, Offsets]:
    """Return the UTF-16 units of *texts*, and where each ends; line breaks stand before and behind each.

    The last is followed by as many as a limb has codes.
    """
    lengths = [len(text) for text in texts]
    encoded = _encode("\n".join(("", *texts, "\n" * (_LIMB - 1))))
    if len(encoded) != 2 * (sum(lengths) + len(lengths) + _LIMB):
        texts = [_without_astral_symbols(text) for text in texts]
        lengths = [len(_encode(text)) // 2 for text in texts]
        encoded = _encode("\n".join(("", *texts, "\n" * (_LIMB - 1))))
    return np.frombuffer(encoded, np.uint16), np.cumsum(np.array(lengths, np.int64) + 1)


def _encode(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _without_astral_symbols(text: str) -> str:
    """Return *text* with nothing but letters beyond the first 65,536 characters; these count as two."""
    text = _EMOJI.sub(" ", text)
    if len(_encode(text)) != 2 * len(text):
        text = _ASTRAL_SYMBOL.sub(" ", fold_for_comparison(text))
    return text


def _resolved(codes: Codes, units: Units, ends: Offsets) -> tuple[Codes, Offsets]:
    """Return *codes* and *ends* when all *units* are expanded, dropped, or put into numbers."""
    special = np.flatnonzero(codes >= COMMA)
    kinds = codes.take(special)
    if (kinds == EXPANDED).any():
        codes, ends = _expand(codes, units, ends, special[kinds == EXPANDED])
        special = np.flatnonzero(codes >= COMMA)
        kinds = codes.take(special)
    dropped, commas = special[kinds == DROPPED], special[kinds == COMMA]
    beside = codes.take(commas - 1), codes.take(commas + 1)
    codes[commas] = SEPARATOR
    commas = commas[np.logical_and(*((code == DROPPED) | _is_digit(code) for code in beside))]
    codes, ends = _without(codes, ends, dropped)
    commas -= np.searchsorted(dropped, commas)
    near = [_is_digit(codes.take(commas + step, mode="clip")) for step in (-1, 1, 2, 3, 4)]
    inside = commas[np.logical_and.reduce(near[:4]) & ~near[4]]
    codes[inside] = DROPPED
    return _without(codes, ends, inside)


def _is_digit(codes: Codes) -> Mask:
    return codes - DIGIT < FIRST_LETTER - DIGIT  # less than none is very much


def _expand(codes: Codes, units: Units, ends: Offsets, places: Offsets) -> tuple[Codes, Offsets]:
    """Return *codes* with those of the *units* at *places* in full, and where each text ends then."""
    _, start, size, forms = tables()
    starts, sizes = start[units[places]], size[units[places]] - 1
    codes[places] = forms[starts]
    longer = np.insert(codes, np.repeat(places + 1, sizes), forms[ranges(starts + 1, sizes)])
    return longer, ends + offsets_of(sizes)[np.searchsorted(places, ends)]


def _without(codes: Codes, ends: Offsets, gone: Offsets) -> tuple[Codes, Offsets]:
    """Return *codes* without the dropped ones, which are *gone*, and where each text ends then."""
    if not len(gone):
        return codes, ends
    left = bytearray(codes).replace(bytes([DROPPED]), b"")  # five times as fast as a mask
    return np.frombuffer(left, np.uint8), ends - np.searchsorted(gone, ends)


def _hash_words(codes: Codes, ends: Offsets) -> tuple[Hashes, Offsets]:
    kinds = (codes >= DIGIT).view(np.uint8) + (codes >= FIRST_LETTER)
    is_border, is_inside = kinds[1:] != kinds[:-1], codes != SEPARATOR
    starts = np.flatnonzero(is_border & is_inside[1:]) + 1
    sizes = np.flatnonzero(is_border & is_inside[:-1]) + 1 - starts
    limbs = np.ndarray(len(codes) - _LIMB + 1, "<u8", codes, 0, (1,))  # one begins at every code
    hashes = (limbs[starts] & _MASKS.take(sizes, mode="clip")).astype(np.uint64, copy=False)
    is_number = (hashes & np.uint64(0xFF)) < FIRST_LETTER
    hashes ^= hashes >> np.uint64(32)
    hashes *= _SPREAD
    if len(longer := np.flatnonzero(sizes > _LIMB)):
        further = (sizes[longer] - 1) // _LIMB
        numbers = ranges(np.ones_like(further), further)
        words, before = np.repeat(longer, further), _LIMB * numbers
        left = _MASKS.take(sizes[words] - before, mode="clip")
        terms = mix((limbs[starts[words] + before] & left) + numbers.astype(np.uint64) * _PLACE)
        hashes[longer] += np.add.reduceat(terms, offsets_of(further)[:-1])
    hashes &= ~NUMBER
    hashes |= is_number
    return hashes, np.diff(np.searchsorted(starts, ends), prepend=0)
