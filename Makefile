# `make run` shows what cleaner does, `make test` that it works; both need Python ≥ 3.11 and nothing else.

# The first of these that is recent enough; another is named by `make PYTHON=…`.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV ?= .venv
BIN := $(VENV)/bin

# The lowest versions of the libraries have wheels for this one only.
PYTHON_3_11 = $(shell for python in python3.11 $(PYTHON); do \
	$$python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null && echo $$python && break; done)

INSTALL := pip install --quiet --disable-pip-version-check

# The tests of what libraries could break; neither those of cost nor those of crashes.
PORTABLE := tests/reading tests/records tests/stages tests/duplicates tests/commands/test_use.py tests/output/test_restore.py \
	tests/reading/test_html.py -k 'not (thousands or killed or order_of_input)'

.DEFAULT_GOAL := help
.PHONY: help run install format reference lint type test slow lowest latest lock bench bench-peers bench-scale check pages stems line-classifier folds opening-verbs lexicon clean

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

reference: $(VENV)/dev ## write the contents and tables of cleaner/REFERENCE.md
	$(BIN)/python tests/reference_tables.py

lint: $(VENV)/dev ## check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

type: $(VENV)/dev ## check types
	$(BIN)/mypy

test: $(VENV)/dev ## run the fast tests, among them the README's commands and the golden cases
	$(BIN)/pytest -q -n auto

slow: $(VENV)/dev ## run the tests that take long
	$(BIN)/pytest -q -n auto -m slow

lowest: $(VENV)/lowest/made ## run the tests of reading, stages and duplicates with the lowest versions allowed
	$(VENV)/lowest/bin/pytest -q -rs -n auto $(PORTABLE)

latest: $(VENV)/python ## the same with the newest versions of everything, whatever is locked
	$(PYTHON) -m venv --clear $(VENV)/latest
	$(VENV)/latest/bin/$(INSTALL) --editable '.[html,test]'
	$(VENV)/latest/bin/pytest -q -rs -n auto $(PORTABLE)

lock: $(VENV)/uv/bin/uv ## lock what pyproject.toml asks for; make lock UPGRADE=--upgrade takes the newest versions
	$(LOCK) $(UPGRADE) --generate-hashes --output-file requirements.lock
	$(LOCK) $(UPGRADE) --generate-hashes --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	$(LOCK) --upgrade --resolution lowest-direct --extra html --extra test --output-file requirements-lowest.lock

# One version of each package for all platforms and all Pythons, so that what is tested here is what runs there.
LOCK = $< pip compile --quiet --no-config --python $(BIN)/python --python-version 3.11 --universal --fork-strategy fewest \
	--custom-compile-command "make lock" --group build pyproject.toml

bench: $(VENV)/dev ## measure speed, and what each stage costs: make bench CORPUS="news.jsonl.zst …"
	$(BIN)/python tests/benchmarks/speed.py $(CORPUS)

bench-peers: $(VENV)/dev $(VENV)/peers ## time the search for duplicates and other tools for it: make bench-peers CORPUS=news.jsonl.zst
	$(BIN)/python tests/benchmarks/peers.py $(VENV)/peers/bin/python $(CORPUS) $(DOCUMENTS)

bench-scale: $(VENV)/dev ## how time and memory grow to two million documents: make bench-scale CORPUS=news.jsonl.zst
	$(BIN)/python tests/benchmarks/scale.py $(CORPUS) 75500 2000000

check: lint type test ## everything that must hold before a commit

# What tables are learned from, where the shared folder lies beside this one.
SHARED ?= ../shared
opening-verbs lexicon stems: CORPUS ?= $(wildcard $(SHARED)/corpus/news.jsonl.zst)
line-classifier pages: CORPORA ?= $(wildcard $(foreach name,news papers,$(SHARED)/corpus/$(name).jsonl.zst))
line-classifier folds: GOLD ?= $(wildcard $(foreach name,seeds real composed composed_more composed_51 real_more,$(SHARED)/gold/$(name).jsonl))
lexicon: FOREIGN ?= $(wildcard $(SHARED)/gold/foreign.jsonl)
MODELS ?= out/folds
COUNT ?= 1000
SEED ?= 1

pages: $(VENV)/dev ## compose labelled pages of random structure: make pages COUNT=1000 SEED=1 OUT=pages.jsonl CORPORA="news papers"
	$(BIN)/python -m cleaner.training.pages $(COUNT) $(SEED) $(or $(OUT),pages.jsonl) $(CORPORA)

stems: $(VENV)/dev ## count stems and lay them out by what they are about: make stems CORPUS=news.jsonl.zst
	$(BIN)/python -m cleaner.training.stem_vectors $(CORPUS)

line-classifier: $(VENV)/train ## train the line classifier (20 minutes): make line-classifier GOLD="labelled.jsonl …" CORPORA="news papers"
	$(BIN)/python -m cleaner.training.line_training $(GOLD) --corpora $(CORPORA) --folds $(MODELS)

folds: $(VENV)/dev ## measure on sites and formats that nothing was learned from, behind line-classifier: make folds GOLD=…
	$(BIN)/python -m cleaner.training.folds $(MODELS) $(GOLD)

opening-verbs: $(VENV)/dev ## count with which words articles begin: make opening-verbs CORPUS=news.jsonl.zst
	$(BIN)/python -m cleaner.training.opening_verbs $(CORPUS)

lexicon: $(VENV)/dev ## count the words of a corpus: make lexicon CORPUS=news.jsonl.zst FOREIGN=foreign.jsonl
	$(BIN)/python -m cleaner.training.lexicon_counts $(CORPUS) $(FOREIGN)

$(VENV)/peers: $(VENV)/python tests/benchmarks/peers.txt
	$(PYTHON) -m venv $@
	$@/bin/$(INSTALL) --requirement tests/benchmarks/peers.txt
	@touch $@

clean: ## remove what make made
	rm -rf $(VENV) out

# Made anew where a lock has changed, so that nothing is left of what was locked before; not if someone else made it.
$(VENV)/python: requirements.lock requirements-dev.lock
	@test -n "$(PYTHON)" || { echo "cleaner needs Python 3.11 or later" >&2; exit 1; }
	$(PYTHON) -m venv $(if $(wildcard $@),--clear) $(VENV)
	@touch $@

$(VENV)/run: $(VENV)/python pyproject.toml
	$(BIN)/$(INSTALL) --require-hashes --requirement requirements.lock
	$(BIN)/$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: $(VENV)/run
	$(BIN)/$(INSTALL) --require-hashes --requirement requirements-dev.lock
	@touch $@

$(VENV)/train: $(VENV)/dev
	$(BIN)/$(INSTALL) --editable '.[train]'
	@touch $@

$(VENV)/lowest/made: $(VENV)/python requirements-lowest.lock pyproject.toml
	@test -n "$(PYTHON_3_11)" || { echo "the lowest versions have wheels for Python 3.11 only" >&2; exit 1; }
	$(PYTHON_3_11) -m venv --clear $(@D)
	$(@D)/bin/$(INSTALL) --requirement requirements-lowest.lock
	$(@D)/bin/$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/uv/bin/uv: $(VENV)/python
	$(PYTHON) -m venv $(VENV)/uv
	$(VENV)/uv/bin/$(INSTALL) uv
	@touch $@
