"""Facts about characters, words and dates in Arabic news text, whatever is done with it.

alphabet.py   kinds of characters, and which of them a text holds
folding.py    views of a text in which spellings of one word are equal
language.py   which language a text is in, and the evidence for it
lexicon.py    how common a word is
stems.py      what a word is about
dates.py      the dates that a line prints
prefilter.py  which of many strings stand in a text, so that few patterns need to be tried
screens.py    what a text must hold for a stage to find anything in it
printable.py  text for a terminal, without invisible or control characters
"""
