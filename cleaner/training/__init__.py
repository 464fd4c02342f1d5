"""For developers: make the learned tables, and measure on formats from which nothing was learned.

corpus.py          rows of corpora, and which are kept for measuring
lexicon_counts.py  counts the words of a corpus: `cleaner/learned/lexicon.zst`
opening_verbs.py   counts with which words articles begin: `cleaner/learned/opening_verbs.toml`
labelled_pages.py  labelled pages as their lines
names.py           which words are names, that no weight may know
stem_vectors.py    what stems are about: `cleaner/learned/stems.zst`
pages/             composes labelled pages of random structure
word_weights.py    weighs words by how much oftener they stand in boilerplate
boosting.py        boosted trees, as tables of integers
line_training.py   trains the line classifier on these and on labelled pages
tables.py          writes tables with their provenance
parts.py           what the tables of rules are made of, down to one phrase or one alternative of a pattern
attestation.py     the formats whose boilerplate attests each of these parts
folds.py           a copy of cleaner without what only left-out formats attest, scored on their pages
"""
