"""What one line of a page says by itself, whatever is decided about it.

lines.py            a text as lines, with the measures that tell prose from boilerplate
vocabulary.py       words by kind
verbs.py            words that open sentences
wording.py          how much a line's words sound like boilerplate
shapes.py           what a line looks like: dated, a byline, an entry of a list
units.py            long lines of a page that lost its line breaks, cut into sentences and labels
belonging.py        how near each line is to the article
evidence.py         all that a line shows, as one row of integers
line_labels.py      the labels of lines, and what the lines around one are labelled
trees.py            boosted trees, evaluated for many lines at once
line_model.py       the trees of the line classifier, and how sure it must be
cohesion.py         how many of a headline's words a text repeats
markers.py          the phrases by which boilerplate is recognized, and what they mean where they stand
inline_markers.py   boilerplate inside a line
own_rules.py        the user's own markers
agencies.py         news agencies, and lines that credit one
printed_sources.py  whom a line names as the source of the story
"""
