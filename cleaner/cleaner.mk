# Build a cleaned corpus with make, only when its inputs changed:
#
#     include $(shell cleaner makefile)
#     words.txt: corpus/clean.jsonl
#             …
#
# `make cleaner-corpus` runs `cleaner run raw corpus`. Set what differs before the include:
#
#     CLEANER_RAW    folder or file of raw documents       (raw)
#     CLEANER_OUT    folder of the corpus                  (corpus)
#     CLEANER_FLAGS  options, such as --keep earliest      (none)
#     CLEANER        the program                           (cleaner)
#
# More corpora: $(eval $(call cleaner-corpus,OUT,RAW,OPTIONS)). Where make itself produces raw files or a
# configuration, say so: corpus/report.json: raw/feed.jsonl
#
# One recipe makes all files of a corpus and report.json is written last, so every other file hangs on it:
# that is safe under `make -j`. Inputs are compared by time, folders too, so a deleted file counts as a change.

CLEANER ?= cleaner
CLEANER_RAW ?= raw
CLEANER_OUT ?= corpus
CLEANER_FLAGS ?=

.PHONY: cleaner-inputs-changed cleaner-corpus

# Prints something if the corpus $(1) is older than its inputs $(2) or lacks a file.
cleaner-changes = (cd $(1) && ls report.json clean.jsonl duplicates.jsonl edits.jsonl rejects.jsonl) \
  >/dev/null 2>&1 || echo incomplete; find $(2) -newer $(1)/report.json 2>/dev/null | head -n 1

define cleaner-corpus
$(1)/report.json: $$(if $$(shell $(call cleaner-changes,$(1),$(2))),cleaner-inputs-changed)
	$$(strip $$(CLEANER) run $(3) $(2) $(1))
$(1)/clean.jsonl $(1)/duplicates.jsonl $(1)/edits.jsonl $(1)/rejects.jsonl: $(1)/report.json ;
endef

cleaner-inputs-changed:

$(eval $(call cleaner-corpus,$(CLEANER_OUT),$(CLEANER_RAW),$(CLEANER_FLAGS)))
cleaner-corpus: $(CLEANER_OUT)/report.json
