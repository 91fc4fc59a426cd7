-- A source as Entangled 2 reads it: line by line, with its own idea of a fence and of attributes.
local fences = {}

-- The longest run of non-spaces from `at` that can still be followed by "=" and a value of the given shape; key, value, next.
local function attribute(text, at, value)
    local last = at
    while text:find("^%S", last + 1) do last = last + 1 end
    for stop = last, at, -1 do
        local from = select(2, text:find("^%s*=%s*", stop + 1))
        local found, after = nil, nil
        if from then found, after = value(text, from + 1) end
        if found then return text:sub(at, stop), found, after end
    end
end

-- "…" with backslash escapes, which are left as they are.
local function quoted(text, at)
    if text:sub(at, at) ~= '"' then return nil end
    local i = at + 1
    while i <= #text do
        local c = text:sub(i, i)
        if c == '"' then return text:sub(at + 1, i - 1), i + 1 end
        i = i + (c == "\\" and 2 or 1)
    end
end

local function bare(text, at)
    local value = text:match("^%S+", at)
    if value then return value, at + #value end
end

-- Ids, classes and attributes as far as they can be read; what follows something unreadable is lost.
function fences.properties(text)
    local ids, classes, attributes = {}, {}, {}
    local at = 1
    while at <= #text do
        local sign, word = text:match("^([#.])(%a%S*)", at)
        if sign then
            table.insert(sign == "#" and ids or classes, word)
            at = at + 1 + #word
        elseif text:find("^%a", at) then
            local key, value, after = attribute(text, at, quoted)
            if not key then key, value, after = attribute(text, at, bare) end
            if not key then break end
            if attributes[key] == nil then attributes[key] = value end
            at = after
        else
            break
        end
        at = text:find("%S", at) or #text + 1
    end
    return ids[1], classes, attributes
end

-- Every fenced block with braces: line, indent, id, classes, attributes, lines of code, and closed = false when its end is missing.
function fences.scan(lines)
    local blocks, open, ignore = {}, nil, false
    for number, line in ipairs(lines) do
        local shut = line:match("^(%s*)```%s*$")
        if line:match("^%s*~~~markdown%s*$") then
            ignore = true
        elseif line:match("^%s*~~~%s*$") then
            ignore = false
        end
        if open and shut == open.indent and not ignore then
            open.closed, open = true, nil
        elseif open then
            if shut and #shut < #open.indent and not ignore then open.early = open.early or number end
            local from = line:sub(1, #open.indent) == open.indent and #open.indent + 1 or 1
            table.insert(open.lines, line:sub(from))
        elseif not ignore then
            local indent, inside = line:match("^(%s*)```%s*{([^{}]*)}%s*$")
            if indent then
                local id, classes, attributes = fences.properties(inside)
                open = { line = number, indent = indent, id = id, classes = classes, attributes = attributes,
                    lines = {}, closed = false }
                blocks[#blocks + 1] = open
            end
        end
    end
    return blocks
end

return fences
