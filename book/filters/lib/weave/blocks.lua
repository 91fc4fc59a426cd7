-- What each block of the format means: numbers from the manifest, outputs and pictures from the build, hints in their order, cards
-- that come back. How a block looks is the printer's business (html.lua, latex.lua), which these functions call as out.NAME.
local book = require 'weave.book'
local index = require 'weave.index'
local text = require 'weave.text'
local blocks = {}

local S -- the state of this run: what has been defined, predicted, put off to the chapter's end

local statements = { definition = 1, theorem = 1, lemma = 1, corollary = 1, proposition = 1, example = 1 }
local boxes = {
    pitfalls = 'What goes wrong', project = 'Project', deeper = 'Going deeper', alongside = 'Alongside',
}

local function fault_at(needle, message, mend)
    book.fault(book.place(needle) .. ': ' .. message, mend)
end

-- ---------------------------------------------------------------- recall cards

-- The chapters whose cards come back: those of 1, 3 and 8 chapters ago, or on a review all since the review before.
local function chapters_to_recall()
    local list, all = pandoc.List(), book.manifest.chapters
    local now = book.chapter and tonumber(book.chapter.number)
    for _, back in ipairs(now and { 1, 3, 8 } or {}) do
        for _, chapter in ipairs(all) do
            if tonumber(chapter.number) == now - back then list:insert(chapter) end
        end
    end
    if book.chapter and book.chapter.kind == 'review' then
        local at = book.position - 1
        while at >= 1 and all[at].kind == 'chapter' do
            list:insert(1, all[at])
            at = at - 1
        end
    end
    return list
end

-- Their cards, as a block at the top of the chapter.
function blocks.with_cards(doc)
    local cards = pandoc.List()
    for _, chapter in ipairs(chapters_to_recall()) do
        for _, card in ipairs(chapter.cards or {}) do
            local parsed = pandoc.read(card.markdown .. '\n', 'commonmark_x').blocks
            cards:insert(pandoc.Div(parsed, pandoc.Attr('again-' .. book.prefix() .. '-' .. card.id, { 'recall' }, { from = book.chapter_name(chapter) })))
        end
    end
    if #cards > 0 then doc.blocks:insert(1, pandoc.Div(cards, pandoc.Attr('', { 'recall-today' }))) end
    return doc
end

-- A card: its question and its answer, both woven.
local function card_of(div)
    local card = { id = div.identifier, from = div.attributes.from, question = pandoc.List(), answer = pandoc.List() }
    for _, block in ipairs(div.content) do
        if block.t == 'Div' and block.classes[1] == 'answer' then
            card.answer:extend(S.weave(block.content))
        else
            card.question:insert(block)
        end
    end
    card.question = S.weave(card.question)
    return card
end

-- ---------------------------------------------------------------- code

-- A chunk of the program: its caption says what it is and where it goes.
local function chunk(block)
    local id, file = block.identifier, block.attributes.file
    local count = (S.count[id] or 0) + 1
    S.count[id] = count
    local first = S.chunks[id] or {}
    return {
        id = id, file = file, code = block.text, lang = block.classes[1] or 'text', continued = count > 1,
        anchor = S.anchor(id) .. (count > 1 and '-' .. count or ''),
        title = block.attributes.title or first.title,
        first = count > 1 and S.anchor(id) or nil,
    }
end

-- What a <<reference>> is called, and where its chunk stands on this page.
function blocks.chunk_named(id)
    local known = S.chunks[id]
    if known then return known.title or (id:gsub('%-', ' ')), S.anchor(id) end
    return (id:gsub('%-', ' ')), nil
end

-- What a demo prints stands after its last chunk, unless the reader is asked to predict it.
local function code(block)
    local id = block.identifier
    if id == '' and not block.attributes.file then return S.out.listing(block.text, block.classes[1] or 'text') end
    local known = S.chunks[id]
    local label = block.classes:includes('demo') and (book.label(id, '#' .. id) or {}) or nil
    local shown = pandoc.List(S.out.chunk(chunk(block), label))
    if known and known.demo and S.count[id] == known.total and not S.predicted[id] then
        shown:extend(S.out.output(book.output(id, '#' .. id)))
    end
    return shown
end

-- ---------------------------------------------------------------- divs

local handlers = {}

for kind in pairs(statements) do
    handlers[kind] = function(div)
        local label = book.label(div.identifier, '#' .. div.identifier) or { text = kind }
        return S.out.statement {
            kind = kind, id = div.identifier, label = label.text, title = text.inlines(div.attributes.title, S.out),
            content = S.weave(div.content, kind),
        }
    end
end

function handlers.proof(div)
    local of = div.attributes.of
    return S.out.proof { of = of and text.reference(of, S.out), content = S.weave(div.content, 'proof') }
end

-- Splits the content of an exercise or a pen: what is asked, the contract, the stub, the hints.
local function exercise_parts(div, kind)
    local fn = div.attributes.fn or ''
    local entry = book.exercises[fn]
    if not entry then
        fault_at('fn=' .. fn, 'the manifest knows no exercise ' .. fn .. '.', 'Run: make tangle')
        return nil
    end
    local parts = { asked = pandoc.List(), contract = pandoc.List(), stub = pandoc.List(), hints = pandoc.List() }
    for _, block in ipairs(div.content) do
        if block.t == 'Div' and block.classes[1] == 'hint' then
            parts.hints:insert(S.weave(block.content, kind))
        elseif block.t == 'CodeBlock' and (block.attributes.file or ''):match('^exercises/%d') then
            parts.stub:extend(S.out.stub(chunk(block)))
        elseif block.t == 'CodeBlock' and block.identifier:match('%-contracts$') then
            local contract = chunk(block)
            contract.file = 'exercises/include/' .. (entry.header or 'pen.h')
            parts.contract:extend(S.out.contract(contract))
        else
            parts.asked:insert(block)
        end
    end
    parts.asked = S.weave(parts.asked, kind)
    parts.kind, parts.fn, parts.entry, parts.id = kind, fn, entry, div.identifier
    parts.label = (kind == 'pen' and 'Pen ' or 'Exercise ') .. tostring(entry.number)
    parts.stars = tonumber(entry.stars) or 0
    parts.minutes = entry.minutes
    parts.file = entry.file
    parts.command = 'make check EX=' .. fn
    if #parts.hints > 0 then S.hints:insert(parts) end
    return parts
end

function handlers.exercise(div)
    local parts = exercise_parts(div, 'exercise')
    return parts and S.out.exercise(parts) or {}
end

function handlers.pen(div)
    local parts = exercise_parts(div, 'pen')
    return parts and S.out.exercise(parts) or {}
end

function handlers.hint(div)
    fault_at('::: hint', 'a hint stands outside an exercise or pen.', 'Move it inside.')
    return {}
end

-- The drawn picture of a figure, in the form this printer wants (svg or pdf).
local function picture(id)
    local path = 'build/' .. book.impl .. '/figures/' .. id .. '.' .. S.out.picture_format
    local data = book.slurp(path)
    if not data then
        fault_at('#' .. id, path .. ' is missing.', 'Run: make reference')
        return nil
    end
    return path, data
end

local function figure(div, wrong)
    local id = div.identifier
    local label = book.label(id, '#' .. id)
    local entry = book.figures[id] or {}
    -- How it was made reaches to the last chunk; the caption follows it (or, where nothing follows, is the prose before).
    local made, caption, last = pandoc.List(), pandoc.List(), 0
    for i, block in ipairs(div.content) do
        if block.t == 'CodeBlock' then last = i end
    end
    local caption_after = last < #div.content
    for i, block in ipairs(div.content) do
        if block.t ~= 'CodeBlock' and (i > last or not caption_after) then caption:insert(block) else made:insert(block) end
    end
    local path, data = picture(id)
    if not label or not path then return {} end
    made = S.weave(made, 'made')
    if S.out.volume then S.made:insert { id = id, label = label.text, content = made } end
    return S.out.figure {
        id = id, label = label.text, alt = div.attributes.alt or entry.alt or '', caption = S.weave(caption, 'figure'), wrong = wrong,
        wide = div.attributes.width == 'wide', made = made, program = div.attributes.data or entry.program,
        path = path, data = data, fn = div.attributes.fn, inside = S.inside,
        elsewhere = S.chunks[div.attributes.data or ''] and S.anchor(div.attributes.data),
    }
end

function handlers.figure(div) return figure(div, false) end
function handlers.wrong(div) return figure(div, true) end

function handlers.predict(div)
    local id = div.attributes.demo or ''
    local prediction = {
        id = id, content = S.weave(div.content, 'predict'), output = book.output(id, 'demo=' .. id),
        label = (book.labels[id] or {}).title or 'Program',
    }
    S.predictions:insert(prediction)
    return S.out.predict(prediction)
end

-- Cards written in this chapter stand where they are written, usually at its end; without a section of their own they get a heading.
function handlers.recall(div)
    local shown = pandoc.List()
    if not S.cards_headed then
        local last = S.outline[#S.outline]
        local title = last and pandoc.utils.stringify(last.title):lower() or ''
        if not title:find('card', 1, true) then
            local id = 'cards-' .. book.prefix()
            S.outline:insert { id = id, title = pandoc.List { pandoc.Str 'Cards for next week' } }
            shown:extend(S.out.heading(2, id, nil, pandoc.List { pandoc.Str 'Cards for next week' }))
        end
        S.cards_headed = true
    end
    shown:extend(S.out.recall({ card_of(div) }, 'later'))
    return shown
end

handlers['recall-today'] = function(div)
    for _, block in ipairs(div.content) do S.today:insert(card_of(block)) end
    return S.out.recall(S.today, 'today')
end

function handlers.question(div) return S.out.question(S.weave(div.content, 'question')) end
function handlers.aside(div) return S.out.aside(S.weave(div.content, 'aside'), S.inside) end

for kind, title in pairs(boxes) do
    handlers[kind] = function(div, before)
        -- Under a heading of its own the box needs no second title.
        local headed = before and before.t == 'Header'
        return S.out.box { kind = kind, id = div.identifier, title = not headed and title or nil, content = S.weave(div.content, kind) }
    end
end

function handlers.schedule() return S.out.schedule(blocks.schedule()) end

function handlers.index(div)
    local entries = index(div.attributes.kind, div.attributes.skip or '')
    if not entries then
        fault_at('.index', 'an .index says kind=functions, kind=terms or kind=theorems.')
        return {}
    end
    return S.out.index(entries)
end

for _, kind in ipairs { 'solution', 'alternative', 'mistake', 'instructor' } do
    handlers[kind] = function()
        fault_at('.' .. kind, 'a .' .. kind .. ' belongs into the answer key, solutions/.')
        return {}
    end
end

local function div(block, before)
    local class = block.classes[1]
    local handler = handlers[class]
    if handler then return handler(block, before) end
    if class then fault_at(class, 'unknown block .' .. class .. '.', 'book/FORMAT.md lists the blocks.') end
    block.content = S.weave(block.content)
    return { block }
end

-- ---------------------------------------------------------------- headings, equations, tables

-- Sections are numbered in their order; where the manifest knows one by its id, the two must agree.
local function heading(block)
    local level, id = block.level, block.identifier
    local label = book.labels[id]
    local own = label and label.page == book.page
    if not own and S.out.volume then id = 'ch' .. book.prefix() .. '-' .. id end
    local number
    if level == 2 and book.chapter and not block.classes:includes('unnumbered') then
        S.section = S.section + 1
        number = book.chapter.number .. '.' .. S.section
        if own and label.number and label.number ~= '' and label.number ~= number then
            fault_at('#' .. id, 'this is section ' .. number .. ' here, but ' .. label.number .. ' in the manifest.', 'Run: make tangle')
        end
    end
    if level <= 2 then S.outline:insert { id = id, number = number, title = block.content } end
    return S.out.heading(level, id, number, block.content)
end

-- $$ … $$ {#eq-id} alone in its paragraph is a numbered equation; without an id it has no number.
local function paragraph(para)
    local math, id, others
    for _, inline in ipairs(para.content) do
        local tag = inline.t
        if tag == 'Math' and inline.mathtype == 'DisplayMath' then
            others, math = others or math ~= nil, inline
        elseif tag == 'Span' and inline.identifier:match('^eq%-') then
            id = inline.identifier
        elseif tag ~= 'Space' and tag ~= 'SoftBreak' then
            others = true
        end
    end
    if id and (others or not math) then
        fault_at('{#' .. id, 'a numbered equation stands alone in its paragraph.', 'Put an empty line before and after it.')
    elseif id then
        local label = book.label(id, '#' .. id)
        return label and S.out.equation(id, label.number, math) or {}
    elseif math and not others then
        return S.out.equation(nil, nil, math)
    elseif math then
        return S.out.displays(para)
    end
    return { para }
end

-- ---------------------------------------------------------------- the walk

local function weave_one(block, before)
    local tag = block.t
    if tag == 'Div' then return div(block, before) end
    if tag == 'CodeBlock' then return code(block) end
    if tag == 'Header' then return heading(block) end
    if tag == 'Para' then
        return paragraph(block)
    elseif tag == 'BlockQuote' then
        block.content = S.weave(block.content)
    elseif tag == 'BulletList' or tag == 'OrderedList' then
        local items = block.content
        for i, item in ipairs(items) do items[i] = S.weave(item) end
        block.content = items
    elseif tag == 'DefinitionList' then
        local items = block.content
        for _, item in ipairs(items) do
            for i, definition in ipairs(item[2]) do item[2][i] = S.weave(definition) end
        end
        block.content = items
    elseif tag == 'Table' then
        return S.out.table(block)
    end
    return { block }
end

local function weave_list(list, inside)
    local outer = S.inside
    S.inside = inside or outer
    local woven, before = pandoc.List(), nil
    for _, block in ipairs(list) do
        local new = weave_one(block, before)
        if new.display and S.out.attach then S.out.attach(woven, new) else woven:extend(new) end
        before = block
    end
    S.inside = outer
    return woven
end

-- Titles of chunks and the demos that somebody is asked to predict, known before the walk meets them.
local function survey(list)
    pandoc.Pandoc(list):walk {
        CodeBlock = function(block)
            local id = block.identifier
            if id == '' then return nil end
            S.chunks[id] = S.chunks[id] or { title = block.attributes.title, file = block.attributes.file, total = 0 }
            S.chunks[id].total = S.chunks[id].total + 1
            S.chunks[id].demo = S.chunks[id].demo or block.classes:includes('demo')
        end,
        Div = function(block)
            if block.classes[1] == 'predict' then S.predicted[block.attributes.demo or ''] = true end
        end,
    }
end

-- The woven blocks of a source and its outline: { id, number, title } of each section.
function blocks.weave(list, out)
    local prefix = book.prefix()
    S = {
        out = out, weave = weave_list, inside = nil, section = 0, outline = pandoc.List(), count = {}, chunks = {}, predicted = {},
        hints = pandoc.List(), predictions = pandoc.List(), made = pandoc.List(), today = pandoc.List(),
        anchor = function(id) return 'chunk-' .. prefix .. '-' .. id end,
    }
    survey(list)
    local woven = weave_list(list)
    if out.volume then woven:extend(out.endnotes(S)) end
    return woven, S.outline
end

-- ---------------------------------------------------------------- the schedule

local order = { 'recall', 'read', 'exercises', 'pen', 'figures', 'project' }

-- One row per chapter and review: its days' minutes, its exercises and its stars, and a row with the sums.
function blocks.schedule()
    local rows, sum = {}, { minutes = 0, exercises = 0, stars = 0 }
    local week = 0
    for _, chapter in ipairs(book.manifest.chapters) do
        if not book.is_appendix(chapter) then
            week = week + 1
            local row = { week = week, chapter = chapter, minutes = 0, exercises = 0, stars = 0 }
            for _, part in ipairs(order) do row.minutes = row.minutes + (tonumber((chapter.minutes or {})[part]) or 0) end
            for _, fn in ipairs(chapter.exercises or {}) do
                local entry = book.exercises[fn]
                if entry and entry.kind ~= 'pen' then
                    row.exercises, row.stars = row.exercises + 1, row.stars + (tonumber(entry.stars) or 0)
                end
            end
            for _, key in ipairs { 'minutes', 'exercises', 'stars' } do sum[key] = sum[key] + row[key] end
            rows[#rows + 1] = row
        end
    end
    return rows, sum
end

-- 430 as "7 h 10"
function blocks.hours(minutes)
    minutes = math.floor(minutes + 0.5)
    if minutes < 60 then return minutes .. ' min' end
    local rest = minutes % 60
    return minutes // 60 .. '\u{a0}h' .. (rest > 0 and string.format('\u{202f}%02d', rest) or '')
end

return blocks
