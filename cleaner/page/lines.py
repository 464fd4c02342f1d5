"""A text as a page: its lines, with the few measures that tell prose from boilerplate."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Generic, TypeVar

import regex

from cleaner.page import vocabulary
from cleaner.text.dates import find_dates, has_figures
from cleaner.text.folding import fold, small

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.text.dates import Date

_LEADING = regex.compile(r"^[^\w#@(\[«\"“©$/=]+")  # bullets, arrows, emoji, dashes
_ENDS, _CLOSING = ".!؟?…", "\"”»)]'’*"
_FINAL = regex.compile(rf"[{_ENDS}][\s{regex.escape(_CLOSING)}]*$")
_TRAILING = regex.compile(r"(?:\.\.+|…)[\s\])]*(?:(?:اقرا )?المزيد)?[\s\])]*$")
TOKEN = regex.compile(r"[#@]?\w+")
"""A word of a folded line; hashtags and handles keep their sign."""
OPENING_WORDS = 6
"""Words needed to tell whether a line that opens with «و» (and) is a sentence."""
HEADLINE_WORDS = 24
"""Words of the longest headline. Of 7,000 real titles the longest has 31, and one in 500 has more than 22."""


T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - used as `functools.cached_property`, which takes a lock up to Python 3.11
    """A property of a line that is computed at the first access and then stored."""

    def __init__(self, find: Callable[[Line], T]) -> None:
        self.find = find
        self.name = find.__name__
        self.__doc__ = find.__doc__

    def __get__(self, line: Line, _owner: type[Line]) -> T:
        found = line.__dict__[self.name] = self.find(line)
        return found


class Line:
    """A line that is not blank; *start* and `end` are code points of the text.

    *folded* is the line folded, in lower case, without white space at its ends; *core* is the same without
    bullets, dashes and emoji before its first word. *spaces* is the number of spaces in *folded*: counting
    them is cheaper than counting words, and tells a paragraph from a headline as well. *is_final*: the line
    ends as sentences do. *after_blank*: the line above is blank, or there is none.
    """

    def __init__(self, number: int, start: int, text: str, folded: str, *, after_blank: bool) -> None:
        self.number = number
        self.start = start
        self.text = text
        self.folded = folded
        self.core = folded if folded[0].isalnum() else str(_LEADING.sub("", folded))
        self.spaces = folded.count(" ")
        last = folded[-1]
        self.is_final = last in _ENDS or (last in _CLOSING and bool(_FINAL.search(folded)))
        self.after_blank = after_blank

    @property
    def end(self) -> int:
        """The offset behind the last code point of the line."""
        return self.start + len(self.text)

    @once
    def is_listed(self) -> bool:
        """Whether the line opens with a bullet, a number or a time."""
        return bool(_LISTED.match(self.folded))

    @once
    def tokens(self) -> list[str]:
        """The words of the folded line; hashtags and handles keep their sign."""
        return list(TOKEN.findall(self.folded))

    @once
    def figures(self) -> bool:
        """Whether the line has digits as dates have them; if not, no part of it prints a date."""
        return has_figures(self.folded)

    @once
    def dates(self) -> tuple[Date, ...]:
        """The dates that the folded line prints."""
        return tuple(find_dates(self.folded)) if self.figures else ()

    @once
    def first_word(self) -> str:
        """The first word of the folded line, or an empty string."""
        first = TOKEN.search(self.folded)
        return first.group() if first else ""

    @once
    def opens_prose(self) -> bool:
        """Whether the line opens as a sentence of an article does."""
        if not self.first_word.startswith(vocabulary.AND):
            return vocabulary.opens_prose([self.first_word])
        words = islice(TOKEN.finditer(self.folded), OPENING_WORDS)
        return vocabulary.opens_prose([word.group() for word in words])

    @once
    def words(self) -> int:
        """The number of words in the line."""
        return len(self.tokens)

    @property
    def is_prose(self) -> bool:
        """Whether the line reads as a sentence or a paragraph of an article."""
        words = self.spaces + 1
        if words >= 28:
            return True
        if words < 6:
            return False
        if self.is_final and not self.folded.endswith(("...", "…", "..")):
            # Headlines end with ؟ and !, too; only longer lines that do are sentences of an article.
            return words >= 16 or not self.folded.endswith(("؟", "!", "?"))
        return words > 14 and ("،" in self.folded or "," in self.folded or words >= HEADLINE_WORDS)

    @once
    def has_inner_stop(self) -> bool:
        """Whether a full stop stands between two words, the first of them not an initial."""
        return bool(_INNER_STOP.search(self.folded))

    @once
    def trails_off(self) -> bool:
        """Whether the line breaks off, as excerpts of other articles do: «…», «[...]», «... المزيد»."""
        return bool(_TRAILING.search(self.folded))

    @property
    def is_headline_like(self) -> bool:
        """Whether the line may be a headline: 3 to 24 words, and no full stop at the end."""
        return 3 <= self.words <= HEADLINE_WORDS and not (self.is_final and self.folded.endswith("."))

    def __repr__(self) -> str:
        return f"Line({self.number}, {self.text!r})"


_INNER_STOP = regex.compile(r"(?<=[\u0621-\u064a]{2})\.(?=\s?[\u0621-\u064a])")
_LISTED = regex.compile(r"^(?:[-–—•▪○●*»«<>◂◄►\-+]|\[?\d{1,2}:\d\d\]?|\d{1,2}\s?[-.)_:/ ]|\[\d)")


def tokens_of(text: str) -> list[str]:
    """Return the folded words of *text* in lower case."""
    return list(TOKEN.findall(fold(text).lower()))


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a text that are not blank, in order; and the text folded, in lower case."""

    text: str
    folded: str
    lines: list[Line]

    @classmethod
    def of(cls, text: str, cut: Callable[[str], list[int]] | None = None) -> Page:
        """Return *text* cut into lines; it is folded once for all of them.

        *cut* gives the places at which one raw line is cut further, each piece a line of its own.
        """
        lines: list[Line] = []
        start = 0
        after_blank = True
        folded = small(text)
        for raw, line in zip(text.split("\n"), folded.split("\n"), strict=True):
            stripped = line.strip()
            if not stripped:
                after_blank = True
            elif places := cut(raw) if cut else []:
                for first, last in pairwise([0, *places, len(raw)]):
                    if piece := small(raw[first:last]).strip():
                        lines.append(
                            Line(len(lines), start + first, raw[first:last], piece, after_blank=after_blank)
                        )
                        after_blank = False
            else:
                lines.append(Line(len(lines), start, raw, stripped, after_blank=after_blank))
                after_blank = False
            start += len(raw) + 1
        return cls(text, folded, lines)
