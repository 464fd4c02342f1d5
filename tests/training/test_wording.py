"""From which lines wording is learned, and which of their words are given a weight."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cleaner.training.labelled_pages import labelled_pages
from cleaner.training.wording_scores import FEWEST, SOURCES, Example, examples_of, learn

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.training.labelled_pages import LabelledPage
BODY = "عاد الهدوء إلى المدينة مساء أمس، وفتحت المتاجر أبوابها أمام السكان."


def page(tmp_path: Path, *below: str, format_: str = "first") -> LabelledPage:
    """Return a labelled page of a format, with lines of boilerplate below its article."""
    raw = "\n".join((BODY, *below))
    row = {"id": "1", "raw": raw, "format": format_, "spans": [[len(BODY) + 1, len(raw), "meta", "remove"]]}
    path = tmp_path / "pages.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    [read] = labelled_pages([path])
    return read.read()


def test_a_line_of_names_has_nothing_to_weigh(tmp_path: Path) -> None:
    """First names say nothing; a line of them alone is no example."""
    found = list(examples_of(page(tmp_path, "محمد", "راسلنا على بريد الصحيفة")))
    assert [example.boilerplate for example in found] == [False, True]
    assert "^راسلنا" in found[1].features


def test_words_of_few_sources_have_no_weight() -> None:
    """Nor have names: what has one is found in lines of several formats, sites or newspapers."""
    pairs = (("راسلنا", True), ("اكدت", False))
    general = [
        Example(frozenset([word]), 1, boilerplate, f"source{number % SOURCES}")
        for word, boilerplate in pairs
        for number in range(FEWEST)
    ]
    of_one = [Example(frozenset(["زورونا"]), 1, boilerplate=True, source="source0") for _ in range(9)]
    rare = [
        Example(frozenset(["هاتفنا"]), 1, boilerplate=True, source=f"source{n}") for n in range(FEWEST - 1)
    ]
    named = [Example(frozenset(["^شهراني"]), 1, boilerplate=True, source=f"source{n}") for n in range(9)]
    weights = learn([*general, *of_one, *rare, *named], frozenset(["شهراني"]))
    assert weights.keys() == {"راسلنا", "اكدت"}
    assert weights["راسلنا"] > 0 > weights["اكدت"]
