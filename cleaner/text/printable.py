"""Text for a person at a terminal: what steers the screen, or is not seen on it, is written as an escape.

And names of files, which are bytes, as text.
"""

from __future__ import annotations

import os
import re

_BYTES = re.compile("[\udc80-\udcff]+")
"""Bytes of a name or an argument that were not decoded, as Python keeps them."""

_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def visible(text: str, keep: str = "") -> str:
    r"""Return *text* with every character that does not print as an escape, but for those in *keep*.

    A character becomes `\n`, `\r`, `\t`, `\uXXXX` or `\UXXXXXXXX`, as JSON and TOML have it; a byte that
    could not be decoded `\xXX`. What does not print are control characters, marks of direction, joiners and
    others without a width, line separators, spaces but the usual one, and what is of private use or not
    assigned. So whatever stands in a page, a name or a rule, it cannot move the cursor, feign a line or turn
    one round.
    """
    if text.isprintable():
        return text
    text = _BYTES.sub(_decoded, text)
    return "".join(sign if sign.isprintable() or sign in keep else _escaped(sign) for sign in text)


def file_name(path: str | os.PathLike[str]) -> str:
    """Return *path* as text that can be written, the same under every locale.

    The bytes of a name are read as UTF-8; those that are none become U+FFFD.
    """
    return os.fsencode(path).decode("utf-8", "replace")


def is_text(argument: str) -> bool:
    """Return whether *argument* can be written, and holds no byte that could not be decoded."""
    return not any("\ud800" <= sign <= "\udfff" for sign in argument)


def _decoded(match: re.Match[str]) -> str:
    """Return bytes as the text that they are, if they are: the locale may only have been none for it."""
    return match[0].encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _escaped(sign: str) -> str:
    code = ord(sign)
    return _SHORT.get(sign) or (f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}")
