"""Kinds of characters, and which kinds a text holds.

All stages that look for letters ask here, so that a text is scanned only once. A clean article holds no
suspect characters, and these stages return at once. One compiled pattern skips the characters that every
article is made of; only the rest is looked up.
"""

from __future__ import annotations

from array import array
from functools import cache, lru_cache, reduce
from operator import or_
import re

from cleaner.rules import table
from cleaner.text.folding import MARKS

ARABIC = 1 << 0
"""Letters that Arabic itself is written with."""
LOOK_ALIKE = 1 << 1
"""Letters of other languages that look like an Arabic one: FARSI YEH, KEHEH, HEH GOAL …"""
FOREIGN = 1 << 2
"""Letters that no Arabic word has; and ZERO WIDTH NON-JOINER."""
LOAN = 1 << 3
"""Letters that Arabic borrows for foreign sounds: PEH, TCHEH, VEH, GAF …"""
PRESENTATION = 1 << 4
"""Presentation forms: code points for a letter or ligature in one printed shape."""
MARK = 1 << 5
"""Combining marks: harakat, hamza and madda above."""
TATWEEL = 1 << 6
"""The stroke that stretches a word."""
INVISIBLE = 1 << 7
"""Format and control characters, and spaces other than the plain one."""
INDIC_DIGIT = 1 << 8
"""ARABIC-INDIC DIGITs, as in ٣."""
EXTENDED_DIGIT = 1 << 9
"""EXTENDED ARABIC-INDIC DIGITs, as in ۴."""
GREEK_OR_CYRILLIC = 1 << 10
"""Greek and Cyrillic letters, which may stand in a Latin word by mistake."""
HIGH_LATIN = 1 << 11
"""Latin letters and signs beyond ASCII and C1 controls, without the guillemets: what mojibake is made of."""
LATIN = 1 << 12
"""ASCII letters."""
OTHER_LETTER = 1 << 13
"""Letters and signs of other scripts, and everything beyond U+FFFF."""
DAMAGED = 1 << 14
"""What a failed decoding leaves: REPLACEMENT CHARACTER and private-use code points."""

_ARABIC_LETTERS = ((0x0621, 0x063A), (0x0641, 0x064A), (0x0671, 0x0671))
_MARKS = (
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E8),
    (0x06EA, 0x06ED),
)
_ARABIC_SCRIPT = (
    (0x0620, 0x0620),
    (0x063B, 0x063F),
    (0x066E, 0x066F),
    (0x0672, 0x06D3),
    (0x06D4, 0x06D5),
    (0x06EE, 0x06EF),
    (0x06FA, 0x06FF),
    (0x0750, 0x077F),
    (0x0870, 0x08FF),
)
_SIGNS = ((0x02C6, 0x02DC), (0x2044, 0x2044), (0x20AC, 0x20AC), (0x2202, 0x22FF))
# Applied in this order: where ranges overlap, the later kind replaces the earlier one.
_KINDS = (
    (OTHER_LETTER, ((0x0250, 0x05FF), (0x0700, 0x1FFF), (0x2C00, 0xFB4F))),
    (HIGH_LATIN, ((0x0080, 0x009F), (0x00A1, 0x00AA), (0x00AE, 0x00BA), (0x00BC, 0x024F), *_SIGNS)),
    (DAMAGED, ((0xE000, 0xF8FF), (0xFFFD, 0xFFFD))),
    (GREEK_OR_CYRILLIC, ((0x0370, 0x052F),)),
    (LATIN, ((0x0041, 0x005A), (0x0061, 0x007A))),
    (ARABIC, _ARABIC_LETTERS),
    (FOREIGN, (*_ARABIC_SCRIPT, (0x200C, 0x200C))),
    (MARK, _MARKS),
    (TATWEEL, ((0x0640, 0x0640),)),
    (INDIC_DIGIT, ((0x0660, 0x0669),)),
    (EXTENDED_DIGIT, ((0x06F0, 0x06F9),)),
    (PRESENTATION, ((0xFB50, 0xFDFF), (0xFE70, 0xFEFC))),
)


_LETTER = "[\u0621-\u063a\u0641-\u064a]"
_COMPOSING = "\u0653\u0654\u0655"  # MADDAH ABOVE, HAMZA ABOVE, HAMZA BELOW
_SUSPECT = re.compile(
    # any character but line breaks, and the ASCII characters and Arabic letters that are normal anywhere
    "[^\n !-\\-/;-~\u0621-\u0628\u062a-\u063a\u0641-\u0648\u064a](?:"
    f"(?<=[ةى،؛0-9])(?={_LETTER})"  # glued to the next letter
    "|(?<= [.:،؛؟])"  # parted from its word by a space
    f"|(?<![.:ةى،؛؟«»0-9{MARKS}])"  # unusual anywhere
    "|(?<=«)(?!\\w)|(?<=»)(?=\\w)"  # facing the wrong way
    f"|(?<=[{MARKS}])(?:(?<= .)|(?=[{MARKS}])|(?<=[{_COMPOSING}])))"  # not alone right behind its letter
)
_ARABIC_LETTER = re.compile(_LETTER)


@lru_cache(maxsize=4)
def suspects(text: str) -> frozenset[str]:
    """Return the characters of *text* that are unusual, or that stand in an unusual place.

    Punctuation, digits, final letters and marks stand in every article. They count only where their
    neighbours make an error possible, such as a comma behind a space. A stage may skip a text whose set
    `isdisjoint` from the characters that it mends. The results for the last four texts are cached.
    """
    return frozenset(_SUSPECT.findall(text))


@cache
def _kinds() -> array[int]:
    """Return the kinds of the first 65,536 code points: flags of 16 bits, indexed by code point."""
    kinds = array("H", bytes(2 * 0x10000))
    for kind, ranges in _KINDS:
        for first, last in ranges:
            kinds[first : last + 1] = array("H", [kind]) * (last + 1 - first)
    for row in table("look_alikes")["letter"]:
        kinds[ord(row["letter"])] = LOOK_ALIKE
    for letter in table("languages")["loan_letters"]:
        kinds[ord(letter)] = LOAN
    for row in table("invisible")["character"]:
        for character in row["characters"]:
            kinds[ord(character)] |= INVISIBLE
    return kinds


def _kind_of(character: str) -> int:
    return _kinds()[ord(character)] if character <= "\uffff" else OTHER_LETTER


@lru_cache(maxsize=4)
def kinds(text: str) -> int:
    """Return the kinds of the suspects in *text* as or-ed flags, with `ARABIC` if it holds an Arabic letter.

    The results for the last four texts are cached.
    """
    found = _kinds_of(suspects(text))
    return found | ARABIC if _ARABIC_LETTER.search(text) else found


@lru_cache(maxsize=1024)
def _kinds_of(characters: frozenset[str]) -> int:
    return reduce(or_, map(_kind_of, characters), 0)


def count(text: str, kind: int) -> int:
    """Return how many characters of *text* are of one of the kinds in *kind* (or-ed flags)."""
    return sum(text.count(character) for character in set(text) if _kind_of(character) & kind)
