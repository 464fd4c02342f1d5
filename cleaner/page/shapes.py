"""What a single line looks like, whatever stands around it: dated, a byline, the announcement of a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import regex

from cleaner.page import vocabulary, wording
from cleaner.page.lines import TOKEN
from cleaner.page.verbs import opens_sentence
from cleaner.text.dates import CLOCK, hijri_pattern

if TYPE_CHECKING:
    from cleaner.page.lines import Line

_DASH = regex.compile(r"\s+[-–—ـ|/]+\s+|[/|_()]+")
_BRACKETS = regex.compile(r"[()]")
_HANDLE = regex.compile(r"@\w+|\b[A-Za-z]\w+@")
_CLOCK = regex.compile(rf"\b{CLOCK}\b")
_WORD = regex.compile(r"\w+")
_HIJRI = regex.compile(hijri_pattern())
LONGEST_ADDRESS = 254
"""Code points. No address has more (RFC 5321), and matching a line of a million would be slow."""
_ADDRESS = regex.compile(r"^\S*[\w-]\.(?:com|net|org|info|tv|news|io|me|[a-z]{2})/?$|^\S[^\s@]*@\S+\.\w+$")
SEPARATORS = ",،|؛;#•"
_SEPARATOR = re.compile(f"[{SEPARATORS}]")
_ITEMS = regex.compile(rf"\s*[{SEPARATORS}]\s*")
_LABEL = regex.compile(r"^[^:،,|]{2,30}:\s*")
LONGEST_CREDIT, LONGEST_BESIDE_CLOCK = 6, 2
"""Words beside the date of a credit, and words beside a time alone."""
FIRST_PAGES = "1995"
"""The year in which papers began to publish pages, to compare with YYYY-MM-DD."""
LONGEST_ENTRY = 6
"""Words of an entry; headlines that begin with who said it mostly have more."""
_ENTRY = regex.compile(r"\p{Arabic}\w*(?: \w+){0,2} ?: ?\S")
_SAYING = regex.compile('[«"“][^«»"“”]+[»"”]\\s*[-–—]\\s*\\p{Arabic}')
_SCORE = regex.compile(r"(?<![\d/.-])\d{1,3}\s*[-–:]\s*\d{1,3}(?![\d/.-])|\w\s*×\s*\w")
_RANK = regex.compile(r"\d{1,3}[.)-]\s*\p{Arabic}")
_HASHTAG = regex.compile(r"#\p{Arabic}")
_ANNOUNCING = frozenset(
    [
        "يلي",
        "التالي",
        "التاليه",
        "الاتي",
        "الاتيه",
        "كالتالي",
        "كالاتي",
        "هي",
        "هم",
        "هما",
        "وهي",
        "وهم",
        "قال",
        "قالت",
        "وقال",
    ]
)


def is_dated(line: Line) -> bool:
    """Return whether a line of at most 16 words prints a date."""
    return bool(line.dates) and line.words <= 16


def has_time(line: Line) -> bool:
    """Return whether a line prints a date or a time of day."""
    return bool(line.dates) or bool(_CLOCK.search(line.folded))


def words_beside_dates(line: Line) -> list[str]:
    """Return the words of a line that are neither part of a date nor numbers."""
    text = line.folded
    for date in reversed(line.dates):
        text = f"{text[: date.start]} {text[date.end :]}"
    return [token for token in _WORD.findall(_HIJRI.sub(" ", text)) if not token.isdecimal()]


def is_only_date(line: Line) -> bool:
    """Return whether a line holds nothing but dates, times, counters and the words that go with them."""
    rest = words_beside_dates(line)
    weak = vocabulary.words("dates", "weak")
    return all(vocabulary.stem(token) in weak for token in rest) or vocabulary.is_made_of(rest, "dates")


def is_dated_credit(line: Line) -> bool:
    """Return whether a line is a date or a time with a few words beside it: a name, a place, a paper."""
    if not has_time(line):
        return False
    longest = LONGEST_CREDIT if line.dates else LONGEST_BESIDE_CLOCK
    return len(_beside_dates(line)) <= longest and not tells_of_date(line)


def _beside_dates(line: Line) -> list[str]:
    """Return the words beside a line's dates, without those that go with dates."""
    weak = vocabulary.words("dates", "weak")
    return [word for word in words_beside_dates(line) if vocabulary.stem(word) not in weak]


def tells_of_date(line: Line) -> bool:
    """Return whether a line with a date says what happened then, and so belongs to the article.

    It opens with a verb, or is worded as articles are; or all its dates are from before there were pages.
    """
    if not has_time(line):
        return False
    if line.dates and all("" < date.iso < FIRST_PAGES for date in line.dates):
        return True
    rest = _beside_dates(line)
    if not rest or is_name(rest[0]):
        return False
    return opens_sentence(rest[0]) or wording.score(line.tokens) < 0


def has_score(line: Line) -> bool:
    """Return whether a line prints a result, «3 - 1», or a match, «A × B», and no time."""
    return bool(_SCORE.search(line.folded)) and not has_time(line)


def is_name(word: str, *, rare: bool = False) -> bool:
    """Return whether a folded *word* is a first name; *rare*: or may be one, where names are expected."""
    name = vocabulary.stem(word.lower())
    return name in vocabulary.words("given_names") or (
        rare and name in vocabulary.words("given_names", "weak")
    )


def is_byline(line: Line) -> bool:
    """Return whether a line is a person's name, or a paper's and a person's or place's parted by a dash."""
    if line.words > 14 or line.folded.endswith(".") or ".." in line.folded:
        return False
    if has_score(line) or tells_of_date(line) or (has_time(line) and not line.dates):
        return False
    if _RANK.match(line.folded) or _HASHTAG.search(line.folded):
        return False
    text = _HANDLE.sub(" ", line.folded) if "@" in line.folded else line.folded
    parts = [tokens for part in _DASH.split(text) if (tokens := TOKEN.findall(part))]
    if not parts:
        return False
    named = any(is_name(part[0]) for part in parts)
    longest = max(map(len, parts))
    if len(parts) == 1:
        return named and 2 <= longest <= 6
    bracketed = len([part for part in _BRACKETS.split(text) if TOKEN.search(part)]) > 1
    return len(parts) <= 4 and sum(map(len, parts)) <= 10 and longest <= 4 and (named or not bracketed)


def is_entry(line: Line) -> bool:
    """Return whether a line is an entry of a list: one to three words before a colon, and text behind it."""
    return line.words <= LONGEST_ENTRY and bool(_ENTRY.match(line.core))


def is_saying(line: Line) -> bool:
    """Return whether a line is a quotation, and behind a dash who said it."""
    return bool(_SAYING.match(line.folded))


def is_address(line: Line) -> bool:
    """Return whether a line is nothing but the address of a site, or an e-mail address."""
    return len(line.folded) <= LONGEST_ADDRESS and bool(_ADDRESS.match(line.folded))


def is_keyword_list(line: Line) -> bool:
    """Return whether a line is a list of four or more keywords, maybe with a label before them."""
    if line.is_final or len(_SEPARATOR.findall(line.folded)) < 3:
        return False
    items = [item for item in _ITEMS.split(_LABEL.sub("", line.folded)) if item]
    if len(items) < 4 or any(len(item.split()) > 3 for item in items):
        return False
    return 3 <= line.words <= 60 and not line.opens_prose


def announces_list(line: Line) -> bool:
    """Return whether a line ends with a colon and is a sentence that a list completes, not a heading."""
    if not line.folded.endswith(":"):
        return False
    return line.words >= 5 or line.opens_prose or any(word in _ANNOUNCING for word in line.tokens)


def bullet(line: Line) -> str:
    """Return the bullet that opens a line, or an empty string."""
    first = line.folded[:1]
    return first if not first.isalnum() and first not in "\"«“(['" else ""
