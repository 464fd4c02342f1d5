"""The engines behind the commands: they move data between pure functions and decide nothing.

survey.py      a look at every file before a run that must fail wastes time
first_pass.py  counts over the whole input, before anything is cleaned
worker.py      what one process does with one batch
ledger.py      edits, rejects and drafts, as the batches come in; identity.py gives each document its id
search.py      the search for duplicates, in the words of the rows
report.py      report.json
run.py         `cleaner run`; dedup.py, plan.py and learning.py the commands of these names
steps.py       what run and dedup have in common
"""
