"""Stages that mend letters in Arabic documents: each module mends one kind of fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.stages.letters.digits import Digits
from cleaner.stages.letters.glued_words import GluedWords
from cleaner.stages.letters.guillemets import Guillemets
from cleaner.stages.letters.homoglyphs import Homoglyphs
from cleaner.stages.letters.lam_alef import LamAlef
from cleaner.stages.letters.look_alikes import LookAlikes
from cleaner.stages.letters.marks import Marks
from cleaner.stages.letters.orthography import Orthography
from cleaner.stages.letters.presentation_forms import PresentationForms
from cleaner.stages.letters.punctuation import Punctuation
from cleaner.stages.letters.reversed_lines import ReversedLines
from cleaner.stages.letters.tatweel import Tatweel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.options import Options
    from cleaner.pipeline import Stage


def letter_stages(options: Options) -> Mapping[str, Stage]:
    """Return the stages that mend letters, in order: later stages rely on what earlier ones have mended."""
    return {
        "presentation-forms": PresentationForms(),
        "reversed-lines": ReversedLines(),
        "guillemets": Guillemets(),  # before all stages that look at quotations
        "tatweel": Tatweel(keep=options.keep_tatweel),
        "marks": Marks(),
        "look-alikes": LookAlikes(),
        "lam-alef": LamAlef(),
        "digits": Digits(),
        "homoglyphs": Homoglyphs(),
        "glued-words": GluedWords(),
        "punctuation": Punctuation(),
        "orthography": Orthography(standard=options.orthography == "standard"),
    }
