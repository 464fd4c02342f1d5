"""What passes through the pipeline: a document, what stages find in it, and the one way to change it.

Stages never change text. They return findings; `Document.revise` applies them, records them, and is
the only code in the project that does. So every change can be explained and undone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put *after* where *before* stands at *start*; an empty *after* removes, an empty *before* inserts.

    Offsets are code points of the text that the stage was given. *child* is the id of the document that
    the removed text became, if it became one.
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
    """Something the page says about the article: its title, date, source.

    *start* and *end* say where it stands in the text that the stage was given; −1 if nowhere.
    """

    name: str
    value: str
    rule: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Split:
    """Text that is another article: it leaves this document and becomes one of its own."""

    start: int
    before: str
    rule: str
    title: str = ""

    @property
    def end(self) -> int:
        """The offset behind the second article."""
        return self.start + len(self.before)


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a document does not belong in the corpus."""

    rule: str
    detail: str


Finding: TypeAlias = Edit | Fact | Split | Rejection


@dataclass(frozen=True, slots=True)
class Revision:
    """What one stage changed and learned; its edits are sorted and do not overlap."""

    stage: str
    edits: tuple[Edit, ...] = ()
    facts: tuple[Fact, ...] = ()

    def undo(self, text: str) -> str:
        """Give back the text that the stage was given from the text it left."""
        pieces: list[str] = []
        position = shift = 0  # in the edited text; how far it has moved against the given one
        for edit in self.edits:
            start = edit.start + shift
            pieces += (text[position:start], edit.before)
            position = start + len(edit.after)
            shift += len(edit.after) - len(edit.before)
        pieces.append(text[position:])
        return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a second article was found: offsets in the text that *stage* was given of document *id*."""

    id: str
    stage: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One news article on its way from raw record to corpus.

    *metadata* is what the input said and is never changed; what was found stands in the revisions' facts.
    """

    id: str
    text: str
    metadata: Mapping[str, object] = field(default_factory=dict)
    revisions: tuple[Revision, ...] = ()
    rejection: Rejection | None = None
    origin: Origin | None = None
    children: tuple[Document, ...] = ()

    def facts(self, name: str) -> Iterator[Fact]:
        """Yield what was found under *name*, in the order of finding."""
        for revision in self.revisions:
            for fact in revision.facts:
                if fact.name == name:
                    yield fact

    def fact(self, name: str) -> str:
        """Return the first value found under *name*, or an empty string."""
        for revision in self.revisions:
            for fact in revision.facts:
                if fact.name == name:
                    return fact.value
        return ""

    def revise(self, stage: str, findings: Iterable[Finding]) -> Document:
        """Return the document with *findings* applied and recorded under *stage*.

        Where edits overlap, the earliest start wins, then the longest, then the rule id. A fact that is
        already known is not recorded again. A `Split` becomes a removal that names its child.
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
        """Return the text as it was read, by undoing every revision, last to first."""
        text = self.text
        for revision in reversed(self.revisions):
            text = revision.undo(text)
        return text

    def _unknown(self, facts: list[Fact]) -> tuple[Fact, ...]:
        """Return the first of *facts* for each name and value that no revision has."""
        known = {(fact.name, fact.value) for revision in self.revisions for fact in revision.facts}
        first: dict[tuple[str, str], Fact] = {}
        for fact in facts:
            if (fact.name, fact.value) not in known:
                first.setdefault((fact.name, fact.value), fact)
        return tuple(first.values())

    def _apply(
        self, stage: str, cuts: list[Edit | Split]
    ) -> tuple[str, tuple[Edit, ...], tuple[Document, ...]]:
        text = self.text
        pieces: list[str] = []
        edits: list[Edit] = []
        children: list[Document] = []
        position = 0
        for cut in sorted(cuts, key=lambda cut: (cut.start, -len(cut.before), cut.rule)):
            start, end = cut.start, cut.end
            if start < position or (edits and end == start == edits[-1].start):
                continue  # overlaps one that wins
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
"""The metadata that a second article shares with the page it stood in."""
