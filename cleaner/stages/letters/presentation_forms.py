"""Replace presentation forms, code points for printed shapes, by their letters: \ufefb becomes لا.

Signs stay: the ligatures of religious formulas from \ufdf2 to \ufdfd, ornate brackets, and the compatibility
characters of other scripts (², ½, ™).
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

# The limit is longer than any word; sorting a run of marks without letters takes quadratic time.
_FORMS = re.compile("[\ufb50-\ufd3d\ufd50-\ufdf1\ufe70-\ufefc]{1,500}")
_CARRIER = re.compile("^[ \u0640](?=[\u064b-\u0652\u0670])")  # the space or tatweel under an isolated mark


@dataclass(frozen=True, slots=True)
class PresentationForms:
    """Find runs of Arabic presentation forms."""

    settled: ClassVar[bool] = True
    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = Kinds(alphabet.PRESENTATION)

    def __call__(self, document: Document) -> Iterable[Edit]:
        """Return an edit for each run of presentation forms."""
        return [
            Edit(match.start(), match[0], letters(match[0]), "presentation-forms.letters")
            for match in _FORMS.finditer(document.text)
        ]


def letters(forms: str) -> str:
    """Return the letters and marks of the presentation *forms*, in Unicode normal form C."""
    plain = "".join(_CARRIER.sub("", unicodedata.normalize("NFKC", form)) for form in forms)
    return unicodedata.normalize("NFC", plain)
