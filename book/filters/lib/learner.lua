-- The learner's folder. exercises/.tangled records the SHA-1 of each file as last tangled; a file that differs from its record was
-- edited and is kept, whatever the chapter says now.
local files = require "files"
local learner = {}

local RECORD = "exercises/.tangled"

local function read_record()
    local record = {}
    for _, line in ipairs(files.lines(files.read(RECORD) or "")) do
        local sum, path = line:match("^(%x+)  (exercises/.+)$")
        if sum and #sum == 40 then record[path] = sum end
    end
    return record
end

local function write_record(record)
    local paths, text = {}, {}
    for path in pairs(record) do paths[#paths + 1] = path end
    table.sort(paths)
    for i, path in ipairs(paths) do text[i] = record[path] .. "  " .. path end
    files.update(RECORD, #text > 0 and table.concat(text, "\n") .. "\n" or "")
end

-- Writes path → text; `pristine` says where the untouched text of a path can be read. A note is printed when the text of a kept
-- file has changed since it was last tangled.
function learner.tangle(texts, pristine)
    local record = read_record()
    local paths = {}
    for path in pairs(texts) do paths[#paths + 1] = path end
    table.sort(paths)
    for _, path in ipairs(paths) do
        local text = texts[path]
        local sum, there = pandoc.utils.sha1(text), files.read(path)
        if there == nil or pandoc.utils.sha1(there) == record[path] then
            files.update(path, text)
        elseif there ~= text and record[path] ~= sum then
            io.stderr:write(path, ": kept as you wrote it, though the chapter's text has changed; the new text is ", pristine[path], "\n")
        end
        record[path] = sum
    end
    -- A file that no chapter makes any more stays where it is, and so does what we know of it.
    for path in pairs(record) do
        if not texts[path] and not files.read(path) then record[path] = nil end
    end
    write_record(record)
end

return learner
