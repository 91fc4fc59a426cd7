-- Chunks into files: one namespace for the whole book; a repeated id appends, <<id>> alone on its line expands.
local nearest = require "nearest"
local tangle = {}
tangle.__index = tangle

-- The id that a line refers to, and its indentation.
local function reference(line)
    local indent, id = line:match("^(%s*)<<([%w_-]+)>>%s*$")
    return id, indent
end

function tangle.new(faults)
    return setmetatable({ blocks = {}, targets = {}, order = {}, users = {}, faults = faults }, tangle)
end

-- Adds one chunk as read from `source`; sources come in the order of the book.
function tangle:add(source, chunk)
    local id = chunk.id or chunk.file
    local block = { source = source, line = chunk.line, code_line = chunk.code_line, lines = chunk.lines, id = id }
    local list = self.blocks[id]
    if not list then
        list = {}
        self.blocks[id] = list
        table.insert(self.order, id)
    end
    table.insert(list, block)
    if not chunk.file then return end
    if list.file and list.file ~= chunk.file then
        self.faults:add(source, chunk.line, "the id %s is used for two files, %s (%s:%d) and %s; give this chunk another id", id,
            list.file, list.target.source, list.target.line, chunk.file)
        return
    end
    local other = self.targets[chunk.file]
    if other and other.id ~= id then
        list.file = list.file or chunk.file
        self.faults:add(source, chunk.line, "%s is already made by chunk %s (%s:%d); use its id, or another file", chunk.file, other.id,
            other.source, other.line)
        return
    end
    list.file, list.target = chunk.file, list.target or block
    self.targets[chunk.file] = self.targets[chunk.file] or block
end

-- Undefined references, and references that share their line.
function tangle:check_references()
    for _, id in ipairs(self.order) do
        for _, block in ipairs(self.blocks[id]) do
            for i, line in ipairs(block.lines) do
                local used = reference(line)
                local at = block.code_line + i - 1
                if used then
                    self.users[used] = self.users[used] or {}
                    table.insert(self.users[used], block)
                    if not self.blocks[used] then
                        local near = nearest(used, self.blocks)
                        self.faults:add(block.source, at, "chunk %s is not defined; %s", used,
                            near and "did you mean " .. near .. "?" or "write ``` {.c #" .. used .. "}")
                    end
                else
                    local inline = line:match("<<([a-z][a-z0-9-]*)>>")
                    if inline and self.blocks[inline] then
                        self.faults:add(block.source, at, "<<%s>> shares its line and is not expanded; give it a line of its own", inline)
                    end
                end
            end
        end
    end
end

-- Chunks that contain themselves; each circle is said once. True when there is none.
function tangle:check_cycles()
    local done, path, whole = {}, {}, true
    local function descend(id)
        done[id] = "open"
        table.insert(path, id)
        for _, block in ipairs(self.blocks[id]) do
            for i, line in ipairs(block.lines) do
                local used = reference(line)
                if used and done[used] == "open" then
                    local circle, from = {}, 1
                    while path[from] ~= used do from = from + 1 end
                    table.move(path, from, #path, 1, circle)
                    table.insert(circle, used)
                    whole = false
                    self.faults:add(block.source, block.code_line + i - 1, "chunk %s contains itself (%s); take one reference out", used,
                        table.concat(circle, " → "))
                elseif used and self.blocks[used] and not done[used] then
                    descend(used)
                end
            end
        end
        table.remove(path)
        done[id] = "done"
    end
    for _, id in ipairs(self.order) do
        if not done[id] then descend(id) end
    end
    return whole
end

function tangle:check_unused()
    for _, id in ipairs(self.order) do
        local list = self.blocks[id]
        if not list.file and not self.users[id] then
            self.faults:add(list[1].source, list[1].line, "chunk %s is never used and makes no file; refer to it by <<%s>>, or take out its id",
                id, id)
        end
    end
end

-- The lines of a file, each { text, source, line }, and the ids of the chunks in it.
function tangle:expand(file)
    local out, within = {}, {}
    local function put(id, indent, open)
        within[id] = true
        for _, block in ipairs(self.blocks[id]) do
            for i, line in ipairs(block.lines) do
                local used, deeper = reference(line)
                local at = block.code_line + i - 1
                if not used then
                    -- An indented empty line stays empty.
                    local text = line:match("%S") and indent .. line or line
                    out[#out + 1] = { text = text, source = block.source, line = at }
                elseif within[used] and not open[used] then
                    self.faults:add(block.source, at, "chunk %s is used twice in %s, which Entangled takes for a circle; %s", used, file,
                        "make a function of it, or a second chunk")
                elseif self.blocks[used] and not open[used] then
                    open[used] = true
                    put(used, indent .. deeper, open)
                    open[used] = nil
                end
            end
        end
    end
    local id = self.targets[file].id
    put(id, "", { [id] = true })
    return out, within
end

function tangle.naked(lines)
    local text = {}
    for i, l in ipairs(lines) do text[i] = l.text end
    return table.concat(text, "\n") .. "\n"
end

-- With #line wherever the next line does not follow from the one before; never inside a macro that goes on.
function tangle.with_lines(lines)
    local text, source, line = {}, nil, nil
    for _, l in ipairs(lines) do
        local goes_on = #text > 0 and text[#text]:match("\\$")
        if goes_on then
            source = nil
        elseif l.source ~= source or l.line ~= line then
            text[#text + 1] = ('#line %d "%s"'):format(l.line, l.source)
            source = l.source
        end
        line = l.line + 1
        text[#text + 1] = l.text
    end
    return table.concat(text, "\n") .. "\n"
end

return tangle
