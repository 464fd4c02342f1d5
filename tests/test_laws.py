"""Laws of the whole pipeline, on pages drawn from marker phrases, half markup, and troublesome characters."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st
import pytest

from cleaner import Document, Pipeline, news_pipeline
from cleaner.document import Edit, Fact, Rejection, Split
from cleaner.page.markers import markers
from cleaner.pipeline import findings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PROSE = (
    "وصلت إلى ميناء الصيد صباح اليوم عشرون شاحنة محملة بالثلج، بعد انقطاع دام أسبوعين بسبب عطل في المصنع.",
    "وأوضح رئيس جمعية الصيادين أن القوارب ستعود إلى البحر ابتداء من يوم غد إن هدأت الرياح.",
    "تعتمد ثلاثة آلاف أسرة على الصيد في هذا الساحل، ولم يكن لها مورد آخر في الأسبوعين الماضيين.",
    "افتتحت البلدية حديقة عامة في الحي الشرقي مساء الخميس، وحضر الافتتاح مئات السكان وأطفالهم.",
    "قال المدرب إن الفريق جاهز لمباراة الأحد، وإن اللاعبين الثلاثة المصابين عادوا إلى التدريب.",
)
PHRASES = tuple(
    dict.fromkeys([
        *(example for marker in markers() for example in marker.removes),
        *(example for marker in markers() for example in marker.keeps[:1]),
        *(phrase for marker in markers() for phrase in marker.phrases[:2]),
    ])
)  # fmt: skip
PIECES = (
    *"ابتسعليىكهةءأإآؤئ0٣12",
    *"«»“”\"'(),.،؛؟:!-–—…/|#@<>&;[]*=",
    *"\u0640\u064b\u0651\u0654\u0670",  # TATWEEL and marks
    *"\u06cc\u06a9\u06be\u06c1\u06d5\u067e",  # look-alikes, PEH
    *"\u200b\u200c\u200e\u00a0\u00ad\ufeff\u2003\u2028\x0b\x0c\x85\x1c\u0130",  # spaces, breaks, DOTTED I
    *"\ufefb\ufe8d\ufc60",  # presentation forms
    " ", "  ", "   ", "\t", "\r", "\r\n", "\n", "\n", "\n\n", "\n \n",
    "<p>", "</p>", "<br/>", "<script>", "</script>", "<div class=", "&nbsp;", "&amp;lt;p&gt;", "<!--", "-->",
    "[caption id=1]", "[/caption]", "[embed]", "//<![CDATA[", "]]>", '"/>',
    "https://t.co/abc", "pic.twitter.com/xyz", "— اسم (@handle) April 13, 2024",
    "https://youtu.be/abc", "♬ صوت",
    "14 مارس 2022", "12/05/2023", "08:15 م", "21 شوال 1445 هـ",
    "المصدر: ", "إقرأ المزيد", "شاهد أيضا.. ", "(رويترز)",
    "// انتهى //", "في", "أن", "سمات ", "كلمات دلالية: ",
)  # fmt: skip
LINES = st.one_of(
    st.sampled_from(PROSE),
    st.sampled_from(PHRASES),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.builds("{}{}".format, st.sampled_from(PROSE), st.sampled_from(PHRASES)),
    st.builds("{}{}".format, st.sampled_from(PHRASES), st.sampled_from(PROSE)),
)
PAGES = st.lists(LINES, max_size=12).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", " ", "   "]).map(lambda gap: gap.join(lines))
)
FOREIGN = "این گزارش را وزیر امور خارجه در نشست دیروز داد و گفت که باید همکاری شود. " * 6
REMOVING = ("embeds", "boilerplate", "spaces")
"""Stages that take away and never write anything but white space."""


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """Return the pipeline, but that it rejects nothing: a rejected text is not cleaned to the end."""
    return news_pipeline().without("length")


def texts_given(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the name of each stage that revised *document* and the text it left, last to first."""
    text = document.text
    for revision in reversed(document.revisions):
        yield revision.stage, text
        text = revision.undo(text)


def visible(text: str) -> str:
    """Return *text* without white space."""
    return "".join(text.split())


@settings(max_examples=150, deadline=None)
@given(raw=PAGES)
def test_a_family_can_be_undone(pipeline: Pipeline, raw: str) -> None:
    """The page and each second article in it give back the text they were read from."""
    page, *children = pipeline.clean_all(Document("1", raw))
    assert page.original_text() == raw
    family = {document.id: document for document in (page, *children)}
    for child in children:
        assert child.origin is not None
        parent, revisions = family[child.origin.id], list(family[child.origin.id].revisions)
        text = parent.text
        while not any(edit.child == child.id for edit in revisions[-1].edits):
            text = revisions.pop().undo(text)
        given = revisions[-1].undo(text)
        assert child.original_text() == given[child.origin.start : child.origin.end]


@settings(max_examples=150, deadline=None)
@given(raw=PAGES)
@example("ا\x85ا")  # NEXT LINE is white space, but no line break
def test_cleaning_is_done_at_once(pipeline: Pipeline, raw: str) -> None:
    """A second cleaning of what the first left, the same document or its bare text, finds nothing to edit."""
    cleaned = pipeline.clean(Document("1", raw))
    again = pipeline.clean(cleaned)
    assert again.text == cleaned.text
    assert again.children == cleaned.children


@settings(max_examples=150, deadline=None)
@given(raw=PAGES)
def test_findings_are_a_function_of_the_document(pipeline: Pipeline, raw: str) -> None:
    """Asked twice, a stage answers the same; what it found stands where it says, and it changes nothing."""
    for stage in pipeline.stages.values():
        document = Document("1", raw)
        findings = list(stage(document))
        assert findings == list(stage(Document("2", raw)))
        assert document == Document("1", raw)
        for finding in findings:
            match finding:
                case Edit() | Split():
                    assert raw[finding.start : finding.end] == finding.before
                case Fact():
                    assert -1 <= finding.start <= finding.end <= len(raw) or finding.start == -1
                case Rejection():
                    assert finding.detail


@settings(max_examples=150, deadline=None)
@given(raw=PAGES)
def test_revisions_are_sorted_and_disjoint(pipeline: Pipeline, raw: str) -> None:
    """The edits of a stage stand in order and do not overlap; each changes something."""
    for revision in pipeline.clean(Document("1", raw)).revisions:
        assert all(first.end <= second.start for first, second in pairwise(revision.edits))
        assert all(edit.before != edit.after for edit in revision.edits)


@settings(max_examples=150, deadline=None)
@given(raw=PAGES)
def test_removing_stages_only_remove(pipeline: Pipeline, raw: str) -> None:
    """Embeds and boilerplate leave nothing new but white space; spaces change nothing else."""
    document = pipeline.clean(Document("1", raw))
    after = {id(revision): revision for revision in document.revisions}
    for revision in after.values():
        if revision.stage in REMOVING:
            assert all(not visible(edit.after) for edit in revision.edits)
        if revision.stage == "spaces":
            assert all(not visible(edit.before) for edit in revision.edits)


@settings(max_examples=100, deadline=None)
@given(raw=PAGES)
def test_foreign_pages_stay_byte_for_byte(pipeline: Pipeline, raw: str) -> None:
    """Whatever boilerplate stands in a Persian page, no stage behind the language decision touches it."""
    text = f"{FOREIGN}\n{raw}"
    document = Document("1", text).revise("language", [Fact("language", "fa", "test")])
    for name in ("markup", "embeds", "paragraphs", "boilerplate", "spaces"):
        assert document.revise(name, findings_of(pipeline.stages[name], document)).text == text


@settings(max_examples=100, deadline=None)
@given(raw=PAGES)
def test_an_article_survives_its_boilerplate(pipeline: Pipeline, raw: str) -> None:
    """Every sentence of an article above the boilerplate is still there."""
    article = "\n".join(PROSE[:3])
    document = pipeline.clean(Document("1", f"{article}\n\nشارك الخبر\n\n{raw}"))
    assert visible(document.text).startswith(visible(article).rstrip("."))
