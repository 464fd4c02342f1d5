"""Words by which a line is recognized as a sentence: verbs, and particles that stand before them."""

from __future__ import annotations

from cleaner.page import vocabulary
from cleaner.text.lexicon import lexicon

PARTICLES = frozenset(["لا", "لم", "لن", "قد", "لقد", "هكذا", "كان", "كانت", "ما", "ليس", "ليست"])
OF_CREDITS = frozenset(["كتب", "كتبت", "نشر", "نشرت", "تم"])
"""Verbs with which a credit may open, too."""
SHORTEST = 4
"""Letters of a verb in the present tense, its prefix included."""


def opens_sentence(word: str) -> bool:
    """Return whether a folded *word* opens sentences, rather than names or labels.

    A word with the prefix ي or ت is a verb in the present tense if the lexicon has it with both: «يعلن» and
    «تعلن».
    """
    bare = word.removeprefix("و")
    if bare in PARTICLES or (len(bare) > 1 and bare in vocabulary.opening_verbs() and bare not in OF_CREDITS):
        return True
    if len(bare) < SHORTEST or bare[0] not in "يت":
        return False
    known = lexicon().arabic
    return "ي" + bare[1:] in known and "ت" + bare[1:] in known
