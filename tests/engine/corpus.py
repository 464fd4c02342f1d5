"""The corpora that a run is tried on, and how its outputs are read."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


OUTPUTS = ("clean.jsonl", "duplicates.jsonl", "edits.jsonl", "rejects.jsonl")
# fmt: off
WORDS = (
    "المدينة", "القرية", "الميناء", "الجسر", "السوق", "المتحف", "الجامعة", "المصنع", "النهر",
    "الجبل", "الوادي", "الحديقة", "المزرعة", "المدرسة", "المستشفى", "أعلن", "افتتح", "شارك",
    "زار", "ناقش", "درس", "بنى", "رمم", "جمع", "وزع", "اختار", "قرر",
    "تابع", "أنجز", "وصل", "غادر", "كبير", "صغير", "قديم", "جديد", "واسع",
    "ضيق", "مشهور", "العمال", "الطلاب", "المزارعون", "الصيادون", "المهندسون", "الأطباء", "القضاة",
    "التجار", "السكان", "الزوار", "خمسون", "ستون", "ثمانون", "مئة", "ألف",
)
# fmt: on


def article(seed: int, words: int = 40) -> str:
    """Return a text that shares hardly a shingle with that of another *seed*."""
    numbers = hashlib.shake_128(str(seed).encode()).digest(words)
    chosen = [WORDS[number % len(WORDS)] for number in numbers]
    return "\n".join(" ".join(chosen[at : at + 10]) + "." for at in range(0, words, 10))


def write_lines(path: Path, rows: Iterable[object]) -> Path:
    """Write *rows* as JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in rows]
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def corpus(out: Path) -> dict[str, dict[str, Any]]:
    """Return the kept documents in *out* by id."""
    return {row["id"]: row for row in rows(out / "clean.jsonl")}


def outputs(out: Path) -> dict[str, bytes]:
    """Return the bytes of all outputs, without what a run cost."""
    files = {name: (out / name).read_bytes() for name in OUTPUTS}
    report = json.loads((out / "report.json").read_bytes())
    del report["run"]
    return files | {"report": json.dumps(report).encode()}
