"""The head of a page that is one line: path, title, who wrote the article and when, buttons."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import regex

from cleaner.page import printed_sources, vocabulary
from cleaner.page.cohesion import LONGER, beginnings
from cleaner.page.markers import markers
from cleaner.page.shapes import is_name
from cleaner.stages.boilerplate import date_fact
from cleaner.stages.boilerplate.worded_lines import CONTROLS
from cleaner.stages.run_on.headline_break import LENGTHS
from cleaner.stages.run_on.labels import SENTENCE_END
from cleaner.text.dates import CLOCK, find_dates, has_clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_HEAD = 60
"""Words at the beginning of the line among which the date between title and text is looked for."""
LONGEST_CREDIT = 5
"""Words of the name of a paper or a person."""
FEWEST_BUTTONS = 3
"""Buttons side by side: names of networks, or letters."""
SIGNS = " :-–—|•·*/"
"""Signs between a title and who wrote the article."""
LONGEST_OPENING, NAME = 600, 2
"""Code points of the text in which the last words of a name are looked for, and how many words these are."""
AGAIN = 3
"""Words of a title that the text must repeat where only this tells the title from who wrote the article."""
CLEARLY = 2.0
"""Log odds from which on a word begins an article, and no headline."""
LONGEST_DATELINE = 4
"""Words at the beginning of an article: a place or an agency, and an opening verb."""

_WORD = regex.compile(r"\w+")
_NAME = regex.compile(r"(?:(?:عبد|ابو) )?\w+ (?:(?:بن|ابن) (?:عبد )?\w+ )*(?:(?:بن|ابن|ابو|ال) )?(\w+)$")
_PATH = regex.compile(r"(?:([^|\n]{2,30})\s[|>»/]\s)+")
_MENU = regex.compile(
    r"(\w+)(?:\s\w+){0,20}?"
    r"\s(?:اتصل بنا|من نحن|تواصل معنا|راسلنا|عن الموقع|تسجيل الدخول|خريطه الموقع)\s+(?=\S)"
)
"""A menu whose items stand side by side: its first word, and an item that menus end with."""
_TIME = regex.compile(rf"(?:\s*[-–|,،]?\s*(?:{CLOCK}(?::\d\d)?|[صم]\b|am\b|pm\b|مساء|صباحا|gmt))*\s*")
_GOVERNED = regex.compile(r"\b(?:من|في|علي|الي|عن|مع|بين|ضد|بعد|قبل|عبر|لدي|عند)\s+\W*$")
_TODAY = regex.compile(r"[,،]\s*اليوم\s+(?:\w+\s+)?$")
_AGO = regex.compile(
    r"\b(?:منذ|قبل)\s+(?:\d+\s+)?(?:ثوان\w*|دقيق\w+|دقايق|ساع\w+|يوم\w*|ايام|اسبوع\w*|شهر\w*|اشهر)\b|\bامس\b"
)


def behind_path(line: str) -> Iterator[int]:
    """Yield where the title begins behind a menu, or behind a path whose last item names a section."""
    sections = vocabulary.words("sections")
    menu = _MENU.match(line)
    if menu and vocabulary.stem(menu[1]) in sections:
        yield menu.end()
    path = _PATH.match(line)
    if not path:
        return
    for number, word in enumerate(_WORD.finditer(line, path.end(), path.end() + 60)):
        # A second word belongs to the name only if «و» joins it: else it may be the first of the title.
        if vocabulary.stem(word.group()) not in sections or (number and not word.group().startswith("و")):
            if number or vocabulary.is_made_of(_WORD.findall(path[1]), "sections"):
                yield word.start()
            return


def around_credit(line: str) -> Iterator[int]:
    """Yield where title, credit and text part: before the credit, if it is known, behind date and buttons.

    The credit says who wrote the article, and when. Before the date may stand a paper of known name, or a
    person recognized by a first name; before a date with a time of day, also a name that the text does not
    repeat.
    """
    words = list(islice(_WORD.finditer(line), LONGEST_HEAD))
    head = line[: words[-1].end()] if words else ""
    if sentence := SENTENCE_END.search(head):
        head = head[: sentence.start()]
    date = next(find_dates(head), None)
    clock = date is not None and has_clock(line, date)
    if _is_article(words) and not clock:
        return  # an article without a title: the date is a part of its story
    if not date:
        yield from _around_age(head)
    elif head.count(" ", 0, date.start) >= LENGTHS.start:
        taken_up = beginnings(_WORD.findall(line, date.end, date.end + LONGEST_OPENING))
        head = head[: date.start]
        name = _credit_before(head, taken_up, clock=clock) or (clock and _unknown_name(head, taken_up))
        if name and (credit := _with_label(head, name)):
            yield credit
        time = _TIME.match(line, date.end)
        behind = time.end() if time else date.end
        yield behind
        if buttons := _behind_buttons(line, behind):
            yield buttons


def credit_at_end(line: str, text: str) -> int:
    """Return where the credit begins that ends a title's folded *line* with date and time of day, or 0.

    *text* is the beginning of what stands below, folded; it must repeat words of the title.
    """
    date = next(find_dates(line), None)
    time = _TIME.match(line, date.end) if date and has_clock(line, date) else None
    if not date or not time or time.end() < len(line) or line.count(" ", 0, date.start) < LENGTHS.start:
        return 0
    taken_up = beginnings(_WORD.findall(text))
    head = line[: date.start]
    name = _credit_before(head, taken_up, clock=False) or _unknown_name(head, taken_up)
    again = beginnings(_WORD.findall(line, 0, name)) & taken_up
    return _with_label(line, name) if len(again) >= AGAIN else 0


def _with_label(head: str, at: int) -> int:
    """Return where the credit with its name at *at* begins: before a label such as «بقلم» and signs.

    It is 0 if a preposition stands there: then the name belongs to the title.
    """
    if _GOVERNED.search(head, 0, at):
        return 0
    bare = head[:at].rstrip(SIGNS)
    label = next((label for label in _author_labels() if bare.endswith(f" {label}")), "")
    bare = bare.removesuffix(label).rstrip(SIGNS)
    return len(bare) + 1 if bare else at


@cache
def _author_labels() -> tuple[str, ...]:
    labels = (phrase for marker in markers() if marker.fact == "author" for phrase in marker.phrases)
    return tuple(sorted(labels, key=len, reverse=True))


def _is_article(words: Sequence[regex.Match[str]]) -> bool:
    """Whether a line opens with a verb of articles, a place or an agency before it."""
    verbs = vocabulary.opening_verbs()
    return any(verbs.get(word.group(), 0.0) >= CLEARLY for word in words[:LONGEST_DATELINE])


def _credit_before(head: str, taken_up: set[str], *, clock: bool) -> int:
    """Return where in the last words of *head* a label, or the name of a paper or person begins, or 0.

    A name whose words are *taken_up* by the text (compared by their beginnings) is one that the title speaks
    of; unless it is a paper's, and a time of day stands behind the date (*clock*).
    """
    if label := date_fact.LABEL.search(head):
        return int(label.start())
    words = _words_before_day(head)
    last = words[max(LENGTHS.start, len(words) - LONGEST_CREDIT) :]
    names = [(word.start(), head[word.start() : last[-1].end()]) for word in last]
    spoken_of = bool(beginnings(w.group() for w in words[-NAME:] if len(w.group()) >= LONGER) & taken_up)
    if spoken_of and not clock:
        return 0
    known = next((at for at, name in names if printed_sources.is_known(name)), 0)
    persons = () if spoken_of else last[:-1][-2:]
    person = next((word.start() for word in persons if is_name(word.group(), rare=True)), 0)
    # Names that may be a paper's begin with «صحيفة» or the like. The last counts: a title may hold another.
    return known or next((at for at, name in reversed(names) if printed_sources.is_outlet(name)), 0) or person


def _words_before_day(head: str) -> list[regex.Match[str]]:
    """Return the words of *head* without a weekday at its end; none if it ends with «، اليوم»."""
    words = [] if _TODAY.search(head) else list(_WORD.finditer(head))
    days = vocabulary.words("dates") | vocabulary.words("dates", "weak")
    while words and vocabulary.stem(words[-1].group()) in days:
        words.pop()
    return words


def _unknown_name(head: str, taken_up: set[str]) -> int:
    """Return where in the last words of *head* a person's unknown name begins, or 0.

    The text repeats the title before the name and nothing of the name, whose last word is not a usual one.
    """
    words = _words_before_day(head)
    name = _NAME.search(head[: words[-1].end()]) if words else None
    if not name or vocabulary.is_usual(vocabulary.stem(name[1])):
        return 0
    title = beginnings(_WORD.findall(head, 0, name.start()))
    new = taken_up.isdisjoint(beginnings(_WORD.findall(name.group())))
    return name.start() if new and len(title & taken_up) >= AGAIN else 0


def _around_age(head: str) -> Iterator[int]:
    """Yield where an age such as «منذ 5 ساعات» begins, and where the paper's name behind it has ended."""
    for age in _AGO.finditer(head):
        words = list(islice(_WORD.finditer(head, age.end()), LONGEST_CREDIT))
        ends = [
            n
            for n, word in enumerate(words)
            if printed_sources.is_outlet(head[age.end() : word.end()].strip())
        ]
        if not ends or head.count(" ", 0, age.start()) < LENGTHS.start:
            continue
        # Where a name ends that is not known, the verb behind it tells.
        verbs = [n for n in ends if n + 1 < len(words) and words[n + 1].group() in vocabulary.opening_verbs()]
        if not verbs and ends[-1] == 0:
            continue  # a single word may be a paper's name, or just a word
        yield age.start()
        yield words[(verbs or ends)[0]].end() + 1
        return


def _behind_buttons(line: str, at: int) -> int:
    """Return where the text begins behind several buttons at *at*, or 0."""
    strong, weak = vocabulary.words("share"), vocabulary.words("share", "weak")
    found = 0
    for word in _WORD.finditer(line, at, at + 120):
        stem = vocabulary.stem(word.group())
        is_button = stem in strong or stem in CONTROLS
        if not is_button and stem not in weak:
            return word.start() if found >= FEWEST_BUTTONS else 0
        found += is_button
    return 0
