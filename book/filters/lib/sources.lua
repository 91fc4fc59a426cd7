-- What the name of a source says: its part in the book, its number, its page.
local files = require "files"
local sources = {}

-- Kind (chapter, review, appendix, preface, key), id, number and slug; nil for any other name. A review, NNr-slug, follows chapter NN.
-- The letter of an appendix and the number of a review depend on the others and are given by sources.book.
function sources.name(path)
    local folder, id = path:match("^(.*)/([^/]*)%.md$")
    if folder ~= "chapters" and folder ~= "solutions" then return nil end
    local number, slug = id:match("^(%d%d)%-([a-z][a-z0-9-]*)$")
    local name = { source = path, id = id, slug = slug, number = tonumber(number) }
    if folder == "solutions" then
        name.kind = "key"
        name.slug = slug or id:match("^a%-([a-z][a-z0-9-]*)$")
        return name.slug and name
    end
    name.page = id .. ".html"
    if slug then
        name.kind = "chapter"
    elseif id:match("^%d%dr%-[a-z][a-z0-9-]*$") then
        name.kind, name.slug = "review", id:sub(5)
    elseif id:match("^a%-[a-z][a-z0-9-]*$") then
        name.kind, name.slug = "appendix", id:sub(3)
    elseif id == "preface" then
        name.kind, name.slug, name.page = "preface", id, "index.html"
    else
        return nil
    end
    return name
end

-- The numbers that are printed: "1", "R1", "A", "" for the preface.
local function print_numbers(book)
    local letter, review = 64, 0
    for _, name in ipairs(book) do
        if name.kind == "appendix" then
            letter = letter + 1
            name.printed = string.char(letter)
        elseif name.kind == "review" then
            review = review + 1
            name.printed = "R" .. review
        else
            name.printed = name.number and tostring(name.number) or ""
        end
    end
end

local ORDER = { chapter = 1, review = 1, appendix = 2, preface = 3, key = 4 }

-- All sources in the order of the book: chapters and reviews, appendices, preface, keys. Also the paths whose names say nothing.
function sources.book()
    local book, strange = {}, {}
    for _, folder in ipairs { "chapters", "solutions" } do
        for _, path in ipairs(files.list(folder, 1)) do
            if path:match("%.md$") then
                local name = sources.name(path)
                table.insert(name and book or strange, name or path)
            end
        end
    end
    table.sort(book, function(a, b)
        if ORDER[a.kind] ~= ORDER[b.kind] then return ORDER[a.kind] < ORDER[b.kind] end
        return a.source < b.source
    end)
    print_numbers(book)
    return book, strange
end

function sources.parsed(path)
    return "build/parsed/" .. path:gsub("%.md$", ".json")
end

return sources
