"""Rules of one's own: what recurs is written as a table, a person edits it, and every command takes it."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
import pytest

from cleaner import Document, Options, news_pipeline
from cleaner.commands import cleaner
from cleaner.engine.learning import GOES_ON, Candidate, Name, as_table
from cleaner.errors import UsageError
from cleaner.page.own_rules import own_markers
from tests.engine.corpus import corpus, rows, write_lines
from tests.recurring.test_recurring import SOURCE, body, headline, lines

if TYPE_CHECKING:
    from pathlib import Path

ROW = """
[[marker]]
id = "mail-box"
kind = "share"
scope = "label"
why = "The name of the column for letters."
phrases = ["بريد البحارة القدامى"]
removes = ["بريد البحارة القدامى"]
keeps = ["بريد البحارة القدامى يصل كل خميس، كما قال أمينهم."]
"""


def call(*arguments: object) -> Result:
    """Return what `cleaner` with *arguments* did."""
    return CliRunner().invoke(cleaner, [str(argument) for argument in arguments], prog_name="cleaner")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a file with a rule."""
    path = tmp_path / "harbour.toml"
    path.write_text(ROW, encoding="utf-8")
    return path


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return a file of a source with a line and a label below each article."""
    records = [
        {
            "id": f"n{n}",
            "site": SOURCE,
            "text": lines(body(n), "حكاية كل ميناء", f"دفتر المحرر: {headline(n)}"),
        }
        for n in range(60)
    ]
    return write_lines(tmp_path / "raw.jsonl", records)


def test_own_rules_are_used_before_those_that_are_shipped(own: Path) -> None:
    """In an article where nothing else would find the line; and they keep what they are to keep."""
    text = lines(
        body(1)[:3], "بريد البحارة القدامى", body(1)[3:], "بريد البحارة القدامى يصل كل خميس، كما قال أمينهم."
    )
    bare = news_pipeline().clean(Document("1", text))
    cleaned = news_pipeline(Options(rules=(str(own),))).clean(Document("1", text))
    assert bare.text == text
    assert cleaned.text == text.replace("بريد البحارة القدامى\n", "", 1)
    assert {edit.rule for revision in cleaned.revisions for edit in revision.edits} == {"harbour.mail-box"}


def test_every_command_takes_them(own: Path, tmp_path: Path) -> None:
    """A run and its report, a check, an explanation, an evaluation, the list of rules."""
    text = lines(body(1)[:3], "بريد البحارة القدامى", body(1)[3:])
    file = tmp_path / "a.txt"
    file.write_text(text, encoding="utf-8")
    assert call("run", "--rules", own, file, tmp_path / "out").exit_code == 0
    assert "بريد" not in corpus(tmp_path / "out")["a"]["text"]
    report = json.loads((tmp_path / "out/report.json").read_bytes())
    assert report["own_rules"] == {"harbour.mail-box": "The name of the column for letters."}
    for place in ([tmp_path / "out"], [file, "--rules", own]):
        explained = call("explain", "a", *place).output
        assert f"harbour.mail-box  The name of the column for letters.  {own}:3\n" in explained
    assert "harbour.mail-box" in call("check", "--rules", own, file).output
    gold = write_lines(
        tmp_path / "gold.jsonl",
        [{"id": "a", "raw": text, "spans": [[text.index("بريد"), text.index("بريد") + 20, "nav", "remove"]]}],
    )
    assert call("eval", "--rules", own, gold, "--fail-on", "recall<1").exit_code == 0
    assert call("eval", gold, "--fail-on", "recall<1").exit_code == 1
    assert "harbour " in call("rules", "--rules", own).output
    shown = call("rules", "harbour", "--rules", own).output
    assert shown.startswith(f"harbour.mail-box  {own}:3\n")
    assert "The name of the column" in shown


MISTAKES = {
    "a key": (("scope", "scop"), "'scope'"),
    "a scope": (('"label"', '"lable"'), "'label'"),
    "a kind": (('"share"', '"shares"'), "'share'"),
    "a type": (('"The name of the column for letters."', "1"), "why takes str"),
    "an empty list": (
        ('keeps = ["بريد البحارة القدامى يصل كل خميس، كما قال أمينهم."]', "keeps = []"),
        "one at least",
    ),
    "no reason": (("why", "# why"), "why is missing"),
    "no way": (("phrases", "# phrases"), "one of phrases, pattern, words"),
    "a pattern": (('phrases = ["بريد البحارة القدامى"]', 'pattern = "("'), "not one"),
    "anchors of phrases": (("phrases", 'anchors = ["بريد"]\nphrases'), "those of a pattern"),
    "anchors of other lines": (
        ('phrases = ["بريد البحارة القدامى"]', """pattern = 'بريد البحاره القدامي$'\nanchors = ["شبكة"]"""),
        "does not remove",
    ),
    "an id": (('"mail-box"', '"Mail Box"'), "small letters"),
    "no TOML": (("[[marker]]", "[[marker]"), "harbour.toml"),
    "another list": (("[[marker]]", "[[markers]]"), "'marker'"),
    "an example that stays": (('removes = ["بريد', 'removes = ["حديث'), "does not remove"),
    "an example that goes": (("القدامى يصل كل خميس، كما قال أمينهم.", "القدامى:"), "is to keep"),
}


@pytest.mark.parametrize(("change", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_at_once(own: Path, tmp_path: Path, change: tuple[str, str], message: str) -> None:
    """With the nearest right word; nothing is read or written."""
    own.write_text(ROW.replace(*change), encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        own_markers([str(own)])
    result = call("run", "--rules", own, tmp_path, tmp_path / "out")
    assert (result.exit_code, (tmp_path / "out").exists()) == (2, False)


@pytest.mark.parametrize("anchors", ["", 'anchors = ["القُدامى"]', 'anchors = ["^بريد", "شبكة"]'])
def test_a_pattern_may_have_anchors(own: Path, anchors: str) -> None:
    """In any spelling, as phrases are; it is proved with them."""
    phrases, pattern = 'phrases = ["بريد البحارة القدامى"]', "pattern = 'بريد البحاره القدامي$'"
    own.write_text(ROW.replace(phrases, f"{pattern}\n{anchors}"), encoding="utf-8")
    assert [row.id for row in own_markers([str(own)])] == ["harbour.mail-box"]


@pytest.mark.parametrize("table", ["marker = [1, 2]", "marker = [[1]]", "[marker]\na = 1", "marker = 1"])
def test_rows_are_tables(own: Path, table: str) -> None:
    """Anything else under their name is told like a mistake in a row."""
    own.write_text(table, encoding="utf-8")
    with pytest.raises(UsageError, match=r"rows are \[\[marker\]\]"):
        own_markers([str(own)])


def test_names_are_the_users_own(own: Path, tmp_path: Path) -> None:
    """No file may pass for a shipped table, and no id stands twice."""
    own.rename(tmp_path / "share.toml")
    with pytest.raises(UsageError, match="shipped"):
        own_markers([str(tmp_path / "share.toml")])
    own.write_text(ROW + ROW, encoding="utf-8")
    with pytest.raises(UsageError, match="two rows"):
        own_markers([str(own)])
    with pytest.raises(UsageError, match="No such file"):
        own_markers([str(tmp_path / "absent.toml")])


def test_a_changed_file_is_read_anew(own: Path, tmp_path: Path) -> None:
    """Also by a program that runs twice."""
    file = tmp_path / "a.txt"
    file.write_text(lines(body(1)[:3], "بريد البحارة القدامى", body(1)[3:]), encoding="utf-8")
    for text, gone in ((ROW, True), (ROW.replace("القدامى", "الجدد"), False)):
        own.write_text(text, encoding="utf-8")
        call("run", "--rules", own, file, tmp_path / "out")
        assert ("بريد" not in corpus(tmp_path / "out")["a"]["text"]) == gone


def test_learn_shows_what_recurs_and_writes_it(raw: Path, tmp_path: Path) -> None:
    """The table is one that `run` takes as it is: then the rules find what `recurring` found."""
    table = tmp_path / "learned.toml"
    result = call("learn", raw, "--write", table, "--jobs", 1)
    assert result.exit_code == 0
    assert f"{SOURCE}: 2 candidates" in result.output
    assert "60 of 60  حكاية كل ميناء  [n0, n1, n2]" in result.output
    assert "60 of 60  دفتر المحرر …  [n0" in result.output
    first, second = tomllib.loads(table.read_text(encoding="utf-8"))["marker"]
    assert {first["scope"], second["scope"]} == {"label", "line"}
    assert len(first["removes"]) == len(second["removes"]) == 3
    call("run", "--rules", table, "--without", "recurring", raw, tmp_path / "out")
    for number in range(60):
        assert corpus(tmp_path / "out")[f"n{number}"]["text"] == lines(body(number))
    used = {
        edit["rule"]
        for row in rows(tmp_path / "out/edits.jsonl")
        for revision in row["revisions"]
        for edit in revision["edits"]
    }
    assert used == {"learned.candidate-1", "learned.candidate-2", "spaces.ends"}
    assert "candidates" not in call("learn", "--rules", table, raw, "--jobs", 1).output


ANY = st.text(
    "aب \"'\\#=[]{}"  # what TOML reads otherwise
    "\0\b\t\n\f\r\x1b\x7f\x85\xa0\xad\u200c\u200f\u202e\u2028\ufeff\ufffd\ufffe\ue000"
    "\U0001f4f0\U00020000\U000e0001\U000f0000\U0010fffd\U0010ffff",  # 📰, 𠀀, a tag, private use, none
    max_size=8,
)


@given(st.lists(st.tuples(ANY, ANY, ANY, st.booleans(), st.booleans()), max_size=4))
def test_a_table_says_what_was_found(drawn: list[tuple[str, str, str, bool, bool]]) -> None:
    """Whichever characters it is made of; and nothing is hidden in the file, in its comments neither."""
    found = {
        Name(source, text + GOES_ON * goes_on, is_glued): Candidate("5 of 9", 5, [("1", removed)])
        for source, text, removed, is_glued, goes_on in drawn
    }
    table = as_table(found)
    rows = tomllib.loads(table).get("marker", [])
    lines = [name for name in found if not name.is_glued]
    assert [row["phrases"] for row in rows] == [
        [name.text.removesuffix(GOES_ON).rstrip(" :")] for name in lines
    ]
    assert [row["removes"] for row in rows] == [[found[name].examples[0][1]] for name in lines]
    assert [row["why"] for row in rows] == [f"Stands in 5 of 9 articles of {name.source}." for name in lines]
    assert table.replace("\n", "").isprintable()


def test_learn_says_that_it_found_nothing(tmp_path: Path) -> None:
    """Silence could be anything."""
    (tmp_path / "a.txt").write_text("\n".join(body(1)), encoding="utf-8")
    result = call("learn", tmp_path, "--jobs", 1)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing was found" in result.stderr


def test_learn_overwrites_nothing(raw: Path, own: Path) -> None:
    """A table is a person's work."""
    result = call("learn", raw, "--write", own)
    assert result.exit_code == 2
    nowhere = call("learn", raw, "--write", own / "nowhere.toml")
    assert (nowhere.exit_code, nowhere.stdout) == (2, "")
    assert f"{own / 'nowhere.toml'}: cannot write to that folder" in nowhere.stderr
    assert own.read_text(encoding="utf-8") == ROW


def test_a_zone_may_have_its_old_name(own: Path) -> None:
    """What is removed was called furniture once; files of rules may say so still."""
    own.write_text(f'{ROW}zone = "furniture"\n', encoding="utf-8")
    assert [marker.zone for marker in own_markers([str(own)])] == ["boilerplate"]
