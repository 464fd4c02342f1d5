"""Word hashes of whole batches: the comparison key in arrays, 100 MB a second where plain Python does 6.

One gather through a table of the 65,536 UTF-16 units folds, drops and separates. A word's hash is a
polynomial in random values of its letters, so one segmented sum gives all hashes at once.
"""

from __future__ import annotations

from functools import cache
import sys
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import regex

from cleaner.duplicates.arrays import is_first, mix, offsets_of, ranges
from cleaner.duplicates.key import LETTER, THOUSANDS_SEPARATORS, fold_for_comparison

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cleaner.duplicates.arrays import Hashes, Offsets

    Units: TypeAlias = NDArray[np.uint16]


SEPARATOR, LETTERS, DIGIT, SPECIAL = range(4)
"""What a UTF-16 unit does, in the two lowest bits of its letter's value. A special one is looked at twice:"""

COMMA, DROPPED, EXPANDED = range(3)
"""it may stand inside a number, is dropped, or becomes several characters when folded (½, ligatures)."""

NUMBER = np.uint64(1)
"""The lowest bit of a word's hash says that the word is a number."""

PIECE = 1 << 17
"""Texts are cut here, at a space, so that the tables of powers stay in the cache (1 MB each)."""

LONGEST_WORD = 1 << 22
"""Text without any space is cut here: it is no writing, and must not take memory without bound."""

_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_LIGATURES = tuple(
    map(chr, range(0xFEF5, 0xFEFD))
)  # LAM WITH ALEF; they are frequent, and longer when folded
_WORD = regex.compile(f"[{LETTER}]")
_EMOJI = regex.compile("[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]+")
_ASTRAL_SYMBOL = regex.compile(f"[[\U00010000-\U0010ffff]--[{LETTER}]]", regex.V1)


class WordHashes(NamedTuple):
    """The word hashes of one text after the other; those of text *i* at `offsets[i]:offsets[i + 1]`."""

    hashes: Hashes
    offsets: Offsets


def word_hashes(texts: Sequence[str]) -> WordHashes:
    """Return the hashes of the words of each text: equal words, equal hashes."""
    pieces: list[str] = []
    first = [0]
    for text in texts:
        pieces += _pieces(text)
        first.append(len(pieces))
    hashes: list[Hashes] = []
    counts: list[Offsets] = []
    for batch in _batches(pieces):
        batch_hashes, batch_counts = _hash_batch(batch)
        hashes.append(batch_hashes)
        counts.append(batch_counts)
    offsets = offsets_of(np.concatenate([np.zeros(0, np.int64), *counts]))
    return WordHashes(np.concatenate([np.zeros(0, np.uint64), *hashes]), offsets[first])


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > PIECE:
        end = max(text.rfind(space, start + 1, start + PIECE) for space in " \n")
        if end < 0:
            ends = [text.find(space, start + PIECE, start + LONGEST_WORD) for space in " \n"]
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


@cache
def tables() -> tuple[Hashes, NDArray[np.uint8]]:
    """Return for every UTF-16 unit the random value of the letter it is folded to, and how it is special."""
    every = "\n".join(map(chr, range(0x10000))).encode("utf-16-le", "surrogatepass")
    folded = fold_for_comparison(every.decode("utf-16-le", "surrogatepass")).split("\n")
    folded[10:12] = ["\n"]  # U+000A itself was taken for two empty lines
    kinds = np.array([_kind(form) for form in folded], np.uint64)
    special = np.array([EXPANDED if form else DROPPED for form in folded], np.uint8)
    commas = [ord(comma) for comma in THOUSANDS_SEPARATORS]
    kinds[commas], special[commas] = SPECIAL, COMMA
    letters = np.fromiter((ord(form[0]) if form else 0 for form in folded), np.uint64, 0x10000)
    values = mix((letters + np.uint64(1)) * np.uint64(_BASE)) << np.uint64(2) | kinds
    values[kinds == SEPARATOR] = 0
    return values, special


def _kind(folded: str) -> int:
    if not folded:
        return SPECIAL
    if not _WORD.search(folded) and not any("0" <= letter <= "9" for letter in folded):
        return SEPARATOR
    if len(folded) > 1:
        return SPECIAL
    return LETTERS if _WORD.match(folded) else DIGIT


@cache
def _powers(base: int, count: int) -> Hashes:
    powers = np.full(count, base, np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


def _hash_batch(texts: list[str]) -> tuple[Hashes, Offsets]:
    """Return the word hashes of *texts* and the number of words of each."""
    return _hash_units(*_units(texts))


def _hash_units(units: Units, ends: Offsets) -> tuple[Hashes, Offsets]:
    values_of, special_of = tables()
    values = values_of.take(units.astype(np.intp))  # numpy looks up whole indexes three times as fast
    kinds = _kinds(values)
    special = np.flatnonzero(kinds == SPECIAL)
    ways = special_of.take(units.take(special))
    if (expanded := special[ways == EXPANDED]).size:
        return _hash_units(*_expand(units, ends, expanded))
    commas, dropped = special[ways == COMMA], special[ways == DROPPED]
    kinds[commas] = SEPARATOR
    gone = np.concatenate([dropped, _thousands_separators(kinds, commas, dropped)])
    gone.sort()
    values[special] = 0
    _continue_words(kinds, gone)
    return _hash_words(kinds, values, ends, gone)


def _continue_words(kinds: NDArray[np.uint8], gone: Offsets) -> None:
    """Make what is *gone* of the kind of what stands before it, so that it separates nothing."""
    is_first = np.diff(gone, prepend=-1) > 1
    is_first[:1] = True
    before = gone[is_first] - 1
    kinds[gone] = np.where(before < 0, SEPARATOR, kinds[before])[np.cumsum(is_first) - 1]


def _expand(units: Units, ends: Offsets, places: Offsets) -> tuple[Units, Offsets]:
    """Return *units* with those at *places* folded, and where each text ends then."""
    forms = [_folded(unit) for unit in units[places].tolist()]
    sizes = np.array([len(form) - 1 for form in forms])
    longer = np.insert(units, np.repeat(places + 1, sizes), np.concatenate([form[1:] for form in forms]))
    before = np.concatenate([[0], np.cumsum(sizes)])
    longer[places + before[:-1]] = [form[0] for form in forms]
    return longer, ends + before[np.searchsorted(places, ends)]


@cache
def _folded(unit: int) -> Units:
    return np.frombuffer(_encode(fold_for_comparison(chr(unit))), np.uint16)


def _kinds(values: Hashes) -> NDArray[np.uint8]:
    lowest = 0 if sys.byteorder == "little" else 7
    kinds: NDArray[np.uint8] = values.view(np.uint8)[lowest::8] & np.uint8(SPECIAL)
    return kinds


def _units(texts: Sequence[str]) -> tuple[Units, Offsets]:
    """Return the UTF-16 units of *texts*, each text followed by a line break, and where each text ends."""
    lengths = [len(text) for text in texts]
    joined = "\n".join(texts)
    if any(form in joined for form in _LIGATURES):
        texts = [_without_ligatures(text) for text in texts]
        lengths = [len(text) for text in texts]
        joined = "\n".join(texts)
    encoded = _encode(joined + "\n")
    if len(encoded) != 2 * (sum(lengths) + len(lengths)):
        texts = [_without_astral_symbols(text) for text in texts]
        lengths = [len(_encode(text)) // 2 for text in texts]
        encoded = _encode("\n".join(texts) + "\n")
    return np.frombuffer(encoded, np.uint16), np.cumsum(np.array(lengths, np.int64) + 1) - 1


def _without_ligatures(text: str) -> str:
    for form in _LIGATURES:
        if form in text:
            text = text.replace(form, fold_for_comparison(form))
    return text


def _encode(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _without_astral_symbols(text: str) -> str:
    """Return *text* with nothing but letters beyond the first 65,536 characters; these count as two."""
    text = _EMOJI.sub(" ", text)
    if len(_encode(text)) != 2 * len(text):
        text = _ASTRAL_SYMBOL.sub(" ", fold_for_comparison(text))
    return text


def _thousands_separators(kinds: NDArray[np.uint8], commas: Offsets, dropped: Offsets) -> Offsets:
    """Return which of *commas* stand behind a digit and before exactly three, but for what is *dropped*."""
    commas = commas[kinds[commas - 1] >= DIGIT]  # most follow a letter; before the first stands a line break
    shifts = dropped - np.arange(len(dropped))  # the n-th unit that stays stands behind so many dropped ones
    places = commas - np.searchsorted(dropped, commas)
    inside = (places > 0) & (places + 4 < len(kinds) - len(dropped))  # every batch ends with a line break
    commas, places = commas[inside], places[inside]
    is_number = np.ones(len(commas), np.bool_)
    for step in (-1, 1, 2, 3, 4):
        near = places + step
        digit = kinds[near + np.searchsorted(shifts, near, "right")] == DIGIT
        is_number &= digit if step < 4 else ~digit
    return commas[is_number]


def _hash_words(
    kinds: NDArray[np.uint8], values: Hashes, ends: Offsets, gone: Offsets
) -> tuple[Hashes, Offsets]:
    is_start = np.empty(len(kinds), np.bool_)
    is_start[:1] = True
    np.not_equal(kinds[1:], kinds[:-1], out=is_start[1:])
    is_start &= kinds != SEPARATOR
    starts = np.flatnonzero(is_start)
    counts: Offsets = np.diff(np.searchsorted(starts, ends), prepend=0)
    size = 1 << len(values).bit_length()
    powers, inverse = _powers(_BASE, size), _powers(pow(_BASE, -1, 1 << 64), size)
    gapped = np.searchsorted(starts, gone[kinds[gone] != SEPARATOR], "right") - 1
    gapped = gapped[is_first(gapped)]
    sums_of_gapped = _sums_without(
        gone, values, powers, starts[gapped], np.append(starts, len(kinds))[gapped + 1]
    )
    values *= powers[: len(values)]
    sums = np.add.reduceat(values, starts) if len(starts) else values[:0]  # what separates counts 0
    sums *= inverse.take(starts)
    sums[gapped] = sums_of_gapped
    hashes = mix(sums) & ~NUMBER
    hashes |= kinds.take(starts) == DIGIT
    return hashes, counts


def _sums_without(gone: Offsets, values: Hashes, powers: Hashes, starts: Offsets, ends: Offsets) -> Hashes:
    """Return the sums of the words from *starts* to *ends*, their letters closed up over what is *gone*."""
    if not len(starts):
        return values[:0]
    stays = np.ones(len(values), np.bool_)
    stays[gone] = False
    sizes = ends - starts
    places = ranges(starts, sizes)
    stays = stays[places]
    bounds = offsets_of(stays)[offsets_of(sizes)]
    exponents = ranges(np.zeros_like(starts), np.diff(bounds))
    return np.add.reduceat(values[places[stays]] * powers[exponents], bounds[:-1])
