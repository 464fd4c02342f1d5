"""What one line of a page says by itself, whatever is decided about it.

lines.py            a text as lines, with the measures that tell prose from boilerplate
vocabulary.py       words by kind
verbs.py            words that open sentences
wording.py          how much a line's words sound like boilerplate
shapes.py           what a line looks like: dated, a byline, an entry of a list
cohesion.py         how many of a headline's words a text repeats
markers.py          the phrases by which boilerplate is recognized, and what they mean where they stand
inline_markers.py   boilerplate inside a line
own_rules.py        the user's own markers
agencies.py         news agencies, and lines that credit one
printed_sources.py  whom a line names as the source of the story
"""
