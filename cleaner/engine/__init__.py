"""The engines behind the commands: they move data between pure functions and decide nothing.

survey.py       a look at every file before a run that must fail wastes time
first_pass.py   counts over the whole input, before anything is cleaned
worker.py       what one process of `cleaner run` does with one batch
ledger.py       edits, rejects and drafts, as the batches come in
identity.py     an id of its own for each document
search.py       the search for duplicates, in the words of the rows
report.py       report.json
run.py          `cleaner run`
row_batches.py  what one process of `cleaner dedup` does with one batch
row_spool.py    its rows between reading and writing
dedup.py        `cleaner dedup`
steps.py        what run and dedup have in common
plan.py         `cleaner plan`
learning.py     `cleaner learn`
"""
