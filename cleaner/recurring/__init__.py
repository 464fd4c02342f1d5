"""What stands again and again in the articles of one named source is its boilerplate, whatever it says.

passages.py   a text ─▶ the passages that may be boilerplate: short lines, and what is glued to either end
counting.py   the texts of a batch ─▶ rows of evidence, one a passage
conclusion.py the evidence of all batches ─▶ which passages are boilerplate, and how often they stand
recurrences.py  what was decided
"""
