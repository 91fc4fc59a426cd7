-- The known word nearest to a mistyped one.

-- Insertions, deletions, replacements and swaps of neighbours that lead from a to b.
local function distance(a, b)
    local before, row = {}, {}
    for j = 0, #b do row[j] = j end
    for i = 1, #a do
        local last = row
        row = { [0] = i }
        for j = 1, #b do
            local same = a:byte(i) == b:byte(j)
            row[j] = math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same and 0 or 1))
            if i > 1 and j > 1 and a:byte(i) == b:byte(j - 1) and a:byte(i - 1) == b:byte(j) then
                row[j] = math.min(row[j], before[j - 2] + 1)
            end
        end
        before = last
    end
    return row[#b]
end

-- The nearest of `words` (a list, or a table whose keys are the words), or nil when none is near.
local function nearest(word, words)
    local best, least = nil, math.max(2, #word // 3) + 1
    local candidates = {}
    for k, v in pairs(words) do candidates[#candidates + 1] = type(k) == "string" and k or v end
    table.sort(candidates)
    for _, candidate in ipairs(candidates) do
        local d = distance(word, candidate)
        if d < least then best, least = candidate, d end
    end
    return best
end

return nearest
