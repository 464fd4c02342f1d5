"""The options that a user can set, each with its default and its reason.

The command line, configuration files and Python programs share them. The name of a field with hyphens is the
long option; the name itself is the configuration key.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from cleaner.errors import UsageError, unknown
from cleaner.text.printable import is_text

if TYPE_CHECKING:
    from collections.abc import Mapping

CHOICES = {
    "boilerplate": ("careful", "balanced", "thorough"),
    "orthography": ("kept", "standard"),
    "keep": ("longest", "earliest", "source-order"),
    "measure": ("containment", "jaccard"),
}
"""The options that take one of a few words."""
WHAT = {"keep": "keep policy"}
"""How error messages call such an option, where not by its name."""

ALIASES = {"figures": "numbers"}
"""Names that options had before, which are still understood."""

RANGES = {
    "minimum_words": (0, 10**9),
    "shingle": (1, 100),
    "minimum_shingles": (0, 10**9),
    "recurrence": (0, 10**9),
    "permutations": (1, 4096),
    "bands": (1, 4096),
}
"""Least and greatest values. The greatest are far above what is useful, and do not exhaust memory."""

TEXTS = ("text_field", "id_field", "title_field", "date_field", "url_field", "source_field", "source_order")
"""The options that name what stands in texts. Those that name files are bytes: see `printable.file_name`."""

NOT_FOR_FILES = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
"""Encodings that Python counts as text encodings, but that encode host names or Python source."""


def _option(default: Any, explanation: str) -> Any:  # noqa: ANN401 - a dataclass field passes for its value's type
    return field(default=default, metadata={"help": explanation})


@dataclass(frozen=True, slots=True)
class Options:
    """How a corpus is to be cleaned. Invalid values raise `UsageError`."""

    # reading
    text_field: str = _option("", "Field that holds the text; found by its usual names if not given.")
    id_field: str = _option("", "Field that holds the id; found by its usual names if not given.")
    title_field: str = _option("", "Field that holds the title; found by its usual names if not given.")
    date_field: str = _option("", "Field that holds the date; found by its usual names if not given.")
    url_field: str = _option("", "Field that holds the URL; found by its usual names if not given.")
    source_field: str = _option(
        "", "Field that names the source or site; found by its usual names if not given."
    )
    encoding: str = _option("utf-8", "Encoding of the input files; byte order marks of UTF-8 and UTF-16 win.")

    # cleaning
    without: tuple[str, ...] = _option((), "Stage to leave out; may be given several times.")
    rules: tuple[str, ...] = _option(
        (), "File of rules of one's own; `cleaner learn` writes one to begin with."
    )
    boilerplate: str = _option(
        "balanced",
        "How sure it must be that a line that no marker names is boilerplate: careful, balanced or thorough. "
        "They are to lose at most .02, .05 and .2 % of the articles' words; report.json has the estimates.",
    )
    minimum_words: int = _option(5, "Reject documents of fewer words than this after cleaning.")

    # letters
    keep_bidi_marks: bool = _option(False, "Keep the invisible marks that order letters on a screen.")  # noqa: FBT003 - a default, not a flag
    keep_tatweel: bool = _option(False, "Keep the strokes that stretch words.")  # noqa: FBT003 - the same

    orthography: str = _option(
        "kept",
        "Spelling of Arabic words: kept, or standard, which gives words their final yeh, hamza and teh "
        "marbuta where the lexicon hardly knows them without.",
    )

    # near-duplicates; measured on 141 pairs that readers judged, among 75,500 articles
    keep: str = _option(
        "longest",
        "Which of several duplicates is kept: longest (the fullest version), earliest, or "
        "source-order (the one whose source is named first by --source-order).",
    )
    source_order: tuple[str, ...] = _option(
        (), "Source whose documents are kept first; given several times, from the best to the worst."
    )
    threshold: float = _option(
        0.6,
        "Share of a document's counted shingles that must stand in the kept one. At .6 the links agree best "
        "with readers (F1 .935); at .5 and .7 it is .93 and .87.",
    )
    measure: str = _option(
        "containment",
        "What the threshold is compared with: containment (finds shortened and merged reprints too: best F1 "
        ".94 of 282 pairs) or jaccard (.81 at its best threshold, .29).",
    )
    shingle: int = _option(
        3,
        "Words in a shingle. One changed word breaks as many; with 5, containment separates readers' «same» "
        "a little worse (area under the curve .874 instead of .891).",
    )
    minimum_shingles: int = _option(
        15,
        "Counted shingles from which the threshold decides. Of fewer, chance and formulas share too many: "
        "shorter documents are dropped only at Jaccard .85 over all shingles, or if they are equal.",
    )
    recurrence: int = _option(
        6,
        "Articles of one named source from which a shingle found in them is common there and not counted; "
        "0 counts all. Lifts F1 from .918 to .935; from 4 to 8 it makes little difference.",
    )
    numbers: float = _option(
        0.6,
        "Share of its numbers (also days, months, ordinals) that the text with fewer of them must have in "
        "common with the other, so that notices of two days are not taken for one; 0 looks at none. Lifts "
        "F1 from .911 to .935, from .51 to .65 alike.",
    )
    permutations: int = _option(
        72,
        "Permutations of a MinHash signature (num_perm). With the default bands they find pairs of Jaccard "
        ".2 with probability .9995 and of .1 with .92; half of both, .978 and .72.",
    )
    bands: int = _option(
        432,
        "Bands of the signature. A shortened reprint of a fifth has Jaccard .2 at most, so bands compare two "
        "permutations, and each stands in twelve bands; for Jaccard .8 and above, 12 bands of 36 suffice.",
    )

    def __post_init__(self) -> None:
        """Refuse what no run could mean."""
        _check_texts(self)
        _check_encoding(self.encoding)
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                raise unknown(WHAT.get(name, name), getattr(self, name), choices)
        if (self.keep == "source-order") != bool(self.source_order):
            raise UsageError(
                "keep policy source-order needs a source order, and the other policies take none"
            )
        if not 0 < self.threshold <= 1:
            raise UsageError(f"threshold must be above 0 and at most 1, not {self.threshold}")
        if not 0 <= self.numbers <= 1:
            raise UsageError(f"numbers must be 0 to 1, not {self.numbers}")
        for name, (least, most) in RANGES.items():
            number = getattr(self, name)
            if not least <= number <= most:
                raise UsageError(f"{name.replace('_', ' ')} must be {least} to {most}, not {number}")
        if self.recurrence == 1:
            raise UsageError("recurrence must be 0 or at least 2, not 1")
        num_perm, bands = self.permutations, self.bands
        most = (num_perm - 1) // 2
        if num_perm % bands and (bands % num_perm or bands // num_perm > most):
            raise UsageError(
                f"permutations ({num_perm}) must be a multiple of bands ({bands}), which share them out; or "
                f"bands be a multiple of these, up to {most} times as many, and compare two each"
            )

    @classmethod
    def from_mapping(cls, values: Mapping[str, object]) -> Options:
        """Return the options that configuration *values* give; keys may have hyphens, or be old names.

        Raises `UsageError` for unknown keys, and for values of a wrong type.
        """
        known = {option.name: option for option in fields(cls)}
        settings: dict[str, Any] = {}
        for key, value in values.items():
            name = option_name(key)
            if name not in known:
                raise unknown("configuration key", key, known)
            default = known[name].default
            if isinstance(default, tuple):
                if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
                    raise UsageError(f"configuration key {key!r} takes a list of strings, not {value!r}")
                value = tuple(value)  # noqa: PLW2901 - frozen options hold no lists
            elif isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
                value = float(value)  # noqa: PLW2901 - TOML writes 1 for 1.0
            elif type(value) is not type(default):
                raise UsageError(f"configuration key {key!r} takes {type(default).__name__}, not {value!r}")
            settings[name] = value
        return cls(**settings)


def _check_texts(options: Options) -> None:
    """Raise `UsageError` for bytes that could not be decoded: no record can say them, and no report."""
    for name in TEXTS:
        said = getattr(options, name)
        for text in (said,) if isinstance(said, str) else said:
            if not is_text(text):
                raise UsageError(f"{name.replace('_', ' ')}: {text} is no text in UTF-8")


def option_name(key: str) -> str:
    """Return the option that a configuration *key* names."""
    name = key.replace("-", "_")
    return ALIASES.get(name, name)


def _check_encoding(encoding: str) -> None:
    """Raise `UsageError` for what is no encoding of texts."""
    if not is_text_encoding(encoding):
        raise UsageError(f"unknown encoding {encoding!r}; Python's names are known, such as cp1256")


def is_text_encoding(encoding: str) -> bool:
    """Return whether *encoding* is one of texts, as `hex` and `zlib` in Python's list are not."""
    try:
        name = codecs.lookup(encoding).name.replace("-", "_")
        return name not in NOT_FOR_FILES and "\n".encode(name).decode(name) == "\n"
    except (LookupError, ValueError):
        return False
