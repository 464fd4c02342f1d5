"""The line classifier: how sure it must be, whom it may contradict, and what it says of its reasons."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from cleaner import Document
from cleaner.options import CHOICES
from cleaner.page.evidence import names
from cleaner.page.line_labels import LABELS, MOST_LINES
from cleaner.page.line_model import LEVELS, line_model
from cleaner.page.own_rules import own_index
from cleaner.stages.boilerplate import Boilerplate, read
from cleaner.stages.boilerplate.line_classifier import RULES
from tests.stages.support import FIRST, LAST, SECOND, TITLE, clean, lines

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.stages.boilerplate.layout import Layout

BELOW = (
    "افتتاح سوق الخضار الجديد في الضاحية الغربية",
    "منتخب اليد يخسر مباراته الثانية أمام جاره",
    "سامر الخالدي - 12:30",
    "شاركنا رأيك",
    "جميع الحقوق محفوظة 2024",
)
PAGE = "\n".join((TITLE, FIRST, SECOND, LAST, *BELOW))


def removed(layout: Layout) -> set[int]:
    """Return the numbers of the lines that go."""
    return {number for number, rule in enumerate(layout.rules) if rule}


def test_a_more_thorough_level_removes_no_less() -> None:
    """And each has its option and its estimate."""
    careful, balanced, thorough = (removed(read(Document("1", PAGE), level=level)) for level in LEVELS)
    assert careful <= balanced <= thorough
    assert CHOICES["boilerplate"] == LEVELS
    levels = [line_model().levels[name] for name in LEVELS]
    for surer, bolder in itertools.pairwise(levels):
        assert surer.text >= bolder.text
        assert surer.other >= bolder.other
        assert surer.lost <= bolder.lost


def test_every_label_of_boilerplate_has_its_rule() -> None:
    """Named after it."""
    kept = {"article", "title", "deck"}
    assert {label: f"classifier.{label}" for label in LABELS if label not in kept} == RULES


def test_the_title_and_the_article_stay() -> None:
    """Whatever is below them."""
    layout = read(Document("1", PAGE), level="thorough")
    assert layout.title_line == 0
    assert not removed(layout) & {0, 1, 2, 3}


def test_reasons_are_columns_of_the_evidence() -> None:
    """At most three, the strongest first."""
    labels = read(Document("1", PAGE)).labels
    assert labels is not None
    for number in range(len(labels.margins)):
        reasons = labels.reasons(number)
        assert len(reasons) <= 3
        assert all(name in names() and drop > 0 for name, _, drop in reasons)
        assert [drop for *_, drop in reasons] == sorted((drop for *_, drop in reasons), reverse=True)


def test_the_users_own_marker_is_not_contradicted(tmp_path: Path) -> None:
    """Its user knows the site; of a sentence between sentences nobody else would say that it goes."""
    sentence = "وأضاف أن الثلج يكفي لثلاثة أيام فقط."
    path = tmp_path / "harbour.toml"
    path.write_text(
        f'kind = "nav"\n[[marker]]\nid = "ice"\nscope = "line"\nwhy = "Ours."\nphrases = ["{sentence}"]\n',
        encoding="utf-8",
    )
    page = f"{TITLE}\n{FIRST}\n{sentence}\n{SECOND}\nاقرأ أيضا: سوق السمك يغلق أبوابه\n{LAST}"
    stage = Boilerplate(own_index((str(path),)))
    assert sentence not in Document("1", page).revise("boilerplate", stage(Document("1", page))).text


@pytest.mark.parametrize("size", [MOST_LINES - 1, MOST_LINES, MOST_LINES + 1, 3 * MOST_LINES])
def test_long_pages_are_read_in_parts(size: int) -> None:
    """Each line has its margin."""
    page = "\n".join([TITLE, FIRST, *(f"{SECOND} {number}" for number in range(size - 3)), BELOW[0]])
    layout = read(Document("1", page))
    assert layout.labels is not None
    assert len(layout.labels.margins) == len(layout.lines) == size


def test_what_stands_between_the_frames_of_comments_goes() -> None:
    """Whatever readers say there, between their names, the times and the buttons."""
    comments = [
        "التعليقات",
        "أبو سالم (زائر)",
        "والله الثلج عندنا بالبيت أكثر من اللي بالميناء",
        "ابلغ عن هذه المشاركة",
        "09:12 صباحاً 2012/03/04",
        "بنت البحر (زائر)",
        "جدي كان يصيد بدون ثلج ولا مصانع",
        "ابلغ عن هذه المشاركة",
        "10:40 صباحاً 2012/03/04",
        "متابع قديم (زائر)",
        "الله يفرجها عليهم",
        "ابلغ عن هذه المشاركة",
        "11:15 صباحاً 2012/03/04",
    ]
    assert lines(clean("\n".join([TITLE, FIRST, SECOND, LAST, *comments])).text) == [
        TITLE,
        FIRST,
        SECOND,
        LAST,
    ]


def test_of_a_thread_the_date_of_the_first_post_counts() -> None:
    """Its title is printed twice, and the replies are younger."""
    head = [TITLE, "25-02-2025, 10:43 ص", "صياد", "عضو", "المشاركات: 41", TITLE]
    replies = ["27-02-2025, 05:09 م", "#2", "شكرا على الطرح"]
    assert clean("\n".join([*head, FIRST, SECOND, LAST, *replies])).fact("date") == "2025-02-25"


def test_an_article_that_quotes_its_readers_stays_whole() -> None:
    """Names and what they said, without the times and buttons of comments."""
    said = ["أبو سالم: الثلج في بيوتنا كثير", "بنت البحر: جدي كان يصيد بلا ثلج", "متابع: نرجو أن يفرجها الله"]
    opening = ["ماذا قال القراء عن عودة القوارب", FIRST, "وسألنا القراء عن رأيهم، فجاءت الردود كما يلي:"]
    raw = "\n".join([*opening, *said, SECOND, LAST])
    assert clean(raw).text == raw


@pytest.mark.parametrize(
    "ending",
    [
        "ونقلت رويترز الخبر قبل غيرها.",
        "وعن رويترز: لا شيء يعلو على الخبر.",
        "من بيروت إلى رويترز، حكاية مصور",
        pytest.param(
            "الخبر الأول كان لرويترز", marks=pytest.mark.xfail(reason="the trees take it for a credit")
        ),
    ],
)
def test_a_last_line_that_speaks_of_an_agency_stays(ending: str) -> None:
    """A source is named in a line that says nothing else."""
    raw = f"{TITLE}\n{FIRST}\n{SECOND}\n{LAST}\n{ending}"
    assert clean(raw).text == raw


@pytest.mark.parametrize("line", ["جريدة الساحل", "صحيفة الساحل"])
def test_a_paper_is_a_sub_heading_where_no_footer_names_it(line: str) -> None:
    """Only what masthead or footer say, too, is the site's name."""
    raw = f"{TITLE}\n{FIRST}\n{line}\n{SECOND}\n{LAST}"
    assert clean(raw).text == raw


def test_headlines_with_commas_are_no_list_behind_a_heading() -> None:
    """What a marker removes goes, whatever its lines look like."""
    headlines = [f"افتتاح حديقة عامة، والبلدية تعد بخمس أخرى ({number})" for number in range(6)]
    article = [TITLE, FIRST, SECOND, LAST]
    page = "\n".join([*article, "", "أخبار ذات صلة", *headlines])
    assert lines(clean(page).text) == article
