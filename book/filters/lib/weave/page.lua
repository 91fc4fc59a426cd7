-- What the page's template needs: titles, the book's contents with this chapter's sections, the neighbours.
local book = require 'weave.book'
local blocks = require 'weave.blocks'
local page = {}

local function str(s) return pandoc.MetaInlines { pandoc.Str(tostring(s)) } end
local stringify = pandoc.utils.stringify

-- Parts of book/metadata.yaml with their written chapters and reviews; appendices make a part of their own.
local function parts()
    local list, appendix = {}, { title = 'Appendices', chapters = {} }
    for _, part in ipairs(book.meta.parts or {}) do
        list[#list + 1] = { title = stringify(part.title), first = tonumber(stringify(part.first)), chapters = {} }
    end
    if #list == 0 then list[1] = { title = 'Chapters', first = 0, chapters = {} } end
    local home = list[1]
    for _, chapter in ipairs(book.manifest.chapters) do
        if book.is_appendix(chapter) then
            home = appendix
        else
            -- A review has no number; it stays in the part of the chapter before it.
            for _, part in ipairs(list) do
                if part.first <= (tonumber(chapter.number) or -1) then home = part end
            end
        end
        table.insert(home.chapters, chapter)
    end
    list[#list + 1] = appendix
    return list
end
page.parts = parts

local function entry(chapter, outline)
    local item = { number = str(chapter.number), title = str(chapter.title), url = str(chapter.page) }
    if chapter.question and chapter.question ~= '' then item.question = str(chapter.question) end
    if chapter == book.chapter then
        item.current = true
        item.sections = pandoc.MetaList {}
        for _, section in ipairs(outline) do
            local one = { title = pandoc.MetaInlines(section.title), id = str(section.id) }
            if section.number then one.number = str(section.number) end
            item.sections:insert(one)
        end
    end
    return item
end

local function neighbour(meta, name, chapter)
    if chapter then
        meta[name] = { url = str(chapter.page), title = str(chapter.title), name = str(book.chapter_name(chapter)) }
    elseif name == 'previous' and not book.is_preface then
        meta[name] = { url = str 'index.html', title = str 'Preface', name = str 'Descent' }
    end
end

local parts_of_day = {
    { 'recall', 'recall' }, { 'read', 'read' }, { 'exercises', 'exercises' }, { 'pen', 'pen' }, { 'figures', 'figures' }, { 'project', 'project' },
}

-- Completes the metadata; returns the blocks that open the chapter where no template does.
function page.finish(doc, outline, out)
    local meta = doc.meta
    meta.booktitle, meta.booksubtitle = book.meta.title, book.meta.subtitle
    meta.author, meta.rights = book.meta.author, book.meta.rights
    meta.lang = meta.lang or book.meta.lang or str 'en'
    local chapter = book.chapter
    if chapter then
        meta.number, meta.name, meta.anchor = str(chapter.number), str(book.chapter_name(chapter)), str(book.chapter_anchor(chapter))
        if chapter.question and chapter.question ~= '' then meta.question = str(chapter.question) end
        local total, items = 0, pandoc.MetaList {}
        for _, part in ipairs(parts_of_day) do
            local minutes = tonumber((chapter.minutes or {})[part[1]]) or 0
            if minutes > 0 then
                total = total + minutes
                items:insert { name = str(part[2]), time = str(blocks.hours(minutes)) }
            end
        end
        if total > 0 then meta.day, meta.daytotal = items, str(blocks.hours(total)) end
    else
        meta.index = true
    end
    if out.pages then
        meta.contents = pandoc.MetaList {}
        for _, part in ipairs(parts()) do
            if #part.chapters > 0 then
                local chapters = pandoc.MetaList {}
                for _, c in ipairs(part.chapters) do chapters:insert(entry(c, outline)) end
                meta.contents:insert { title = str(part.title), chapters = chapters }
            end
        end
        if not chapter then
            meta.sections = pandoc.MetaList {}
            for _, section in ipairs(outline) do
                meta.sections:insert { title = pandoc.MetaInlines(section.title), id = str(section.id) }
            end
        end
        local all, at = book.manifest.chapters, book.position or 0
        neighbour(meta, 'previous', all[at - 1])
        neighbour(meta, 'next', all[at + 1])
        return {}
    end
    return out.open_chapter(doc)
end

return page
