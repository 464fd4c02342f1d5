# Build a cleaned corpus with make, only when its inputs changed:
#
#     include $(or $(shell cleaner makefile),$(error cleaner is not on the PATH))
#     words.txt: corpus/clean.jsonl
#             …
#
# `make cleaner-corpus` runs `cleaner run raw corpus`. The first target of your own stays the default goal. Set
# what differs before the include:
#
#     CLEANER_RAW    folders or files of raw documents, parted by spaces; a space in a name is `\ `  (raw)
#     CLEANER_OUT    folder of the corpus; no spaces                                                 (corpus)
#     CLEANER_FLAGS  options, such as --keep earliest                                                (none)
#     CLEANER        the program                                                                     (cleaner)
#
# More corpora: $(eval $(call cleaner-corpus,OUT,RAW,OPTIONS)). Where make itself produces raw files or a
# configuration, say so: corpus/report.json: raw/feed.jsonl
#
# The corpus is built again when one of its files is lost, when CLEANER_RAW or CLEANER_FLAGS say something else,
# and when the raw files have other names or contents. Beside OUT, OUT.inputs notes the command and a checksum
# of each raw file; they are computed again only when a time stamp is newer, so a mere `touch` builds nothing.
# A new version of cleaner and the contents of a --config file are not noticed: `make -B` builds anyway.
# With --index DIR in CLEANER_FLAGS only the first build succeeds: cleaner never replaces an index. Remove DIR
# before the next; with --against DIR as well, a corpus would be built of what is new alone.
#
# One recipe makes all files of a corpus and report.json is written last, so every other file hangs on it:
# that is safe under `make -j`. Then the others get a later time, else make took them for older than what they
# hang on, and `make -q` and `make -n` would never find anything up to date.

cleaner-goal := $(.DEFAULT_GOAL)

CLEANER ?= cleaner
CLEANER_RAW ?= raw
CLEANER_OUT ?= corpus
CLEANER_FLAGS ?=

.PHONY: cleaner-inputs-changed cleaner-corpus
cleaner-inputs-changed:

# Prints the command, without the program, that builds $(1) from $(2) with the options $(3).
cleaner-command = printf '%s\n' '$(subst ','\'',$(strip run $(3) $(2) $(1)))'

# Prints that and a checksum of each raw file.
cleaner-inputs = { $(cleaner-command); find -L $(2) -type f -exec cksum {} + | LC_ALL=C sort; }

# The files of a corpus beside report.json.
cleaner-rows := clean.jsonl duplicates.jsonl edits.jsonl rejects.jsonl

# The letters n, q and t, where make was told to build nothing: then the makefile changes nothing either.
cleaner-looks-only := $(foreach flag,n q t,$(findstring $(flag),$(firstword -$(MAKEFLAGS))))

# Prints something if the corpus $(1) lacks a file or was made from other inputs or with other options. An input
# that cannot be looked at counts as newer.
cleaner-changes = { \
  (cd $(1) && ls report.json $(cleaner-rows)) && \
  $(cleaner-command) | grep -Fxq -f - $(1).inputs && \
  { ! find -L $(2) -newer $(1).inputs 2>&1 | grep -q . || \
    { $(cleaner-inputs) | cmp -s - $(1).inputs $(if $(strip $(cleaner-looks-only)),,&& touch $(1).inputs); }; } \
  } >/dev/null 2>&1 || echo changed

# The inputs are noted before the run, so that a change during it is seen the next time.
define cleaner-corpus
cleaner-goal-before := $$(.DEFAULT_GOAL)
$(1)/report.json: $$(if $$(shell $(call cleaner-changes,$(1),$(2),$(3))),cleaner-inputs-changed)
	@mkdir -p $$(dir $(1)) && $(call cleaner-inputs,$(1),$(2),$(3)) > $(1).inputs.new
	$$(strip $$(CLEANER) run $(3) $(2) $(1))
	@touch $(cleaner-rows:%=$(1)/%) && mv $(1).inputs.new $(1).inputs
$(cleaner-rows:%=$(1)/%): $(1)/report.json ;
.DEFAULT_GOAL := $$(cleaner-goal-before)
endef

$(eval $(call cleaner-corpus,$(CLEANER_OUT),$(CLEANER_RAW),$(CLEANER_FLAGS)))
cleaner-corpus: $(CLEANER_OUT)/report.json

.DEFAULT_GOAL := $(cleaner-goal)
