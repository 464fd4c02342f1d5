"""What stands again and again in the articles of one named source is its furniture, whatever it says.

passages.py   a text ─▶ the passages that may be furniture: short lines, and what is glued to either end
counting.py   the texts of a batch ─▶ rows of evidence, one a passage
law.py        the evidence of all batches ─▶ which passages are furniture, and how often they stand
furniture.py  what the law decided
"""
