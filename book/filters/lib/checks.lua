-- The rules that need more than one source: labels and references, suites, the answer key, programs and figures.
local files = require "files"
local nearest = require "nearest"
local checks = {}

local function suggest(id, known, otherwise)
    local near = nearest(id, known)
    return near and "did you mean " .. near .. "?" or otherwise
end

-- A label of the same kind, if one is near.
local function suggest_label(id, labels)
    local kind, alike = id:match("^[a-z]+%-"), {}
    for label in pairs(labels) do
        if label:sub(1, #kind) == kind then alike[label] = true end
    end
    local rest = kind == "ch-" and "no such chapter is written yet; say its number in words"
        or "label what you mean with {#" .. id .. "}"
    return suggest(id, next(alike) and alike or labels, rest)
end

-- Ids across sources: a label, an exercise's function, a chunk that is called as a label.
function checks.duplicates(book)
    for _, part in ipairs(book.parts) do
        for _, chunk in ipairs(part.chunks) do
            local other = chunk.id and book.labels[chunk.id]
            -- A demo is its own label, and a pen's stub is called as the pen.
            local own = chunk.demo or chunk.within and chunk.within.id == chunk.id
            if other and not own and other.kind ~= "demo" then
                book.faults:add(part.source, chunk.line, "the chunk %s is called as the %s in %s:%d; give the chunk another id", chunk.id,
                    other.kind, other.source, other.line)
            end
        end
    end
end

function checks.references(book)
    for _, part in ipairs(book.parts) do
        for _, ref in ipairs(part.references) do
            if not book.labels[ref.id] then
                book.faults:add(part.source, ref.line, "nothing is called @%s; %s", ref.id, suggest_label(ref.id, book.labels))
            end
        end
        for _, e in ipairs(part.exercises) do
            local label = e.eq and book.labels[e.eq]
            if e.eq and not (label and label.kind == "equation") then
                local equations = {}
                for id, l in pairs(book.labels) do if l.kind == "equation" then equations[id] = true end end
                book.faults:add(part.source, e.line, "there is no equation %s; %s", e.eq, suggest(e.eq, equations,
                    "label it $$ … $$ {#" .. e.eq .. "}"))
            end
        end
    end
end

local function check_program(book, part, line, id, what, known)
    if not id then
        book.faults:add(part.source, line, "%s names no program; write its id", what)
    elseif not (known or book.programs)[id] then
        book.faults:add(part.source, line, "%s: there is no program %s; %s", what, id, suggest(id, known or book.programs,
            "write a chunk {.c #" .. id .. " file=build/programs/" .. id .. ".c}"))
    end
end

function checks.programs(book)
    -- A wrong figure's program is run once more, with the mistake in front: its values have the figure's id.
    local demos, printing = {}, {}
    for id, program in pairs(book.programs) do
        printing[id] = true
        if program.demo then demos[id] = true end
    end
    for id, f in pairs(book.figures) do
        if f.mistake then printing[id] = true end
    end
    for _, part in ipairs(book.parts) do
        for _, value in ipairs(part.values) do
            check_program(book, part, value.line, value.program, "of=", printing)
            if not value.key then
                book.faults:add(part.source, value.line, "this value names no key; write []{.value of=PROGRAM key=KEY}")
            end
        end
        for _, predict in ipairs(part.predicts) do
            check_program(book, part, predict.line, predict.demo, "demo=", demos)
        end
        for _, f in ipairs(part.figures) do
            if f.data then check_program(book, part, f.line, f.data, "data=") end
            if f.of and not book.figures[f.of] then
                book.faults:add(part.source, f.line, "of=: there is no figure %s; %s", f.of, suggest(f.of, book.figures, "take of= out"))
            end
            local script
            for _, place in ipairs(f.chunks) do
                local chunk = part.chunks[place]
                if chunk.file and chunk.file:match("^build/plots/") then script = chunk end
            end
            if not script then
                book.faults:add(part.source, f.line, "the figure %s has no script; write ``` {.gnuplot #%s-plot file=build/plots/%s.gp}",
                    f.id, f.id, f.id)
            end
        end
    end
end

function checks.suites(book)
    for _, part in ipairs(book.parts) do
        local suite = part.suite and files.read(part.suite)
        for i, e in ipairs(part.exercises) do
            if not suite then
                if i == 1 then
                    book.faults:add(part.source, e.line, "%s has no suite: there is no %s; write it, with a suite_case(s, \"%s\")", e.fn,
                        part.suite, e.fn)
                end
            elseif not suite:match('suite_case%s*%([^,()]*,%s*"' .. e.fn .. '"') then
                book.faults:add(part.source, e.line, "%s has no suite: no suite_case(s, \"%s\") in %s; add it", e.fn, e.fn, part.suite)
            end
        end
    end
end

-- Stub, contract and header of every exercise.
function checks.stubs(book)
    for _, part in ipairs(book.parts) do
        for _, e in ipairs(part.exercises) do
            if not e.stub then
                book.faults:add(part.source, e.line, "%s has no stub; write ``` {.c #%s file=exercises/%s/%s.c}", e.fn,
                    e.fn:gsub("_", "-"), part.id, e.fn)
            elseif not book.sums.defines(e.stub.file, e.fn) then
                book.faults:add(part.source, e.stub.line, "the stub of %s does not define %s%s; name the function as fn= says", e.fn, e.fn,
                    book.sums.defined(e.stub.file))
            end
            if not e.prototype then
                book.faults:add(part.source, e.line, "%s has no contract; write a chunk of its header with a comment and the prototype of %s",
                    e.fn, e.fn)
            elseif not e.header then
                book.faults:add(part.source, e.contract_chunk.line, "the contract of %s is in no header; append it to a chunk that "
                    .. "exercises/include/NAME.h holds", e.fn)
            end
        end
    end
end

-- Every part of the key belongs to an exercise; every exercise has its solution and two mistakes.
function checks.key(book)
    for _, part in ipairs(book.parts) do
        for _, list in ipairs { part.solutions, part.alternatives, part.mistakes } do
            for _, record in ipairs(list) do
                if record.fn ~= "" and not book.exercises[record.fn] then
                    book.faults:add(part.source, record.line, "there is no exercise %s; %s", record.fn, suggest(record.fn, book.exercises,
                        "write it in a chapter first"))
                end
            end
        end
    end
    if not book.has_key then return end
    for _, part in ipairs(book.parts) do
        for _, e in ipairs(part.exercises) do
            if not e.solution then
                book.faults:add(part.source, e.line, "%s has no solution; write ::: {.solution fn=%s} in solutions/%s.md", e.fn, e.fn, part.id)
            elseif e.solution.file and not book.sums.defines(e.solution.file, e.fn) then
                book.faults:add(e.solution.source, e.solution.line, "the solution of %s does not define %s%s; name the function as fn= says",
                    e.fn, e.fn, book.sums.defined(e.solution.file))
            end
            if #e.mistakes < 2 then
                book.faults:add(part.source, e.line, "%s has %s; write two or more ::: {.mistake fn=%s name=…} in solutions/%s.md", e.fn,
                    #e.mistakes == 0 and "no mistakes" or "one mistake", e.fn, part.id)
            end
        end
        for _, f in ipairs(part.figures) do
            if f.fn and f.mistake then
                local e = book.exercises[f.fn]
                local names = {}
                for _, m in ipairs(e and e.mistakes or {}) do names[m.name] = true end
                if not e then
                    book.faults:add(part.source, f.line, "fn=: there is no exercise %s; %s", f.fn, suggest(f.fn, book.exercises, "name one"))
                elseif not names[f.mistake] then
                    book.faults:add(part.source, f.line, "mistake=: %s has no mistake %s; %s", f.fn, f.mistake, suggest(f.mistake, names,
                        "write it in the answer key"))
                end
            end
        end
    end
end

-- <<todo>> marks where the learner writes, so it stands in stubs only.
function checks.todo(book, file, within)
    if within.todo and not file:match("^exercises/%d%d%-") and book.tangle.targets[file].id ~= "todo" then
        local target = book.tangle.targets[file]
        book.faults:add(target.source, target.line, "%s contains <<todo>>, which is for stubs; take it out", file)
    end
end

return checks
