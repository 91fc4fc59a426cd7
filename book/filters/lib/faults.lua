-- The faults of a book: collected all, said once each, in the order of the pages.
local faults = {}
faults.__index = faults

function faults.new()
    return setmetatable({ said = {} }, faults)
end

-- What is wrong and what to do, each a printf format of its own with the arguments after it.
function faults:add(source, line, format, ...)
    local text = select("#", ...) > 0 and format:format(...) or format
    local key = source .. ":" .. line .. ": " .. text
    if self.said[key] then return end
    self.said[key] = true
    self[#self + 1] = { source = source, line = line, text = text }
end

function faults:print(stream)
    table.sort(self, function(a, b)
        if a.source ~= b.source then return a.source < b.source end
        if a.line ~= b.line then return a.line < b.line end
        return a.text < b.text
    end)
    for _, fault in ipairs(self) do
        stream:write(fault.source, ":", fault.line, ": ", fault.text, "\n")
    end
end

return faults
