"""The lexicon counts words that several sources have."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cleaner.text.lexicon import Lexicon, parse
from cleaner.training.corpus import held_out
from cleaner.training.lexicon_counts import COLLECTIONS, FEWEST, SITES, build, measure

if TYPE_CHECKING:
    from pathlib import Path


def written(path: Path, rows: list[dict[str, str]], one_in: int) -> Path:
    """Write *rows* under ids that are not held out, and return the file."""
    ids = (str(number) for number in range(1000) if not held_out(str(number), one_in))
    path.write_text(
        "".join(json.dumps({"id": f"{next(ids)}", **row}) + "\n" for row in rows), encoding="utf-8"
    )
    return path


def test_words_of_few_texts_or_sites_are_none(tmp_path: Path) -> None:
    """However often one site repeats them; foreign words need two languages or collections."""
    said = ("ركب علي سفينة", "وقف على سفينة", "وقف على سفينة")
    arabic = [{"text": text, "site": f"s{n % SITES}"} for text in said for n in range(FEWEST)]
    arabic += [{"text": "زورق", "site": f"s{n % (SITES - 1)}"} for n in range(3 * FEWEST)]
    arabic += [{"text": "قارب", "site": f"s{n}"} for n in range(FEWEST - 1)]
    foreign = [{"text": "کشتی", "language": f"l{n % COLLECTIONS}"} for n in range(FEWEST)]
    foreign += [{"text": "قایق", "language": "l0"} for _ in range(3 * FEWEST)]
    made = parse(build(written(tmp_path / "a.jsonl", arabic, 10), written(tmp_path / "f.jsonl", foreign, 2)))
    assert (made.arabic_texts, made.foreign_texts) == (len(arabic), len(foreign))
    assert made.arabic.keys() == {"ركب", "وقف", "علي", "على", "سفينة"}
    assert made.endings.keys() == {"علي", "على"}
    assert made.neighbour_odds("عل", "ركب", "") > 0 > made.neighbour_odds("عل", "وقف", "")
    assert len(made.foreign) == 1


def test_what_is_held_out_measures(tmp_path: Path) -> None:
    """Words of articles that were not counted are known, or not; foreign ones are told from Arabic ones."""
    made = Lexicon(1000, 100, {"سفينة": 20}, {}, {"كشتي": 20}, {})
    paths = tmp_path / "a.jsonl", tmp_path / "f.jsonl"
    for path, text, one_in in zip(paths, ("سفينة قبطان", "سفينة کشتی"), (10, 2), strict=True):
        found = [str(number) for number in range(100) if held_out(str(number), one_in)]
        path.write_text(json.dumps({"id": found[0], "text": text}) + "\n", encoding="utf-8")
    arabic, foreign = measure(made, *paths)
    assert (arabic["words"], arabic["known"]) == (2, 0.5)
    assert (foreign["words"], foreign["foreign"]) == (2, 0.5)
