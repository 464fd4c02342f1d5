"""What one line of a page says by itself, whatever is decided of it.

lines.py            a text as lines, with the measures by which prose differs from boilerplate
vocabulary.py       words by kind
verbs.py            words with which sentences open
wording.py          how much a line's words sound like boilerplate
shapes.py           what a line looks like: dated, a byline, an entry of a list
cohesion.py         how much of a headline a text takes up
markers.py          the phrases by which boilerplate is known, and what they mean where they stand
inline_markers.py   boilerplate inside a line
own_rules.py        markers of the user's own
agencies.py         news agencies, and lines that credit one
printed_sources.py  who a line says the story is from
"""
