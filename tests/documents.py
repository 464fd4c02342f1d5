"""The project's documents as tests see them: their code blocks, headings and links."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
import re

from tests.reference_tables import anchor

ROOT = Path(__file__).parents[1]
README, ARABIC, REFERENCE = "README.md", "README.ar.md", "cleaner/REFERENCE.md"
NAMES = (README, ARABIC, REFERENCE, "CHANGELOG.md", "fixtures/README.md")
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in NAMES}
_FENCED = re.compile(r"(?ms)^( *)```(\w+)(?: (\S+))?\n(.*?)^\1```$")


@dataclass(frozen=True, slots=True)
class Block:
    """A code block: its language, the file that it belongs into (empty for most), and its lines."""

    language: str
    file: str
    text: str


def blocks(text: str, *languages: str) -> list[Block]:
    """Return the code blocks of *text* in one of *languages*, as they stand without their indentation."""
    found = []
    for indent, language, file, inner in _FENCED.findall(text):
        if language in languages:
            lines = (line.removeprefix(indent) for line in inner.splitlines(keepends=True))
            found.append(Block(language, file, "".join(lines)))
    return found


def prose(text: str) -> str:
    """Return *text* without its code blocks."""
    return _FENCED.sub("", text)


def part(page: str, heading: str) -> str:
    """Return what stands in *page* below *heading*, up to the next one of its level or above."""
    level, text = heading.index(" "), PAGES[page]
    start = re.search(f"(?m)^{re.escape(heading)}$", text)
    assert start, heading
    end = re.search(rf"(?m)^#{{1,{level}}} ", _without_comments(text[start.end() :]))
    return text[start.end() : start.end() + end.start()] if end else text[start.end() :]


def _without_comments(text: str) -> str:
    """Return *text* of the same length, in which no line of code can be taken for a heading."""
    return _FENCED.sub(lambda block: re.sub("#", " ", block[0]), text)


def headings(page: str) -> list[str]:
    """Return the headings of *page*, without their signs."""
    return re.findall(r"(?m)^#+ (.+)$", prose(PAGES[page]))


def links(page: str) -> list[str]:
    """Return where the links of *page* lead that stay in the project."""
    targets = re.findall(r"\]\(([^)\s]+)\)", prose(PAGES[page]))
    return [target for target in targets if not re.match(r"\w+:", target)]


def anchors(page: str) -> list[str]:
    """Return the names by which the headings of *page* can be linked to."""
    return [anchor(heading) for heading in headings(page)]


def apply_diff(diff: str, text: str) -> str:
    """Return *text* as the hunks of *diff* change it; each must fit in one place, wherever it stands."""
    for hunk in re.split(r"(?m)^@@.*\n", diff):
        lines = hunk.splitlines()
        before = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
        after = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
        assert text.count(before) == 1, f"this must stand there once:\n{before}"
        text = text.replace(before, after)
    return text
