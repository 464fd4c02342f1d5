"""The document that passes through the pipeline, what stages find in it, and the only code that changes it.

Stages never change text. They return findings, and `Document.revise` applies and records them. So every
change can be explained and undone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace *before* at *start* by *after*; an empty *after* removes, an empty *before* inserts.

    Offsets are code points of the text that the stage was given. *rule* is the id of the rule that found it.
    *child* is the id of the document that the removed text became, or "".
    """

    start: int
    before: str
    after: str
    rule: str
    child: str = ""

    @property
    def end(self) -> int:
        """The offset behind the last replaced code point."""
        return self.start + len(self.before)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something found about the article, such as its title, date or source; or a doubt about its text.

    *start* and *end* are code points of the text that the stage was given; −1 if the fact has no place in it.
    """

    name: str
    value: str
    rule: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Split:
    """Another article in the text: it is removed from this document and becomes a document of its own.

    *start* is a code point of the text that the stage was given.
    """

    start: int
    before: str
    rule: str
    title: str = ""

    @property
    def end(self) -> int:
        """The offset behind the last code point of the second article."""
        return self.start + len(self.before)


@dataclass(frozen=True, slots=True)
class Rejection:
    """The reason why a document does not belong in the corpus."""

    rule: str
    detail: str


Finding: TypeAlias = Edit | Fact | Split | Rejection


@dataclass(frozen=True, slots=True)
class Revision:
    """The edits and facts of one stage; the edits are sorted and do not overlap."""

    stage: str
    edits: tuple[Edit, ...] = ()
    facts: tuple[Fact, ...] = ()

    def undo(self, text: str) -> str:
        """Return the text that the stage was given; *text* is the text that it left."""
        pieces: list[str] = []
        position = shift = 0  # place in the edited text; its offset against the same place in the given text
        for edit in self.edits:
            start = edit.start + shift
            pieces += (text[position:start], edit.before)
            position = start + len(edit.after)
            shift += len(edit.after) - len(edit.before)
        pieces.append(text[position:])
        return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a second article was found: code points of the text of document *id* that *stage* was given."""

    id: str
    stage: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One news article: its text, the metadata of the input, and what stages have changed and found so far.

    *metadata* comes from the input and is never changed; found values are the facts of the revisions.
    *origin* is set for a second article; *children* are the second articles found in this document.
    """

    id: str
    text: str
    metadata: Mapping[str, object] = field(default_factory=dict)
    revisions: tuple[Revision, ...] = ()
    rejection: Rejection | None = None
    origin: Origin | None = None
    children: tuple[Document, ...] = ()

    def facts(self, name: str) -> Iterator[Fact]:
        """Yield the facts with this *name*, in the order in which they were found."""
        for revision in self.revisions:
            for fact in revision.facts:
                if fact.name == name:
                    yield fact

    def fact(self, name: str) -> str:
        """Return the first value found under *name*, or ""."""
        for revision in self.revisions:
            for fact in revision.facts:
                if fact.name == name:
                    return fact.value
        return ""

    def revise(self, stage: str, findings: Iterable[Finding]) -> Document:
        """Return the document with *findings* applied and recorded as a revision of *stage*.

        Where edits overlap, the earliest start wins, then the longest, then the lowest rule id. A fact whose
        name and value are already recorded is not recorded again. A `Split` becomes a removal that names its
        child. The first `Rejection` stays. The same document is returned if nothing changes. Raises
        `ValueError` if the text does not hold an edit's *before* at its start.
        """
        cuts: list[Edit | Split] = []
        facts: list[Fact] = []
        rejection = self.rejection
        for finding in findings:
            match finding:
                case Edit() | Split():
                    cuts.append(finding)
                case Fact():
                    facts.append(finding)
                case Rejection():
                    rejection = rejection or finding
        if not cuts and not facts and rejection is self.rejection:
            return self
        new_facts = self._unknown(facts) if facts else ()
        text, edits, children = self._apply(stage, cuts) if cuts else (self.text, (), ())
        if not edits and not new_facts and rejection is self.rejection:
            return self
        revisions = (*self.revisions, Revision(stage, edits, new_facts))
        children = self.children + children
        return Document(self.id, text, self.metadata, revisions, rejection, self.origin, children)

    def original_text(self) -> str:
        """Return the text as it was read: all revisions are undone, from the last to the first."""
        text = self.text
        for revision in reversed(self.revisions):
            text = revision.undo(text)
        return text

    def _unknown(self, facts: list[Fact]) -> tuple[Fact, ...]:
        """Return the *facts* whose name and value no revision has; of equal ones the first."""
        known = {(fact.name, fact.value) for revision in self.revisions for fact in revision.facts}
        first: dict[tuple[str, str], Fact] = {}
        for fact in facts:
            if (fact.name, fact.value) not in known:
                first.setdefault((fact.name, fact.value), fact)
        return tuple(first.values())

    def _apply(
        self, stage: str, cuts: list[Edit | Split]
    ) -> tuple[str, tuple[Edit, ...], tuple[Document, ...]]:
        """Return the text with *cuts* applied, the applied edits in order, and the second articles."""
        text = self.text
        pieces: list[str] = []
        edits: list[Edit] = []
        children: list[Document] = []
        position = 0
        for cut in sorted(cuts, key=lambda cut: (cut.start, -len(cut.before), cut.rule)):
            start, end = cut.start, cut.end
            if start < position or (edits and end == start == edits[-1].start):
                continue  # overlaps an edit that has won
            if text[start:end] != cut.before:
                raise ValueError(f"{stage}/{cut.rule}: {cut.before!r} does not stand at {start} of {self.id}")
            if isinstance(cut, Split):
                child = Document(
                    id=f"{self.id}#{len(self.children) + len(children) + 2}",
                    text=cut.before,
                    metadata={name: self.metadata[name] for name in INHERITED if name in self.metadata},
                    origin=Origin(self.id, stage, start, end),
                )
                if cut.title:
                    titles = (Fact("title", cut.title, cut.rule),)
                    child = replace(child, revisions=(Revision(stage, facts=titles),))
                children.append(child)
                edit = Edit(start, cut.before, "", cut.rule, child.id)
            elif cut.before == cut.after:
                continue
            else:
                edit = cut
            pieces += (text[position:start], edit.after)
            position = end
            edits.append(edit)
        pieces.append(text[position:])
        return "".join(pieces), tuple(edits), tuple(children)


INHERITED = ("source", "file_path")
"""The metadata that a second article takes over from the page it was found in."""
