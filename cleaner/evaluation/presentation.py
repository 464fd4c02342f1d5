"""Results as text for people, and as an object for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.evaluation import metrics as measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cleaner.evaluation.compare import Excerpt, Result
    from cleaner.evaluation.counts import Found, Words

LONGEST_SHOWN = 160
"""Code points of a passage that are shown; of a longer one the middle is left out."""
MOST_SHOWN = 8
"""Passages of a page that are shown."""
LONGEST_TABLE = 20
"""Rows of a table that are shown."""


def as_object(
    results: Sequence[Result], *, worst: int, resamples: int = measure.RESAMPLES, seed: int = measure.SEED
) -> dict[str, Any]:
    """Return all metrics, and the *worst* pages (their number), as an object for JSON."""
    low, high = measure.interval(results, resamples=resamples, seed=seed)
    return {
        "pages": len(results),
        **measure.metrics(results),
        "f1_interval": {"low": low, "high": high, "resamples": resamples, "seed": seed},
        "words": _words(measure.total(results)),
        "kinds": {kind: _words(words) for kind, words in measure.by_kind(results).items()},
        "groups": {
            group: {"pages": len(members), **_words(measure.total(members))}
            for group, members in measure.groups(results).items()
        },
        "lost_by_rule": measure.rules_that_lost(results),
        "facts": {name: _found(counts) for name, counts in measure.facts(results).items()},
        "second_articles": _found(measure.second_articles(results)),
        "faults_by_kind": {kind: _found(counts) for kind, counts in measure.faults(results).items()},
        "worst": [_page(result) for result in worst_of(results, worst)],
    }


def lines(
    name: str,
    results: Sequence[Result],
    *,
    worst: int,
    resamples: int = measure.RESAMPLES,
    seed: int = measure.SEED,
) -> Iterator[str]:
    """Yield the lines of the report on the labelled file *name*; *worst* pages are shown in detail."""
    figures = measure.metrics(results)
    words = measure.total(results)
    low, high = measure.interval(results, resamples=resamples, seed=seed)
    yield f"{name}: {len(results)} pages, {words.removed + words.left} words of boilerplate"
    yield (
        f"  F1 {figures['f1']:.4f}  [{low:.4f}, {high:.4f}] in 95 of 100 samples of pages (seed {seed})"
        f"  precision {figures['precision']:.4f}  recall {figures['recall']:.4f}"
    )
    yield (
        f"  mean F1 of a page {figures['mean_f1']:.4f}  pages without a wrong word {figures['perfect']:.1%}"
    )
    yield (
        f"  article words lost {words.lost} of {words.lost + words.kept} = {figures['lost']:.5f}"
        f"  pages that lose over 2 %: {figures['hurt']:.2%}"
    )
    if "clean_lost" in figures:
        pages = sum(result.is_clean for result in results)
        yield f"  words lost on the {pages} pages whose labels remove nothing: {figures['clean_lost']:.0f}"
    yield from _table("boilerplate removed", _kind_rows(measure.by_kind(results)))
    yield from _table("formats or sites with a wrong word, the worst first", _group_rows(results))
    yield from _table("article words lost by rule", _count_rows(measure.rules_that_lost(results)))
    yield from _table("facts", _found_rows(measure.facts(results)))
    if children := measure.second_articles(results):
        yield from _table("second articles", _found_rows({"with the right title": children}))
    yield from _table("letter faults", _found_rows(measure.faults(results)))
    if "hard_negatives" in figures:
        whole = [kept for result in results for kept in result.hard_negatives.values()]
        yield f"  sentences that look like boilerplate, whole: {sum(whole)} of {len(whole)}"
    for result in worst_of(results, worst):
        yield from _page_lines(result)


def worst_of(results: Iterable[Result], number: int) -> list[Result]:
    """Return the *number* results with the most wrong words; among equals, with the most wrong facts."""
    wrong = [result for result in results if result.words.wrong or result.mistaken or result.cut]
    return sorted(wrong, key=lambda result: (-result.words.wrong, -len(result.mistaken), result.id))[:number]


def _page_lines(result: Result) -> Iterator[str]:
    yield ""
    group = f" ({result.group})" if result.group else ""
    yield f"  {result.id}{group}: {result.words.left} words left in, {result.words.lost} lost"
    for title, passages in (("left in", result.left), ("lost", result.lost)):
        longest_first = sorted(passages, key=lambda passage: -passage.words)
        for passage in longest_first[:MOST_SHOWN]:
            yield f"    {title} [{passage.why or 'changed'}] {shown(passage.text)}"
        if len(passages) > MOST_SHOWN:
            yield f"    … and {len(passages) - MOST_SHOWN} shorter passages {title}"
    yield from (f"    not whole: {shown(text)}" for text in result.cut)
    yield from (f"    {text}" for text in result.mistaken)


def shown(text: str) -> str:
    """Return a passage on one line, the middle of a long one left out."""
    line = " ⏎ ".join(part for part in text.split("\n") if part.strip())
    half = LONGEST_SHOWN // 2
    return line if len(line) <= LONGEST_SHOWN else f"{line[:half]} […] {line[-half:]}"


def _table(title: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    yield f"  {title}"
    width = max(len(row[0]) for row in rows[:LONGEST_TABLE])
    for name, *cells in rows[:LONGEST_TABLE]:
        yield f"    {name:{width}}  {'  '.join(cells)}"
    if len(rows) > LONGEST_TABLE:
        yield f"    … and {len(rows) - LONGEST_TABLE} more"


def _kind_rows(counts: Mapping[str, Words]) -> list[list[str]]:
    return [
        [name, f"{words.removed:6} of {words.removed + words.left:6} words = {words.recall:.3f}"]
        for name, words in counts.items()
    ]


def _group_rows(results: Sequence[Result]) -> list[list[str]]:
    rows: list[tuple[float, list[str]]] = []
    for name, members in measure.groups(results).items():
        words = measure.total(members)
        if words.wrong:
            left = (
                f"{kind} {counts.left}" for kind, counts in measure.by_kind(members).items() if counts.left
            )
            cells = (f"F1 {words.f1:.4f}", f"lost {words.lost:4}", f"left in {words.left:5}", ", ".join(left))
            rows.append((words.f1, [name or "-", *cells]))
    return [row for _, row in sorted(rows)]


def _count_rows(counts: Mapping[str, int]) -> list[list[str]]:
    return [[name or "changed", f"{number:6}"] for name, number in counts.items()]


def _found_rows(counts: Mapping[str, Found]) -> list[list[str]]:
    return [
        [
            name,
            f"given {found.given:5}",
            f"right {found.right:5}" + (f" = {found.right / found.given:.4f}" if found.given else ""),
            f"wrong {found.found - found.right:5}",
        ]
        for name, found in counts.items()
    ]


def _words(words: Words) -> dict[str, float]:
    return {
        "removed": words.removed,
        "left": words.left,
        "lost": words.lost,
        "kept": words.kept,
        "f1": words.f1,
    }


def _found(found: Found | None) -> dict[str, int] | None:
    return {"given": found.given, "found": found.found, "right": found.right} if found else None


def _page(result: Result) -> dict[str, Any]:
    return {
        "id": result.id,
        "group": result.group,
        **_words(result.words),
        "left_in": [_passage(passage, "kind") for passage in result.left],
        "lost_passages": [_passage(passage, "rule") for passage in result.lost],
        "mistaken": result.mistaken,
        "cut_sentences": result.cut,
    }


def _passage(passage: Excerpt, why: str) -> dict[str, Any]:
    return {"text": passage.text, "words": passage.words, why: passage.why}
