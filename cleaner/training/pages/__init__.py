"""Compose labelled pages of random structure, from which the line reader is trained.

`python -m cleaner.training.pages COUNT SEED OUT CORPUS [PAPERS]` (`make pages`) writes JSON lines with `id`,
`raw` and `spans` ([start, end, kind, "remove" or "neutral"]; the rest is to be kept), as labelled pages have
them. Articles, and the headlines and texts of other articles, are those of a corpus; everything around them
comes from a grammar (`page_grammar.toml`). Nothing on these pages can be learned by heart: a heading is any
or none, and separators, order, place, glue and lost lines are drawn anew for each page. A third of the pages
tempts: articles with lists, verse, results, interviews, sub-headings, sentences that open as markers do.

grammar.py      chance, rules of the grammar, dates and clocks
articles.py     articles of a corpus, and the draw of one for a page
related.py      blocks made of other articles
blocks.py       blocks made of the grammar
tempting.py     what looks like boilerplate and is the article's
arrangement.py  what stands where on a page
compose.py      pages as labelled rows
"""

from cleaner.training.pages.articles import Article
from cleaner.training.pages.compose import NEUTRAL_KINDS, Composer, compose
from cleaner.training.pages.grammar import GRAMMAR

__all__ = ["GRAMMAR", "NEUTRAL_KINDS", "Article", "Composer", "compose"]
