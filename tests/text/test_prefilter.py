"""Many strings in one pass, and the strings that a pattern needs: whatever they leave out cannot match."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest
import regex

from cleaner.literals import alternatives, required
from cleaner.page.markers import markers
from cleaner.text.prefilter import FEW, Openings, Prefilter, Proposals

WITHOUT = ["[ab]+", "colou?r?|", "(?:ab)?", "(?i)ab", "(?i:ab)", r"\d\s", "(?=ab)", r"\p{L}b"]
REQUIRED = {
    "ab+c": {"a"},
    "abc?": {"ab"},
    "[ab]c|d(?:ef){2,}": {"c", "ef"},
    "(?:one|two)?three": {"three"},
    "(?x) o n e  # a remark": {"one"},
    "^.{3}(?P<name>left|right)$": {"left", "right"},
    "(?>abc)": {"abc"},
}
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


@pytest.mark.parametrize("pattern", WITHOUT)
def test_nothing_is_required_where_anything_may_match(pattern: str) -> None:
    """No string is guessed: such a pattern is always tried."""
    assert not required(pattern)


@pytest.mark.parametrize(("pattern", "strings"), REQUIRED.items(), ids=REQUIRED)
def test_the_most_telling_part_is_required(pattern: str, strings: set[str]) -> None:
    """Of the parts of a sequence the one with long strings, of alternatives all."""
    assert required(pattern) == strings


@given(
    PATTERNS,
    TEXTS,
)
def test_a_match_holds_what_its_pattern_requires(pattern: str, text: str) -> None:
    """Whatever the pattern is made of."""
    match, strings = regex.search(pattern, text), required(pattern)
    assert not match or not strings or any(string in match.group() for string in strings)


OPENINGS = {
    "^abcd": [{"abc"}],
    "ab?": [{"a", "ab"}],
    "(?:ab|cd)e": [{"abe"}, {"cde"}],
    "^(?:one|(?:two|[ab]{2}))": [{"one"}, {"two"}, {"a", "b"}],
    "a*b": [{"a", "b"}],
    r"\d+a": [{""}],
    "(?i)ab": [{""}],
    r"a\p{L}": [{""}],
}


@pytest.mark.parametrize(("pattern", "strings"), OPENINGS.items(), ids=OPENINGS)
def test_openings_are_told_as_far_as_the_pattern_does(pattern: str, strings: list[set[str]]) -> None:
    """For each of the alternatives it begins with."""
    assert [alternative.openings for alternative in alternatives(pattern, 3)] == strings


@given(PATTERNS, st.sampled_from([1, 2, 4]), TEXTS)
def test_a_match_is_one_of_the_alternatives(pattern: str, size: int, text: str) -> None:
    """It begins as that begins, and holds what that requires."""
    match = regex.match(pattern, text)
    assert not match or any(
        any(text.startswith(opening) for opening in way.openings)
        and (not way.required or any(string in match.group() for string in way.required))
        for way in alternatives(pattern, size)
    )


@given(st.lists(PATTERNS, min_size=1), TEXTS)
def test_patterns_that_match_a_line_are_tried_on_it(patterns: list[str], text: str) -> None:
    """Those that are told by the opening of the line, and those by what stands in the text."""
    openings = Openings(patterns)
    tried = openings.at(text, openings.anywhere(openings.strings.found_in(f"a b {text}")))
    matching = [number for number, pattern in enumerate(patterns) if regex.match(pattern, text)]
    assert set(matching) <= set(tried)
    assert tried == sorted(tried)


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
    """And no others, but for those of which nothing can be told."""
    proposals = Proposals(map(required, ["one|two", r"\d", "three", "two"]))
    assert proposals.of("two and three") == [0, 1, 2, 3]
    assert proposals.of("four") == [1]


def test_few_marker_patterns_are_tried_on_every_line() -> None:
    """Patterns say what they are about; one that does not costs every line of every page."""
    patterns = [marker.pattern.pattern for marker in markers() if marker.pattern]
    assert sum(not required(pattern) for pattern in patterns) <= len(patterns) // 10
