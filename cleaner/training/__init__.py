"""For developers: learn from labelled pages, and measure on formats from which nothing was learned.

pages.py        labelled pages as their lines
wording.py      the weights of words, `cleaner.stages.boilerplate.wording`
judge.py        those and the weights of `cleaner.stages.boilerplate.judge`
leads.py        the words with which articles begin, `cleaner.stages.boilerplate.vocabulary.leads`
parts.py        what the tables of rules are made of, down to one phrase or one alternative of a pattern
attestation.py  the formats whose furniture attests each of these parts
folds.py        a copy of cleaner without what only left-out formats attest, scored on their pages
"""
