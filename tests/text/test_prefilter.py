"""Many strings in one pass, and the anchors of patterns: where none stands, a pattern cannot match."""

from __future__ import annotations

import re
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st
import pytest
import regex

from cleaner import rules
from cleaner.page.markers import markers
from cleaner.stages import embeds
from cleaner.text.folding import fold
from cleaner.text.prefilter import FEW, Prefilter, Proposals
from tests.anchors import missed

TEXTS = st.text("abc ", max_size=12)
PATTERNS = st.recursive(
    st.sampled_from(["a", "b", "c", "[ab]", "[^a]", "."]),
    lambda parts: st.one_of(
        st.tuples(parts, parts).map("".join),
        st.tuples(parts, parts).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(parts, st.sampled_from(["?", "*", "+", "{2}"])).map(lambda two: f"(?:{two[0]}){two[1]}"),
    ),
    max_leaves=6,
)
ANCHORS = st.lists(st.text("abc", min_size=1, max_size=3), min_size=1)


class Row(NamedTuple):
    """A pattern with its anchors, and texts of which it removes, keeps or reads some."""

    name: str
    pattern: regex.Pattern[str]
    anchors: tuple[str, ...]
    texts: tuple[str, ...]
    is_opening: bool = False
    """Whether the pattern is matched at the beginning of a text, and not looked for in it."""

    def matches(self, text: str) -> bool:
        """Tell whether the row's way of looking finds the pattern in *text*."""
        return bool(self.pattern.match(text) if self.is_opening else self.pattern.search(text))


def rows() -> list[Row]:
    """Return every pattern that is tried only where one of its anchors stands."""
    found = [
        Row(row.id, row.pattern, row.anchors, (*row.removes, *row.keeps), is_opening=True)
        for row in markers()
        if row.pattern
    ]
    found += [
        Row(row["id"], regex.compile(row["pattern"]), tuple(row["anchors"]), (*row["removes"], *row["keeps"]))
        for row in (*rules.table("embeds")["embed"], *rules.table("markup")["debris"])
    ]
    found += [
        Row(
            row["why"],
            regex.compile(fold(row["pattern"])),
            tuple(row["anchors"]),
            tuple(row["tells"]),
        )
        for row in rules.table("sources")["phrase"]
    ]
    posts = tuple(row["removes"][0] for row in rules.table("embeds")["embed"])
    found.append(Row("link", embeds.LINK, embeds.LINK_ANCHORS, posts))
    found.append(Row("signature", embeds.SIGNATURE, (embeds.SIGNATURE_ANCHOR,), posts))
    return found


ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_anchors_stand_in_every_match(row: Row) -> None:
    """What the pattern may match without one is shown by its last characters."""
    if row.anchors:
        assert missed(row.pattern.pattern, row.anchors) == set()
        assert row.is_opening or not any(anchor.startswith("^") for anchor in row.anchors)


def test_few_patterns_are_tried_everywhere() -> None:
    """Patterns say what they are about; one that does not costs every line of every page."""
    without = [row.name for row in ROWS if not row.anchors]
    assert len(without) <= len(ROWS) // 10, without


@given(st.data())
def test_a_text_without_anchors_is_never_matched(data: st.DataObject) -> None:
    """Whatever of a row's examples and of its pattern's words it is made of."""
    row = data.draw(st.sampled_from([row for row in ROWS if row.anchors]))
    examples = [fold(text).lower() if row.is_opening else text for text in row.texts]
    words = [*re.findall(r"\w+|\W", " ".join(examples)), *re.findall(r"[^\W\d_]+", row.pattern.pattern)]
    text = "".join(data.draw(st.lists(st.sampled_from([*words, *examples, " "]), max_size=12)))
    if row.matches(text):
        opened = tuple(anchor[1:] for anchor in row.anchors if anchor.startswith("^"))
        assert text.startswith(opened) or any(anchor in text for anchor in row.anchors)
        assert Proposals([row.anchors]).of(text) == [0]


@given(PATTERNS, ANCHORS, TEXTS)
def test_what_proves_anchors_is_never_wrong(pattern: str, anchors: list[str], text: str) -> None:
    """In a match of any pattern whose anchors it finds right, one stands; `^` asks for its beginning."""
    match = regex.search(pattern, text)
    if match and not missed(pattern, anchors):
        assert any(anchor in match.group() for anchor in anchors)
    if match and not missed(pattern, [f"^{anchor}" for anchor in anchors]):
        assert match.group().startswith(tuple(anchors))


PROVED = {
    "ab+c": ["ab"],
    "ab?": ["^a"],
    "[ab]c|d(?:ef){2,}": ["ac", "bc", "fe"],
    "(?:one|two)?three": ["three"],
    "(?x) o n e  # a remark": ["one"],
    "^.{3}(?P<name>left|right)$": ["left", "right"],
    "(?>abc)": ["^ab"],
}
MISSED = {
    "ab*c": ["ab"],
    "(?:one|two)?three": ["^three", "^one"],
    "(?i)ab": ["ab"],
    "(?i:ab)": ["ab"],
    r"\d\s": ["1 "],
    "(?=ab)": ["ab"],
    r"ab|c": ["ab"],
}


@pytest.mark.parametrize(("pattern", "anchors"), PROVED.items(), ids=PROVED)
def test_right_anchors_are_found_right(pattern: str, anchors: list[str]) -> None:
    """Of sequences, alternatives, repeats and classes."""
    assert not missed(pattern, anchors)


@pytest.mark.parametrize(("pattern", "anchors"), MISSED.items(), ids=MISSED)
def test_wrong_anchors_are_found_wrong(pattern: str, anchors: list[str]) -> None:
    """And those of which nothing can be told."""
    assert missed(pattern, anchors)


@pytest.mark.parametrize("others", [0, FEW], ids=["few", "many"])
@given(st.lists(st.text("abc", min_size=1, max_size=3), min_size=1), TEXTS)
def test_prefilter_are_those_that_stand_in_the_text(others: int, strings: list[str], text: str) -> None:
    """Also where one lies inside another or overlaps it."""
    needles = Prefilter([*strings, *(f"#{number}" for number in range(others))])
    assert needles.found_in(text) == {string for string in strings if string in text}
    assert needles.stand_in(text) == any(string in text for string in strings)


@pytest.mark.parametrize("others", [0, FEW], ids=["few", "many"])
def test_half_a_character_is_looked_over(others: int) -> None:
    """A lone surrogate, which is refused elsewhere, stops no search."""
    assert Prefilter(["ab", *map(str, range(others))]).found_in("\ud800ab") == {"ab"}


def test_patterns_that_may_match_are_proposed_in_order() -> None:
    """And no others, but for those without anchors."""
    proposals = Proposals([["one", "two"], [], ["three"], ["two"], ["^two"]])
    assert proposals.of("two and three") == [0, 1, 2, 3, 4]
    assert proposals.of("the two") == [0, 1, 3]
    assert proposals.of("four") == [1]


@given(
    st.lists(st.lists(st.text("^abc", max_size=3).filter(lambda anchor: anchor not in {"", "^"}))),
    st.lists(TEXTS),
)
def test_lines_are_looked_through_at_once_as_one_by_one(every: list[list[str]], lines: list[str]) -> None:
    """An anchor of one line proposes nothing for another."""
    proposals = Proposals(every)
    assert proposals.of_each(lines) == [proposals.of(line) for line in lines]
    for line in lines:
        assert proposals.of(line) == [
            number
            for number, anchors in enumerate(every)
            if not anchors
            or any(line.startswith(anchor[1:]) if anchor[0] == "^" else anchor in line for anchor in anchors)
        ]
