-- Weaves one source of the book (a chapter, an appendix or the preface) for HTML, LaTeX or EPUB.
--
--   pandoc -f commonmark_x -t html5 --mathml --template book/theme/page.html -L book/filters/weave.lua chapters/NN-slug.md
--   pandoc -f commonmark_x -t latex -L book/filters/weave.lua chapters/NN-slug.md
--   pandoc -f commonmark_x -t json  -L book/filters/weave.lua chapters/NN-slug.md        (a part of the EPUB)
--
-- It runs in the project's root and reads build/manifest.json (every number and label), build/IMPL/data (what the programs
-- printed) and build/IMPL/figures (their pictures); -M impl=mine weaves with the learner's own. What a block means is decided once, in
-- lib/weave/blocks.lua; how it looks is decided by a printer, lib/weave/html.lua or lib/weave/latex.lua.
local here = PANDOC_SCRIPT_FILE:match('^(.*)/[^/]*$') or '.'
package.path = here .. '/lib/?.lua;' .. package.path

local book = require 'weave.book'
local text = require 'weave.text'
local blocks = require 'weave.blocks'
local page = require 'weave.page'

local printers = { html = 'weave.html', latex = 'weave.latex', json = 'weave.html' }

local function weave(doc)
    book.open(doc.meta)
    local flavour = FORMAT:match('^html') and 'html' or FORMAT
    local out = require(printers[flavour] or book.stop('weave.lua weaves html, latex and json, not ' .. FORMAT))
    if flavour == 'json' then out.become_epub() end
    doc = text.weave(blocks.with_cards(doc), out)
    local woven, outline = blocks.weave(doc.blocks, out)
    local opening = pandoc.List(page.finish(doc, outline, out))
    opening:extend(woven)
    doc.blocks = opening
    book.report()
    return doc
end

return { { Pandoc = weave } }
