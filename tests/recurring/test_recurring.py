"""What recurs in a source goes, whatever it says; what only resembles that stays, however often it stands."""

from __future__ import annotations

from functools import cache
from itertools import chain
import json
import random
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from cleaner import Document, Options
from cleaner.engine.count_pass import COUNTERS
from cleaner.engine.run import run
from cleaner.explain.explanation import explain
from cleaner.output.restore import restore
from cleaner.recurring.conclusion import LEAST_ARTICLES, conclude
from cleaner.recurring.counting import passage_counts
from cleaner.recurring.recurrences import NO_RECURRENCES, Recurrences, decode, encode
from cleaner.stages.recurring_boilerplate import FACT, RULE, Recurring
from tests.engine.corpus import corpus, outputs, rows, write_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

SIZE = 100
SOURCE = "صحيفة الساحل"
VERBS = ("وصل", "عاد", "افتتح", "زار", "جمع", "رمم", "وزع", "اختار", "أنجز", "غادر", "درس", "ناقش")
NOUNS = ("القارب", "المصنع", "الجسر", "السوق", "المتحف", "النهر", "الجبل", "الوادي", "الحديقة", "المدرسة")
PLACES = ("الشرق", "الغرب", "الشمال", "الجنوب", "الساحل", "المدينة", "القرية", "الميناء", "الحي", "السهل")


def sentence(seed: object) -> str:
    """Return a sentence of its own for each *seed*."""
    draw = random.Random(str(seed))  # noqa: S311 - nothing is secret here
    words = [draw.choice(NOUNS) for _ in range(8)]
    return f"{draw.choice(VERBS)} {' '.join(words)} في {draw.choice(PLACES)} رقم {draw.randrange(10**6)}."


def body(number: int, sentences: int = 6) -> list[str]:
    """Return the lines of the article *number*."""
    return [sentence(f"{number}/{line}") for line in range(sentences)]


def headline(number: int) -> str:
    """Return the headline of the article *number*."""
    return sentence(f"{number}/headline").rstrip(".0123456789").removesuffix(" رقم ")


Page = "Callable[[int], str]"


def pages(page: Callable[[int], str], size: int = SIZE, **metadata: str) -> list[Document]:
    """Return *size* documents of one source, a day apart."""
    return [
        Document(
            str(n), page(n), {"source": SOURCE, "date": f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}"} | metadata
        )
        for n in range(size)
    ]


@pytest.fixture
def known(tmp_path: Path) -> Callable[[Iterable[Document]], Recurring]:
    """Return a function that makes the stage which knows what recurs in documents."""

    def learn(documents: Iterable[Document]) -> Recurring:
        path = tmp_path / "evidence"
        path.write_bytes(passage_counts(documents))
        return Recurring(conclude(path))

    return learn


def lines(*parts: str | list[str]) -> str:
    """Join lines and lists of lines."""
    return "\n".join(chain.from_iterable([part] if isinstance(part, str) else part for part in parts))


NOTICE = "تنشر هذه الصحيفة كل ما يصلها من قرائها ولا تتحمل تبعات ما فيه من آراء."
LIST = "من صفحات العدد:"

BOILERPLATE: dict[str, tuple[Callable[[int], str], Callable[[int], str]]] = {
    "a line below": (lambda n: lines(body(n), "حكاية كل ميناء"), lambda n: lines(body(n))),
    "a line above": (lambda n: lines("حكاية كل ميناء", body(n)), lambda n: lines(body(n))),
    "a line between": (
        lambda n: lines(body(n)[:3], "مكان للمعلن الكريم", body(n)[3:]),
        lambda n: lines(body(n)),
    ),
    "words glued to the first sentence": (
        lambda n: "ضع رأيك هنا أو هناك " + lines(body(n)),
        lambda n: lines(body(n)),
    ),
    "words behind the last sentence": (
        lambda n: lines(body(n)) + f" راسلونا على رقم {n % 7} ثم رقم الباب",
        lambda n: lines(body(n)),
    ),
    "a page without line breaks": (
        lambda n: " ".join(["ضع رأيك هنا أو هناك", *body(n), "عنوان الخبر في الصحيفة:", headline(n)]),
        lambda n: " ".join(body(n)),
    ),
    "a label and what it says": (
        lambda n: lines(body(n), f"دفتر المحرر اليوم: {headline(n)}"),
        lambda n: lines(body(n)),
    ),
    "a list that changes": (
        lambda n: lines(body(n), LIST, *(headline(1000 + n // 10 + step) for step in range(3))),
        lambda n: lines(body(n)),
    ),
    "a notice in a sentence": (lambda n: lines(body(n), NOTICE), lambda n: lines(body(n))),
    "other spellings and numbers": (
        lambda n: lines(body(n), f"{'إ' if n % 2 else 'ا'}عداد الصحيفة {n}"),
        lambda n: lines(body(n)),
    ),
}


@pytest.mark.parametrize(("page", "left"), BOILERPLATE.values(), ids=BOILERPLATE)
def test_what_recurs_goes(known: Any, page: Callable[[int], str], left: Callable[[int], str]) -> None:  # noqa: ANN401
    """Whole, and nothing of the article with it."""
    documents = pages(page)
    stage = known(documents)
    for number, document in enumerate(documents):
        cleaned = document.revise(RULE, stage(document))
        assert cleaned.text.strip() == left(number).strip()
        assert cleaned.original_text() == document.text


QUOTE = "وقال رئيس الجمهورية إن البلاد لن تنسى أبناءها الذين بنوا السد العالي بأيديهم."

UNTOUCHED: dict[str, Callable[[int], str]] = {
    "a quotation in forty articles": lambda n: lines(
        body(n)[: 1 + n % 5], QUOTE if n < 40 else [], body(n)[1 + n % 5 :]
    ),
    "a quotation that ends forty short articles of a week": lambda n: lines(
        body(n, 2), QUOTE if n < 40 else []
    ),
    "a quotation between quotation marks": lambda n: lines(
        body(n), "«لن تنسى البلاد أبناءها الذين بنوا السد العالي بأيديهم»."
    ),
    "an article printed forty times": lambda n: lines(
        body(0 if n < 40 else n), "حديث الصباح عن البحر" if n < 40 else []
    ),
    "its updates": lambda n: lines(body(0) if n < 40 else [], body(n, 2)),
    "a sub-heading now and then": lambda n: lines(
        body(n)[:3], "خلفية الخبر" if n % 12 == 0 else [], body(n)[3:]
    ),
    "how reports open": lambda n: (
        "صرح مصدر مسؤول في الوزارة بأن " + lines(body(n)).partition(" ")[2] if n % 2 else lines(body(n))
    ),
    "how reports end": lambda n: (
        lines(body(n), "وتولت النيابة العامة التحقيق.") if n % 8 == 0 else lines(body(n))
    ),
    "verses": lambda _: lines(*(f"يا ليل طال السهر {word}" for word in VERBS)),
    "a title that others list": lambda n: (
        lines(headline(0), body(0)) if n == 0 else lines(headline(n), body(n), LIST, headline(0))
    ),
}


@pytest.mark.parametrize("page", UNTOUCHED.values(), ids=UNTOUCHED)
def test_what_a_paper_repeats_stays(known: Any, page: Callable[[int], str]) -> None:  # noqa: ANN401
    """Quotations, reprints, sub-headings, formulas: sentences of articles, however often they stand."""
    documents = [
        Document(
            d.id,
            d.text,
            {**d.metadata, "date": f"2024-01-{int(d.id) % 30 + 1:02}" if int(d.id) >= 40 else "2024-01-02"},
        )
        for d in pages(page)
    ]
    stage = known(documents)
    for number, document in enumerate(documents):
        left = document.revise(RULE, stage(document)).text
        assert (
            left.strip()
            == (page(number) if LIST not in page(number) else lines(headline(number), body(number))).strip()
        )


def test_a_given_title_stays(known: Any) -> None:  # noqa: ANN401
    """A column that has the same title every day keeps it."""
    documents = pages(lambda n: lines("حديث الصباح", body(n)), title="حديث الصباح")
    stage = known(documents)
    assert not list(stage(documents[0]))


@pytest.mark.parametrize(
    "documents",
    [
        pages(BOILERPLATE["a line below"][0], source=""),
        pages(BOILERPLATE["a line below"][0], LEAST_ARTICLES - 1),
        [
            Document(d.id, d.text, {**d.metadata, "source": d.id})
            for d in pages(BOILERPLATE["a line below"][0])
        ],
    ],
    ids=["no source", "too few articles", "many sources"],
)
def test_only_large_named_sources_are_judged(known: Any, documents: list[Document]) -> None:  # noqa: ANN401
    """Of others, nothing can be said."""
    stage = known(documents)
    assert not any(list(stage(document)) for document in documents)


LINES = st.sampled_from(
    [*body(1, 3), *body(2, 3), "حكاية كل ميناء", "خلفية الخبر", headline(3), NOTICE, "«نعم»", "12", ""]
)
TEXTS = st.lists(LINES, max_size=8).map("\n".join)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXTS, max_size=30), cut=st.integers(0, 30), seed=st.randoms(use_true_random=False))
def test_order_and_portions_make_no_difference(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], cut: int, seed: random.Random
) -> None:
    """The evidence only adds up."""
    documents = [Document("1", text, {"source": SOURCE}) for text in texts] + pages(
        BOILERPLATE["a line below"][0], LEAST_ARTICLES
    )
    folder = tmp_path_factory.mktemp("evidence")
    (folder / "one").write_bytes(passage_counts(documents))
    shuffled = seed.sample(documents, len(documents))
    (folder / "two").write_bytes(passage_counts(shuffled[cut:]) + passage_counts(shuffled[:cut]))
    found = encode(conclude(folder / "one"))
    assert found == encode(conclude(folder / "two"))
    assert decode(found).articles


@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_the_stage_is_idempotent_and_only_removes(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    """What it leaves, it leaves alone."""
    stage = _everything(tmp_path_factory.getbasetemp())
    document = Document("1", text, {"source": SOURCE})
    cleaned = document.revise(RULE, stage(document))
    assert cleaned.original_text() == text
    assert all(edit.after == "" for revision in cleaned.revisions for edit in revision.edits)
    assert not list(stage(Document("1", cleaned.text, document.metadata)))


@cache
def _everything(folder: Path) -> Recurring:
    path = folder / "everything"
    path.write_bytes(
        passage_counts(pages(lambda n: lines("حكاية كل ميناء", headline(3), body(n), "خلفية الخبر", NOTICE)))
    )
    return Recurring(conclude(path))


def test_nothing_is_found_where_nothing_was_counted() -> None:
    """A pipeline without a count pass has the stage, and it finds nothing."""
    assert not list(Recurring()(pages(BOILERPLATE["a line below"][0])[0]))
    assert Recurrences({}, {}, {}) == NO_RECURRENCES


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return a file of a source with a line below each article."""
    records = [{"id": f"n{n}", "site": SOURCE, "text": lines(body(n), "حكاية كل ميناء")} for n in range(60)]
    return write_lines(tmp_path / "raw.jsonl", records)


def test_a_run_counts_first_and_then_removes(raw: Path, tmp_path: Path) -> None:
    """It says in each edits row how often the line stands, and in the report what was learned."""
    report = run([raw], tmp_path / "out", Options())
    assert all("حكاية كل ميناء" not in row["text"] for row in corpus(tmp_path / "out").values())
    # The line, and the two openings by which a line that goes on otherwise would be known.
    assert report.as_dict()["recurring"] == {"sources": 1, "passages": 3}
    for row in rows(tmp_path / "out/edits.jsonl"):
        (found,) = [revision for revision in row["revisions"] if revision["stage"] == RULE]
        assert [fact["value"] for fact in found["facts"]] == ["60 of 60: حكاية كل ميناء"]
        assert [fact["name"] for fact in found["facts"]] == [FACT]
    assert all(document.text is not None for document in restore(tmp_path / "out"))


def test_bytes_do_not_depend_on_processes(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor on batches."""
    run([raw], tmp_path / "one", Options())
    monkeypatch.setattr("cleaner.reading.batching.BATCH_SIZE", 1)
    monkeypatch.setattr("cleaner.reading.cutting.BLOCK", 1 << 10)
    run([raw], tmp_path / "two", Options(), jobs=2)
    assert outputs(tmp_path / "one") == outputs(tmp_path / "two")


def test_the_stage_can_be_left_out(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the input is read once."""
    monkeypatch.setitem(COUNTERS, RULE, lambda _: pytest.fail("counted"))
    run([raw], tmp_path / "out", Options(without=("recurring",)))
    assert "حكاية كل ميناء" in corpus(tmp_path / "out")["n3"]["text"]


def test_explain_says_how_often(raw: Path, tmp_path: Path) -> None:
    """From the folder of a run, or from raw files, which are counted for it."""
    run([raw], tmp_path / "out", Options())
    for place in (tmp_path / "out", raw):
        explanation = explain("n7", [place], Options())
        assert ("recurrence", "60 of 60: حكاية كل ميناء") in [
            (fact.name, fact.value) for fact in explanation.facts
        ]
        assert "articles of this source" in explanation.reasons[RULE]


def test_a_host_is_a_source_and_a_folder_is_none(tmp_path: Path) -> None:
    """As for near-duplicates."""
    texts = [lines(body(n), "حكاية كل ميناء") for n in range(60)]
    records = [{"url": f"https://www.example.org/{n}", "text": text} for n, text in enumerate(texts)]
    write_lines(tmp_path / "host/a.jsonl", records)
    write_lines(tmp_path / "folder/a.jsonl", [{"text": text} for text in texts])
    for name, gone in (("host", True), ("folder", False)):
        run([tmp_path / name], tmp_path / f"{name}-out", Options())
        assert (
            "حكاية كل ميناء" not in json.dumps(corpus(tmp_path / f"{name}-out"), ensure_ascii=False)
        ) == gone
