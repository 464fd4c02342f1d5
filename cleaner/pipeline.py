"""Pass documents through stages until these find nothing more to edit."""

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
    """A callable that returns what it finds in a document: edits, facts, second articles or a rejection.

    A stage is pure: it finds the same in the same document. It is idempotent: once its findings are applied,
    it finds nothing more to edit. It may declare what holds for it with these attributes, which `findings_of`
    and `Pipeline.clean` read; all may be missing:

        settled      True: its edits never give the stages before it anything new to find
        arabic_only  True: it is not called for documents in other languages, so these stay byte for byte
        screen       a `cleaner.text.screens.Screen`: it is not called for texts for which this is false
    """

    def __call__(self, document: Document, /) -> Iterable[Finding]:
        """Return the findings in *document*, in any order."""


def findings_of(stage: Stage, document: Document) -> Iterable[Finding]:
    """Return what *stage* finds in *document*; nothing if its screen or its language excludes the text."""
    screen: Screen | None = getattr(stage, "screen", None)
    if screen is not None and not screen(document.text):
        return ()
    if getattr(stage, "arabic_only", False) and is_foreign(document):
        return ()
    return stage(document)


MAXIMUM_PASSES = 8
"""Passes over the stages for one document. No known text needs as many; the limit makes sure that it ends."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """An ordered mapping of stage names to stages."""

    stages: Mapping[str, Stage]

    def clean(self, document: Document) -> Document:
        """Return *document* with the findings of all stages applied; its children are not cleaned.

        An edit may give an earlier stage something new to find: when an advertisement is removed, the
        sentence around it can be joined. So passes are repeated until one changes no text, at most
        `MAXIMUM_PASSES` times. Stages that are `settled` never cause this: a pass in which only they changed
        text is the last. A further pass ends with the last other stage that changed text, unless text changes
        again. A document that is rejected is returned at once.
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
        """Return the cleaned *document*, followed by the cleaned second articles that were found in it."""
        cleaned = self.clean(document)
        if not cleaned.children:
            return [cleaned]
        family = [replace(cleaned, children=())]
        for child in cleaned.children:
            family += self.clean_all(child)
        return family

    def run(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield the cleaned *documents* in order; second articles follow the page they were found in."""
        for document in documents:
            yield from self.clean_all(document)

    def __or__(self, other: Mapping[str, Stage]) -> Pipeline:
        """Return a pipeline with the stages of *other* at the end; a known name is replaced in place."""
        return Pipeline({**self.stages, **other})

    def without(self, *names: str) -> Pipeline:
        """Return a pipeline without the stages *names*. Raises `UsageError` if one is unknown."""
        for name in names:
            if name not in self.stages:
                raise unknown("stage", name, self.stages)
        return Pipeline({name: stage for name, stage in self.stages.items() if name not in names})
