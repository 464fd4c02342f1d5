"""What stages declare of themselves: the languages and the texts in which they can find anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from cleaner import Document, Edit, Options, Pipeline, news_pipeline
from cleaner.rules import table
from cleaner.text.screens import Strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.pipeline import Stage
    from cleaner.text.screens import Screen

STAGES = {
    **news_pipeline().stages,
    "orthography": news_pipeline(Options(orthography="standard")).stages["orthography"],
}
SCREENED = sorted(name for name, stage in STAGES.items() if hasattr(stage, "screen"))
READ_IN_ANY_LANGUAGE = {"encoding", "language", "length"}
"""Text that was decoded wrongly looks foreign; the others change no letter."""

PIECES = [
    *"  \n\t\r.،؛:!؟«»()[]{}<>&;\"'“”-–—…•*/@#0123459٣٤۴۵",
    *"اأإآبةتدرسعفقكلمنهويىئؤ",
    *"پچڤگکیےہھەڪۀ",
    *"abhtpsw",
    *"\u0640\u064b\u064e\u0651\u0654\u0670",  # tatweel and combining marks
    *"\u200b\u200c\u200d\u200e\u200f\u202b\u00a0\u00ad\ufeff\u2028\x1a\x85",  # format, spaces, controls
    *"\ufefb\ufee1\ufdf2\ufe8d",  # presentation forms
    *"αоеК\u02bc\u0301",  # Greek and Cyrillic look-alikes, a modifier, a mark of other scripts
    *"éÙØ§Ã¢€™\u0081\ufffd\uf0b7",  # what misread bytes look like
    "الرئيس", "المدرسة", "وقال", "االجتماع", "ةسردملا", "2019وكانت", "محمد", "في", "القاهره", "إلي", "ال",
    "https://t.co/", "pic.twitter.com/", "(@", "&amp;nbsp;", "&lt;p&gt;", "<br>", "[caption", "wp:", "hideMe",
    "اقرأ أيضا", "تابعنا على", "المصدر:",
    "Ø§Ù„", "â€œ", "ÇáÑ",
    *table("embeds")["suspect"]["words"],
]  # fmt: skip


@pytest.mark.parametrize("name", SCREENED)
@settings(max_examples=250, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=40))
def test_behind_a_screen_that_says_no_there_is_nothing(name: str, pieces: list[str]) -> None:
    """So a screen only saves time."""
    stage, text = STAGES[name], "".join(pieces)
    screen: Screen = stage.screen  # type: ignore[attr-defined]  # of those that have one
    if not screen(text):
        assert not list(stage(Document("1", text)))


def test_most_stages_have_a_screen() -> None:
    """A new one of these is asked why it has none."""
    without = STAGES.keys() - SCREENED
    assert without == {"language", "orthography", "run-on", "boilerplate", "recurring", "spaces", "length"}


def test_other_languages_are_shown_to_few() -> None:
    """What declares nothing sees every document."""
    unguarded = {name for name, stage in STAGES.items() if not getattr(stage, "arabic_only", False)}
    assert unguarded == READ_IN_ANY_LANGUAGE


class Shout:
    """A stage that answers every text, as far as it is asked."""

    arabic_only: ClassVar[bool] = True
    screen: ClassVar[Screen] = Strings("!")

    def __call__(self, document: Document) -> Iterator[Edit]:
        """Yield one edit where the text is not loud yet."""
        if not document.text.endswith("!!"):
            yield Edit(len(document.text), "", "!", "shout")


def declares_nothing(document: Document) -> Iterator[Edit]:
    """Find a quiet end."""
    yield from Shout()(document)


PERSIAN = "این کتاب را برای شما می‌خوانم و از آن لذت می‌برم!"
ARABIC = "وصل الوفد إلى المدينة مساء أمس!"


@pytest.mark.parametrize(
    ("stage", "text", "changed"),
    [
        (Shout(), ARABIC, True),
        (Shout(), ARABIC.removesuffix("!"), False),
        (Shout(), PERSIAN, False),
        (declares_nothing, ARABIC.removesuffix("!"), True),
        (declares_nothing, PERSIAN, True),
    ],
)
def test_the_pipeline_sees_to_declarations(stage: Stage, text: str, *, changed: bool) -> None:
    """A stage of a user's own may be a plain function, and then sees every document."""
    assert (Pipeline({"own": stage}).clean(Document("1", text)).text != text) == changed
