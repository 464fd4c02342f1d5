"""`cleaner check [--fix] [--diff] FILE...`."""

from __future__ import annotations

from io import BytesIO
import os
import re
from typing import TYPE_CHECKING, Any

import click

from cleaner.commands.console import send, show, tell
from cleaner.commands.settings import PATH, make_options, with_options
from cleaner.errors import InputError, unknown
from cleaner.output.atomic import naming

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.check import CheckedFile
    from cleaner.options import Options
    from cleaner.reading import InputFile

OPTIONS = ("text_field", "id_field", "source_field", "encoding", "rules", "keep", "threshold")


@click.command(short_help="Report what is wrong in files, or fix it in place; for pre-commit.")
@click.argument("files", type=PATH, nargs=-1, required=True, metavar="FILE...")
@click.option("--fix", is_flag=True, help="Mend letters and remove boilerplate in the files.")
@click.option("--diff", is_flag=True, help="Print what --fix changes as a diff, in place of these findings.")
@click.option(
    "--only",
    metavar="CHECKS",
    help="Checks to make, separated by commas.  [default: letters,boilerplate,duplicates]",
)
@with_options(*OPTIONS)
def check(
    files: tuple[Path, ...],
    *,
    fix: bool,
    diff: bool,
    only: str | None,
    config: Path | None,
    **given: Any,  # noqa: ANN401 - the options
) -> None:
    """Report foreign letters, boilerplate and near-duplicates in .txt, .json and .jsonl files.

    A finding is a line FILE:LINE:COLUMN RULE MESSAGE. In a .txt file, LINE is the line and COLUMN the code
    point in it. In a .jsonl file, LINE is the line of the record and COLUMN the code point in its text; in
    a .json array, LINE is the number of the record. Both count from 1.

    --fix changes only the text, and in it only letters and boilerplate: every other byte of the file stays.
    Second articles, duplicates, bad records and compressed files are reported, never fixed. Duplicates are
    looked for among the FILEs given. White space alone is never a finding. What cleaner itself wrote (the
    files of a run, a search or an index) is left out, with a note on standard error.

    The exit code is 0 if nothing was found, 1 if something was found or fixed, 2 if the call or the input
    makes no sense.
    """
    options = make_options(config, given)

    # `--help` does not wait for it
    from cleaner.check import check_files, replace_file  # noqa: PLC0415 - see above

    found = False
    for checked in check_files(_inputs(files, options), _checks(only), options):
        found |= bool(checked.findings)
        _print(checked, fix=fix, diff=diff)
        if fix and checked.fixed != checked.content:
            show(f"Fixing {checked.file.path}", err=diff)
            with naming(checked.file.path):
                replace_file(checked.file.path, checked.fixed)
    if found:
        click.get_current_context().exit(1)


def _checks(only: str | None) -> tuple[str, ...]:
    from cleaner.check import CHECKS  # noqa: PLC0415 - see above

    chosen = tuple(filter(None, (only or "").replace(" ", "").split(","))) or CHECKS
    for word in chosen:
        if word not in CHECKS:
            raise unknown("check", word, CHECKS)
    return chosen


def _inputs(paths: tuple[Path, ...], options: Options) -> list[InputFile]:
    """Return the files named, and those in the folders named, less what is left out, which is told.

    Left out is what cleaner itself wrote, and what cannot be read in a folder. Raises `InputError` for what
    is no input, and if no file has texts.
    """
    from cleaner.duplicates.index_manifest import index_above  # noqa: PLC0415 - see above
    from cleaner.engine.preflight import lacks_text, preflight, tell_passed_over, why_closed  # noqa: PLC0415 - see above
    from cleaner.output.folder import is_output  # noqa: PLC0415 - see above
    from cleaner.reading import find_files, recognize  # noqa: PLC0415 - see above

    for path in paths:
        file = recognize(path, path.name)
        if path.is_file() and (file is None or file.kind == "html"):
            raise InputError(f"{path}: {_READ}")
    inputs = find_files(paths)
    inputs.files = [file for file in inputs.files if file.kind != "html"]
    if not inputs.files:
        raise InputError(f"{', '.join(map(str, paths))}: {_READ}")
    closed = {file.path: reason for file in inputs.files if (reason := why_closed(file))}
    for path in paths:
        if path in closed:
            raise InputError(f"{path}: {closed[path]}")
    tell_passed_over(inputs.passed_over + list(closed.items()), tell)
    inputs.files = [file for file in inputs.files if file.path not in closed]
    outputs = [file for file in inputs.files if is_output(file.path) or index_above(file.path)]
    for file in outputs:
        tell(f"{file.path}: written by cleaner, and left out")
    inputs.files = [file for file in inputs.files if file not in outputs]
    if inputs.files and all(lacks_text(file, options) for file in inputs.files):
        preflight(inputs, options)  # says what is wrong with the first
    return inputs.files


_READ = "only .txt, .json, .jsonl and .ndjson files can be checked (also .gz, .zst)"


def _print(checked: CheckedFile, *, fix: bool, diff: bool) -> None:
    """Print the findings that stay; what is fixed or stands in the diff is not said twice."""
    for finding in checked.findings:
        if not ((fix or diff) and finding.is_fixable):
            show(finding, err=diff)
    if diff and checked.fixed != checked.content:
        send(_diff(checked))


def _diff(checked: CheckedFile) -> bytes:
    """Return what `patch` needs to fix the file: its very bytes, and its name as `patch` reads it."""
    from difflib import diff_bytes, unified_diff  # noqa: PLC0415 - only for --diff

    before, after = (BytesIO(content).readlines() for content in (checked.content, checked.fixed))
    name = _quoted(os.fsencode(checked.file.path))
    lines = diff_bytes(unified_diff, before, after, name, name)
    return b"".join(
        line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines
    )


def _quoted(name: bytes) -> bytes:
    """Return the *name* of a file as it stands in a diff: one with control characters is a string of C."""
    if not _CONTROL.search(name):
        return name
    escaped = _CONTROL.sub(lambda match: b"\\%03o" % ord(match[0]), name.replace(b"\\", rb"\\\\"))
    return b'"' + escaped.replace(b'"', rb"\"") + b'"'


_CONTROL = re.compile(rb"[\0-\x1f\x7f]")
