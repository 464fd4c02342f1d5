"""An HTML page becomes the fields of a record: its article's text, and what its head says of it.

What trafilatura extracts is the raw text of the document: edits speak of it, and `restore` gives it back. The
page itself is known by its digest.
"""

from __future__ import annotations

import codecs
import hashlib
from importlib.util import find_spec
import logging
import re
from typing import Any

from cleaner.errors import RecordError
from cleaner.options import is_text_encoding

IS_INSTALLED = find_spec("trafilatura") is not None
"""Whether pages can be read: the extra `cleaner[html]` is needed for it."""

DATES = {
    "extensive_search": False,  # a date that happens to stand in the text is none of the article
    "original_date": True,
    "min_date": "1990-01-01",
    "max_date": "2099-12-31",  # else it were today, and the output not the same tomorrow
}
SITE_NAME = "//meta[@property='og:site_name']/@content"
HEAD = 2048
"""Bytes in which a page must say its encoding."""
LONGEST_LABEL = 5
"""Words of a line that may rightly stand in a page twice."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{1,40})", re.IGNORECASE)


def page_fields(data: bytes, encoding: str) -> dict[str, Any]:
    """Return the fields of the page *data*, in its own encoding or, if it names none, in *encoding*.

    Raises `RecordError` where the page has no article.
    """
    text = data.decode(_encoding(data, encoding))
    try:
        page, names = _extracted(text)
    except Exception as fault:
        message = f"no article could be taken from the page: {type(fault).__name__}: {fault}"
        raise RecordError("no-article", message) from fault
    if page is None or not (page.text or "").strip():
        raise RecordError("no-article", "no article was found in the page")
    said = {
        "title": page.title,
        "author": page.author,
        "date": page.date,
        "url": page.url,
        "source": " ".join(names[0].split()) if names else "",
        "category": page.categories,
        "keywords": page.tags,
        "html_sha256": hashlib.sha256(data).hexdigest(),
    }
    return {"text": _once(page.text)} | {name: value for name, value in said.items() if value}


def _extracted(text: str) -> tuple[Any, list[str]]:
    """Return what trafilatura extracts from a page, None if that is nothing, and the names of its site."""
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415 - heavy, and in an extra

    for name in ("trafilatura", "htmldate"):  # what they have to say is said by the error
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    tree: Any = load_html(text)
    if tree is None:
        return None, []
    # Not trafilatura's: where the page names no site, that is a guess from its title.
    names = tree.xpath(SITE_NAME)
    page = bare_extraction(
        tree,
        include_comments=False,
        favor_recall=True,
        with_metadata=True,
        date_extraction_params=DATES,
    )
    return page, names


def _encoding(data: bytes, encoding: str) -> str:
    """Return the encoding that the page names in its head, if there is one of that name, else *encoding*."""
    match = _CHARSET.search(data, 0, HEAD)
    if match and not encoding.startswith(("utf-16", "utf-32")):  # a byte order mark has told them
        name = match[1].decode("ascii")
        if is_text_encoding(name):
            return codecs.lookup(name).name
    return encoding


def _once(text: str) -> str:
    """Return *text* without the second copies of paragraphs that the extraction of short pages leaves."""
    seen: set[str] = set()
    kept: list[str] = []
    for line in text.split("\n"):
        if line.count(" ") < LONGEST_LABEL or line not in seen:
            kept.append(line)
        seen.add(line)
    return "\n".join(kept)
