"""The rule of dropping: its plain form on cases made for it, and the array engine against the plain form."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from cleaner.duplicates import DedupResult, Entry, cluster_id, find_duplicates, fingerprint, specification
from cleaner.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    import random

THOROUGH = replace(Options(), permutations=512, bands=512)
"""Bands that miss nothing in the small corpora of these tests."""


def sentence(numbers: Iterable[int]) -> str:
    """Return a text of made-up words; different numbers are different words under any folding."""
    return " ".join("ال" + "".join("بتثجدرسشصط"[int(digit)] for digit in str(number)) for number in numbers)


@dataclass
class Corpus:
    """Texts and the entries that describe them."""

    texts: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def add(self, text: str, source: str = "", date: str = "", *, is_child: bool = False) -> int:
        """Add a document and return its index."""
        digest = sha256(text.encode()).digest()
        self.texts.append(text)
        self.entries.append(Entry(f"d{len(self.entries)}", source, is_child, date, digest, digest))
        return len(self.texts) - 1

    def compare_all(self, options: Options) -> DedupResult:
        """Apply the rule in its plain form."""
        return specification.compare_all(self.entries, self.texts, options)

    def search(self, options: Options, order: Sequence[int] | None = None, batch: int = 50) -> DedupResult:
        """Apply the rule to arrays, with the documents in *order* and cut into batches."""
        order = range(len(self.texts)) if order is None else order
        texts = [self.texts[at] for at in order]
        batches = [fingerprint(texts[at : at + batch], options) for at in range(0, len(texts), batch)]
        return find_duplicates([self.entries[at] for at in order], batches, options)


def both(corpus: Corpus, options: Options = THOROUGH) -> DedupResult:
    """Apply the rule in both ways and hold them together."""
    plain, arrays = corpus.compare_all(options), corpus.search(options)
    assert (plain.matches, plain.clusters) == (arrays.matches, arrays.clusters)
    assert list(plain.pairs()) == list(arrays.pairs())
    assert plain.suspicious == arrays.suspicious
    return arrays


def test_a_story_of_its_own_stays() -> None:
    """Texts that share less than the threshold are no duplicates."""
    corpus = Corpus()
    corpus.add(sentence(range(100)))
    corpus.add(sentence([*range(58), *range(200, 242)]))
    assert not both(corpus).matches


def test_a_short_notice_stays_unless_nearly_identical() -> None:
    """Under 15 counted shingles, containment is no reason."""
    corpus = Corpus()
    corpus.add(sentence(range(100)))
    corpus.add(sentence(range(16)))
    assert not both(corpus).matches
    corpus.add(sentence(range(17)))
    assert both(corpus).matches[2].kind == "contained"


def test_a_repeated_story_is_dropped_for_the_longer() -> None:
    """A shortened reprint names the whole story, with the share of it that stands there."""
    corpus = Corpus()
    corpus.add(sentence(range(60)))
    whole = corpus.add(sentence(range(100)))
    match = both(corpus).matches[0]
    assert (match.kept, match.kind, match.containment, match.jaccard) == (whole, "contained", 1.0, 58 / 98)


def test_the_kinds() -> None:
    """Equal keys are exact, similar lengths near, and less than .77 of the other contained."""
    corpus = Corpus()
    text = sentence(range(102))
    corpus.add(text)
    corpus.add(f"«{text}».")
    corpus.add(sentence(range(79)))
    corpus.add(sentence(range(78)))
    kinds = [match.kind for _, match in sorted(both(corpus).matches.items())]
    assert sorted(kinds) == ["contained", "exact", "near"]


def test_nobody_is_dropped_for_a_dropped_document() -> None:
    """No chains: what only resembles a dropped document stays."""
    corpus = Corpus()
    corpus.add(sentence(range(100)))
    corpus.add(sentence(range(30, 120)))
    corpus.add(sentence(range(66, 146)))
    found = both(corpus)
    assert found.matches.keys() == {1}
    assert [(pair.a, pair.b) for pair in found.pairs()] == [(0, 1), (1, 2)]


def test_the_kept_match_is_the_one_of_greatest_containment() -> None:
    """Of several kept documents that may replace it, a document names the one in which most of it stands."""
    corpus = Corpus()
    corpus.add(sentence([*range(70), *range(200, 300)]))
    best = corpus.add(sentence([*range(80), *range(300, 380)]))
    corpus.add(sentence(range(100)))
    assert both(corpus).matches[2].kept == best


def test_what_a_source_repeats_makes_no_duplicates() -> None:
    """A formula in six articles of one named source is not counted there; in six papers it is."""
    formula = list(range(50))
    daily = [sentence([*formula, *range(100 * day, 100 * day + 25)]) for day in range(1, 7)]
    named, papers, unnamed = Corpus(), Corpus(), Corpus()
    for number, text in enumerate(daily):
        named.add(text, "one paper")
        papers.add(text, f"paper {number}")
        unnamed.add(text)
    assert not both(named).matches
    assert len(both(papers).matches) == 5
    assert len(both(unnamed).matches) == 5


def test_notices_of_two_days_are_not_the_same() -> None:
    """Texts that exchange half of their numbers stay; one that leaves numbers out, or has more, does not."""
    notice = sentence(range(120))
    numbers = ("الأحد 9 282 24", "الاثنين 10 273 24", "الأحد 9 24", "الأحد 9 282 24 2020 15", "")
    corpus = Corpus()
    for said in numbers:
        corpus.add(f"{notice} {said}")
    assert set(both(corpus).matches) == {0, 2, 4}
    assert len(both(corpus, replace(THOROUGH, numbers=0.0)).matches) == 4


def test_an_article_printed_again_makes_no_common_shingles() -> None:
    """Six copies of an article in one source are one article that recurs; five of them are dropped."""
    corpus = Corpus()
    for _ in range(6):
        corpus.add(sentence(range(100)), "one paper")
    corpus.add(sentence(range(50)), "one paper")
    found = both(corpus)
    assert len(found.matches) == 6
    assert len({match.kept for match in found.matches.values()}) == 1


def test_the_order_decides_who_stays() -> None:
    """Articles before children, then more words, then the earlier date and none last; or the date first."""
    corpus = Corpus()
    corpus.add(sentence(range(100)), is_child=True)
    corpus.add(sentence(range(90)))
    corpus.add(sentence(range(90)), date="2024-05-02")
    corpus.add(sentence(range(90)), date="2024-05-01")
    assert set(both(corpus).matches) == {0, 1, 2}
    assert set(both(corpus, replace(THOROUGH, keep="earliest")).matches) == {0, 1, 2}
    corpus.add(sentence(range(70)), date="2024-04-01")
    assert set(both(corpus).matches) == {0, 1, 2, 4}


def test_a_preferred_source_is_kept_first() -> None:
    """Under `source-order` the best source wins over more words; unnamed and unknown sources come last."""
    corpus = Corpus()
    corpus.add(sentence(range(100)), "portal")
    corpus.add(sentence(range(90)))
    corpus.add(sentence(range(95)), "agency")
    options = replace(THOROUGH, keep="source-order", source_order=("wire", "agency"))
    assert {dropped: match.kept for dropped, match in both(corpus, options).matches.items()} == {0: 2, 1: 2}


def test_an_early_version_and_its_longer_successor_both_stay_under_earliest() -> None:
    """The early one precedes, but too little of the longer stands in it; the pair is listed all the same."""
    corpus = Corpus()
    corpus.add(sentence(range(40)), date="2024-05-01")
    corpus.add(sentence(range(100)), date="2024-05-02")
    found = both(corpus, replace(THOROUGH, keep="earliest"))
    assert not found.matches
    assert [(pair.a, pair.b, pair.containment) for pair in found.pairs()] == [(0, 1, 1.0)]


def test_long_documents_are_sampled_without_loss() -> None:
    """Pairs of long documents are looked at in samples first; those on the very threshold are found."""
    corpus = Corpus()
    for number, (start, size) in enumerate([(0, 1000), (0, 700), (400, 1000), (280, 700), (281, 700)] * 4):
        corpus.add(sentence(range(5000 * (number // 5) + start, 5000 * (number // 5) + start + size)))
    found = both(corpus, replace(THOROUGH, threshold=418 / 698))
    assert 418 / 698 in {pair.containment for pair in found.pairs()}


def test_large_clusters_are_suspicious() -> None:
    """More than ten documents of one source, or more than fifty at all, are shown with an example."""
    corpus = Corpus()
    for number in range(12):
        corpus.add(sentence([*range(200), 900 + number]), "one paper")
    for number in range(51):
        corpus.add(sentence([*range(1000, 1200), 2000 + number]))
    reasons = {suspicion.size: suspicion.reason for suspicion in both(corpus).suspicious}
    assert reasons == {12: "all from one paper", 51: "more than 50 documents"}


def test_a_cluster_id_has_52_bits() -> None:
    """It is the beginning of the kept text's sha256, and survives as a double."""
    assert cluster_id(bytes.fromhex("123456789abcdef0" + 24 * "00")) == 0x123456789ABCD
    assert float(cluster_id(b"\xff" * 32)) == cluster_id(b"\xff" * 32)


def test_nothing_in_nothing_out() -> None:
    """No documents, wordless documents and one-word documents are no trouble."""
    assert not both(Corpus()).matches
    corpus = Corpus()
    for text in ("", "!", "؟", "كلمة", "كلمه", "", "!"):
        corpus.add(text)
    assert sorted(match.kind for match in both(corpus).matches.values()) == ["exact"] * 3


def test_entries_and_fingerprints_must_agree() -> None:
    """A fingerprint missing is an error of the caller's and never silent."""
    corpus = Corpus()
    corpus.add(sentence(range(9)))
    with pytest.raises(ValueError, match="1 entries, but fingerprints of 0"):
        find_duplicates(corpus.entries, [], Options())


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    """Draw stories that are shortened, extended, merged and printed again by few sources on few days."""
    corpus = Corpus()
    for _ in range(draw(st.integers(0, 14))):
        parts = draw(
            st.lists(st.tuples(st.integers(0, 3), st.integers(0, 20), st.integers(1, 30)), max_size=3)
        )
        places = [100 * story + at for story, start, size in parts for at in range(start, start + size)]
        numbers = draw(st.lists(st.sampled_from(("7", "١٢", "الجمعة", "الرابعة", "1,500")), max_size=3))
        corpus.add(
            " ".join([sentence(places), *numbers]),
            draw(st.sampled_from(("", "", "a", "b"))),
            draw(st.sampled_from(("", "2024-05-01", "2024-05-02T10:00"))),
            is_child=draw(st.booleans()),
        )
    return corpus


CHOICES = st.builds(
    lambda keep, **others: replace(Options(), keep=keep[0], source_order=keep[1:], **others),
    keep=st.sampled_from((("longest",), ("earliest",), ("source-order", "b"), ("source-order", "b", "a"))),
    measure=st.sampled_from(("containment", "jaccard")),
    threshold=st.sampled_from((0.28, 0.6, 0.9, 1.0)),
    shingle=st.integers(1, 4),
    minimum_shingles=st.sampled_from((0, 5, 15)),
    numbers=st.sampled_from((0.0, 0.5, 0.6, 1.0)),
    recurrence=st.sampled_from((0, 2, 3, 6)),
    permutations=st.just(512),
    bands=st.just(512),
)


@settings(deadline=None, max_examples=50)
@given(corpora(), CHOICES)
def test_arrays_obey_the_rule(corpus: Corpus, options: Options) -> None:
    """Whatever the corpus and the options, the array engine gives what the plain rule gives."""
    both(corpus, options)


@settings(deadline=None, max_examples=50)
@given(corpora(), st.randoms(use_true_random=False), st.integers(1, 5))
def test_the_order_of_input_changes_nothing(corpus: Corpus, shuffler: random.Random, batch: int) -> None:
    """Neither the order of the documents nor the cut into batches changes who is dropped for whom."""
    order = list(range(len(corpus.texts)))
    shuffler.shuffle(order)
    straight, shuffled = corpus.search(THOROUGH), corpus.search(THOROUGH, order, batch)
    assert straight.matches == {
        order[dropped]: replace(match, kept=order[match.kept]) for dropped, match in shuffled.matches.items()
    }
    assert list(straight.pairs()) == [
        replace(pair, a=order[pair.a], b=order[pair.b]) for pair in shuffled.pairs()
    ]


@pytest.mark.parametrize("source", ["", "one paper"])
@pytest.mark.parametrize("exact", [True, False])
def test_a_bucket_of_thousands_costs_linear_time_and_leaves_one(source: str, *, exact: bool) -> None:
    """Near-identical pages meet in every bucket; pairs stay few, and all but one page go."""
    count = 3_000
    corpus = Corpus()
    for number in range(count):
        words = list(range(120))
        if not exact:
            words[number % 117] = 1000 + number
        corpus.add(sentence(words), source)
    found = corpus.search(Options())
    assert len(found.matches) == count - 1
    assert found.counts["candidates"] < 100 * count


def test_large_buckets_are_cut_in_the_total_order() -> None:
    """Cut buckets give the same matches for any order of input."""
    corpus = Corpus()
    for number in range(400):
        words = list(range(120))
        for place in range(number % 40):
            words[3 * place] = 1000 + number
        corpus.add(sentence(words), ("", "a", "b")[number % 3], f"2024-05-{number % 28 + 1:02}")
    order = sorted(range(400), key=lambda number: number * 7919 % 401)
    straight, shuffled = corpus.search(Options()), corpus.search(Options(), order, batch=7)
    assert straight.matches == {
        order[dropped]: replace(match, kept=order[match.kept]) for dropped, match in shuffled.matches.items()
    }
    assert straight.counts == shuffled.counts
