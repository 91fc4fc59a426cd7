-- A mistake of the answer key: its hunks applied to the lines of a solution. Every hunk must fit in exactly one place.
local function same(a, b)
    return a:gsub("%s+$", "") == b:gsub("%s+$", "")
end

-- How many of the old lines of a hunk agree with the solution from line `at` on.
local function agreement(old, lines, at)
    local n = 0
    while n < #old and lines[at + n] and same(old[n + 1].text, lines[at + n].text) do n = n + 1 end
    return n
end

local function places(old, lines)
    local found, longest, best = {}, -1, nil
    for at = 1, #lines do
        local n = agreement(old, lines, at)
        if n == #old then found[#found + 1] = at end
        if n > longest then longest, best = n, at end
    end
    return found, longest, best
end

-- The lines of the wrong program, or nil with a fault for every hunk that does not fit.
return function(solution, mistake, source, faults)
    local what = ("mistake %s of %s"):format(mistake.name, mistake.fn)
    local at_line, whole = {}, #mistake.hunks > 0
    for number, hunk in ipairs(mistake.hunks) do
        local old = {}
        for _, l in ipairs(hunk) do if l.sign ~= "+" then old[#old + 1] = l end end
        if #old == 0 then
            faults:add(source, hunk[1].line, "hunk %d of %s only adds; show the line before as an unchanged one", number, what)
            whole = false
        else
            local found, longest, best = places(old, solution)
            if #found == 0 then
                local misfit, there = old[longest + 1], longest > 0 and solution[best + longest]
                local said = there and ("the solution has “%s” there"):format(there.text) or "the solution has no such line"
                faults:add(source, misfit.line, "hunk %d of %s fits nowhere (0 times): no match for “%s”; %s", number, what,
                    misfit.text, said)
                whole = false
            elseif #found > 1 then
                faults:add(source, hunk[1].line, "hunk %d of %s fits %d times; add unchanged lines until it fits once", number, what, #found)
                whole = false
            elseif at_line[found[1]] then
                faults:add(source, hunk[1].line, "hunk %d of %s changes lines that another hunk changes; join the two", number, what)
                whole = false
            else
                for i = 0, #old - 1 do at_line[found[1] + i] = i == 0 and hunk or true end
            end
        end
    end
    if not whole then return nil end

    local out, at = {}, 1
    while at <= #solution do
        local hunk = at_line[at]
        if type(hunk) == "table" then
            for _, l in ipairs(hunk) do
                if l.sign == "+" then
                    out[#out + 1] = { text = l.text, source = source, line = l.line }
                else
                    if l.sign == " " then out[#out + 1] = solution[at] end
                    at = at + 1
                end
            end
        else
            out[#out + 1] = solution[at]
            at = at + 1
        end
    end
    return out
end
