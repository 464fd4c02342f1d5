"""Pass documents through stages, until there is nothing left to find."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from cleaner.errors import unknown
from cleaner.text.language import is_foreign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cleaner.document import Document, Finding
    from cleaner.text.screens import Screen


class Stage(Protocol):
    """Anything that looks at a document and says what is wrong with it, or what it tells.

    A stage is pure: the same document, the same findings. It is idempotent: once its findings are applied,
    it finds nothing more to edit. What holds for it may be declared on it as an attribute, and is then seen
    to by `findings_of`; a stage without any is right as it is:

    settled      True promises that its edits give the stages before it nothing new to find
    arabic_only  True: documents in other languages are not shown to it, so they stay byte for byte
    screen       a `cleaner.text.screens.Screen`: it is not called for texts of which this says no
    """

    def __call__(self, document: Document, /) -> Iterable[Finding]:
        """Return what is found in *document*, in any order."""


def findings_of(stage: Stage, document: Document) -> Iterable[Finding]:
    """Return what *stage* finds in *document*: nothing where its declarations rule that out."""
    screen: Screen | None = getattr(stage, "screen", None)
    if screen is not None and not screen(document.text):
        return ()
    if getattr(stage, "arabic_only", False) and is_foreign(document):
        return ()
    return stage(document)


MAXIMUM_PASSES = 8
"""A bound that no text is known to reach: every pass but the last removes or mends something."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """An ordered mapping of stage names to stages."""

    stages: Mapping[str, Stage]

    def clean(self, document: Document) -> Document:
        """Return *document* with every stage's findings applied; its children are not cleaned yet.

        An edit may uncover work for an earlier stage (an advertisement goes, and a sentence comes together
        again), so passes repeat until one edits nothing. Stages that are `settled` never uncover any: a pass
        in which only they were at work is the last, and none need go further than to the last of the others.
        """
        last = len(self.stages)
        for _ in range(MAXIMUM_PASSES):
            disturber = 0
            for number, (name, stage) in enumerate(self.stages.items(), 1):
                if number > last:
                    break
                findings = [*findings_of(stage, document)]
                if not findings:
                    continue
                revised = document.revise(name, findings)
                if revised.text != document.text:
                    last = len(self.stages)
                    disturber = disturber if getattr(stage, "settled", False) else number
                document = revised
                if document.rejection:
                    return document
            if not disturber:
                break
            last = disturber
        return document

    def clean_all(self, document: Document) -> list[Document]:
        """Return the cleaned *document* and, behind it, the second articles found in it, cleaned as well."""
        cleaned = self.clean(document)
        if not cleaned.children:
            return [cleaned]
        family = [replace(cleaned, children=())]
        for child in cleaned.children:
            family += self.clean_all(child)
        return family

    def run(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Clean one document after the other; second articles follow the page they stood in."""
        for document in documents:
            yield from self.clean_all(document)

    def __or__(self, other: Mapping[str, Stage]) -> Pipeline:
        """Return a pipeline with the stages of *other* behind these; a known name keeps its place."""
        return Pipeline({**self.stages, **other})

    def without(self, *names: str) -> Pipeline:
        """Return a pipeline that lacks the stages *names*. Raises `UsageError` if one is unknown."""
        for name in names:
            if name not in self.stages:
                raise unknown("stage", name, self.stages)
        return Pipeline({name: stage for name, stage in self.stages.items() if name not in names})
