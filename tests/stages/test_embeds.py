"""Embeds: links and handles inside sentences stay; posts go, also where they are glued to a sentence."""

from __future__ import annotations

import pytest

from cleaner import Document
from cleaner.pipeline import findings_of
from cleaner.stages.embeds import Embeds

TITLE = "عودة القوارب إلى ميناء الصيد بعد انقطاع طويل"
FIRST = "وصلت إلى ميناء الصيد صباح اليوم عشرون شاحنة محملة بالثلج، بعد انقطاع دام أسبوعين بسبب عطل في المصنع."
LAST = "وأوضح رئيس جمعية الصيادين أن القوارب ستعود إلى البحر ابتداء من يوم غد إن هدأت الرياح."
POST = "أخيرا وصل الثلج إلى الميناء والقوارب تستعد #الساحل"
SIGNATURE = "— جمعية الصيادين (@fishers) March 14, 2022"

UNTOUCHED = {
    "a link in a sentence": "ونشرت الجمعية الأسعار على https://example.org/prices صباح اليوم.",
    "a handle in a sentence": "وكتب حساب الجمعية (@fishers) أن القوارب جاهزة للإبحار.",
    "a dash and brackets": "فاز فريق الساحل — بطل العام الماضي (2021) — بهدفين في الشوط الثاني.",
    "a dateline": "القاهرة — سامر الخالدي (وكالات): عاد الهدوء إلى الميناء بعد منتصف الليل.",
    "a network as subject": "وقالت شركة Instagram إنها أصلحت العطل خلال ساعة واحدة.",
    "a network's name before a number": "وبلغ عدد المشاهدات على twitter مليونا خلال يومين.",
}
POSTS = {
    "a post with its signature": f"{POST} pic.twitter.com/abcDEF123\n{SIGNATURE}",
    "a post on one line": f"{POST} pic.twitter.com/abcDEF123 {SIGNATURE}",
    "a signature of an Arabic date": f"{POST}\n— جمعية الصيادين (@fishers) 14 مارس 2022",
    "a link that was cut short": f"{POST} https://t.co/…",
    "a link alone": "https://example.org/video/12",
}


def clean(text: str) -> str:
    """Return *text* after the stage."""
    document = Document("1", text)
    return document.revise("embeds", findings_of(Embeds(), document)).text


def lines(text: str) -> list[str]:
    """Return the lines of *text* that are not blank."""
    return [line.strip() for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_a_sentence_with_a_link_or_a_handle_stays(text: str) -> None:
    """What a reporter quotes is the reporter's."""
    raw = f"{TITLE}\n{FIRST}\n{text}\n{LAST}"
    assert clean(raw) == raw


@pytest.mark.parametrize("post", POSTS.values(), ids=POSTS)
def test_a_post_goes_from_between_paragraphs(post: str) -> None:
    """Text, link, handle and date of it, and nothing else."""
    assert lines(clean(f"{TITLE}\n\n{FIRST}\n\n{post}\n\n{LAST}")) == [TITLE, FIRST, LAST]


def test_the_title_above_a_video_stays() -> None:
    """Only an invitation to watch belongs to a player's link."""
    raw = f"{TITLE}\nhttps://youtu.be/abcdefghijk\n{FIRST}"
    assert lines(clean(raw)) == [TITLE, FIRST]


def test_a_post_glued_to_sentences_goes_alone() -> None:
    """The sentences on both sides stay, with a space between them."""
    raw = f"{TITLE}\n{FIRST} {LAST} {POST} pic.twitter.com/abcDEF123 {SIGNATURE}{LAST}"
    assert lines(clean(raw)) == [TITLE, f"{FIRST} {LAST} {LAST}"]


def test_a_post_glued_to_a_short_paragraph_goes_alone() -> None:
    """A single short sentence before the post stays as well."""
    raw = f"{TITLE}\n{FIRST} {POST} pic.twitter.com/abcDEF123 {SIGNATURE}{LAST}"
    assert lines(clean(raw)) == [TITLE, f"{FIRST} {LAST}"]


@pytest.mark.xfail(reason="only a signature on a line of its own reaches for the lines above it")
def test_a_post_of_several_lines_goes_whole() -> None:
    """Its first line goes with it, where a blank line parts it from the article."""
    post = f"أخيرا وصل الثلج\n{POST} https://t.co/abc123\n{SIGNATURE}"
    assert lines(clean(f"{TITLE}\n\n{FIRST}\n\n{post}\n\n{LAST}")) == [TITLE, FIRST, LAST]


def test_a_long_sentence_of_the_article_stays_before_a_link() -> None:
    """Posts do not open with «and he said», and are short of breath."""
    before = "عادت القوارب إلى الميناء."
    sentence = (
        "وقال رئيس جمعية الصيادين إن عشرين شاحنة من الثلج وصلت صباح اليوم، وإن القوارب ستخرج إلى البحر غدا."
    )
    text = f"{before} {sentence} pic.twitter.com/R3uULrfWWj ثم هدأت الرياح."
    document = Document("1", text)
    left = document.revise("embeds", findings_of(Embeds(), document)).text
    assert left.split() == f"{before} {sentence} ثم هدأت الرياح.".split()
