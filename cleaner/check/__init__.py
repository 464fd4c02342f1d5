"""Check files for what `cleaner run` would change, and fix what can be fixed in place.

texts.py          a text ─▶ its problems, and the text without them
text_places.py    where the text stands in its record, so that nothing else of the file changes
checked_files.py  a file ─▶ its findings, and its content without them
repeats.py        the texts of all files ─▶ which repeat which
messages.py       an edit ─▶ a line for a reader
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.check.checked_files import CheckedFile, Finding, check_file, replace_file
from cleaner.check.repeats import find_repeats
from cleaner.check.texts import checking_pipeline
from cleaner.stages import news_pipeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.options import Options
    from cleaner.reading import InputFile

__all__ = ["CHECKS", "CheckedFile", "Finding", "check_file", "check_files", "replace_file"]

CHECKS = ("letters", "boilerplate", "duplicates")


def check_files(files: Iterable[InputFile], checks: Iterable[str], options: Options) -> Iterator[CheckedFile]:
    """Yield each of *files* with its findings under *checks*, each a word of `CHECKS`.

    Duplicates are looked for among all the files given. No file is changed.
    """
    wanted = set(checks)
    pipeline = news_pipeline(options)
    checking = checking_pipeline(pipeline, wanted)
    checked = [check_file(file, checking, options) for file in files]
    if "duplicates" in wanted:
        find_repeats(checked, pipeline, options)
    for file in checked:
        file.findings.sort()
        yield file
