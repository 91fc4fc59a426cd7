-- Reads one source (chapter, review, appendix, preface or answer key) and prints what the press needs of it as JSON:
--
--   pandoc -f commonmark_x+sourcepos -t plain -L book/filters/read.lua -o build/parsed/chapters/NN-slug.json chapters/NN-slug.md
--
-- Chunks, exercises, cards, figures, labels with their numbers, the parts of an answer key, and the faults that can be seen in this
-- source alone. What needs the whole book is link.lua's. Labels are counted here, once: no writer ever counts.
local here = PANDOC_SCRIPT_FILE:match("^(.*)/[^/]*$") or "."
package.path = here .. "/lib/?.lua;" .. package.path

local blocks = require "blocks"
local faults_of = require "faults"
local files = require "files"
local grammars = require "grammars"
local json = require "json"
local nearest = require "nearest"
local plain = require "plain"
local position = require "position"
local sources = require "sources"

local source, lines, name, faults
local counters = { section = 0, equation = 0, figure = 0, exercise = 0, theorem = 0, pen = 0 }
local seen = {}
local book = {}

local function fault(line, ...)
    faults:add(source, line, ...)
end

-- ---------------------------------------------------------------- text

-- The source's own lines of a div, without its fences.
local function markdown(from, to)
    local last = lines[to] and lines[to]:match("^%s*:::+%s*$") and to - 1 or to
    local text = table.concat(lines, "\n", from + 1, last)
    return (text:gsub("^%s*\n", ""):gsub("%s+$", ""))
end

-- ---------------------------------------------------------------- labels

local function claim(id, line, what)
    if seen[id] then
        fault(line, "the id %s is already used in line %d; give this %s another", id, seen[id], what)
        return false
    end
    seen[id] = line
    return true
end

-- Counts one and writes it down; the number in the chapter ("3", or "c" for a pen) is returned.
local function label(kind, id, line, title, counter)
    local number
    if counter then
        counters[counter] = counters[counter] + 1
        number = counter == "pen" and string.char(96 + counters.pen) or tostring(counters[counter])
    end
    if id and claim(id, line, kind) then
        table.insert(book.labels, { id = id, kind = kind, number = number, line = line, title = title or "" })
    end
    return number
end

-- ---------------------------------------------------------------- inlines

local SPACE = { Space = true, SoftBreak = true, LineBreak = true }

-- A word in bold that is no sentence, question, number or formula is a term that is explained here: for the index. A chapter's text has
-- them, its lists of rules do not.
local function term(strong)
    local text = pandoc.utils.stringify(strong.content):gsub("%s+", " ")
    local _, spaces = text:gsub(" ", "")
    if name.kind ~= "chapter" or book.listing or #text < 3 or spaces > 3 or text:find("[%.%?:\\\"$=]") or not text:find("^%a") then return end
    table.insert(book.terms, { text = text, at = book.anchor })
end

-- Goes once through the inlines of a paragraph: its letters (to find references), displayed formulas, equation labels, values, and
-- whether there is anything else.
local function survey(inlines, found)
    for _, el in ipairs(inlines) do
        local tag = el.t
        if tag == "Strong" then term(el) end
        if tag == "Str" then
            table.insert(found.letters, el.text)
            found.other = true
        elseif tag == "Span" then
            local content = el.content
            if el.identifier:match("^eq%-") then
                table.insert(found.labels, { id = el.identifier, line = position.lines(el) })
            elseif el.classes[1] == "value" then
                local value = el.attributes
                table.insert(book.values, { program = value.of, key = value.key, line = position.lines(el) or book.at })
                found.other = true
            end
            survey(content, found)
        elseif tag == "Math" and el.mathtype == "DisplayMath" then
            table.insert(found.letters, " ")
            found.formulas = found.formulas + 1
        else
            table.insert(found.letters, " ")
            found.other = found.other or not SPACE[tag]
            if tag ~= "Note" and el.content then survey(el.content, found) end
        end
    end
end

-- Equation labels, values and references in one paragraph or heading.
local function leaf(block)
    local from, to = position.lines(block)
    from, to = from or book.at, to or book.upto
    -- Inlines are slow to come by; most paragraphs have nothing for us.
    local text = table.concat(lines, "\n", from, math.min(to, #lines))
    if not (text:find("@%l") or text:find("#eq-", 1, true) or text:find(".value", 1, true) or text:find("**", 1, true)) then return end

    local found = { letters = { " " }, labels = {}, formulas = 0, other = false }
    survey(block.content, found)
    for _, l in ipairs(found.labels) do
        label("equation", l.id, l.line or from, "", "equation")
        if found.formulas ~= 1 or found.other or #found.labels > 1 then
            fault(l.line or from, "the equation %s shares its paragraph; put $$ … $$ {#%s} alone between empty lines", l.id, l.id)
        end
    end

    local said = {}
    for id in table.concat(found.letters):gmatch("[^%w_@]@([a-z]+%-[a-z0-9][a-z0-9-]*)") do
        id = id:gsub("%-+$", "")
        if not said[id] then
            said[id] = true
            local line = from
            for i = from, to do
                if lines[i] and lines[i]:find("@" .. id, 1, true) then line = i break end
            end
            table.insert(book.references, { id = id, line = line })
        end
    end
end

-- ---------------------------------------------------------------- chunks

local LANGUAGES = { c = true, gnuplot = true, sh = true, text = true }

-- What a chunk stands in: the exercise, figure or part of the key, whose own record is `owner`.
local function chunk(block, within)
    local fence = position.lines(block) or book.at
    local attributes = position.attributes(block)
    local record = {
        id = block.identifier ~= "" and block.identifier or nil,
        classes = json.list { table.unpack(block.classes) },
        attributes = json.object(attributes),
        file = attributes.file, title = attributes.title, build = attributes.build, with = attributes.with,
        line = fence, code_line = fence + 1,
        demo = block.classes:includes("demo"),
        lines = json.list(files.lines(block.text .. "\n")),
        within = within and { kind = within.kind, id = within.id, fn = within.fn, name = within.name } or nil,
    }
    table.insert(book.all, record)
    if not (record.id or record.file) then return record end

    table.insert(book.chunks, record)
    if not record.id then
        fault(fence, "the chunk of %s has no id; write {.c #an-id file=%s}", record.file, record.file)
    elseif not record.id:match("^[a-z][a-z0-9-]*$") then
        fault(fence, "%s is no id for a chunk; use small letters, digits and dashes, beginning with a letter", record.id)
    end
    if not LANGUAGES[record.classes[1] or ""] then
        fault(fence, "a chunk begins with its language, this one with %s; write {.c #%s …} (or %s)",
            record.classes[1] and "." .. record.classes[1] or "none", record.id or "id", ".gnuplot, .sh, .text")
    end
    if (record.build or record.with) and not (record.file or ""):match("^build/programs/") then
        fault(fence, "build= and with= are for programs; take them out, or add file=build/programs/%s.c", record.id or "ID")
    elseif record.build and record.build ~= "fast" then
        fault(fence, "build=%s is no way to build a program; write build=fast, or take it out", record.build)
    end
    if record.demo then
        if not record.file then
            fault(fence, "the demo %s makes no program; add file=build/programs/%s.c", record.id, record.id)
        elseif not (record.id or ""):match("^demo%-") then
            fault(fence, "the id of a demo begins with demo-; call it #demo-%s file=build/programs/demo-%s.c", record.id, record.id)
        else
            label("demo", record.id, fence, record.title or record.id)
        end
    end
    return record
end

-- ---------------------------------------------------------------- blocks

local visit

local function visit_all(content, within)
    for _, block in ipairs(content) do visit(block, within) end
end

local function integer(text, least, most)
    local n = tonumber(text)
    return n and math.type(n) == "integer" and n >= least and n <= most and n or nil
end

local function task(div, kind, from, number, attributes)
    local record = {
        kind = kind, id = div.identifier, fn = attributes.fn or "", number = number, eq = attributes.eq, line = from,
        minutes = integer(attributes.minutes, 1, 600), hints = json.list {}, chunks = json.list {},
    }
    table.insert(book.exercises, record)
    if not record.fn:match("^[a-z][a-z0-9_]*$") then
        fault(from, "this %s names no function; write fn=vec_dot", kind)
    end
    if not record.minutes then
        fault(from, "%s does not say how long it takes; write minutes=8", record.fn)
    end
    if kind == "exercise" then
        record.stars = integer(attributes.stars, 1, 4)
        if not record.stars then
            fault(from, "%s has stars=%s; one to four stars, by the time it takes", record.fn, attributes.stars or "")
        end
    else
        local wanted = ("pen_%02d_%s"):format(name.number or 0, number)
        if record.fn ~= wanted then
            fault(from, "the function of this pen is %s, its place in the chapter says %s; rename or reorder", record.fn, wanted)
        end
    end
    visit_all(div.content, record)
    if #record.hints < 2 then
        fault(from, "%s has %s; write two or more, each a step higher: a nudge, a plan, almost there", record.fn,
            #record.hints == 0 and "no hint" or "one hint")
    end
end

-- What stands after the last chunk of a figure; what stands before explains the program.
local function caption(content)
    local last = {}
    for _, block in ipairs(content) do
        if block.t == "CodeBlock" then last = {} else last[#last + 1] = block end
    end
    return plain(last, { values = true })
end

local function figure(div, kind, from, attributes)
    local record = {
        kind = kind, id = div.identifier, data = attributes.data, of = attributes.of, alt = attributes.alt,
        ratio = tonumber(attributes.ratio) or 0.62, wide = attributes.width == "wide", fn = attributes.fn,
        mistake = attributes.mistake, line = from, caption = caption(div.content), chunks = json.list {},
    }
    table.insert(book.figures, record)
    if not record.alt or record.alt:match("^%s*$") then
        fault(from, "the figure %s has no alt text; say in a sentence what a reader who cannot see it should know", record.id)
    end
    if not record.data then
        fault(from, "the figure %s names no program; write data=ID of the program that writes its numbers", record.id)
    end
    if (record.fn == nil) ~= (record.mistake == nil) then
        fault(from, "the figure %s shows half a mistake; write both fn=FN and mistake=NAME from the answer key, or neither", record.id)
    end
    if record.caption == "" then
        fault(from, "the figure %s has no caption; after its script say what one sees, and ask one question", record.id)
    end
    visit_all(div.content, record)
end

local function card(div, from, to)
    local answered = false
    local function look(content)
        for _, b in ipairs(content) do
            if b.t == "Div" then
                answered = answered or b.classes:includes("answer")
                look(b.content)
            end
        end
    end
    look(div.content)
    if not answered then
        fault(from, "the card %s has no answer; add ::: answer … ::: inside it", div.identifier)
    end
    table.insert(book.cards, { id = div.identifier, markdown = markdown(from, to), line = from })
end

-- The hunks of a mistake: each a list of { sign, text, line }.
local function hunks(record, code)
    local all, current = json.list {}, nil
    for i, line in ipairs(code.lines) do
        local sign, at = line:sub(1, 1), code.code_line + i - 1
        if line:match("^@@") then
            current = nil
        elseif sign == "-" or sign == "+" or sign == " " or sign == "" then
            if not current then
                current = json.list {}
                table.insert(all, current)
            end
            table.insert(current, { sign = sign == "" and " " or sign, text = line:sub(2), line = at })
        else
            fault(at, "this line of the diff begins with neither -, + nor a space; put a space before an unchanged line")
        end
    end
    if #all == 0 then
        fault(code.line, "the diff of mistake %s is empty; write what to change in the solution", record.name)
    end
    return all
end

local function key_part(div, kind, from, attributes)
    local record = {
        kind = kind, fn = attributes.fn or "", name = attributes.name, title = attributes.title, line = from,
        text = plain(div.content), chunks = json.list {},
    }
    table.insert(book[kind .. "s"], record)
    if record.fn == "" then fault(from, "this %s names no function; write fn=vec_dot", kind) end
    if kind ~= "solution" and not (record.name or ""):match("^[a-z][a-z0-9-]*$") then
        fault(from, "this %s of %s has no name; write name=starts-at-one", kind, record.fn)
        record.name = record.name or "nameless"
    end
    if kind == "mistake" and not record.title then
        fault(from, 'the mistake %s of %s has no title; write title="The first product is missing"', record.name, record.fn)
    end
    visit_all(div.content, record)
    if kind ~= "mistake" then
        local makes = 0
        for _, c in ipairs(record.chunks) do if c.file then makes = makes + 1 end end
        if makes ~= 1 then
            fault(from, "this %s of %s holds %d programs; one chunk with file=build/key/%s/%s.c", kind, record.fn, makes, record.fn,
                record.name or "solution")
        end
        return
    end
    if record.text == "" then
        fault(from, "the mistake %s of %s is not explained; say to the learner what was misunderstood", record.name, record.fn)
    end
    local diff
    for _, b in ipairs(record.chunks) do
        if b.classes[1] == "diff" then
            if diff then fault(b.line, "the mistake %s of %s has a second diff; separate hunks by a line @@", record.name, record.fn) end
            diff = diff or b
        end
    end
    if diff then
        record.hunks = hunks(record, diff)
    else
        fault(from, "the mistake %s of %s has no diff; write ``` {.diff} with - and + lines against the solution", record.name, record.fn)
    end
    record.hunks = record.hunks or json.list {}
end

local function identified(div, class, from, rule)
    local id = div.identifier
    if id == "" then
        fault(from, "this %s has no id; write ::: {.%s #%s-…}", class, class, rule.label)
    elseif id:sub(1, #rule.label + 1) ~= rule.label .. "-" then
        fault(from, "the id of this %s is %s; it should begin with %s-", class, id, rule.label)
    end
    return id ~= "" and id or nil
end

local LISTINGS = { pitfalls = true, deeper = true, project = true, alongside = true }

local function block_div(div, class, within)
    local from, to = position.lines(div)
    local rule, attributes = blocks.known[class], position.attributes(div)
    if not rule then
        local near = nearest(class, blocks.known)
        fault(from, "there is no block called %s; %s", class,
            near and "did you mean " .. near .. "?" or "book/FORMAT.md lists the blocks")
        visit_all(div.content, within)
        return
    end
    if not blocks.may_stand_in(class, name.kind) then
        fault(from, "the block %s belongs in %s only; move it there", class, blocks.place_names[rule["in"]])
    end
    if rule.within and not (within and (within.kind == rule.within[1] or within.kind == rule.within[2])) then
        fault(from, "this %s stands outside its %s; move it in", class, table.concat(rule.within, " or "))
    end
    local id, number = rule.label and identified(div, class, from, rule), nil
    if rule.counter then
        local is_task = class == "exercise" or class == "pen"
        number = label(class, id, from, attributes.title or is_task and attributes.fn or "", rule.counter)
    elseif id then
        claim(id, from, class)
    end

    if class == "exercise" or class == "pen" then
        task(div, class, from, number, attributes)
    elseif class == "hint" then
        if within and within.hints then table.insert(within.hints, plain(div.content, { code = true })) end
        visit_all(div.content, within)
    elseif class == "figure" or class == "wrong" then
        figure(div, class, from, attributes)
    elseif class == "recall" then
        card(div, from, to)
        visit_all(div.content, { kind = class })
    elseif class == "solution" or class == "alternative" or class == "mistake" then
        key_part(div, class, from, attributes)
    else
        if class == "predict" then table.insert(book.predicts, { demo = attributes.demo, line = from }) end
        if attributes.of then table.insert(book.references, { id = attributes.of, line = from }) end
        local anchor, listing = book.anchor, book.listing
        book.anchor, book.listing = number and id or anchor, listing or LISTINGS[class]
        visit_all(div.content, within)
        book.anchor, book.listing = anchor, listing
    end
end

local function heading(header)
    local line = position.lines(header)
    local title = pandoc.utils.stringify(header.content)
    if name.kind == "key" then return end
    if header.level == 1 then
        fault(line, "a heading of the first level; the title stands in the front matter, sections begin with ##")
    elseif header.level == 2 and not header.classes:includes("unnumbered") then
        local id = header.identifier
        local number = label("section", id:match("^sec%-") and id, line, title, "section")
        if id:match("^sec%-") then book.anchor = id end
        table.insert(book.sections, { id = id, number = number, title = title, line = line })
    elseif header.identifier:match("^sec%-") then
        label("section", header.identifier, line, title)
    end
end

function visit(block, within)
    local from, to = position.lines(block)
    book.at, book.upto = from or book.at, to or book.upto
    if block.t == "Div" then
        if position.is_wrapper(block) then
            visit_all(block.content, within)
        elseif #block.classes == 0 then
            fault(from, "a div without a class; book/FORMAT.md lists the blocks")
            visit_all(block.content, within)
        else
            block_div(block, block.classes[1], within)
        end
    elseif block.t == "CodeBlock" then
        local record = chunk(block, within)
        if within and within.chunks then table.insert(within.chunks, record) end
    elseif block.t == "Header" then
        heading(block)
        leaf(block)
    elseif block.t == "Para" or block.t == "Plain" then
        leaf(block)
    elseif block.t == "BulletList" or block.t == "OrderedList" then
        for _, item in ipairs(block.content) do visit_all(item, within) end
    elseif block.t == "BlockQuote" then
        visit_all(block.content, within)
    elseif block.t ~= "HorizontalRule" and block.t ~= "RawBlock" and block.t ~= "Null" then
        pandoc.walk_block(block, {
            Plain = leaf, Para = leaf,
            CodeBlock = function(code) chunk(code, within) end,
        })
    end
end

-- ---------------------------------------------------------------- front matter

local NEEDED = {
    chapter = { "title", "subtitle", "question", "minutes-read", "minutes-figures", "minutes-project" },
    review = { "title", "subtitle", "minutes-recall", "minutes-exercises", "minutes-pen", "minutes-project" },
    appendix = { "title" }, preface = { "title" }, key = {},
}

local function front_matter(meta)
    local front = {}
    for key, value in pairs(meta) do
        local text = pandoc.utils.stringify(value)
        if key:match("^minutes%-") then
            front[key] = integer(text, 0, 1000)
            if not front[key] then fault(1, "%s is %s; give whole minutes", key, text) end
        else
            front[key] = text
        end
    end
    for _, key in ipairs(NEEDED[name.kind]) do
        if meta[key] == nil then fault(1, "the front matter has no %s; add a line %s: …", key, key) end
    end
    return front
end

-- ---------------------------------------------------------------- the whole

local LISTS = { "chunks", "exercises", "cards", "labels", "figures", "solutions", "alternatives", "mistakes", "values", "references",
    "predicts", "sections", "terms", "all" }

-- Chunks are written once, in `chunks`; who holds them keeps their places there.
local function by_place()
    local place = {}
    for i, c in ipairs(book.chunks) do place[c] = i end
    for _, list in ipairs { book.exercises, book.figures, book.solutions, book.alternatives, book.mistakes } do
        for _, record in ipairs(list) do
            local places = json.list {}
            for _, c in ipairs(record.chunks) do if place[c] then table.insert(places, place[c]) end end
            record.chunks = places
        end
    end
    book.all = nil
end

function Pandoc(doc)
    source = PANDOC_STATE.input_files[1]
    faults = faults_of.new()
    name = sources.name(source)
    if not name then
        io.stderr:write(source, ":1: the name says no place in the book; chapters are NN-slug.md, reviews NNr-slug.md, appendices a-slug.md\n")
        os.exit(1)
    end
    lines = files.lines(files.read(source))
    for _, list in ipairs(LISTS) do book[list] = json.list {} end
    for key, value in pairs(name) do book[key] = value end
    book.at, book.upto = 1, #lines

    book.anchor = name.slug and "ch-" .. name.slug
    book.front = json.object(front_matter(doc.meta))
    visit_all(doc.blocks, nil)
    grammars(source, lines, book.all, faults)
    by_place()
    book.at, book.upto, book.anchor, book.listing = nil, nil, nil, nil
    book.faults = json.list {}
    for _, f in ipairs(faults) do table.insert(book.faults, { line = f.line, text = f.text }) end
    return pandoc.Pandoc { pandoc.RawBlock("plain", json.encode(book)) }
end
