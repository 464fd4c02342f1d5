"""Find the boilerplate of a source: passages that recur in its articles, whatever they say.

passages.py     a text ─▶ the passages that may be boilerplate: short lines, and words glued to sentences
counting.py     the texts of a batch ─▶ rows of fixed size, one for each passage
conclusion.py   the rows of all batches ─▶ which passages are boilerplate, and how often they occur
recurrences.py  the result
"""
