-- build/manifest.json: what the runner, the weave and the schedule know of the book. book/FORMAT.md describes it.
local blocks = require "blocks"
local files = require "files"
local json = require "json"

local ORDER = {
    "chapters", "exercises", "programs", "figures", "given", "labels",
    "id", "fn", "kind", "number", "chapter", "slug", "name", "title", "subtitle", "question", "text", "stars", "points", "minutes", "file",
    "stub", "header", "prototype", "signature", "returns", "parameters", "contract", "anchor", "equation", "uses", "hints", "solution", "alternatives", "mistakes",
    "source", "suite", "page", "cards", "markdown", "recall", "read", "pen", "project",
}

local function or_null(value)
    if value == nil then return json.null end
    return value
end

-- "@eq-dot" in plain text becomes "Equation 1.2".
local function resolve(text, labels)
    return (text:gsub("@([a-z]+%-[a-z0-9][a-z0-9-]*)", function(id)
        local known = id:gsub("%-+$", "")
        return labels[known] and labels[known].text .. id:sub(#known + 1)
    end))
end

local function printed(part, number)
    if not number then return "" end
    return part.printed == "" and "" or part.printed .. "." .. number
end

local function sections(part)
    local all = json.list {}
    for _, s in ipairs(part.sections) do
        table.insert(all, { id = s.id, number = printed(part, s.number), title = s.title })
    end
    return all
end

local function terms(part)
    local all = json.list {}
    for _, t in ipairs(part.terms) do table.insert(all, { text = t.text, at = t.at }) end
    return all
end

local function chapter(part)
    local front = part.front
    -- The first day has no earlier cards to recall, and an appendix is no day at all. A review has no exercises of its own: it says itself
    -- how long its days are.
    local recall = (part.number or 0) > 0 and 15 or 0
    local sums, fns, cards = { exercise = 0, pen = 0 }, json.list {}, json.list {}
    for _, kind in ipairs { "exercise", "pen" } do
        for _, e in ipairs(part.exercises) do
            if e.kind == kind then
                sums[kind] = sums[kind] + (e.minutes or 0)
                table.insert(fns, e.fn)
            end
        end
    end
    for _, c in ipairs(part.cards) do table.insert(cards, { id = c.id, markdown = c.markdown }) end
    return {
        kind = part.kind, number = part.number or part.printed, slug = part.slug, id = part.id, title = front.title, subtitle = or_null(front.subtitle),
        question = or_null(front.question), source = part.source, suite = or_null(part.suite), page = part.page, sections = sections(part), terms = terms(part),
        minutes = {
            recall = front["minutes-recall"] or recall, read = front["minutes-read"] or 0, exercises = sums.exercise + (front["minutes-exercises"] or 0),
            pen = sums.pen + (front["minutes-pen"] or 0),
            figures = front["minutes-figures"] or 0, project = front["minutes-project"] or 0,
        },
        exercises = fns, cards = cards,
    }
end

local function exercise(part, e, labels)
    local pen = e.kind == "pen"
    local number = printed(part, e.number)
    local entry = {
        fn = e.fn, kind = e.kind, chapter = part.id, number = number, title = number .. " " .. e.fn, stars = e.stars or 0,
        points = pen and 1 or 1.5 * e.stars, minutes = e.minutes, file = e.stub.file,
        stub = e.stub.file:gsub("^exercises/", "build/stubs/"), header = e.header, prototype = e.prototype, signature = e.signature, contract = e.contract,
        anchor = e.id, equation = json.null, uses = json.list(e.uses), hints = json.list {}, solution = json.null,
        alternatives = json.list {}, mistakes = json.list {},
    }
    if e.eq then entry.equation = { id = e.eq, number = labels[e.eq].number } end
    for i, hint in ipairs(e.hints) do entry.hints[i] = resolve(hint, labels) end
    if e.solution then entry.solution = e.solution.file end
    for i, a in ipairs(e.alternatives) do entry.alternatives[i] = { name = a.name, file = a.file } end
    for i, m in ipairs(e.mistakes) do
        entry.mistakes[i] = { name = m.name, title = m.title, text = resolve(m.text, labels), file = m.file }
    end
    return entry
end

local function figure(part, f, labels)
    return {
        id = f.id, chapter = part.id, number = labels[f.id].number, program = f.data, of = f.of or f.id,
        script = "build/plots/" .. f.id .. ".gp", ratio = f.ratio, wide = f.wide, alt = f.alt, caption = resolve(f.caption, labels),
        fn = or_null(f.fn), mistake = or_null(f.mistake), wrong = f.kind == "wrong",
    }
end

local manifest = {}

-- The labels of the whole book, with the words that a reference prints.
function manifest.labels(parts, faults)
    local labels = {}
    local function add(part, id, entry)
        local other = labels[id]
        if other then
            faults:add(part.source, entry.line, "the id %s is already used in %s:%d; give this %s another", id, other.source, other.line,
                entry.kind)
            return
        end
        entry.page, entry.source = part.page, part.source
        labels[id] = entry
    end
    for _, part in ipairs(parts) do
        if part.kind ~= "key" then
            local word = blocks.words[part.kind]
            add(part, "ch-" .. part.slug, {
                kind = "chapter", number = part.printed, line = 1, title = part.front.title or "",
                text = word and word .. " " .. part.printed or part.front.title or "",
            })
            for _, l in ipairs(part.labels) do
                local number = printed(part, l.number)
                local word_of = blocks.words[l.kind]
                add(part, l.id, {
                    kind = l.kind, number = number, line = l.line, title = l.title,
                    text = number ~= "" and word_of and word_of .. " " .. number or l.title,
                })
            end
        end
    end
    return labels
end

function manifest.make(book)
    local all = {
        chapters = json.list {}, exercises = json.list {}, programs = json.list {}, figures = json.list {}, given = json.list {},
        labels = json.object {},
    }
    for _, part in ipairs(book.parts) do
        if part.kind == "chapter" or part.kind == "review" or part.kind == "appendix" then table.insert(all.chapters, chapter(part)) end
        for _, kind in ipairs { "exercise", "pen" } do
            for _, e in ipairs(part.exercises) do
                if e.kind == kind then table.insert(all.exercises, exercise(part, e, book.labels)) end
            end
        end
        for _, f in ipairs(part.figures) do table.insert(all.figures, figure(part, f, book.labels)) end
        for _, c in ipairs(part.chunks) do
            local target = c.file and book.tangle.targets[c.file]
            if target and target.source == part.source and target.line == c.line then
                if c.file:match("^build/programs/") then
                    table.insert(all.programs, { id = c.id, chapter = part.id, file = c.file, demo = c.demo, fast = c.build == "fast",
                        with = or_null(c.with), title = c.title or "" })
                elseif c.file:match("^build/given/") then
                    table.insert(all.given, c.file)
                end
            end
        end
    end
    for id, l in pairs(book.labels) do
        all.labels[id] = { kind = l.kind, number = l.number, text = l.text, page = l.page, title = l.title }
    end
    return all
end

function manifest.write(book)
    files.update("build/manifest.json", json.encode(manifest.make(book), ORDER) .. "\n")
end

return manifest
