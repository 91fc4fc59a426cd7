-- Joins the woven chapters into one volume: -t latex makes the master that inputs their fragments, -t epub3 one document of all.
--
--   pandoc -t latex --template book/theme/book.tex -L book/filters/weave-volume.lua -M dir=build/tex  -o build/tex/descent.tex /dev/null
--   pandoc -t epub3 --mathml … -L book/filters/weave-volume.lua -M dir=build/epub -o build/book/descent.epub /dev/null
--
-- DIR holds preface.tex or preface.json and, for each chapter of the manifest, NN-slug.tex or NN-slug.json.
local here = PANDOC_SCRIPT_FILE:match('^(.*)/[^/]*$') or '.'
package.path = here .. '/lib/?.lua;' .. package.path

local book = require 'weave.book'
local page = require 'weave.page'

-- An identifier that stays the same for every build of this book.
local function identifier(meta)
    local hash = pandoc.utils.sha1(pandoc.utils.stringify(meta.title) .. pandoc.utils.stringify(meta.subtitle))
    return ('urn:uuid:%s-%s-5%s-a%s-%s'):format(hash:sub(1, 8), hash:sub(9, 12), hash:sub(14, 16), hash:sub(18, 20), hash:sub(21, 32))
end

function Pandoc(doc)
    local dir = pandoc.utils.stringify(doc.meta.dir)
    local given = doc.meta
    book.open_volume(given)
    doc.meta = book.meta
    doc.meta.emblem = given.emblem
    if FORMAT == 'latex' then
        local parts = pandoc.MetaList {}
        for _, part in ipairs(page.parts()) do
            if #part.chapters > 0 then
                local fragments = pandoc.MetaList {}
                for _, chapter in ipairs(part.chapters) do
                    fragments:insert(pandoc.MetaInlines { pandoc.RawInline('latex', dir .. '/' .. chapter.id .. '.tex') })
                end
                parts:insert { title = pandoc.MetaInlines { pandoc.Str(part.title) }, fragments = fragments }
            end
        end
        doc.meta.parts = parts
        doc.meta.preface = pandoc.MetaInlines { pandoc.RawInline('latex', dir .. '/preface.tex') }
    else
        doc.meta.parts = nil
        doc.meta.identifier = pandoc.MetaInlines { pandoc.Str(identifier(doc.meta)) }
        local blocks = pandoc.List()
        local names = { 'preface' }
        for _, chapter in ipairs(book.manifest.chapters) do names[#names + 1] = chapter.id end
        for _, name in ipairs(names) do
            local path = dir .. '/' .. name .. '.json'
            local woven = book.slurp(path) or book.stop(path .. ' is missing.', 'Run: make epub')
            blocks:extend(pandoc.read(woven, 'json').blocks)
        end
        doc.blocks = blocks
    end
    return doc
end
