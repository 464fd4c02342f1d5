"""Look at the beginning of every input file, so that what must fail does so at once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from cleaner.errors import InputError, RecordError, did_you_mean
from cleaner.output.folder import CORPUS, KEPT, is_output
from cleaner.reading import ONE_RECORD, pieces, records
from cleaner.reading.html import IS_INSTALLED
from cleaner.records import find_name, inner_fields, read_fields, text_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import TypeAlias

    from cleaner.options import Options
    from cleaner.reading import InputFile, Inputs

    Tell: TypeAlias = Callable[[str], object]
    """Is told, in one line, what a command passes over."""

PREFLIGHT_RECORDS = 100
SHOWN = 10
"""Lines that tell what is passed over; of the rest, only how many there are."""
SHOWN_FIELDS, SHOWN_NAME = 20, 40
"""Fields that are named where one is missed, and letters of a name."""


def untold(line: str) -> None:
    """Let what is passed over go unsaid."""


def preflight(inputs: Inputs, options: Options, tell: Tell = untold) -> None:
    """Leave out of *inputs* the files whose records have no text, if others have; tell what is not read.

    Records that are bad in themselves are no evidence: they are kept aside one by one. Raises `InputError` if
    no file can be opened, or if some hold records and none of these has a text.
    """
    closed = [(file.path, reason) for file in inputs.files if (reason := why_closed(file))]
    passed_over = inputs.passed_over + closed
    if len(closed) == len(inputs.files):
        tell_passed_over(passed_over, tell)
        raise InputError(
            "there is no readable .txt, .html, .json, .jsonl or .ndjson file (also .gz, .zst) in the input"
        )
    pages = [file for file in inputs.files if file.kind == "html"]
    if pages and not IS_INSTALLED:
        raise InputError(f"{pages[0].path}: pages need the extra cleaner[html]: pip install '.[html]'")
    passed_over += _leave_out_textless(inputs, options)
    _refuse_unknown_fields(inputs.files, options)
    tell_passed_over(passed_over, tell)


def _leave_out_textless(inputs: Inputs, options: Options) -> list[tuple[Path, str]]:
    """Leave out of *inputs* the files in which no text is found, and return their paths and what is there.

    Not those of a run: what is read with them would be its duplicates and rejects, too.
    """
    files, textless = [], []
    has_text = False
    for file in inputs.files:
        reason = lacks_text(file, options)
        # Where a field is named, a text that needs none is no sign that the name is right.
        has_text |= reason is None and not (options.text_field and file.kind in ONE_RECORD)
        if reason:
            if is_output(file.path):
                raise InputError(f"{file.path}: cleaner wrote it; of a run, give {CORPUS} or {KEPT} alone")
            textless.append((file.path, reason))
            inputs.textless.append((file.place, reason))
        else:
            files.append(file)
    if textless and not has_text:
        path, reason = textless[0]
        raise InputError(f"{path}: {reason}")
    inputs.files = files
    return textless


def tell_passed_over(passed_over: Sequence[tuple[Path, str]], tell: Tell) -> None:
    """Tell of each of *passed_over* what it is and why, the first few by name."""
    for path, reason in passed_over[:SHOWN]:
        tell(f"{path}: {reason}; passed over")
    if len(passed_over) > SHOWN:
        tell(f"… and {len(passed_over) - SHOWN} more passed over")


def _refuse_unknown_fields(files: Sequence[InputFile], options: Options) -> None:
    """Raise `InputError` if a field is named that no file has in its first records: it would say nothing."""
    named = {own: getattr(options, f"{own}_field") for own in ("id", "title", "date", "url", "source")}
    wanted = {own: name for own, name in named.items() if name}
    seen: dict[str, None] = {}
    for file in files if wanted else ():
        if file.kind in ONE_RECORD:
            continue
        for fields in _first_fields(file, options):
            fields |= inner_fields(fields)  # noqa: PLW2901 - what stands in there counts, too
            wanted = {own: name for own, name in wanted.items() if not find_name(fields, (name,))}
            seen.update(dict.fromkeys(fields))
            if not wanted:
                return
    for own, name in wanted.items():
        if seen:
            hint = did_you_mean(name, list(seen)) or f"fields seen: {_shown(seen)}"
            raise InputError(f"no record has the field {name!r} of --{own}-field; {hint}")


def _first_fields(file: InputFile, options: Options) -> Iterator[dict[str, Any]]:
    """Yield the fields of the first `SURVEYED_RECORDS` of *file* that can be read."""
    every = (record for piece in pieces(file, options.encoding) for record in records(piece))
    count = 0
    for record in every:
        try:
            fields = read_fields(record)
        except RecordError:
            continue
        yield fields
        count += 1
        if count == PREFLIGHT_RECORDS:
            return


def why_closed(file: InputFile) -> str:
    """Return why *file* cannot be opened, in the system's words; an empty string if it can."""
    if os.access(file.path, os.R_OK):  # there may be millions of files
        return ""
    try:
        with file.path.open("rb"):
            return ""
    except OSError as error:
        return error.strerror or str(error)


def lacks_text(file: InputFile, options: Options) -> str | None:
    """Return why nothing in *file* can be taken for a text: None if something can, empty if nothing tells."""
    if file.kind in ONE_RECORD:
        return None
    seen: dict[str, None] = {}
    count = 0
    for fields in _first_fields(file, options):
        count += 1
        if text_name(fields, options):
            return None
        seen.update(dict.fromkeys(fields))
    if not count:
        return ""
    wanted = f"no field {options.text_field!r}" if options.text_field else "no text field"
    return (
        f"{wanted} in its first {count} records; fields seen: {_shown(seen) or 'none'}; "
        "name the right one with --text-field"
    )


def _shown(names: Iterable[str]) -> str:
    first = [f"{name[:SHOWN_NAME]}…" if len(name) > SHOWN_NAME else name for name in names]
    return ", ".join(first[:SHOWN_FIELDS] + ["…"] * (len(first) > SHOWN_FIELDS))
