"""What characters, words and dates are, in Arabic news: facts about text, whatever is done with it.

alphabet.py   kinds of characters, and which of them a text holds
folding.py    views of a text in which spellings of one word are equal
language.py   which language a text is in, and the evidence for it
lexicon.py    how usual a word is
dates.py      the dates that a line prints
prefilter.py  the strings without which a pattern need not be tried
screens.py    what a text must hold for a stage to find anything in it
printable.py  text for a terminal: nothing in it is invisible or steers the screen
"""
