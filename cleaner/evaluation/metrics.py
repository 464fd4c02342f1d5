"""Metrics of many pages, and the confidence interval of F1."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING

from cleaner.evaluation.counts import Found, Words, by_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner.evaluation.compare import Result

FACTS = ("title", "date", "sources", "agencies", "author", "category", "keywords")
FIGURES = {
    "f1": "F1 of the words that were removed, all pages as one",
    "precision": "share of boilerplate in the words that were removed",
    "recall": "share of the boilerplate's words that were removed",
    "mean_f1": "the mean over pages of each page's F1",
    "lost": "share of the articles' words that were removed",
    "perfect": "share of pages without a wrong word",
    "hurt": "share of pages that lose over 2 % of the article",
    "clean_lost": "words lost on pages whose labels remove nothing",
    **{name: f"{name}: the share that was found" for name in FACTS},
    **{f"{name}_precision": f"{name}: the share of right ones in what was found" for name in FACTS},
    "children": "share of second articles that were found with their titles",
    "children_false": "share of documents made of second articles that are none, or have a wrong title",
    "faults": "share of recorded letter faults that were mended",
    "hard_negatives": "share of sentences that look like boilerplate and are still whole",
}
"""The names of all metrics, and what they measure. Those that the labels do not cover are left out."""

LOWER_IS_BETTER = {"lost", "hurt", "clean_lost", "children_false"}
HURT = 0.02
"""Share of an article's words that may be removed before its page counts as hurt."""
RESAMPLES, SEED = 1000, 0
"""Samples drawn for an interval, and the seed of the random numbers."""


def metrics(results: Sequence[Result]) -> dict[str, float]:
    """Return all metrics that the labels cover, by their names in `FIGURES`."""
    words = total(results)
    measured: dict[str, float] = {
        "f1": words.f1,
        "precision": words.precision,
        "recall": words.recall,
        "mean_f1": _mean([result.words.f1 for result in results]),
        "lost": words.share_lost,
        "perfect": _mean([not result.words.wrong for result in results]),
        "hurt": _mean([result.words.share_lost > HURT for result in results]),
    }
    if any(result.is_clean for result in results):
        measured["clean_lost"] = sum(result.words.lost for result in results if result.is_clean)
    for name, counts in facts(results).items():
        measured |= {name: counts.right / counts.given} if counts.given else {}
        measured |= {f"{name}_precision": counts.right / counts.found} if counts.found else {}
    if children := second_articles(results):
        measured |= {"children": children.right / children.given} if children.given else {}
        measured["children_false"] = 1 - children.right / children.found if children.found else 0.0
    mended = sum(faults(results).values(), Found())
    measured |= {"faults": mended.right / mended.given} if mended.given else {}
    if sentences := [whole for result in results for whole in result.hard_negatives.values()]:
        measured["hard_negatives"] = _mean(sentences)
    return measured


def interval(
    results: Sequence[Result], *, resamples: int = RESAMPLES, seed: int = SEED
) -> tuple[float, float]:
    """Return the bounds of the 95 % bootstrap interval of F1: pages are drawn at random with replacement."""
    return _interval([result.words for result in results], resamples, seed)


def interval_of_groups(
    results: Sequence[Result], *, resamples: int = RESAMPLES, seed: int = SEED
) -> tuple[float, float]:
    """Return the same with whole formats or sites drawn, because pages of one group are alike."""
    return _interval([total(members) for members in groups(results).values()], resamples, seed)


def _interval(samples: Sequence[Words], resamples: int, seed: int) -> tuple[float, float]:
    """Return the 2.5 and 97.5 percentiles of F1 over *resamples* samples drawn from *samples*."""
    random = Random(seed)  # noqa: S311 - a figure, not a secret
    counts = [(words.removed, words.wrong) for words in samples]
    drawn: list[float] = []
    for _ in range(resamples):
        removed, wrong = map(sum, zip(*random.choices(counts, k=len(counts)), strict=True))
        drawn.append(Words(removed, wrong).f1)
    drawn.sort()
    return drawn[int(0.025 * resamples)], drawn[int(0.975 * resamples)]


def total(results: Iterable[Result]) -> Words:
    """Return the sum of the counts of all pages."""
    return sum((result.words for result in results), Words())


def by_kind(results: Iterable[Result]) -> dict[str, Words]:
    """Return the counts of each kind of boilerplate, the most common first."""
    sums = by_name(pair for result in results for pair in result.kinds.items())
    return dict(sorted(sums.items(), key=lambda item: (-item[1].removed - item[1].left, item[0])))


def groups(results: Iterable[Result]) -> dict[str, list[Result]]:
    """Return the results of each format or site, sorted by its name."""
    found: dict[str, list[Result]] = {}
    for result in results:
        found.setdefault(result.group, []).append(result)
    return dict(sorted(found.items()))


def rules_that_lost(results: Iterable[Result]) -> dict[str, int]:
    """Return how many words of articles each rule removed, the most first."""
    counts: Counter[str] = Counter()
    for result in results:
        for passage in result.lost:
            counts[passage.why] += passage.words
    return dict(counts.most_common())


def facts(results: Iterable[Result]) -> dict[str, Found]:
    """Return the counts of each labelled fact."""
    return by_name(pair for result in results for pair in result.facts.items())


def second_articles(results: Iterable[Result]) -> Found | None:
    """Return the counts of second articles, or None if no page has labels for them."""
    counts = [result.children for result in results if result.children is not None]
    return sum(counts, Found()) if counts else None


def faults(results: Iterable[Result]) -> dict[str, Found]:
    """Return the counts of letter faults by kind; those that were removed with their passage are left out."""
    return by_name(pair for result in results for pair in result.faults.items())


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
