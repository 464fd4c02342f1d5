"""Compose labelled pages of random structure, from which the line reader is trained.

`python -m cleaner.training.pages COUNT SEED OUT CORPUS [PAPERS]` (`make pages`) writes JSON lines with `id`,
`raw` and `spans` ([start, end, kind, "remove" or "neutral"]; the rest is to be kept), as labelled pages have
them. Articles, and the headlines and texts of other articles, are those of a corpus; everything around them
comes from a grammar (`page_grammar.toml`). Nothing on these pages can be learned by heart: a heading is any
or none, and separators, order, place, glue and lost lines are drawn anew for each page. A third of the pages
tempts: articles with lists, verse, results, interviews, sub-headings, sentences that open as markers do.
"""

from __future__ import annotations

import json
from pathlib import Path
import random
import sys
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

from cleaner.page import markers
from cleaner.page.lines import Page
from cleaner.training.corpus import held_out, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

KEEP = ""
GRAMMAR = tomllib.loads(Path(__file__).with_name("page_grammar.toml").read_text(encoding="utf-8"))
HELD_OUT = 20
"""One article in so many is never composed into a page, so that removals can be counted on clean ones."""
TEMPTING = 0.34
"""Share of pages without boilerplate, or with hardly any."""
BULLETS = ("", "", "", "", "• ", "- ", "* ", "■ ", "» ", "▪ ", "– ", "◄ ", "> ", "# ", "ــ ", "► ", "← ", "+ ")
SEPARATORS = (" - ", " | ", " • ", "  ", "    ", " /// ", " * ", " ... ", " » ", "  |  ", " :: ", " ــ ", "؛ ", " # ")
MONTHS = (
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
    "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول".split("|"),
    "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر".split(),
    "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split(),
)
HIJRI = "محرم|صفر|ربيع الأول|رجب|شعبان|رمضان|شوال|ذو القعدة|ذو الحجة".split("|")
ENGLISH = "January February March April May June July August September October November December".split()
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_RULE = regex.compile(r"\{(\w+)\}")
_SENTENCE = regex.compile(r"(?<=[.!؟])\s+")
_CLAUSE = regex.compile(r"[،؛:.]")


class Part(NamedTuple):
    """A part of a page: its text, which may have line breaks, and the kind of what it is; "" for the article."""

    text: str
    kind: str


class Article(NamedTuple):
    """An article of a corpus: what it is called by, where it is from, its title and its paragraphs."""

    id: str
    site: str
    title: str
    paragraphs: list[str]


def articles(path: Path) -> Iterator[Article]:
    """Yield the articles of a corpus that hold no line with a marker; one in `HELD_OUT` is left out."""
    for row in rows(path):
        if held_out(row["id"], HELD_OUT):
            continue
        lines = [" ".join(line.split()) for line in row["text"].split("\n")]
        lines = [line for line in lines if line]
        title = " ".join((row.get("title") or "").split())
        if lines and title and _letters(lines[0]) == _letters(title):
            del lines[0]
        if lines and not any(markers.find_markers(Page.of("\n".join(lines)))):
            yield Article(row["id"], row.get("site") or row.get("country") or "", title, lines)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


class Composer:
    """Composes pages, the same from the same *seed* and articles."""

    def __init__(self, seed: int, news: Sequence[Article], papers: Sequence[Article] = ()) -> None:
        self.random = random.Random(seed)
        self.seed = seed
        self.news = [article for article in news if len(article.title) > 15]
        self.papers = papers
        self.listed = [a for a in news if len(a.paragraphs) > 12 and sum(map(len, a.paragraphs)) / len(a.paragraphs) < 110]
        self.sites: dict[str, list[Article]] = {}
        for article in self.news:
            self.sites.setdefault(article.site, []).append(article)
        self.main = self.news[0]

    # -- chance

    def one(self, *of: Any) -> Any:
        return self.random.choice(of)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def many(self, low: int, high: int, of: Callable[[], Any]) -> list[Any]:
        return [of() for _ in range(self.random.randint(low, high))]

    # -- texts of the grammar

    def say(self, rule: str) -> str:
        """Return one expansion of a *rule* of the grammar, or of one of those that the program supplies."""
        if rule in GRAMMAR:
            return _RULE.sub(lambda match: self.say(match[1]), self.random.choice(GRAMMAR[rule]))
        if rule[0] == "n" and rule[1:].isdecimal():
            digits = int(rule[1:])
            return self._digits(str(self.random.randrange(10 ** (digits - 1), 10**digits)))
        return str(getattr(self, f"_{rule}")())

    def _digits(self, text: str) -> str:
        return text.translate(EASTERN) if self.eastern else text

    eastern = False

    def _title(self) -> str:
        return self.main.title

    def _words(self) -> str:
        return self.phrase(self.main.paragraphs, 2, 6)

    def _year(self) -> str:
        return self._digits(str(self.random.randint(1955, 2026)))

    def _clock(self) -> str:
        hour, minute = self.random.randrange(24), self.random.randrange(60)
        half = self.one("م", "ص", "مساءً", "صباحا", "PM", "AM", "pm", "مساء")
        return self._digits(self.one(
            f"{hour:02}:{minute:02}", f"{hour % 12 + 1}:{minute:02} {half}", f"{hour:02}:{minute:02}:{self.random.randrange(60):02}",
            f"{hour:02}.{minute:02}", f"{hour % 12 + 1:02}:{minute:02}{half}", f"{hour:02}:{minute:02} بتوقيت غرينتش",
            f"{hour:02}:{minute:02} GMT", f"{hour:02}h{minute:02}", f"الساعة {hour:02}:{minute:02}",
        ))  # fmt: skip

    def _english_date(self) -> str:
        return f"{self.one(*ENGLISH)[: self.one(3, 9)]} {self.random.randint(1, 28)}, {self.random.randint(2012, 2026)}"

    def _date(self) -> str:
        day, month, year = self.random.randint(1, 28), self.random.randrange(12), self.random.randint(2004, 2026)
        name = self.one(*MONTHS)[month]
        date = self.one(
            f"{day} {name} {year}", f"{day} {name}، {year}", f"{day:02}/{month + 1:02}/{year}", f"{year}-{month + 1:02}-{day:02}",
            f"{name} {day}, {year}", f"{day}-{month + 1}-{year}", f"{year}/{month + 1}/{day}", f"{day:02}.{month + 1:02}.{year}",
            f"{ENGLISH[month][:3]} {day}, {year}", f"{day} {name}", f"{day} {MONTHS[1][month]}/{MONTHS[0][month]} {year}",
            f"{day} {name} ({MONTHS[1][month]}) {year}", f"{month + 1}/{day}/{year}",
        )  # fmt: skip
        if self.chance(0.35):
            date = self.say("day") + self.one(" ", " ، ", ", ", " - ", "، ") + date
        if self.chance(0.35):
            date += self.one(" ", " - ", " | ", "، ", " , ", " - الساعة ", " في ", "، الساعة ") + self._clock()
        if self.chance(0.08):
            date += f" - {self.random.randint(1, 29)} {self.one(*HIJRI)} {self.random.randint(1425, 1448)} {self.one('هـ', 'ه', '')}".rstrip()
        return self._digits(date)

    def _ago(self) -> str:
        some = self.random.randint(3, 59)
        return self._digits(self.one(
            f"منذ {some} {self.one('دقيقة', 'ساعة', 'يوما')}", f"منذ {some % 8 + 3} {self.one('دقائق', 'ساعات', 'أيام', 'أسابيع', 'أشهر')}",
            f"قبل {some % 8 + 3} {self.one('ساعات', 'أيام', 'دقائق')}", "منذ ساعة", "منذ يومين", "منذ ساعتين", "أمس",
            f"{some} {self.one('د', 'س', 'min', 'h')}", "الآن", f"قبل {some} دقيقة",
        ))  # fmt: skip

    def _stamp(self) -> str:
        return str(self.one(self._clock, self._date, self._ago, self._ago)())

    def phrase(self, paragraphs: Sequence[str], low: int, high: int) -> str:
        """Return *low* to *high* words that stand together in one of *paragraphs*."""
        words = self.random.choice(paragraphs).split()
        size = self.random.randint(low, high)
        start = self.random.randrange(max(1, len(words) - size))
        return " ".join(words[start : start + size]).strip("،.:؛\"«»()- ")

    # -- articles

    def other(self, paragraphs: int = 1) -> Article:
        """Return another article than the page's own, more often than not of the same site."""
        same = self.sites.get(self.main.site) if self.same_site else None
        while True:
            article = self.random.choice(same if same and self.chance(0.6) else self.news)
            if article is not self.main and len(article.paragraphs) >= paragraphs:
                return article

    same_site = True

    def cut(self, text: str, low: float = 0.4, high: float = 0.9) -> str:
        words = text.split()
        kept = words[: max(3, int(len(words) * self.random.uniform(low, high)))]
        return " ".join(kept) + self.one("…", "...", " ...", " …", "..", "... المزيد", " […]", "")

    # -- boilerplate, block by block

    def heading(self, kind: str = "related") -> Part:
        return Part(self.say("heading") + self.say("heading_end"), kind)

    def headlines(self, count: int = 0) -> Iterator[Part]:
        """Yield headlines of other articles; on all of them stand the same bullets, times and sections."""
        count = count or self.one(1, 1, 2, 3, 3, 4, 5, 6, 8, 10, 16)
        bullet, separator = self.one(*BULLETS), self.one(" ", " - ", " | ", " : ", " / ", "  ", "")
        numbered, trailing = self.chance(0.08), self.chance(0.15)
        time, section = self.one("", "", "", "before", "behind", "below", "above"), self.one("", "", "", "", "before", "below", "behind")
        named = self.chance(0.06)
        for number in range(1, count + 1):
            text = self.other().title
            if trailing or self.chance(0.04):
                text = self.cut(text)
            text = f"{number}{self.one('. ', '- ', ' ')}{text}" if numbered else bullet + text
            if time == "before":
                text = self._stamp() + separator + text
            if time == "behind":
                text += separator + self._stamp()
            if section == "before":
                text = self.say("section") + separator + text
            if section == "behind":
                text += (separator or " ") + self.say("section")
            if time == "above":
                yield Part(self._stamp(), "related")
            if section == "below":
                yield Part(self.say("section"), "related")
            yield Part(text, "related")
            if named:
                yield Part(self.say("name"), "related")
            if time == "below":
                yield Part(self._stamp(), "related")

    def related_list(self) -> Iterator[Part]:
        if self.chance(0.62):
            yield self.heading()
        yield from self.headlines()
        if self.chance(0.1):
            yield Part(self.say("more"), "related")

    def related_one(self) -> Iterator[Part]:
        join = self.one(" ", ": ", " | ", ".. ", " - ", "\n", " : ")
        said = self.say("heading") + join if self.chance(0.8) else ""
        yield Part((said + self.other().title).strip(" :|-"), "related")

    def ticker(self) -> Iterator[Part]:
        """Yield headlines run together in one line."""
        separator = self.one(*SEPARATORS, f" {self.say('site')} ", f" {self._clock()} ", " ")
        text = separator.join(self.other().title for _ in range(self.random.randint(3, 16)))
        if self.chance(0.45):
            text = self.one("عاجل", "شريط الأخبار", "آخر الأخبار", self.say("heading")) + self.one(" ", ": ", " | ", "\n") + text
        yield Part(text, "related")

    def teasers(self) -> Iterator[Part]:
        if self.chance(0.45):
            yield self.heading()
        more = self.say("teaser_more") if self.chance(0.55) else ""
        dated, titled, whole = self.chance(0.4), self.chance(0.85), self.chance(0.3)
        for _ in range(self.one(1, 1, 2, 3, 4, 5)):
            article = self.other()
            if titled:
                yield Part(article.title, "related")
            if dated:
                yield Part(self._stamp(), "related")
            lede = article.paragraphs[0]
            yield Part(lede if whole else self.cut(lede, 0.2, 0.8), "second")
            if more:
                yield Part(more, "related")

    def second_article(self) -> Iterator[Part]:
        if self.chance(0.45):
            yield self.heading()
        article = self.other()
        if self.chance(0.75):
            yield Part(article.title, "related")
        for line, share in ((self.say("dateline"), 0.35), (self.say("byline"), 0.25)):
            if self.chance(share):
                yield Part(line, "meta")
        paragraphs = article.paragraphs[: self.one(1, 1, 2, 3, 4, 6, 99)]
        if self.chance(0.2):
            paragraphs[0] = f"{self.say('city')} {self.one('-', 'ـ', ':', '/')} {self.say('agency')}{self.one(': ', ' - ')}{paragraphs[0]}"
        if self.chance(0.25):
            paragraphs[-1] = self.cut(paragraphs[-1])
        for paragraph in paragraphs:
            yield Part(paragraph, "second")
        if self.chance(0.2):
            yield Part(self.one(self.say("source"), self.say("teaser_more"), self.say("dateline")), "meta")

    def comments(self) -> Iterator[Part]:
        if self.chance(0.7):
            yield Part(self.say("comments_heading"), "comments")
        form, tool = self.random.randrange(7), self.say("comment_tool") if self.chance(0.5) else ""
        timed = self.one("line", "line", "none", "same")
        for number in range(1, self.one(1, 2, 3, 4, 6, 9) + 1):
            who, time, text = self.say("commenter"), self._stamp(), self.remark()
            if form == 1:
                who = f"{number} - {who}"
            if form == 2:
                who = f"{who} {self.one('يقول', 'قال', 'كتب', 'says')}:"
            if timed == "same":
                lines = [who + self.one(" - ", " | ", " ، ", "  ", " ") + time, text]
            elif timed == "none":
                lines = [who, text] if form != 3 else [f"{who}: {text}"]
            else:
                lines = [who, time, text] if form < 3 else [who, text, time] if form < 5 else [text, who, time]
            for line in [*lines, *[tool] * bool(tool)]:
                yield Part(line, "comments")
        if self.chance(0.35):
            for line in self.random.sample(GRAMMAR["comment_form"], self.random.randint(2, 6)):
                yield Part(_RULE.sub(lambda match: self.say(match[1]), line), "comments")

    def remark(self) -> str:
        """Return what a reader writes: remarks, or about the article in words of it, with few full stops."""
        if self.chance(0.4):
            return self.say("remark")
        if self.chance(0.3):
            return self.say("remark") + self.one(". ", "، ", " .. ", "!! ") + self.say("remark")
        paragraphs = self.main.paragraphs if self.chance(0.4) else self.other().paragraphs
        said = self.phrase(paragraphs, 5, 40)
        return f"{self.say('remark')} {said}" if self.chance(0.6) else said

    def tags(self) -> Iterator[Part]:
        words = [self.phrase([self.main.title, *self.main.paragraphs], 1, self.one(1, 2, 2, 3)) for _ in range(self.random.randint(2, 10))]
        words = [word for word in words if len(word) > 2] or ["أخبار"]
        label = "" if self.chance(0.4) else self.say("tags_label") + self.one(":", " : ", " ", "")
        form = self.random.randrange(6)
        if form < 2:
            yield from [Part(label, "tags")] if label else []
            yield from (Part(word, "tags") for word in words)
        elif form == 2:
            yield Part((label + " " + " ".join("#" + word.replace(" ", "_") for word in words)).strip(), "tags")
        elif form == 3:
            yield from [Part(label, "tags")] if label else []
            yield from (Part("#" + word.replace(" ", self.one(" ", "_")), "tags") for word in words)
        else:
            yield Part((label + " " + self.one(", ", "، ", " | ", " - ", " / ", "  ", " ").join(words)).strip(), "tags")

    def share(self) -> Iterator[Part]:
        if self.chance(0.3):
            yield Part(f"{self.say('follow_verb')} {self.say('follow')}", "share")
            return
        words = self.random.sample(GRAMMAR["share"], self.random.randint(1, 8))
        if self.chance(0.5):
            yield Part(self.one(" ", " | ", " · ", "  ", " / ", "").join(words), "share")
        else:
            yield from (Part(word, "share") for word in words)

    def legal(self) -> Iterator[Part]:
        yield from (Part(self.say("legal"), "legal") for _ in range(self.one(1, 1, 2, 3, 5)))

    def menu(self) -> Iterator[Part]:
        form = self.random.randrange(5)
        words = self.many(2, 16, lambda: self.say("menu"))
        if form == 0:
            yield Part(self.one(" | ", " - ", " / ", " ", "  ", " · ").join(words), "nav")
        elif form == 1:
            path = [self.say("path"), *words[:2]] + ([self.main.title] if self.chance(0.3) else [])
            yield Part(self.one(" > ", " » ", " / ", " › ", " -> ", " \\ ", " : ").join(path), "nav")
        elif form == 2:
            yield from (Part(word, "nav") for word in words)
        elif form == 3:
            yield from (Part(self.say("interface"), "nav") for _ in range(self.one(1, 1, 2, 3, 4)))
        else:
            yield from (Part(self.say("masthead"), "nav") for _ in range(self.one(1, 1, 2, 4, 6)))

    def dump(self) -> Iterator[Part]:
        """Yield the menus of a page that was dumped whole."""
        for _ in range(self.random.randint(3, 7)):
            yield from self.one(self.menu, self.menu, self.share, self.related_list, self.headlines)()

    def embed(self) -> Iterator[Part]:
        text = self.one(self.say("remark"), _SENTENCE.split(self.random.choice(self.other(2).paragraphs))[0])
        lines = [text, *self.many(1, 3, lambda: self.say("embed_frame"))]
        if self.chance(0.4):
            self.random.shuffle(lines)
        if self.chance(0.3):
            lines = [f"{text} pic.twitter.com/{self.random.randrange(16**8):x} — {self.say('name')} (@{self.say('latin')}) {self._english_date()}"]
        yield from (Part(line, "embed") for line in lines)

    def meta(self, rule: str) -> Callable[[], Iterator[Part]]:
        return lambda: iter([Part(self.say(rule), "meta")])

    # -- what tempts

    def tempting(self, body: list[Part]) -> list[Part]:
        """Return *body* with something in it that looks like boilerplate and is the article's."""
        place = self.random.randint(1, len(body))
        paragraphs = [part.text for part in body]

        def insert(*texts: str, at: int = -1) -> list[Part]:
            where = place if at < 0 else at
            return body[:where] + [Part(text, KEEP) for text in texts] + body[where:]

        def items(low: int, high: int) -> list[str]:
            rule = self.random.choice(GRAMMAR["entry"])
            bullet, numbered = self.one("", "", "- ", "• ", "* "), self.chance(0.3)
            mark = self.one(". ", "- ", ") ", " - ")
            found = self.many(low, high, lambda: _RULE.sub(lambda match: self.say(match[1]), rule))
            return [(f"{n}{mark}" if numbered else bullet) + item for n, item in enumerate(found, 1)]

        def subheadings() -> list[Part]:
            found: list[Part] = []
            for number, part in enumerate(body):
                if number and self.chance(0.5):
                    title = self.say("subheading") if self.chance(0.4) else self.phrase(paragraphs, 2, 6)
                    found.append(Part(title + self.one("", "", ":", "؟", "!"), KEEP))
                found.append(part)
            return found

        def interview() -> list[Part]:
            found: list[Part] = []
            ask, tell = self.one(("- ", "- "), ("س: ", "ج: "), ("* ", "** "), ("", ""), (f"{self.say('name')}: ", ""), ("• ", ""))
            for part in body:
                if self.chance(0.6):
                    question = self.say("question") if self.chance(0.4) else f"{self.one('ما', 'كيف', 'هل', 'لماذا', 'وماذا عن', 'متى')} {self.phrase(paragraphs, 3, 9)}؟"
                    found.append(Part(ask + question, KEEP))
                    if self.chance(0.2):
                        found.append(Part(tell + self.say("answer"), KEEP))
                found.append(Part(tell + part.text, KEEP))
            return found

        def verse() -> list[Part]:
            lines = self.many(2, 12, lambda: self.phrase(paragraphs, 3, 5))
            gap = self.one("", "", "   ", " ... ", " * ", " / ")
            if gap:
                lines = [first + gap + second for first, second in zip(lines[::2], lines[1::2], strict=False)]
            end = self.one("", "", "،", ".", "!", "..")
            return insert(*(line + end for line in lines), at=self.one(place, len(body), 0 if self.chance(0.3) else place))

        def split() -> list[Part]:
            return [Part(text, KEEP) for part in body for text in _SENTENCE.split(part.text)]

        def points() -> list[Part]:
            clauses = [clause.strip() for part in body for clause in _CLAUSE.split(part.text) if len(clause.split()) > 2][:12]
            bullet, numbered = self.one("- ", "• ", "* ", "", ""), self.chance(0.3)
            return insert(*((f"{n}- " if numbered else bullet) + clause for n, clause in enumerate(clauses, 1)))

        def blog() -> list[Part]:
            found: list[Part] = []
            own = self.chance(0.4)
            for number, part in enumerate(split()):
                if number:
                    time = self.one(self._clock(), f"الدقيقة {self.random.randint(1, 90)}")
                    found += [Part(time, KEEP)] if own else []
                    text = self.say("live") if self.chance(0.3) else part.text
                    found.append(Part(text if own else f"{time}{self.one(' ', ': ', ' - ')}{text}", KEEP))
                else:
                    found.append(part)
            return found

        def round_up() -> list[Part]:
            found = list(body[:1])
            numbered = self.chance(0.5)
            for number in range(1, self.random.randint(3, 6)):
                article = self.other()
                lead = self.say("city") if self.chance(0.3) else self.phrase([article.title], 2, 4)
                found.append(Part(f"{number}- {lead}" if numbered else lead + ":", KEEP))
                found.append(Part(article.paragraphs[0], KEEP))
            return found

        def introduced() -> list[Part]:
            return insert(self.say("list_intro"), *items(3, 12))

        return self.one(
            subheadings, interview, verse, verse, split, points, blog, introduced, introduced,
            *[round_up] * self.chance(0.3),
            lambda: insert(*items(2, 10)),
            lambda: insert(*items(3, 12), at=len(body)),
            lambda: insert(*self.many(1, 6, lambda: self.say("prayer"))),
            lambda: insert(*self.many(1, 5, lambda: f"{self.one('', '«', '')}{self.say('chant')}{self.one('', '!', '..')}")),
            lambda: insert(self.say("about")),
            lambda: insert(self.say("about"), at=len(body)),
            lambda: insert(self.say("about"), at=self.one(0, 1)),
            lambda: insert(*self.many(1, 3, lambda: self.say("footnote")), at=len(body)),
            lambda: insert(self.say("closing"), at=len(body)),
            lambda: [Part(self.say("name") + self.one(": ", " - ", "، ") + part.text if self.chance(0.3) else part.text, KEEP) for part in body],
            lambda: insert(*(self.say("name") for _ in range(self.random.randint(2, 8)))),
        )()  # fmt: skip

    def title_lines(self, title: str) -> list[Part]:
        """Return the title as it is printed: maybe with a name before it, a kicker above or a deck below it."""
        if self.chance(0.14):
            verb = self.one("", ": ", " - ", " يؤكد: ", " تكشف ", " يفوز ", " تكتب: ", " لـ«" + self.say("site") + "»: ")
            title = f"{self.say('name') if self.chance(0.7) else self.say('first_name')}{verb or ' '}{title}"
        elif self.chance(0.06):
            title = " ".join(title.split()[: self.one(2, 3, 4)])
        elif self.chance(0.03):
            words = title.split()
            half = len(words) // 2
            return [Part(" ".join(words[:half]), "title"), Part(" ".join(words[half:]), "title")]
        parts = [Part(title, "title")]
        if self.chance(0.1):
            parts.insert(0, Part(self.say("kicker") if self.chance(0.5) else self.phrase(self.main.paragraphs, 2, 6), "title"))
        if self.chance(0.12):
            parts += [Part(self.phrase(self.main.paragraphs, 6, 16) + self.one("", "", "."), "title") for _ in range(self.one(1, 1, 2, 3))]
        return parts

    # -- pages

    def page(self, number: int) -> dict[str, Any] | None:
        """Return page *number* as a row of labelled data, or None if what was drawn makes no page."""
        clean = self.chance(TEMPTING)
        self.eastern, self.same_site = self.chance(0.12), self.chance(0.7)
        kind = self.random.random()
        if clean and kind < 0.3 and self.listed:
            self.main = self.random.choice(self.listed)
        elif clean and kind < 0.45 and self.papers:
            self.main = self.random.choice(self.papers)
        else:
            self.main = self.random.choice(self.news)
        paragraphs = self.main.paragraphs
        if self.main in self.papers:  # unlabelled pages: only what stands between their sentences
            long = [n for n, text in enumerate(paragraphs) if len(text.split()) >= 15]
            if not long:
                return None
            paragraphs = paragraphs[long[0] : long[-1] + 1]
        if self.chance(0.22):
            paragraphs = paragraphs[: self.one(1, 1, 2)]
        body = [Part(text, KEEP) for text in paragraphs]
        if self.chance(0.75 if clean else 0.3):
            body = self.tempting(body)
            if self.chance(0.25):
                body = self.tempting(body)
        if self.chance(0.15):
            place = f"{self.say('city')}{self.one(' - ', ' ـ ', ': ', '/ ')}{self.one('', self.say('agency') + ': ', self.say('agency') + ' - ')}"
            body[0] = Part(place + body[0].text, KEEP)
        title = self.title_lines(self.main.title) if self.main.title and self.chance(0.78) else []
        parts = self._clean_page(title, body) if clean else self._full_page(title, body)
        parts = [Part(part.text.strip(), part.kind) for part in parts if part.text.strip()]
        raw, spans = self._laid_out(parts)
        return {"id": f"page{self.seed}-{number}", "raw": raw, "spans": spans, "format": f"page{self.seed}-{number}", "body_id": self.main.id}

    def _clean_page(self, title: list[Part], body: list[Part]) -> list[Part]:
        page = [*title, *body]
        if self.chance(0.35):
            line = [Part(self.say(self.one("dateline", "byline", "source")), "meta")]
            if self.chance(0.4):
                return page + line
            return title + line + body if self.chance(0.7) else line + page
        return page

    def _full_page(self, title: list[Part], body: list[Part]) -> list[Part]:
        above: list[Part] = []
        for block, share in ((self.dump, 0.1), (self.menu, 0.4), (self.share, 0.08), (self.legal, 0.05)):
            if self.chance(share):
                above += block()
        if self.chance(0.24):
            above += self.one(self.ticker, self.related_list, self.teasers, self.headlines, self.second_article if self.chance(0.3) else self.ticker)()
        lines = [[Part(self.say(rule), "meta")] for rule, share in (("byline", 0.45), ("dateline", 0.5), ("counter", 0.15), ("source", 0.08)) if self.chance(share)]
        if self.chance(0.12):
            lines.append([Part(self.say("section"), "nav")])
        if self.chance(0.3):
            lines.append(list(self.share()))
        self.random.shuffle(lines)
        split = self.random.randint(0, len(lines))
        head = [*above, *(part for line in lines[:split] for part in line), *title, *(part for line in lines[split:] for part in line)]
        if title and self.chance(0.06):
            head += title
        if self.chance(0.12):
            head.append(Part(self.one(self.main.title, self.phrase(self.main.paragraphs, 3, 9), self.say("name")), "caption"))
        if self.chance(0.06):
            head.append(Part(self.say("credit"), "nav"))
        if self.chance(0.06):
            head += self.one(self.related_list, self.headlines)()

        blocks = (
            (self.related_list, 0.45), (self.related_one, 0.12), (self.ticker, 0.1), (self.teasers, 0.22), (self.second_article, 0.3),
            (self.comments, 0.22), (self.tags, 0.32), (self.share, 0.35), (self.legal, 0.3), (self.menu, 0.15), (self.embed, 0.06),
            (self.meta("byline"), 0.14), (self.meta("dateline"), 0.1), (self.meta("source"), 0.16), (self.dump, 0.06),
        )  # fmt: skip
        fullness = self.one(0.35, 1, 1, 1.6)
        below = [list(block()) for block, share in blocks if self.chance(share * fullness)]
        self.random.shuffle(below)
        if self.chance(0.12):
            below += [list(self.second_article()) for _ in range(self.random.randint(1, 4))]

        inside: list[list[Part]] = [[part] for part in body]
        for block, share in ((self.related_one, 0.16), (self.related_list, 0.08), (self.embed, 0.1), (self.teasers, 0.04), (self.share, 0.04), (self.headlines, 0.04)):
            for _ in range(self.one(1, 1, 2)):
                if self.chance(share) and len(inside) > 1:
                    inside.insert(self.random.randint(1, len(inside) - 1), list(block()))
        if self.chance(0.07) and len(inside) > 1:
            inside.insert(self.random.randint(1, len(inside) - 1), [Part(self.say("ad"), "nav")])
        return [*head, *(part for block in [*inside, *below] for part in block)]

    def _laid_out(self, parts: Iterable[Part]) -> tuple[str, list[list[Any]]]:
        """Return the text of a page of *parts*, and the spans of those that are not the article's."""
        separator = self.one("\n", "\n", "\n", "\n\n", "\n \n")
        glued = self.chance(0.04)
        raw, spans = "", []
        before = ""
        for part in parts:
            if raw:
                loose = glued and self.chance(0.12) and (before != KEEP or part.kind != KEEP)
                raw += self.one(" ", "") if loose else separator if self.chance(0.9) else self.one("\n", "\n\n")
            start = len(raw)
            raw += part.text
            before = part.kind
            if part.kind:
                neutral = part.kind in ("title", "caption")
                spans.append([start, len(raw), part.kind, "neutral" if neutral else "remove"])
        return raw, spans


def compose(count: int, seed: int, corpora: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Yield *count* pages made of the articles of *corpora*: news, and papers whose lines nobody labelled."""
    news, *papers = (list(articles(path)) for path in corpora)
    composer = Composer(seed, news, papers[0] if papers else ())
    number = 0
    while number < count:
        page = composer.page(number)
        if page and 120 < len(page["raw"]) < 25_000:
            yield page
            number += 1


def main() -> None:
    """Write pages; see the head of this module."""
    count, seed, out, *corpora = sys.argv[1:]
    with Path(out).open("w", encoding="utf-8") as stream:
        for page in compose(int(count), int(seed), list(map(Path, corpora))):
            stream.write(json.dumps(page, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
