-- Where a block stands in its source, from the data-pos that sourcepos gave it.
local position = {}

-- Inside a list a block carries its item's position first and its own last; a position may be several ranges.
local function own(element)
    local pos
    if not element.attributes then return nil end
    for i = 1, #element.attributes do
        local key, value = element.attributes[i][1], element.attributes[i][2]
        if key == "data-pos" and value ~= "" then pos = value end
    end
    return pos
end

-- First and last line; nil when the element has no position.
function position.lines(element)
    local pos = own(element)
    if not pos then return nil end
    local from = pos:match("@(%d+):%d+%-") or pos:match("^(%d+):%d+%-")
    local to, column = pos:match("%-(%d+):(%d+)$")
    from, to = tonumber(from), tonumber(to)
    if tonumber(column) == 1 and to > from then to = to - 1 end
    return from, to
end

-- The attributes that the author wrote.
function position.attributes(element)
    local written = {}
    for i = 1, #element.attributes do
        local key, value = element.attributes[i][1], element.attributes[i][2]
        if key ~= "data-pos" and key ~= "wrapper" then written[key] = value end
    end
    return written
end

-- A Div or Span that sourcepos added, and nobody wrote.
function position.is_wrapper(element)
    return element.identifier == "" and #element.classes == 0 and next(position.attributes(element)) == nil
        and own(element) ~= nil
end

return position
