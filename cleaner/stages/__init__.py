"""The stages, and the order in which a document passes through them."""

from __future__ import annotations

from cleaner.options import Options
from cleaner.page.own_rules import own_index
from cleaner.pipeline import Pipeline
from cleaner.recurring.recurrences import NO_RECURRENCES, Recurrences
from cleaner.stages.boilerplate import Boilerplate
from cleaner.stages.embeds import Embeds
from cleaner.stages.encoding import Encoding
from cleaner.stages.gaps import Gaps
from cleaner.stages.invisible import Invisible
from cleaner.stages.language_label import Language
from cleaner.stages.length import Length
from cleaner.stages.letters import letter_stages
from cleaner.stages.markup import Markup
from cleaner.stages.paragraphs import SplitSentences
from cleaner.stages.recurring_boilerplate import Recurring
from cleaner.stages.run_on import LostBreaks
from cleaner.stages.spaces import Spaces

NEAR_DUPLICATES = "near-duplicates"
"""The name under which `--without` leaves out the near-duplicate search, which is no stage of the
pipeline."""

RECURRING = "recurring"
"""The stage that needs a count pass over the input; without one it finds nothing."""


def news_pipeline(options: Options | None = None, recurrences: Recurrences = NO_RECURRENCES) -> Pipeline:
    """Return the pipeline for news articles, without the stages that *options* leave out.

    *recurrences* is the result of a count pass: what recurs in each source. Raises `UsageError` if the
    options leave out an unknown stage, or name a file that holds no valid rules.
    """
    options = options or Options()
    return Pipeline({
        "encoding": Encoding(),
        "language": Language(),
        "invisible": Invisible(keep_bidi_marks=options.keep_bidi_marks),
        "gaps": Gaps(),
        **letter_stages(options),
        "markup": Markup(),
        "embeds": Embeds(),
        "paragraphs": SplitSentences(),
        "run-on": LostBreaks(),
        "boilerplate": Boilerplate(own_index(options.rules), options.boilerplate),
        RECURRING: Recurring(recurrences),
        "spaces": Spaces(),
        "length": Length(options.minimum_words),
    }).without(*(name for name in options.without if name != NEAR_DUPLICATES))  # fmt: skip
