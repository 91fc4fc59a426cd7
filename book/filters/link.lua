-- Links the parsed sources into a book and tangles it. Run once, in the project's root, over an empty document:
--
--   pandoc -f markdown -t plain -L book/filters/link.lua -o build/linked.txt /dev/null
--
-- Reads build/parsed/ (made by read.lua) for every source in chapters/ and solutions/; writes the tangled files, the mistakes, the
-- stubs and build/manifest.json, each only when its text changed. All faults of the book are printed and then nothing is written.
local here = PANDOC_SCRIPT_FILE:match("^(.*)/[^/]*$") or "."
package.path = here .. "/lib/?.lua;" .. package.path

local checks = require "checks"
local code = require "code"
local faults_of = require "faults"
local files = require "files"
local json = require "json"
local learner = require "learner"
local manifest = require "manifest"
local patch = require "patch"
local places = require "places"
local signature = require "signature"
local sources = require "sources"
local tangle = require "tangle"

-- Folders that hold tangled files and nothing else: what is no longer tangled is removed.
local MADE = { "build/key", "build/given", "build/programs", "build/plots", "build/stubs" }

local function load(faults)
    local parts, strange = sources.book()
    for _, path in ipairs(strange) do
        faults:add(path, 1, "the name says no place in the book; chapters are NN-slug.md, reviews NNr-slug.md, appendices a-slug.md, and there is preface.md")
    end
    for i, name in ipairs(parts) do
        local text = files.read(sources.parsed(name.source))
        if not text then
            faults:add(name.source, 1, "not read yet: there is no %s; run make tangle", sources.parsed(name.source))
            return nil
        end
        local part = json.decode(text)
        part.printed = name.printed
        if part.kind == "chapter" then part.suite = "tests/suites/" .. part.id .. ".c" end
        for _, f in ipairs(part.faults) do faults:add(part.source, f.line, "%s", f.text) end
        parts[i] = part
    end
    return parts
end

-- Exercises, programs and figures by name; an exercise knows its stub and its part of the key.
local function gather(book)
    book.exercises, book.programs, book.figures, book.has_key = {}, {}, {}, false
    for _, part in ipairs(book.parts) do
        book.has_key = book.has_key or part.kind == "key"
        for _, e in ipairs(part.exercises) do
            e.alternatives, e.mistakes, e.uses = {}, {}, {}
            local other = book.exercises[e.fn]
            if other then
                book.faults:add(part.source, e.line, "the exercise %s exists already, in %s:%d; give this one another function", e.fn,
                    other.source, other.line)
            end
            e.source = part.source
            book.exercises[e.fn] = other or e
            for _, place in ipairs(e.chunks) do
                local chunk = part.chunks[place]
                if chunk.file and chunk.file:match("^exercises/%d%d%-") then
                    e.stub = chunk
                elseif not e.prototype and chunk.classes[1] == "c" then
                    e.contract, e.prototype = code.contract(table.concat(chunk.lines, "\n"), e.fn)
                    e.contract_chunk = e.prototype and chunk
                end
            end
        end
        for _, f in ipairs(part.figures) do book.figures[f.id] = f end
        for _, c in ipairs(part.chunks) do
            places.check(part, c, book.faults)
            if c.file and c.file:match("^build/programs/") and c.id then book.programs[c.id] = c end
        end
    end
end

-- The parts of the key go to their exercises. Names are used once: each names a file.
local function gather_key(book)
    for _, part in ipairs(book.parts) do
        local function own(record, name)
            local e = book.exercises[record.fn]
            record.source = part.source
            for _, place in ipairs(record.chunks) do record.file = record.file or part.chunks[place].file end
            if not e then return nil end
            e.names = e.names or {}
            if e.names[name] then
                book.faults:add(part.source, record.line, "%s already has a %s called %s (%s:%d); give this %s another name", record.fn,
                    e.names[name].kind, name, e.names[name].source, e.names[name].line, record.kind)
                return nil
            end
            e.names[name] = record
            return e
        end
        for _, s in ipairs(part.solutions) do
            local e = own(s, "solution")
            if e then e.solution = s end
        end
        for _, a in ipairs(part.alternatives) do
            local e = own(a, a.name)
            if e then table.insert(e.alternatives, a) end
        end
        for _, m in ipairs(part.mistakes) do
            local e = own(m, m.name)
            m.file = ("build/key/%s/mistake-%s.c"):format(m.fn, m.name)
            if e then table.insert(e.mistakes, m) end
        end
    end
end

-- Every tangled file as lines; which header holds which chunk.
local function expand(book)
    book.files, book.header_of = {}, {}
    for file in pairs(book.tangle.targets) do
        local lines, within = book.tangle:expand(file)
        book.files[file] = lines
        checks.todo(book, file, within)
        local header = file:match("^exercises/include/(.*)$")
        if header then
            for id in pairs(within) do book.header_of[id] = header end
        end
    end
    for _, e in pairs(book.exercises) do
        e.header = e.contract_chunk and book.header_of[e.contract_chunk.id]
    end

    local defined = {}
    local function functions(file)
        defined[file] = defined[file] or code.functions(book.files[file] and tangle.naked(book.files[file]) or "")
        return defined[file]
    end
    book.sums = {
        defines = function(file, fn)
            for _, name in ipairs(functions(file)) do if name == fn then return true end end
            return book.files[file] == nil
        end,
        -- " but vec_dto", for the fault.
        defined = function(file)
            local names = functions(file)
            return #names > 0 and " but " .. table.concat(names, ", ") or ""
        end,
    }
end

-- What each exercise is given and gives back, from its prototype and the typedefs of the headers.
local function read_signatures(book)
    local headers = {}
    for file, lines in pairs(book.files) do
        if file:match("^exercises/include/") then headers[#headers + 1] = tangle.naked(lines) end
    end
    local types = signature.types(headers)
    for _, part in ipairs(book.parts) do
        for _, e in ipairs(part.exercises) do
            if e.prototype then
                local why
                e.signature, why = signature.read(e.prototype, types)
                if why then
                    local line = e.contract_chunk.line
                    for i, text in ipairs(e.contract_chunk.lines) do
                        if text:match("%f[%w_]" .. e.fn .. "%s*%(") then line = e.contract_chunk.line + i end
                    end
                    book.faults:add(part.source, line, "the prototype of %s cannot be graded: %s; book/FORMAT.md says how one reads", e.fn, why)
                end
            end
        end
    end
end

local function make_mistakes(book)
    for _, part in ipairs(book.parts) do
        for _, m in ipairs(part.mistakes) do
            local e = book.exercises[m.fn]
            local solution = e and e.solution and book.files[e.solution.file]
            if solution and e.names[m.name] == m then
                book.files[m.file] = patch(solution, m, part.source, book.faults)
            end
        end
    end
end

-- The exercises' functions that a solution calls or hands over, in the order of the book.
local function find_uses(book)
    for _, part in ipairs(book.parts) do
        for _, e in ipairs(part.exercises) do
            local solution = e.solution and book.files[e.solution.file]
            local words = solution and code.words(tangle.naked(solution)) or {}
            for _, other_part in ipairs(book.parts) do
                for _, other in ipairs(other_part.exercises) do
                    if other.fn ~= e.fn and words[other.fn] then table.insert(e.uses, other.fn) end
                end
            end
        end
    end
end

local function write(book)
    local kept, for_learner, pristine = {}, {}, {}
    for file, lines in pairs(book.files) do
        if file:match("^exercises/") then
            local stub = file:gsub("^exercises/", "build/stubs/")
            for_learner[file], pristine[file], kept[stub] = tangle.naked(lines), stub, true
            files.update(stub, for_learner[file])
        else
            kept[file] = true
            files.update(file, file:match("%.c$") and tangle.with_lines(lines) or tangle.naked(lines))
        end
    end
    for _, folder in ipairs(MADE) do
        for _, file in ipairs(files.list(folder)) do
            if not kept[file] then
                os.remove(file)
                os.remove(files.folder(file)) -- refuses when there is still something in it
            end
        end
    end
    learner.tangle(for_learner, pristine)
    manifest.write(book)
end

local function stop(faults)
    if #faults == 0 then return end
    faults:print(io.stderr)
    os.exit(1)
end

function Pandoc()
    local book = { faults = faults_of.new() }
    book.parts = load(book.faults)
    if not book.parts then stop(book.faults) end

    book.tangle = tangle.new(book.faults)
    for _, part in ipairs(book.parts) do
        for _, chunk in ipairs(part.chunks) do book.tangle:add(part.source, chunk) end
    end
    book.tangle:check_references()
    book.tangle:check_cycles()
    book.tangle:check_unused()

    book.labels = manifest.labels(book.parts, book.faults)
    gather(book)
    gather_key(book)
    expand(book)
    read_signatures(book)
    make_mistakes(book)
    checks.duplicates(book)
    checks.references(book)
    checks.programs(book)
    checks.suites(book)
    checks.stubs(book)
    checks.key(book)
    stop(book.faults)

    find_uses(book)
    write(book)
    return pandoc.Pandoc {}
end
