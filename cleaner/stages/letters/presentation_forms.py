"""Turn letters stored as the shapes of print back into letters: \ufefb becomes لا.

Signs stay signs: the ligatures of formulas from \ufdf2 to \ufdfd, ornate brackets, and every compatibility
character of other scripts (², ½, ™).
"""

from __future__ import annotations

from dataclasses import dataclass
import re
from typing import TYPE_CHECKING, ClassVar
import unicodedata

from cleaner.document import Edit
from cleaner.text import alphabet
from cleaner.text.screens import Kinds, Screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.document import Document

# Longer than any word, and bounded: marks without letters between them are put in order in quadratic time.
_FORMS = re.compile("[\ufb50-\ufd3d\ufd50-\ufdf1\ufe70-\ufefc]{1,500}")
_CARRIER = re.compile("^[ \u0640](?=[\u064b-\u0652\u0670])")  # what a mark that stands alone is drawn upon


@dataclass(frozen=True, slots=True)
class PresentationForms:
    """Find runs of Arabic presentation forms."""

    settled: ClassVar[bool] = True
    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = Kinds(alphabet.PRESENTATION)

    def __call__(self, document: Document) -> Iterable[Edit]:
        """Return an edit for every run."""
        return [
            Edit(match.start(), match[0], letters(match[0]), "presentation-forms.letters")
            for match in _FORMS.finditer(document.text)
        ]


def letters(forms: str) -> str:
    """Return the letters and marks that *forms* are shapes of."""
    plain = "".join(_CARRIER.sub("", unicodedata.normalize("NFKC", form)) for form in forms)
    return unicodedata.normalize("NFC", plain)
