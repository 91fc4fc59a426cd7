# Descent: the verbs of the project. `make` alone shows them, and where you are.
# Chapters are found by their file names; a line with ## is an entry of the menu.

.DEFAULT_GOAL := menu
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

sources := $(wildcard chapters/*.md) $(wildcard solutions/*.md)
parsed   := $(sources:%.md=build/parsed/%.json)
pages    := $(filter-out preface,$(notdir $(basename $(wildcard chapters/*.md))))
html     := $(pages:%=build/book/%.html) build/book/index.html
lib      := $(wildcard book/filters/lib/*.lua)
suites   := $(wildcard tests/suites/*.c)
theme    := $(wildcard book/theme/*)
harness  := $(wildcard tests/harness/*.[ch])
code     := $(wildcard tests/runner/*.[ch])
runner   := build/bin/descent
glib     := gio-2.0 gio-unix-2.0 json-glib-1.0
asked    = $(foreach name,CH EX MINE SEED SHOW,$(name)="$($(name))")

##% Learn
check: build/tangled $(runner) ## judge your exercises: CH=01, EX=vec_dot; MINE=1 with your own library, SEED=7
	@$(runner) check $(asked)

next: build/tangled $(runner) ## the next exercise: its file and its command
	@$(runner) next

hint: build/tangled $(runner) ## one more hint: EX=vec_dot
	@$(runner) hint $(asked)

progress: build/tangled $(runner) ## what is done, chapter by chapter
	@$(runner) progress

plots: build/tangled $(runner) ## draw the figures from your own functions: CH=01
	@$(runner) library mine
	@$(runner) draw IMPL=mine SHOW=1 CH="$(CH)"

##% The book
book: html pdf epub ## HTML, PDF and EPUB into build/book/
html: $(html) ## the pages: build/book/index.html
pdf: build/book/descent.pdf ## the PDF alone
epub: build/book/descent.epub ## the EPUB alone

##% Set up
deps: ## install what is missing (apt), or say what to install
	@book/deps.sh

tangle: $(parsed) ## cut the code out of the chapters; puts missing exercises back

reference: build/drawn ## the reference library and figures
mine: build/tangled $(runner) ## the library of your own functions: build/mine/libdescent.a
	@$(runner) library mine

clean: ## remove build/; your exercises stay
	rm -rf build

##% Write and maintain
prove: build/tangled $(runner) ## what a chapter's author asks: do stubs and mistakes fail, solutions pass? CH=, EX=, SHOW=1
	@$(runner) prove $(asked)

test: book tests/book/node_modules ## the project's own tests
	@prove --timer --jobs 2 tests/press tests/harness tests/runner tests/book

# ---------------------------------------------------------------- how things are made

.PHONY: menu check next hint progress plots book html pdf epub deps tangle reference mine clean prove test

menu: $(runner)
	@$(runner) menu

$(runner): $(code)
	@mkdir -p $(@D)
	gcc -std=c2x -Wall -Wextra -O2 $(filter %.c,$^) -o $@ $$(pkg-config --cflags --libs $(glib)) -lm

build/parsed/%.json: %.md book/filters/read.lua $(lib)
	@mkdir -p $(@D)
	@pandoc -f commonmark_x+sourcepos -t plain -L book/filters/read.lua -o $@ $<

link := pandoc -f markdown -t plain -L book/filters/link.lua -o build/tangled /dev/null

tangle:
	@$(link)

# What is tangled, the manifest included, keeps its time when its text did not change.
build/tangled: $(parsed) $(suites) book/filters/link.lua $(lib)
	@$(link)

build/drawn: build/tangled $(runner) book/theme/figure.gp $(wildcard chapters/data/*)
	@$(runner) library reference
	@$(runner) draw IMPL=reference
	@touch $@
