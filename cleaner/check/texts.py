"""What is wrong with one text, and what the text is without it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from cleaner.check.messages import message
from cleaner.document import Document, Edit, Rejection
from cleaner.pipeline import Pipeline, findings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.document import Finding, Revision
    from cleaner.pipeline import Stage

STAGES = {
    "letters": (
        "encoding",
        "invisible",
        "presentation-forms",
        "reversed-lines",
        "tatweel",
        "marks",
        "look-alikes",
        "lam-alef",
        "digits",
        "homoglyphs",
        "guillemets",
        "glued-words",
        "punctuation",
        "orthography",
    ),
    "boilerplate": ("markup", "embeds", "boilerplate"),
}
"""The stages behind each check."""

SUPPORTING = ("language",)
"""Stages that change nothing and on whose facts the others rely."""

UNCHECKED = ("gaps", "paragraphs", "recurring", "run-on", "spaces", "length")
"""Stages that only move white space or refuse whole documents: nothing that a reviewer could put right.
And what recurs: a check sees the files of a commit, not their source."""


class Character(NamedTuple):
    """A code point of a changed text; *place* is where it, or what it replaced, stood in the raw text."""

    value: str
    place: int
    is_new: bool


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something that `cleaner run` would change, at *start* of the raw text."""

    start: int
    rule: str
    message: str
    is_fixable: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """The problems of a text in their order, and the characters that fixing them leaves."""

    problems: tuple[Problem, ...]
    characters: tuple[Character, ...]

    @property
    def is_fixable(self) -> bool:
        """Whether fixing changes the text."""
        return any(problem.is_fixable for problem in self.problems)


@dataclass(frozen=True, slots=True)
class OnlyFixes:
    """A stage less what no check is about: white space, and whether the document belongs in a corpus."""

    stage: Stage

    @property
    def settled(self) -> bool:
        """Whether the stage promises not to uncover work for others."""
        return bool(getattr(self.stage, "settled", False))

    def __call__(self, document: Document, /) -> Iterator[Finding]:
        """Yield the stage's edits of more than white space, its splits and its facts."""
        for finding in findings_of(self.stage, document):
            is_white = isinstance(finding, Edit) and not f"{finding.before}{finding.after}".strip()
            if not is_white and not isinstance(finding, Rejection):
                yield finding


def checking_pipeline(pipeline: Pipeline, checks: Iterable[str]) -> Pipeline:
    """Return the stages of *pipeline* that the *checks* need, in its order."""
    wanted = {name for check in checks for name in STAGES.get(check, ())}
    return Pipeline(
        {
            name: OnlyFixes(stage)
            for name, stage in pipeline.stages.items()
            if name in wanted or (wanted and name in SUPPORTING)
        }
    )


def check_text(raw: str, pipeline: Pipeline) -> Checked:
    """Return what *pipeline*, one of `checking_pipeline`, finds in *raw*.

    A second article stays where it is, with the marker before it: a person decides where it belongs. Nothing
    is fixable where nothing would be left, or where a second check would not agree with the first.
    """
    checked = _check_once(raw, pipeline)
    if not checked.is_fixable:
        return checked
    fixed = "".join(character.value for character in checked.characters)
    stay = sum(not problem.is_fixable for problem in checked.problems)
    again = _check_once(fixed, pipeline)
    if fixed.strip() and not again.is_fixable and len(again.problems) == stay:
        return checked
    return Checked(tuple(replace(problem, is_fixable=False) for problem in checked.problems), ())


def _check_once(raw: str, pipeline: Pipeline) -> Checked:
    # Windows ends its lines with two characters; the stages see one, and the other comes back at the end.
    text = raw.replace("\r\n", "\n")
    document = pipeline.clean(Document("", text))
    if document.text == text:
        return Checked((), ())
    characters = [
        Character(value, at, is_new=False)
        for at, value in enumerate(raw)
        if value != "\r" or raw[at + 1 : at + 2] != "\n"
    ]
    problems: set[Problem] = set()
    retained: list[Character] = []
    for revision in document.revisions:
        article = _second_articles(revision, characters)
        for edit in revision.edits:
            problems.add(_problem(edit, characters, is_fixable=edit not in article))
            if edit in article:
                retained += characters[edit.start : edit.end]
        characters = _revised(characters, revision.edits)
    characters = sorted((*characters, *retained), key=lambda character: character.place)
    if len(text) < len(raw):
        characters = list(_windows_line_ends(characters, raw))
    return Checked(tuple(sorted(problems)), tuple(characters))


def _windows_line_ends(characters: Iterable[Character], raw: str) -> Iterator[Character]:
    for character in characters:
        value, place, is_new = character
        if value == "\n" and is_new:
            yield Character("\r", place, is_new)
        elif value == "\n" and raw[place - 1 : place] == "\r":
            yield Character("\r", place - 1, is_new)
        yield character


def _second_articles(revision: Revision, characters: Sequence[Character]) -> set[Edit]:
    """Return the edits that take away a second article, and those of the boilerplate right before it.

    By its marker, and by the end of the first article before that, the next check knows it again.
    """
    found: set[Edit] = set()
    follower: Edit | None = None
    for edit in reversed(revision.edits):
        if edit.child or (
            follower and all(at.value.isspace() for at in characters[edit.end : follower.start])
        ):
            found.add(edit)
            follower = edit
        else:
            follower = None
    return found


def _problem(edit: Edit, characters: Sequence[Character], *, is_fixable: bool) -> Problem:
    first = len(edit.before) - len(edit.before.lstrip()) if edit.before.strip() else 0
    return Problem(_place(characters, edit.start + first), edit.rule, message(edit), is_fixable)


def _place(characters: Sequence[Character], at: int) -> int:
    """Return where the character *at*, or the end behind the last one, stands in the raw text."""
    if at < len(characters):
        return characters[at].place
    return characters[-1].place + 1 if characters else 0


def _revised(characters: Sequence[Character], edits: Iterable[Edit]) -> list[Character]:
    revised: list[Character] = []
    position = 0
    for edit in edits:
        place = _place(characters, edit.start)
        revised += characters[position : edit.start]
        revised += [Character(value, place, is_new=True) for value in edit.after]
        position = edit.end
    return [*revised, *characters[position:]]
