"""The engines behind the commands: they move data between pure functions and decide nothing.

preflight.py     the beginning of every file is read, so that what must fail fails at once
count_pass.py    counts over the whole input, before anything is cleaned
work.py          what one process of `cleaner run` does with one batch
shard_writer.py  edits, rejects and draft rows are written as the batches come in
ids.py           an id of its own for each document
search.py        the search for duplicates, and its result as fields of rows
report.py        report.json
run.py           `cleaner run`
row_batches.py   what one process of `cleaner dedup` does with one batch
row_spool.py     its rows between reading and writing
dedup.py         `cleaner dedup`
steps.py         what run and dedup have in common
plan.py          `cleaner plan`
learning.py      `cleaner learn`
pool.py          a pure function mapped over items in several processes
"""
