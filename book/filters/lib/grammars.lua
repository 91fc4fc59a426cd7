-- Holds every fence to both grammars: what Pandoc made of a source must be what Entangled 2 makes of it.
local fences = require "fences"

local function join(list)
    return table.concat(list, " ")
end

local function same_attributes(a, b)
    for k, v in pairs(a) do if b[k] ~= v then return false, k end end
    for k, v in pairs(b) do if a[k] ~= v then return false, k end end
    return true
end

-- The first line of code in which two readings differ, counted from 1; nil when they agree.
local function first_difference(a, b)
    for i = 1, math.max(#a, #b) do if a[i] ~= b[i] then return i end end
end

-- Why only Pandoc sees a chunk in this fence.
local function explain(line)
    if line:match("^%s*>") then return "a fence in a quotation; take it out" end
    if line:match("^[%s>]*~~~") then return "a tilde fence; use three backticks" end
    if line:match("^[%s>]*````") then return "a fence of more than three backticks; use exactly three" end
    if line:match("^%s*```%s*{[^{}]*}%s*$") then
        return "for it an earlier block goes on here; mend that block's end"
    end
    if line:match("{.*{") or line:match("}.*}") then return "a brace inside the attributes; leave it out" end
    if line:match("```%s*[^{%s]") then return "a word before the attributes; write it as a class: {.c #id}" end
    return "write it as ``` {.c #id key=value}"
end

local function compare(source, pandoc, entangled, faults)
    local differing
    local agree, key = same_attributes(pandoc.attributes, entangled.attributes)
    if (pandoc.id or "") ~= (entangled.id or "") then
        differing = ("its id (%s, %s)"):format(pandoc.id or "none", entangled.id or "none")
    elseif join(pandoc.classes) ~= join(entangled.classes) then
        differing = ("its classes (%s, %s)"):format(join(pandoc.classes), join(entangled.classes))
    elseif not agree then
        differing = ("its attribute %s (%s, %s)"):format(key, pandoc.attributes[key] or "none",
            entangled.attributes[key] or "none")
    end
    for name, value in pairs(pandoc.attributes) do
        if value:find("=", 1, true) then differing = differing or ("its attribute %s holds an ="):format(name) end
    end
    if differing then
        faults:add(source, pandoc.line, "Pandoc and Entangled read this fence differently: %s; %s", differing,
            "no spaces round =, after { or before }, and no = or backslash inside a value")
        return
    end
    if entangled.early then
        faults:add(source, entangled.early, "Entangled stops here: a closing fence is indented less than its opening; %s",
            "indent both alike")
        return
    end
    if not entangled.closed then
        faults:add(source, pandoc.line, "this fence is never closed for Entangled; %s",
            "end it with three backticks, indented as its first line")
        return
    end
    local at = first_difference(pandoc.lines, entangled.lines)
    if at then
        faults:add(source, pandoc.line + at, "Pandoc and Entangled read this line of code differently; %s",
            "use spaces, not tabs, and indent the code as its fence")
    end
end

-- `chunks` are Pandoc's code blocks: line, id, classes, attributes, lines.
return function(source, lines, chunks, faults)
    local by_line = {}
    for _, chunk in ipairs(chunks) do by_line[chunk.line] = chunk end
    local read = {}
    for _, block in ipairs(fences.scan(lines)) do
        read[block.line] = true
        local chunk = by_line[block.line]
        if chunk then
            compare(source, chunk, block, faults)
        else
            faults:add(source, block.line, "Entangled reads a chunk here, Pandoc does not; %s",
                "take this fence out of the block it stands in")
        end
    end
    for _, chunk in ipairs(chunks) do
        if not read[chunk.line] and (chunk.id or chunk.attributes.file) then
            faults:add(source, chunk.line, "Pandoc reads a chunk here, Entangled does not: %s", explain(lines[chunk.line] or ""))
        end
    end
end
