"""HTML files: the article of a page, and what its head says, pass the same stages as any other text."""

from __future__ import annotations

import gzip
import hashlib
import socket
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner
import pytest
import zstandard

from cleaner import Options
from cleaner.commands import cleaner
from cleaner.engine import preflight
from cleaner.engine.dedup import dedup
from cleaner.engine.run import run
from cleaner.errors import InputError, RecordError
from cleaner.output.restore import restore
from cleaner.reading.html import page_fields
from cleaner.records import read_fields
from tests.engine.corpus import corpus, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cleaner.engine.report import Report
    from cleaner.reading import RawRecord

PARAGRAPHS = (
    "افتتحت البلدية جسرا جديدا على النهر صباح أمس بحضور مئات السكان، بعد عامين من العمل المتواصل في الموقع.",
    "وقال مهندس المشروع إن الجسر سيخفف الازدحام عن وسط المدينة، وإن الشاحنات ستمنع من عبوره في النهار.",
    "وأضاف أن طول الجسر ثلاثمئة متر، وأن المصابيح التي تضيئه تعمل بالطاقة الشمسية وحدها طوال الليل.",
    "وكان الجسر القديم قد أغلق قبل ثلاث سنوات بعد أن ظهرت شقوق في دعاماته الخشبية التي أكلتها المياه.",
)
PAGE = """<!DOCTYPE html>
<html lang="ar" dir="rtl"><head>
<meta charset="{charset}">
<title>جسر جديد على النهر - جريدة الضفة</title>
<meta property="og:title" content="جسر جديد على النهر">
<meta name="author" content="سامر الخالدي">
<meta property="article:published_time" content="2023-09-13T08:30:00+03:00">
<link rel="canonical" href="https://www.addiffa.example/news/12">
<style>.share {{ color: red }}</style><script>var page = "مقال";</script>
</head><body>
<nav><ul><li><a href="/">الرئيسية</a></li>
<li><a href="/a">سياسة</a></li><li><a href="/b">رياضة</a></li></ul></nav>
<article><h1>جسر جديد على النهر</h1>{body}</article>
<div class="share"><a href="#">فيسبوك</a> <a href="#">تويتر</a></div>
<aside><h3>الأكثر قراءة</h3><ul><li><a href="/x">عودة القوارب</a></li></ul></aside>
<footer>جميع الحقوق محفوظة لجريدة الضفة</footer>
</body></html>
"""


def page(*paragraphs: str, charset: str = "utf-8") -> bytes:
    """Return a page whose article has *paragraphs*."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return PAGE.format(charset=charset, body=body).encode(charset)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return a folder with pages, packed and not."""
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.html").write_bytes(page(*PARAGRAPHS))
    (folder / "b.htm.gz").write_bytes(
        gzip.compress(page(*PARAGRAPHS[1:], "قال الصياد إن السمك عاد إلى النهر."))
    )
    (folder / "c.HTML.zst").write_bytes(zstandard.compress(page(*PARAGRAPHS[:3], charset="windows-1256")))
    (folder / "empty.html").write_bytes(b"<html><body></body></html>")
    return folder


def test_a_page_becomes_its_article(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every paragraph is there once, on a line of its own, and nothing else but the title; offline."""
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("no network"))
    run([raw], tmp_path / "out", Options(without=("near-duplicates",)))
    documents = corpus(tmp_path / "out")
    assert set(documents) == {"a", "b", "c"}
    assert documents["a"]["text"].split("\n") == ["جسر جديد على النهر", *PARAGRAPHS]
    assert documents["c"]["text"].split("\n") == ["جسر جديد على النهر", *PARAGRAPHS[:3]]


def test_what_the_head_says_is_known(raw: Path, tmp_path: Path) -> None:
    """Title, date, author and address; the host is the source; the page itself is known by its digest."""
    run([raw], tmp_path / "out", Options(without=("near-duplicates",)))
    document = corpus(tmp_path / "out")["a"]
    metadata = document["metadata"]
    assert document["source"] == "addiffa.example"
    assert (metadata["title"], metadata["date"], metadata["author"]) == (
        "جسر جديد على النهر",
        "2023-09-13",
        "سامر الخالدي",
    )
    assert metadata["url"] == "https://www.addiffa.example/news/12"
    assert metadata["html_sha256"] == hashlib.sha256((raw / "a.html").read_bytes()).hexdigest()


def test_the_site_that_the_head_names_is_the_source(raw: Path, tmp_path: Path) -> None:
    """As the page writes it; one that names none goes by its host, whatever its title ends with."""
    name = (
        b'<meta property="og:site_name" content=" addiffa \xd8\xa7\xd9\x84\xd8\xb6\xd9\x81\xd8\xa9 "></head>'
    )
    (raw / "named.html").write_bytes(page(*PARAGRAPHS[::-1]).replace(b"</head>", name))
    run([raw], tmp_path / "out", Options(without=("near-duplicates",)))
    documents = corpus(tmp_path / "out")
    assert documents["named"]["source"] == "addiffa الضفة"
    assert documents["a"]["source"] == "addiffa.example"


def test_the_extracted_text_is_restored(raw: Path, tmp_path: Path) -> None:
    """It is the raw text of the document: edits and digest speak of it."""
    run([raw], tmp_path / "out", Options(without=("near-duplicates",)))
    restored = {document.id: document for document in restore(tmp_path / "out")}
    assert restored["a"].text == page_fields((raw / "a.html").read_bytes(), "utf-8")["text"]
    assert not any(document.error for document in restored.values())


def test_a_page_without_an_article_is_kept_aside(raw: Path, tmp_path: Path) -> None:
    """With its reason, as it was read."""
    run([raw], tmp_path / "out", Options())
    (reject,) = rows(tmp_path / "out/rejects.jsonl")
    assert (reject["file"], reject["rule"]) == ("empty.html", "no-article")
    assert reject["raw"] == "<html><body></body></html>"


def test_an_encoding_is_the_pages_own() -> None:
    """A page names it; one that names none, or none there is, is read as the others."""
    arabic = page(*PARAGRAPHS, charset="windows-1256")
    assert PARAGRAPHS[0] in page_fields(arabic, "utf-8")["text"]
    strange = page(*PARAGRAPHS).replace(b'"utf-8"', b'"no-such-code"')
    assert PARAGRAPHS[0] in page_fields(strange, "utf-8")["text"]
    with pytest.raises(RecordError):
        page_fields(b"<p>", "utf-8")


@pytest.mark.parametrize(
    "name", ["hex", "rot13", "zlib", "undefined", "idna", "punycode", "unicode_escape", "utf-8-sig"]
)
def test_what_is_an_encoding_of_other_things_is_none_of_a_page(name: str) -> None:
    """Python has a name for it; the page is read as the others."""
    assert (
        PARAGRAPHS[0]
        in page_fields(page(*PARAGRAPHS).replace(b'"utf-8"', f'"{name}"'.encode()), "utf-8")["text"]
    )


@pytest.mark.parametrize("command", [run, dedup])
def test_a_page_over_which_the_extraction_fails_costs_no_other(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Callable[..., Report]
) -> None:
    """Under either command, whatever was raised."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - heavy, and in an extra

    def extract(tree: Any, **settings: Any) -> object:  # noqa: ANN401 - trafilatura's
        if len(tree.xpath("//p")) == 3:
            raise RecursionError("too deep")
        return bare_extraction(tree, **settings)

    monkeypatch.setattr("trafilatura.bare_extraction", extract)
    report = command([raw], tmp_path / "out", Options())
    assert report.documents["bad"] == 2
    first, second = rows(tmp_path / "out/rejects.jsonl")
    assert (first["file"], first["rule"]) == ("c.HTML.zst", "no-article")
    assert "RecursionError: too deep" in first["error"]
    assert second["file"] == "empty.html"


@pytest.mark.parametrize("command", [run, dedup])
def test_a_fault_of_ours_costs_one_record(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Callable[..., Report]
) -> None:
    """Under either command; it is reported with its scene."""

    def faulty(record: RawRecord) -> dict[str, Any]:
        if record.file.place == "a.html":
            raise ZeroDivisionError("oh")
        return read_fields(record)

    for user in "work", "row_batches":
        monkeypatch.setattr(f"cleaner.engine.{user}.read_fields", faulty)
    command([raw], tmp_path / "out", Options())
    first, _ = rows(tmp_path / "out/rejects.jsonl")
    assert (first["file"], first["rule"]) == ("a.html", "internal-error")
    assert first["error"].startswith("ZeroDivisionError: oh (")


def test_short_pages_say_nothing_twice() -> None:
    """Where a page is short, the extractor takes its paragraphs a second time."""
    text = page_fields(page(*PARAGRAPHS[:2]), "utf-8")["text"]
    assert [text.count(paragraph) for paragraph in PARAGRAPHS[:2]] == [1, 1]


def test_pages_need_the_extra(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the run stops at once, and says what to install; other inputs do not need it."""
    monkeypatch.setattr(preflight, "IS_INSTALLED", False)
    with pytest.raises(InputError, match=r"cleaner\[html\]"):
        run([raw], tmp_path / "out", Options())
    (tmp_path / "a.txt").write_text(PARAGRAPHS[0], encoding="utf-8")
    run([tmp_path / "a.txt"], tmp_path / "out", Options())


def test_a_check_leaves_pages_alone(raw: Path) -> None:
    """Nothing can be mended in a page by mending its article; in a folder they are passed over."""
    result = CliRunner().invoke(cleaner, ["check", str(raw / "a.html")])
    assert result.exit_code == 2
    result = CliRunner().invoke(cleaner, ["check", str(raw)])
    assert "only .txt, .json, .jsonl and .ndjson files can be checked" in result.stderr
    (raw / "a.txt").write_text(PARAGRAPHS[0], encoding="utf-8")
    assert CliRunner().invoke(cleaner, ["check", "--fix", str(raw)]).exit_code == 0
    assert (raw / "a.html").read_bytes() == page(*PARAGRAPHS)
