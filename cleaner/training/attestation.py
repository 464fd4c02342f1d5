"""Which boilerplate attests which parts of the tables: where their own way of matching finds them in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

from cleaner.document import Document
from cleaner.options import Options
from cleaner.page import vocabulary
from cleaner.page.lines import Page
from cleaner.stages import news_pipeline
from cleaner.text.folding import fold
from cleaner.training.labelled_pages import places
from cleaner.training.parts import NEVER, Part, alternatives, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from cleaner.evaluation import GoldPage

Groups = set[str]


@dataclass(slots=True)
class FoundBoilerplate:
    """What boilerplate says, in the views in which the tables look at it, with the groups of its pages."""

    openings: dict[str, Groups] = field(default_factory=lambda: defaultdict(set))
    """Lines of boilerplate, and what is boilerplate in other lines, without bullets, folded."""
    inside: dict[tuple[str, str], Groups] = field(default_factory=lambda: defaultdict(set))
    """The same, each with the whole line that it stands in."""
    spans: dict[str, Groups] = field(default_factory=lambda: defaultdict(set))
    """Whole stretches as they stand in the page."""

    @classmethod
    def of(cls, pages: Iterable[GoldPage]) -> FoundBoilerplate:
        """Gather the boilerplate of *pages*; lines are those that the boilerplate stage is given."""
        boilerplate = cls()
        pipeline = news_pipeline(Options(without=("boilerplate", "spaces", "length")))
        for page in pages:
            removed = [False] * len(page.raw)
            for span in page.spans:
                removed[span.start : span.end] = [span.action == "remove"] * (span.end - span.start)
                if span.action == "remove":
                    boilerplate.spans[page.raw[span.start : span.end]].add(page.group)
            document = pipeline.clean(Document(page.id, page.raw))
            labels = [removed[at] for at in places(document)]
            for line in Page.of(document.text).lines:
                at = line.start
                for is_removed, run in groupby(labels[line.start : line.end]):
                    end = at + len(list(run))
                    if is_removed:
                        boilerplate._add(document.text[at:end], line.folded, page.group)
                    at = end
        return boilerplate

    def _add(self, piece: str, line: str, group: str) -> None:
        for part in Page.of(piece).lines:
            self.openings[part.core.lstrip("([ ")].add(group)
            self.inside[part.folded, line].add(group)


def attested(tables: Mapping[str, Any], boilerplate: FoundBoilerplate) -> dict[Part, Groups]:
    """Return the groups whose *boilerplate* attests each part of *tables*."""
    opening_with, with_words = _opening_with(boilerplate.openings), _with_words(boilerplate.openings)
    lists = {"phrases": opening_with} | dict.fromkeys(("strong", "weak", "aliases", "alone"), with_words)
    ways = {
        "marker": _Way(_at_opening, boilerplate.openings),
        "inline": _Way(_inside, boilerplate.inside),
        "embed": _Way(_anywhere, boilerplate.spans),
    }
    found: dict[Part, Groups] = {}
    for table, keys, row in rows(tables):
        for key, groups_of in lists.items():
            for number, text in enumerate(row.get(key, ())):
                found[Part(table, keys, key, number)] = groups_of(text)
        if "pattern" in row:
            for (start, end), groups in _of_pattern(row["pattern"], ways[str(keys[0])]).items():
                found[Part(table, keys, "pattern", -1, start, end)] = groups
    return found


def _opening_with(openings: Mapping[str, Groups]) -> Callable[[str], Groups]:
    index: dict[str, list[str]] = defaultdict(list)
    for text in openings:
        index[text[:2]].append(text)

    def groups(phrase: str) -> Groups:
        plain = " ".join(fold(phrase).lower().split())
        behind = len(plain)
        return _united(
            openings[text]
            for text in index[plain[:2]]
            if text.startswith(plain) and not text[behind : behind + 1].isalpha()
        )

    return groups


def _with_words(openings: Mapping[str, Groups]) -> Callable[[str], Groups]:
    stems = {text: _stems(text) for text in openings}
    index: dict[str, set[str]] = defaultdict(set)
    for text, words in stems.items():
        for word in words:
            index[word].add(text)

    def groups(phrase: str) -> Groups:
        wanted = _stems(fold(phrase).lower())
        texts = set.intersection(*(index[word] for word in wanted)) if wanted else set()
        spelled = f" {' '.join(wanted)} "
        return _united(openings[text] for text in texts if spelled in f" {' '.join(stems[text])} ")

    return groups


def _stems(text: str) -> list[str]:
    return [vocabulary.stem(word) for word in regex.findall(r"\w+", text)]


class _Way(NamedTuple):
    """How the patterns of a kind of row are applied, and to which views."""

    compile: Callable[[str], Callable[[Any], object]]
    views: Mapping[Any, Groups]


def _of_pattern(pattern: str, way: _Way) -> dict[tuple[int, int], Groups]:
    """Return the groups that attest *pattern* as a whole, and those that need each of its alternatives."""
    whole = way.compile(pattern)
    matched = [(view, result, groups) for view, groups in way.views.items() if (result := whole(view))]
    found = {(0, len(pattern)): _united(groups for _, _, groups in matched)}
    for start, end in alternatives(pattern) if matched else ():
        lacking = way.compile(pattern[:start] + NEVER + pattern[end:])
        found[start, end] = _united(groups for view, result, groups in matched if lacking(view) != result)
    return found


def _at_opening(pattern: str) -> Callable[[str], object]:
    compiled = regex.compile(fold(pattern))
    return lambda text: match.span() if (match := compiled.match(text)) else None


def _anywhere(pattern: str) -> Callable[[str], object]:
    compiled = regex.compile(pattern)
    return lambda text: match.span() if (match := compiled.search(text)) else None


def _inside(pattern: str) -> Callable[[tuple[str, str]], object]:
    compiled = regex.compile(fold(pattern))

    def span(view: tuple[str, str]) -> object:
        piece, line = view
        match = compiled.search(line)
        cut = match["cut"].strip() if match else ""
        return match.span("cut") if match and cut and (cut in piece or piece in cut) else None

    return span


def _united(groups: Iterable[Groups]) -> Groups:
    return set().union(*groups)
