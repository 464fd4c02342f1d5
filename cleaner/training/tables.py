"""Write learned tables, each with its provenance: what it was made from, by what, and how good it is."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import file_digest, sha256
import json
from pathlib import Path
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any

from cleaner import learned
from cleaner.training.corpus import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FOLDER = Path(learned.__file__).parent
HEAD = """\
# How each learned table was made. Written by the programs in cleaner/training, never by hand; the head of
# cleaner/learned/__init__.py explains the keys. Rows are those of the whole input, also of those left out.
"""
METRICS = ("pages", "f1", "lost", "clean_lost")
"""What is noted of what `cleaner eval` says of the whole program with the table."""

Score = dict[str, str | int | float]
"""What was measured: `on` says on what, and each other key is a metric."""


@dataclass(frozen=True, slots=True)
class TableProvenance:
    """The command that makes a table, the commit it ran at, its inputs, and what the table reaches."""

    command: str
    commit: str
    inputs: Sequence[Path]
    scores: Sequence[Score]


def write_table(
    name: str, about: str, contents: Mapping[str, float | Mapping[str, float]], how: TableProvenance
) -> None:
    """Write *contents*, numbers and tables of numbers, to the TOML table *name*; *about* heads it."""
    target = how.command.split()[1]
    lines = [
        f"# Written by `make {target}`, never by hand; provenance.toml says from what.",
        f"# {about}",
        "",
    ]
    for key, value in contents.items():
        if isinstance(value, float | int):
            lines += [f"{key} = {value}", ""]
        else:
            lines += [f"[{key}]", *(f'"{entry}" = {number}' for entry, number in value.items())]
    write_file(f"{name}.toml", ("\n".join(lines) + "\n").encode(), how)


def write_file(file: str, content: bytes, how: TableProvenance) -> None:
    """Write *content* to the *file* of `cleaner/learned`, and to `provenance.toml` how it was made."""
    (FOLDER / file).write_bytes(content)
    entry = {
        "file": file,
        "sha256": sha256(content).hexdigest(),
        "command": how.command,
        "commit": how.commit,
        "inputs": list(map(_input, how.inputs)),
        "scores": list(how.scores),
    }
    path = FOLDER / "provenance.toml"
    entries = tomllib.loads(path.read_text(encoding="utf-8")) | {file.partition(".")[0]: entry}
    path.write_text(HEAD + _toml(entries), encoding="utf-8")


def commit() -> str:
    """Return the commit of the package, with `-dirty` behind it if a file of it was changed since.

    To be asked before a table is written: a table depends on the rules and on the other tables, too. In a
    copy that git does not know, it is `unknown`.
    """
    package = FOLDER.parent
    try:
        head, changes = (
            subprocess.run(
                ("git", *command, "--", "."), cwd=package, capture_output=True, check=True, text=True
            ).stdout
            for command in (("log", "-1", "--format=%H"), ("status", "--porcelain"))
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return head.strip() + "-dirty" * bool(changes)


def scores_of_pages(paths: Iterable[Path]) -> list[Score]:
    """Return what `cleaner eval` says of each of *paths*, from which the tables were not learned.

    Another process measures it, since this one has read the tables that were there before.
    """
    scores: list[Score] = []
    for path in paths:
        program = (sys.executable, "-m", "cleaner", "eval", "--format", "json", "--worst", "0", str(path))
        output = subprocess.run(program, capture_output=True, check=True, text=True, encoding="utf-8").stdout
        [measured] = json.loads(output).values()
        scores.append(
            {"on": f"pages of {path.name}, not learned from"}
            | {name: round(measured[name], 5) for name in METRICS if name in measured}
        )
    return scores


def _input(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    return {"name": path.name, "rows": sum(1 for _ in rows(path)), "sha256": digest}


def _toml(entries: Mapping[str, Mapping[str, Any]]) -> str:
    lines: list[str] = []
    for name, entry in sorted(entries.items()):
        lines += ["", f"[{name}]"]
        for key, value in entry.items():
            if isinstance(value, list):
                lines += [f"{key} = [", *(f"    {_inline(item)}," for item in value), "]"]
            else:
                lines.append(f"{key} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _inline(item: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key} = {_value(value)}" for key, value in item.items()) + "}"


def _value(value: object) -> str:
    """Return *value* as TOML: strings and numbers of JSON are the same in both."""
    return json.dumps(value, ensure_ascii=False)
