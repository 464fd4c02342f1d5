"""What a person at a terminal sees of a run, on standard error: a progress bar, and a table at the end."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from cleaner.text.printable import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cleaner.engine.report import Report
    from cleaner.engine.steps import Watcher


@contextmanager
def progress(*, quiet: bool) -> Iterator[Watcher | None]:
    """Show a progress bar while the block runs, and yield what moves it; None if there is no terminal."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal or console.is_dumb_terminal:
        yield None  # a bar that is only disabled ends a line, up to rich 14.2
        return
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[amount]}"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )
    with bar:
        task = bar.add_task("looking", total=None, amount="")

        def watch(phase: str, done: int, total: int) -> None:
            amount = f"{decimal(done)} of {decimal(total)}" if phase == "reading" else ""
            bar.update(task, description=phase, completed=done, total=total or None, amount=amount)

        yield watch


def show(report: Report, out: Path, *, quiet: bool) -> None:
    """Print the table at the end, if there is a terminal."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        return
    read = report.documents["read"] or 1
    title = Text(visible(str(out)), style="table.title")  # no markup, whatever the name says
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_column(justify="right")
    for name in ("read", "kept", "duplicates", "rejected"):
        count = report.documents[name]
        table.add_row(name, f"{count:,}", f"{count / read:.1%}")
    for name, label in NOTES.items():
        if report.documents[name]:
            table.add_row(label, f"{report.documents[name]:,}", "", style="yellow")
    console.print(table)
    if names := report.skipped["unknown_files"]:
        more = ", …" if len(names) < report.skipped["unknown"] else ""
        line = f"not read, of unknown kinds: {visible(', '.join(names))}{more}"
        console.print(line, style="yellow", markup=False)


NOTES = {"children": "second articles", "bad": "bad records", "repeated_ids": "repeated ids"}
