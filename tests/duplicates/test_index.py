"""Indexes: later corpora are compared with earlier ones as exactly as if their texts were there."""

from __future__ import annotations

from dataclasses import replace
import json
from pathlib import Path
import subprocess
import sys
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import given, settings
import pytest

from cleaner.duplicates import (
    DedupResult,
    find_duplicates,
    fingerprint,
    open_addition,
    open_index,
    specification,
)
from cleaner.duplicates.dedup_data import KeptMatch
from cleaner.duplicates.index_manifest import FILES, index_above
from cleaner.engine.search import comparison
from cleaner.errors import InputError
from cleaner.options import Options
from tests.duplicates.test_search import THOROUGH, Corpus, corpora, sentence

if TYPE_CHECKING:
    from cleaner.duplicates.duplicate_index import IndexAddition

UNCOUNTED = replace(THOROUGH, recurrence=0)


def search(corpus: Corpus, options: Options, against: list[Path], index: Path | None = None) -> DedupResult:
    """Search *corpus* against indexes, and put what is kept into *index*."""
    prints = [fingerprint(corpus.texts, options)]
    opened = [open_index(folder, options) for folder in against]
    if index is None:
        return find_duplicates(corpus.entries, prints, options, against=opened)
    with open_addition(index, options, extends=index in against) as added:
        found = find_duplicates(corpus.entries, prints, options, against=opened, addition=added)
        added.commit(str(len(corpus.texts)) + "".join(corpus.texts))
    return found


def kept(corpus: Corpus, found: DedupResult) -> list[int]:
    """Return who is kept, in any order."""
    return [at for at in range(len(corpus.texts)) if at not in found.matches]


def plain_matches(old: Corpus, old_kept: list[int], new: Corpus, options: Options) -> dict[int, set[str]]:
    """Compare all, the kept of *old* first, and return which texts each new one may repeat."""
    texts = [old.texts[at] for at in old_kept] + new.texts
    entries = [old.entries[at] for at in old_kept] + new.entries
    seen = specification.compared_texts(entries, texts, options)
    count = len(old_kept)
    order = sorted(
        range(count, len(texts)),
        key=lambda at: specification.precedence(entries[at], seen[at].counted_words, options),
    )
    alive = list(range(count))
    matches: dict[int, set[str]] = {}
    for later in order:
        links = {at: specification.decide_pair(seen[later], seen[at], options) for at in alive}
        fit = [at for at, link in links.items() if link and link.may_drop]
        if fit:
            best = max(link.containment for at in fit if (link := links[at]))
            matches[later - count] = {
                texts[at] for at in fit if (link := links[at]) and link.containment == best
            }
        else:
            alive.append(later)
    return matches


@settings(deadline=None, max_examples=15)
@given(corpora(), corpora())
def test_an_index_stands_for_its_texts(old: Corpus, new: Corpus) -> None:
    """Who is dropped, and for whom, is what the plain rule says of the texts themselves."""
    with TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        old_kept = kept(old, search(old, UNCOUNTED, [], index))
        found = search(new, UNCOUNTED, [index])
        entries = [*new.entries, *open_index(index, UNCOUNTED).entries]
        texts = new.texts + [old.texts[int(entry.id[1:])] for entry in entries[len(new.entries) :]]
        expected = plain_matches(old, old_kept, new, UNCOUNTED)
        assert found.matches.keys() == expected.keys()
        assert all(texts[match.kept] in expected[dropped] for dropped, match in found.matches.items())


@settings(deadline=None, max_examples=8)
@given(corpora(), corpora(), corpora())
def test_an_extended_index_is_like_two(one: Corpus, two: Corpus, new: Corpus) -> None:
    """One index that two runs wrote to, and an index of each, give the same."""
    with TemporaryDirectory() as folder:
        first, second, both = (Path(folder) / name for name in ("first", "second", "both"))
        for index in (first, both):
            search(one, THOROUGH, [], index)
        search(two, THOROUGH, [first], second)
        search(two, THOROUGH, [both], both)
        assert search(new, THOROUGH, [first, second]).matches == search(new, THOROUGH, [both]).matches


def story(*parts: range) -> str:
    """Return a text of made-up words."""
    return sentence(number for part in parts for number in part)


def test_what_stands_in_an_index_is_dropped(tmp_path: Path) -> None:
    """A copy and a shortened reprint go; what is longer, and what is new, stays."""
    old, new = Corpus(), Corpus()
    old.add(story(range(100)))
    for part in (range(100), range(70), range(200), range(300, 400)):
        new.add(story(part))
    search(old, THOROUGH, [], tmp_path / "index")
    found = search(new, THOROUGH, [tmp_path / "index"])
    assert found.matches.keys() == {0, 1}
    assert found.matches[0] == KeptMatch(4, "exact", 1.0, 1.0)
    assert {pair.b for pair in found.pairs()} == {0, 1, 2}
    assert 4 in {pair.a for pair in found.pairs()}


def test_what_a_source_repeats_is_counted_across_indexes(tmp_path: Path) -> None:
    """Three notices in an index and three new ones are six of one paper: its formula does not count."""
    formula = range(50)
    notices = [story(formula, range(100 * day, 100 * day + 25)) for day in range(1, 7)]
    for source, dropped in (("one paper", 0), ("", 3)):
        old, new = Corpus(), Corpus()
        for text in notices[:3]:
            old.add(text, source)
        for text in notices[3:]:
            new.add(text, source)
        index = tmp_path / (source or "none")
        options = replace(THOROUGH, recurrence=6)
        search(old, options, [], index)
        assert len(search(new, options, [index]).matches) == dropped


def test_a_text_shorter_than_a_shingle_has_nothing_to_discount(tmp_path: Path) -> None:
    """Also where its source has common shingles in an index, and no other text is new."""
    old, new = Corpus(), Corpus()
    for number in range(6):
        old.add(f"{sentence(range(10 * number, 10 * number + 9))} {sentence(range(200, 220))}", source="s")
    new.add("ا", source="s")
    options = replace(THOROUGH, recurrence=6)
    search(old, options, [], tmp_path / "index")
    assert kept(new, search(new, options, [tmp_path / "index"])) == [0]


def test_an_index_made_otherwise_is_refused(tmp_path: Path) -> None:
    """The message says what differs."""
    corpus = Corpus()
    corpus.add(story(range(50)))
    search(corpus, THOROUGH, [], tmp_path / "index")
    with pytest.raises(InputError, match=r"threshold 0\.6 there, 0\.7 here; .*shingle 3 there, 5 here"):
        search(corpus, replace(THOROUGH, threshold=0.7, shingle=5), [tmp_path / "index"])
    with pytest.raises(InputError, match="there is no index there"):
        search(corpus, THOROUGH, [tmp_path / "nowhere"])


@pytest.mark.parametrize("said", ["0123456789abcdef", None])
def test_an_index_of_other_permutations_is_refused(tmp_path: Path, said: str | None) -> None:
    """Its signatures do not meet those made here; nor is it known of an index that does not say."""
    corpus = Corpus()
    corpus.add(story(range(50)))
    search(corpus, THOROUGH, [], tmp_path / "index")
    path = tmp_path / "index/index.json"
    manifest = json.loads(path.read_bytes())
    manifest["index"]["permutations digest"] = said
    if said is None:
        del manifest["index"]["permutations digest"]
    path.write_text(json.dumps(manifest))
    with pytest.raises(
        InputError, match=f"permutations digest {said or 'not said'} there, [0-9a-f]{{16}} here"
    ):
        open_index(tmp_path / "index", THOROUGH)


def fill_and_die(corpus: Corpus, added: IndexAddition) -> None:
    """Be killed between the search and the moment when the segment counts."""
    prints = [fingerprint(corpus.texts, THOROUGH)]
    find_duplicates(corpus.entries, prints, THOROUGH, addition=added)
    raise KeyboardInterrupt


def test_an_index_is_whole_or_not_there(tmp_path: Path) -> None:
    """A search that fails leaves the index as it was; one that is there is not overwritten."""
    index = tmp_path / "index"
    one, two = Corpus(), Corpus()
    one.add(story(range(50)))
    two.add(story(range(100, 150)))
    with pytest.raises(KeyboardInterrupt), open_addition(index, THOROUGH, extends=False):
        raise KeyboardInterrupt
    assert not index.exists()
    search(one, THOROUGH, [], index)
    before = {path: path.read_bytes() for path in index.rglob("*") if path.is_file()}
    with pytest.raises(KeyboardInterrupt), open_addition(index, THOROUGH, extends=True) as added:
        fill_and_die(two, added)
    assert {path: path.read_bytes() for path in index.rglob("*") if path.is_file()} == before
    search(two, THOROUGH, [index], index)
    with pytest.raises(InputError, match="holds an index already"):
        search(two, THOROUGH, [], index)
    with (
        open_addition(index, THOROUGH, extends=True),
        pytest.raises(InputError, match="another run is writing"),
    ):
        search(two, THOROUGH, [index], index)


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """An index is not written among other files."""
    (tmp_path / "mine.txt").write_text("mine")
    with (
        pytest.raises(InputError, match="no index, and not empty"),
        open_addition(tmp_path, THOROUGH, extends=False),
    ):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_what_a_user_keeps_in_an_index_stays(tmp_path: Path) -> None:
    """Whatever its name: a segment gets one that is free."""
    index, corpus = tmp_path / "ix", Corpus()
    corpus.add(story(range(50)))
    search(corpus, THOROUGH, [], index)
    mine = [
        index / name
        for name in ("2024/thesis.txt", "0002/thesis.txt", "0001/x.txt", "2024-notes.txt", "0003")
    ]
    for path in mine:
        path.parent.mkdir(exist_ok=True)
        path.write_text("years of work")
    for number in (1, 2):
        more = Corpus()
        more.add(story(range(100 * number, 100 * number + 50)))
        search(more, THOROUGH, [index], index)
        assert all(path.read_bytes() == b"years of work" for path in mine)
    assert {path.name for path in index.iterdir() if (path / "entries.jsonl").exists()} == {
        "0001",
        "0004",
        "0005",
    }


def test_an_index_is_not_made_inside_another(tmp_path: Path) -> None:
    """But below a file that happens to be called so."""
    corpus = Corpus()
    corpus.add(story(range(50)))
    (tmp_path / "index.json").write_text('{"index": "of a web site"}')
    search(corpus, THOROUGH, [], tmp_path / "nest")
    with pytest.raises(InputError, match="lies inside the index"):
        search(corpus, THOROUGH, [], tmp_path / "nest/2025/deep")
    assert not (tmp_path / "nest/2025").exists()


def test_a_link_to_itself_is_no_index(tmp_path: Path) -> None:
    """Nor does it lie in one."""
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert index_above(loop) is None
    with pytest.raises(InputError), open_addition(loop, THOROUGH, extends=False):
        pass
    with pytest.raises(InputError), comparison(THOROUGH, [loop], loop):
        pass


MANIFESTS = (
    b"",
    b"null",
    b"[1]",
    b"\xff",
    b'{"index": null, "segments": null}',
    b'{"index": {}, "segments": [null]}',
    b'{"index": {}, "segments": [{"name": "../..", "documents": 1, "inputs": ""}]}',
    b"[" * 100_000,
)


def test_damage_is_told(tmp_path: Path) -> None:
    """Empty, shorter, another byte, missing: whichever file it is."""
    index, corpus = tmp_path / "ix", Corpus()
    corpus.add(story(range(50)))
    search(corpus, THOROUGH, [], index)
    files = sorted((index / "0001").iterdir())
    assert {path.name for path in files} == FILES
    for path in files:
        whole = path.read_bytes()
        for damaged in (b"", whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1]), whole + b"x"):
            path.write_bytes(damaged)
            with pytest.raises(InputError, match=f"the index is damaged: .*{path.name}"):
                open_index(index, THOROUGH)
        path.unlink()
        with pytest.raises(InputError, match="the index is damaged"):
            open_index(index, THOROUGH)
        path.write_bytes(whole)
    open_index(index, THOROUGH)
    for manifest in MANIFESTS:
        (index / "index.json").write_bytes(manifest)
        with pytest.raises(InputError, match=r"the index is damaged: .*index\.json"):
            open_index(index, THOROUGH)


KILLED = """
import os, pathlib, signal, sys
from cleaner.duplicates import find_duplicates, fingerprint, open_addition
from cleaner.options import Options
from cleaner.duplicates import Entry
def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)
texts = [" ".join(map(str, range(50)))]
entries = [Entry("a", "", is_child=False, date="", text_digest=bytes(32), raw_digest=bytes(32))]
with open_addition(pathlib.Path(sys.argv[1]), Options(), extends=False) as added:
    find_duplicates(entries, [fingerprint(texts, Options())], Options(), addition=added)
    if sys.argv[2] != "nowhere":
        setattr(pathlib.Path, sys.argv[2], killed)
    added.commit("inputs")
"""


@pytest.mark.parametrize("moment", ["rename", "replace"])
def test_a_folder_is_not_blocked_by_a_search_that_was_killed(tmp_path: Path, moment: str) -> None:
    """Before the segment has its name, before the manifest has."""
    index = tmp_path / "ix"
    for at in (moment, moment, "nowhere"):
        subprocess.run([sys.executable, "-c", KILLED, index, at], check=False)
    assert [entry.id for entry in open_index(index, Options()).entries] == ["a"]
    assert sum(path.is_dir() for path in index.iterdir()) == 1
    assert {path.name for path in index.iterdir() if path.is_file()} == {"index.json", "lock"}
