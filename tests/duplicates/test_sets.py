"""Shingle sets, signatures and discounts against slow and obvious ways to get them."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import replace
from itertools import pairwise

from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st
import numpy as np
import pytest

from cleaner.duplicates import common_shingles, fingerprint
from cleaner.duplicates.common_shingles import discount
from cleaner.duplicates.comparison_key import words
from cleaner.duplicates.fingerprints import DISCOUNTED
from cleaner.duplicates.signatures import band_keys, layout, minhash, permutations, permutations_digest
from cleaner.duplicates.store import ShingleStore
from cleaner.options import Options

VOCABULARY = ("قال", "وزير", "أن", "البلاد", "2024", "اليوم")
TEXTS = st.lists(st.lists(st.sampled_from(VOCABULARY), max_size=25).map(" ".join), max_size=12)


def plain_sets(texts: list[str], size: int) -> list[set[tuple[str, ...]]]:
    """Return the shingle sets of *texts* as sets of tuples."""
    keys = [words(text) for text in texts]
    return [{tuple(key[at : at + size]) for at in range(len(key) - size + 1)} for key in keys]


@settings(deadline=None)  # the first call makes the tables
@given(TEXTS, st.integers(1, 5))
def test_shingles_are_runs_of_words(texts: list[str], size: int) -> None:
    """Any two texts share as many shingle hashes as runs of words; a text shorter than a shingle has none."""
    prints = fingerprint(texts, replace(Options(), shingle=size))
    found = [prints.shingles[start:end] for start, end in pairwise(prints.offsets.tolist())]
    expected = plain_sets(texts, size)
    for one, plain_one in zip(found, expected, strict=True):
        assert one.tolist() == sorted(set(one.tolist()))
        assert not (one & DISCOUNTED).any()
        for other, plain_other in zip(found, expected, strict=True):
            assert len(np.intersect1d(one, other)) == len(plain_one & plain_other)


@settings(deadline=None)  # the first call makes the tables
@given(TEXTS, st.integers(1, 12))
def test_the_cut_into_batches_changes_no_fingerprint(texts: list[str], batch: int) -> None:
    """Fingerprints of batches, joined, are those of the whole."""
    options = Options()
    whole = fingerprint(texts, options)
    parts = [fingerprint(texts[at : at + batch], options) for at in range(0, len(texts), batch)]
    assert [x for part in parts for x in part.shingles.tolist()] == whole.shingles.tolist()
    assert [x for part in parts for x in part.keys.tolist()] == whole.keys.tolist()
    assert [x for part in parts for x in part.words.tolist()] == whole.words.tolist()


def test_texts_without_words_are_equal_only_as_they_stand() -> None:
    """Two texts without any word do not have the same key, unless they are the same text."""
    keys = fingerprint(["!!!", "؟؟؟", "", "!!!"], Options()).keys.tolist()
    assert keys[0] == keys[3]
    assert len({tuple(key) for key in keys}) == 3


@pytest.mark.parametrize("num_perm", [1, 36, 256])
def test_signatures_are_those_of_datasketch(num_perm: int) -> None:
    """Bit for bit, for sets of any size, also none."""
    random = np.random.default_rng(5)
    sizes = [3, 0, 1, 400, 20_000, 0, 17, 0]
    offsets = np.cumsum([0, *sizes])
    shingles = random.integers(0, 2**63, offsets[-1]).astype(np.uint64) << np.uint64(1)
    found = minhash(shingles, offsets, permutations(num_perm))
    for column, (start, end) in enumerate(pairwise(offsets.tolist())):
        oracle = MinHash(num_perm=num_perm, hashfunc=int, scheme="affine32")
        if end > start:
            oracle.update_batch([value >> 32 for value in shingles[start:end].tolist()])
        assert found[:, column].tolist() == oracle.hashvalues.tolist()


def test_the_permutations_are_always_the_same() -> None:
    """A datasketch that draws others finds other candidates: it must not come in unnoticed."""
    assert permutations_digest(Options()) == "2eb025524c33b35a"
    assert permutations_digest(replace(Options(), permutations=144)) != "2eb025524c33b35a"


def test_some_permutations_give_the_first_numbers_of_a_signature() -> None:
    """The first 36 of 64 permutations are others than 36 that are drawn by themselves."""
    shingles = np.random.default_rng(5).integers(0, 2**63, 300).astype(np.uint64) << np.uint64(1)
    offsets = np.array([0, 100, 100, 300])
    whole = minhash(shingles, offsets, permutations(64))
    assert (minhash(shingles, offsets, permutations(64)[:, :36]) == whole[:36]).all()
    assert (minhash(shingles, offsets, permutations(36))[:, [0, 2]] != whole[:36, [0, 2]]).any()


@pytest.mark.parametrize(
    ("num_perm", "bands"), [(64, 16), (64, 64), (64, 32), (64, 64 * 31), (7, 21), (3, 3)]
)
def test_no_two_bands_compare_the_same_numbers(num_perm: int, bands: int) -> None:
    """Bands share out the numbers, or else are different pairs in which each number is as frequent."""
    found = layout(num_perm, bands)
    assert found.shape == (bands, max(num_perm // bands, 1 if bands == num_perm else 2))
    assert len({frozenset(band) for band in found.tolist()}) == bands
    assert {*np.bincount(found.ravel(), minlength=num_perm).tolist()} == {found.size // num_perm}


def test_an_agreement_of_two_numbers_is_found_where_they_meet() -> None:
    """Signatures that agree in two numbers, so near each other that there are bands for them, share a key."""
    one, other = np.random.default_rng(3).integers(0, 2**32, (2, 72), np.uint32)
    for gap, meets in ((1, True), (6, True), (7, False)):
        places = [10, 10 + gap]
        close = other.copy()
        close[places] = one[places]
        signatures = np.stack([one, close], axis=1)
        keys = [band_keys([*signatures[band]]) for band in layout(72, 432)]
        assert any(first == second for first, second in keys) == meets


@settings(deadline=None)  # the first call makes the tables
@given(
    TEXTS.flatmap(
        lambda texts: st.tuples(
            st.just(texts), st.lists(st.integers(-1, 1), min_size=len(texts), max_size=len(texts))
        )
    ),
    st.integers(1, 4),
    st.sampled_from([1 << 26, 20, 1]),
)
def test_what_a_source_repeats_does_not_count(
    case: tuple[list[str], list[int]], threshold: int, budget: int
) -> None:
    """A shingle is discounted in a source's articles from *threshold* different ones on, counted exactly.

    In one pass or in many; articles that are printed again whole count once; −1 is no source.
    """
    texts, sources = case
    prints = fingerprint(texts, replace(Options(), shingle=2))
    expected = plain_sets(texts, 2)
    articles = {
        (source, tuple(words(text))): shingles
        for text, source, shingles in zip(texts, sources, expected, strict=True)
    }
    counts = Counter((source, shingle) for (source, _), shingles in articles.items() for shingle in shingles)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(common_shingles, "BUDGET", budget)
        with closing(ShingleStore([prints])) as store:
            discount(store, np.array([source + 1 for source in sources], np.uint64), threshold)
            discounted = store.discounted.tolist()
            marks = [(store.shingles[a:b] & DISCOUNTED).sum() for a, b in pairwise(store.offsets.tolist())]
    assert marks == discounted
    assert discounted == [
        sum(source >= 0 and counts[source, shingle] >= threshold for shingle in shingles)
        for source, shingles in zip(sources, expected, strict=True)
    ]
