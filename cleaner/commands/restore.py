"""`cleaner restore OUT`."""

from __future__ import annotations

from contextlib import nullcontext
from io import BytesIO
import os
import sys
from typing import IO, TYPE_CHECKING

import click

from cleaner.commands.console import OUT, tell
from cleaner.commands.settings import PATH
from cleaner.errors import InputError, UsageError
from cleaner.output.atomic import naming

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path


@click.command(short_help="Give the raw texts of a run back, every edit undone.")
@click.argument("out", type=PATH)
@click.option(
    "--to",
    type=PATH,
    metavar="FILE",
    help="Write to the new FILE.  [default: standard output]",
)
@click.option("--check", is_flag=True, help="Write nothing; only check every text against its sha256.")
def restore(out: Path, to: Path | None, *, check: bool) -> None:
    """Give back the raw text of every document of the run in the folder OUT, also of the dropped ones.

    A row is {"id", "text"}; rows are in input order. Every text is checked against the sha256 that was noted
    when it was read. The exit code is 1 if one cannot be restored, because a file was changed after the run.
    """
    if check and to:
        raise UsageError("--check writes nothing: leave out --to, or --check")
    import msgspec  # noqa: PLC0415 - `--help` does not wait for them

    from cleaner.output.restore import restore as restored  # noqa: PLC0415 - see above

    failed = total = 0
    with naming(to or OUT), BytesIO() if check else _destination(out, to) as stream:
        for document in restored(out):
            total += 1
            if document.text is None:
                failed += 1
                tell(f"{document.id}: {document.error}")
            elif not check:
                stream.write(msgspec.json.encode({"id": document.id, "text": document.text}) + b"\n")
        stream.flush()  # here a reader that has seen enough is met with patience, later with a traceback
    if failed:
        tell(f"{failed} of {total} texts cannot be restored")
        click.get_current_context().exit(1)


def _destination(out: Path, to: Path | None) -> AbstractContextManager[IO[bytes]]:
    # `--help` does not wait for them
    from cleaner.output.atomic import destination, is_stream, refuse_unwritable  # noqa: PLC0415 - see above
    from cleaner.output.folder import refuse_inside  # noqa: PLC0415 - see above

    if to:
        refuse_inside(out, to)
        refuse_unwritable(to, "the texts")
        if os.path.lexists(to) and not is_stream(to):
            raise InputError(f"{to} is there already; give another name, or move it away")
        return destination(to)
    if sys.stdout is None:  # closed by who called us
        raise UsageError(f"{OUT} is closed; name a file with --to")
    return nullcontext(sys.stdout.buffer)
