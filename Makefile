# `make run` shows what cleaner does, `make test` that it works; both need Python ≥ 3.11 and nothing else.

# The first of these that is recent enough; another is named by `make PYTHON=…`.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV ?= .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run install format readme lint type test slow bench bench-peers bench-scale check weights leads folds lexicon clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

run: $(VENV)/run ## clean the raw fixtures into out/
	$(BIN)/cleaner run fixtures/raw out
	@echo
	@echo "out/clean.jsonl       the corpus: 'head -n 1 out/clean.jsonl' shows a document"
	@echo "out/duplicates.jsonl  what was dropped, and the kept document that each repeats"
	@echo "out/edits.jsonl       every change, with its rule; '$(BIN)/cleaner restore out' undoes them"
	@echo "out/rejects.jsonl     what could not be read, and why"
	@echo "out/report.json       counts"
	@echo
	@echo "Next: $(BIN)/cleaner explain aggregator/port-berths out"
	@echo "To call it 'cleaner' from here on: export PATH=\"$(abspath $(BIN)):\$$PATH\""

install: $(VENV)/dev ## set up .venv for development

format: $(VENV)/dev ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

readme: $(VENV)/dev ## write the README's tables of commands, options and stages
	$(BIN)/python tests/readme_tables.py

lint: $(VENV)/dev ## check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

type: $(VENV)/dev ## check types
	$(BIN)/mypy

test: $(VENV)/dev ## run the fast tests, among them the README's commands and the golden cases
	$(BIN)/pytest -q -n auto

slow: $(VENV)/dev ## run the tests that take long
	$(BIN)/pytest -q -n auto -m slow

bench: $(VENV)/dev ## measure speed, and what each stage costs: make bench CORPUS="news.jsonl.zst …"
	$(BIN)/python tests/benchmarks/speed.py $(CORPUS)

bench-peers: $(VENV)/dev $(VENV)/peers ## time the search for duplicates and other tools for it: make bench-peers CORPUS=news.jsonl.zst
	$(BIN)/python tests/benchmarks/peers.py $(VENV)/peers/bin/python $(CORPUS) $(DOCUMENTS)

bench-scale: $(VENV)/dev ## how time and memory grow to two million documents: make bench-scale CORPUS=news.jsonl.zst
	$(BIN)/python tests/benchmarks/scale.py $(CORPUS) 75500 2000000

check: lint type test ## everything that must hold before a commit

weights: $(VENV)/dev ## learn how lines are judged: make weights GOLD="labelled.jsonl …" CORPUS=news.jsonl.zst
	$(BIN)/python -m cleaner.training.judge $(GOLD) $(if $(CORPUS),--articles $(CORPUS))

leads: $(VENV)/dev ## learn with which words articles begin: make leads CORPUS=news.jsonl.zst
	$(BIN)/python -m cleaner.training.leads $(CORPUS)

folds: $(VENV)/dev ## measure on formats that nothing was learned from: make folds GOLD=… CORPUS=…
	$(BIN)/python -m cleaner.training.folds $(GOLD) $(if $(CORPUS),--articles $(CORPUS))

lexicon: $(VENV)/dev ## count the words of a corpus: make lexicon CORPUS=news.jsonl.zst FOREIGN=foreign.jsonl
	$(BIN)/python -m cleaner.data.build_lexicon $(CORPUS) $(FOREIGN)

$(VENV)/peers: $(VENV)/python tests/benchmarks/peers.txt
	$(PYTHON) -m venv $@
	$@/bin/pip install --quiet --disable-pip-version-check --requirement tests/benchmarks/peers.txt
	@touch $@

clean: ## remove what make made
	rm -rf $(VENV) out

$(VENV)/python:
	@test -n "$(PYTHON)" || { echo "cleaner needs Python 3.11 or later" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run: $(VENV)/python pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/dev: $(VENV)/run
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
