"""An edit as a line for a reader: short, and with nothing invisible in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.text.printable import visible

if TYPE_CHECKING:
    from cleaner.document import Edit

SHOWN = 60
"""Code points of a text that a message shows."""


def message(edit: Edit) -> str:
    """Return what *edit* does, in one line."""
    if edit.child:
        return f"a second article stands here: {_shown(edit.before)}"
    if not edit.before:
        return f"insert {_shown(edit.after)}"
    if not edit.after.strip():
        return f"remove {_shown(edit.before)}"
    return f"write {_shown(edit.after)} for {_shown(edit.before)}"


def _shown(text: str) -> str:
    """Return *text* on one line, short, with its invisible characters made visible."""
    shown = text.strip() or text
    if len(shown) > SHOWN:
        shown = f"{shown[:SHOWN]}…"
    line = visible(shown.replace("\n", " ⏎ "))
    return f"«{line}»"
