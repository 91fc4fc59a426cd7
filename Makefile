# Descent: the verbs of the project. `make` alone shows them, and where you are.
# Chapters are found by their file names; a line with ## is an entry of the menu.

.DEFAULT_GOAL := menu
.DELETE_ON_ERROR:
SHELL := /bin/bash
MAKEFLAGS += --no-builtin-rules --no-print-directory

sources := $(wildcard chapters/*.md) $(wildcard solutions/*.md)
parsed  := $(sources:%.md=build/parsed/%.json)
pages   := $(filter-out preface,$(notdir $(basename $(wildcard chapters/*.md))))
reading := $(wildcard book/filters/*.lua book/filters/lib/*.lua)
weaving := build/manifest.json book/metadata.yaml book/filters/weave.lua $(wildcard book/filters/lib/*.lua book/filters/lib/weave/*.lua)
code    := $(wildcard tests/runner/*.[ch])
needs   := gio-2.0 gio-unix-2.0 json-glib-1.0
runner  := build/bin/descent
asked    = $(foreach name,CH EX MINE SEED SEEDS SHOW,$(name)="$($(name))")

##% Learn
check: build/tangled $(runner) ## judge your exercises: CH=01, EX=vec_dot; MINE=1 with your own library, SEED=7
	@$(runner) check $(asked)

next: build/tangled $(runner) ## the next exercise: its file and its command
	@$(runner) next

hint: build/tangled $(runner) ## one more hint: EX=vec_dot
	@$(runner) hint $(asked)

again: build/tangled $(runner) ## write what passed long ago once more, from its contract: EX=vec_dot, CH=01
	@$(runner) again $(asked)

progress: build/tangled $(runner) ## what is done, chapter by chapter
	@$(runner) progress

plots: build/tangled $(runner) ## draw the figures from your own functions: CH=01
	@$(runner) draw IMPL=mine SHOW=1 CH="$(CH)"

##% The book
book: html pdf epub ## HTML, PDF and EPUB into build/book/
html: $(pages:%=build/book/%.html) build/book/index.html ## the pages: build/book/index.html
pdf: build/book/descent.pdf ## the PDF alone
epub: build/book/descent.epub ## the EPUB alone

##% Set up
deps: ## install what is missing (apt), or say what to install; FOR=check: only what judges exercises
	@book/deps.sh $(FOR)

tangle: $(parsed) ## cut the code out of the chapters; puts missing exercises back

reference: build/drawn ## the reference library and figures
mine: build/tangled $(runner) ## the library of your own functions: build/mine/libdescent.a
	@$(runner) library mine

clean: ## remove build/; your exercises stay
	rm -rf build

# [teacher
# What stands between these brackets, here and below, is no part of a student's tree: make release leaves it out.
##% Teach
grade: build/drawn $(runner) ## grade a class: SUBMISSIONS=folder; OUT=build/gradebook, JOBS=n, HOSTS=a,b, COURSE=course.ini
	@$(runner) grade $(foreach name,SUBMISSIONS OUT JOBS SEED HOSTS THERE COURSE PROFILE SLURM UNPROTECTED,$(name)="$($(name))")

autograder: build/tangled $(runner) ## the same for Gradescope's own machines: OUT=build/autograder.zip
	@$(runner) autograder OUT="$(OUT)" COURSE="$(COURSE)" UNPROTECTED="$(UNPROTECTED)"

sample-class: build/tangled $(runner) ## write a class to try it with: OUT=folder, STUDENTS=30, CHAPTERS=3
	@$(runner) sample-class OUT="$(OUT)" STUDENTS="$(STUDENTS)" CHAPTERS="$(CHAPTERS)"

release: build/tangled build/drawn $(runner) ## the students' tree and tarball, without answers: OUT=build/release, BOOK="html pdf epub"
	@$(runner) release "$(or $(OUT),build/release)" $(or $(BOOK),html pdf epub)

##% Write and maintain
prove: build/tangled $(runner) ## what a chapter's author asks: do stubs and mistakes fail, solutions pass? CH=, EX=, SHOW=1
	@$(runner) prove $(asked)

test: build/tested ## the project's own tests
	@tail -n 2 $<

test-seeds: build/tangled $(runner) ## no right program is rejected by chance: every suite with SEEDS=100 seeds; CH=, EX=
	@$(runner) prove $(asked) SEEDS=$(or $(SEEDS),100)

oracle: build/reference/libdescent.a build/manifest.json ## the reference library against NumPy and R: CH=04
	@tests/oracle/run bridge $(CH)

bench: book ## the measured figures, as ratios
	@node tests/runner/bench.js
	@node tests/runner/bench-products.js
	@node tests/runner/bench-lapack.js
	@tests/oracle/run training
	@node tests/runner/bench-pages.js
	@node tests/grader/bench.js
	@node tests/grader/class-bench.js

.PHONY: grade autograder sample-class release prove test test-seeds oracle bench
code  += $(wildcard tests/release/*.[ch] tests/grader/*.[ch])
needs += libarchive gmime-3.0 yaml-0.1 sqlite3 libseccomp
# teacher]

# ---------------------------------------------------------------- how things are made

.PHONY: menu check next hint again progress plots book html pdf epub deps tangle reference mine clean

menu: $(runner)
	@$(runner) menu

$(runner): $(code)
	@mkdir -p $(@D)
	@gcc -std=c2x -Wall -Wextra -O2 $(filter %.c,$^) -o $@ \
	    -Itests/runner $$(pkg-config --cflags --libs $(needs)) -lm

# Tangling. link.lua writes only what changed, so the manifest keeps its time when it says the same as before.
build/parsed/%.json: %.md $(reading)
	@mkdir -p $(@D)
	@pandoc -f commonmark_x+sourcepos -t plain -L book/filters/read.lua -o $@ $<

link := pandoc -f markdown -t plain -L book/filters/link.lua -o build/tangled /dev/null

tangle:
	@$(link)

build/tangled: $(parsed) $(wildcard tests/suites/*.c) $(reading)
	@$(link)

build/manifest.json: build/tangled
	@:

# Programs and figures. The runner keeps one hash a chapter, whose time changes only with what is on its page.
build/drawn: build/tangled $(runner) book/theme/figure.gp $(wildcard chapters/data/*)
	@$(runner) draw IMPL=reference
	@touch $@

build/reference/drawn/%: build/drawn
	@:

build/reference/libdescent.a: build/drawn
	@:

# Pages. A chapter, unlike the preface, shows what its programs printed and drew, in all three forms.
$(pages:%=build/book/%.html): build/book/%.html: build/reference/drawn/%
$(pages:%=build/tex/%.tex): build/tex/%.tex: build/reference/drawn/%
$(pages:%=build/epub/%.json): build/epub/%.json: build/reference/drawn/%

weave := pandoc -f commonmark_x -L book/filters/weave.lua
shown := $(patsubst %,build/book/theme/%,descent.css descent.js emblem.svg)

# Typefaces, each named in the rules below: of folders that are not there when it starts, a vpath and a pattern make forget, and
# `make deps book` makes them only then.
dejavu := /usr/share/fonts/truetype/dejavu
gyre   := /usr/share/texmf/fonts/opentype/public/tex-gyre
mono   := $(patsubst %,build/book/fonts/%.woff2,DejaVuSansMono DejaVuSansMono-Bold)
maths  := build/book/fonts/texgyrepagella-math.woff2
serif  := $(patsubst %,build/book/fonts/texgyrepagella-%.woff2,regular italic bold bolditalic)
fonts  := $(mono) $(maths) $(serif)

build/book/%.html: chapters/%.md $(weaving) book/theme/page.html | $(shown) $(fonts)
	@$(weave) -t html5 --mathml --template book/theme/page.html -o $@ $<

build/book/index.html: chapters/preface.md $(weaving) book/theme/page.html | $(shown) $(fonts)
	@$(weave) -t html5 --mathml --template book/theme/page.html -o $@ $<

build/book/theme/%: book/theme/%
	@mkdir -p $(@D)
	@cp $< $@

woff2 = cp $< $(@D) && woff2_compress $(@D)/$(<F) >/dev/null 2>&1 && rm $(@D)/$(<F)
$(serif): build/book/fonts/%.woff2: $(gyre)/%.otf
$(maths): build/book/fonts/%.woff2: $(gyre)-math/%.otf
$(mono): build/book/fonts/%.woff2: $(dejavu)/%.ttf
$(fonts):
	@mkdir -p $(@D)
	@$(woff2)

# The PDF: a fragment a chapter, then one volume.
build/tex/%.tex: chapters/%.md $(weaving)
	@mkdir -p $(@D)
	@$(weave) -t latex -o $@ $<

build/tex/emblem.pdf: book/theme/emblem.svg
	@mkdir -p $(@D)
	@rsvg-convert -f pdf -o $@ $<

build/book/descent.pdf: $(pages:%=build/tex/%.tex) build/tex/preface.tex build/tex/emblem.pdf \
    book/theme/book.tex $(weaving) book/filters/weave-volume.lua book/filters/typeset.lua
	@mkdir -p $(@D)
	@pandoc -f markdown -t latex --template book/theme/book.tex -L book/filters/weave-volume.lua -M dir=build/tex \
	    -M emblem=build/tex/emblem.pdf -o build/tex/descent.tex /dev/null
	@pandoc -f markdown -t plain -L book/filters/typeset.lua -M tex=build/tex/descent.tex -M pdf=$@ -o build/tex/pages /dev/null

# The EPUB: a document a chapter, then one volume.
build/epub/%.json: chapters/%.md $(weaving)
	@mkdir -p $(@D)
	@$(weave) -t json -o $@ $<

build/epub/cover.png: book/theme/cover.svg
	@mkdir -p $(@D)
	@rsvg-convert -o $@ $<

inside := $(filter-out %-bolditalic.woff2 %-Bold.woff2,$(fonts))
build/book/descent.epub: $(pages:%=build/epub/%.json) build/epub/preface.json build/epub/cover.png $(inside) \
    book/theme/epub.css $(weaving) book/filters/weave-volume.lua
	@pandoc -f markdown -t epub3 --mathml --epub-chapter-level=1 --toc --toc-depth=2 --css book/theme/epub.css \
	    --epub-cover-image=build/epub/cover.png $(inside:%=--epub-embed-font=%) -L book/filters/weave-volume.lua \
	    -M dir=build/epub -o $@ /dev/null

# [teacher
# The tests run again when a file of the project has changed; build/tested keeps what the last good run said.
checked := $(shell find $(wildcard Makefile README.md chapters solutions exercises tests book) -type f -not -path '*/node_modules/*')
build/tested: $(checked) | tests/book/node_modules
	@$(MAKE) --jobs=2 book
	@set -o pipefail; prove --timer --failures --comments --jobs 2 --ext .t --ext .test.js --exec tests/run \
	    tests $(patsubst %/,%,$(wildcard tests/*/)) | tee $@.log && mv $@.log $@

# What only the book's tests need from npm.
tests/book/node_modules: tests/book/package.json tests/book/package-lock.json
	@cd $(@D) && npm ci --loglevel=error --no-audit --no-fund >&2
	@touch $@
# teacher]

.SECONDARY:
