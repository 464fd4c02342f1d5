"""Find the language of a document, so that later stages leave documents in other languages alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cleaner.document import Fact
from cleaner.text.language import language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.document import Document


@dataclass(frozen=True, slots=True)
class Language:
    """Record the language once; what later stages remove cannot change the decision."""

    settled: ClassVar[bool] = True

    def __call__(self, document: Document) -> Iterable[Fact]:
        """Return the language as a fact, unless one is recorded already."""
        if document.fact("language"):
            return ()
        return (Fact("language", language(document.text), "language.evidence"),)
