"""Many strings in one pass, and the strings that a pattern needs: whatever they leave out cannot match."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest
import regex

from cleaner.literals import required
from cleaner.needles import FEW, Needles, Proposals
from cleaner.stages.boilerplate.markers import markers

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


@pytest.mark.parametrize("pattern", WITHOUT)
def test_nothing_is_required_where_anything_may_match(pattern: str) -> None:
    """No string is guessed: such a pattern is always tried."""
    assert not required(pattern)


@pytest.mark.parametrize(("pattern", "strings"), REQUIRED.items(), ids=REQUIRED)
def test_the_most_telling_part_is_required(pattern: str, strings: set[str]) -> None:
    """Of the parts of a sequence the one with long strings, of alternatives all."""
    assert required(pattern) == strings


@given(
    st.recursive(
        st.sampled_from(["a", "b", "c", "[ab]", "[^a]", "."]),
        lambda parts: st.one_of(
            st.tuples(parts, parts).map("".join),
            st.tuples(parts, parts).map(lambda two: f"(?:{two[0]}|{two[1]})"),
            st.tuples(parts, st.sampled_from(["?", "*", "+", "{2}"])).map(
                lambda two: f"(?:{two[0]}){two[1]}"
            ),
        ),
        max_leaves=6,
    ),
    TEXTS,
)
def test_a_match_holds_what_its_pattern_requires(pattern: str, text: str) -> None:
    """Whatever the pattern is made of."""
    match, strings = regex.search(pattern, text), required(pattern)
    assert not match or not strings or any(string in match.group() for string in strings)


@pytest.mark.parametrize("others", [0, FEW], ids=["few", "many"])
@given(st.lists(st.text("abc", min_size=1, max_size=3), min_size=1), TEXTS)
def test_needles_are_those_that_stand_in_the_text(others: int, strings: list[str], text: str) -> None:
    """Also where one lies inside another or overlaps it."""
    needles = Needles([*strings, *(f"#{number}" for number in range(others))])
    assert needles.found_in(text) == {string for string in strings if string in text}
    assert needles.stand_in(text) == any(string in text for string in strings)


@pytest.mark.parametrize("others", [0, FEW], ids=["few", "many"])
def test_half_a_character_is_looked_over(others: int) -> None:
    """A lone surrogate, which is refused elsewhere, stops no search."""
    assert Needles(["ab", *map(str, range(others))]).found_in("\ud800ab") == {"ab"}


def test_patterns_that_may_match_are_proposed_in_order() -> None:
    """And no others, but for those of which nothing can be told."""
    proposals = Proposals(["one|two", r"\d", "three", "two"])
    assert proposals.of("two and three") == [0, 1, 2, 3]
    assert proposals.of("four") == [1]


def test_few_marker_patterns_are_tried_on_every_line() -> None:
    """Patterns say what they are about; one that does not costs every line of every page."""
    patterns = [marker.pattern.pattern for marker in markers() if marker.pattern]
    assert sum(not required(pattern) for pattern in patterns) <= len(patterns) // 10
