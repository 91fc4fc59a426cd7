-- The indexes of the book: functions, terms and theorems, from the manifest.
local book = require 'weave.book'

-- A word as it is sorted: without case, and "χ²" after "z".
local function sorted_by(name) return (name:lower():gsub("[^%w\x80-\xff]+", ' ')) end

local function capital(name) return (name:gsub('^%l', string.upper)) end

local sayings = { theorem = true, lemma = true, corollary = true, proposition = true }

local function of_terms(add, skip)
    local skipped = {}
    for word in skip:gmatch('[^;]+') do skipped[word:match('^%s*(.-)%s*$')] = true end
    for _, chapter in ipairs(book.manifest.chapters) do
        for _, t in ipairs(chapter.terms or {}) do
            if not skipped[t.text] then add(capital(t.text), t.at) end
        end
    end
    for id, l in pairs(book.manifest.labels) do
        if l.kind == 'definition' then
            for title in l.title:gmatch('[^,]+') do add(capital(title:match('^%s*(.-)$')), id) end
        end
    end
end

-- Where a place stands in the book: its chapter, and its number there.
local function order_of(id)
    local label = book.manifest.labels[id] or {}
    local major, minor = (label.number or ''):match('^(%d+)%.?(%d*)')
    return (tonumber(major) or 1000) * 1000 + (tonumber(minor) or 0)
end

-- Entries { name, code, places }, in their order; a place is an id. Theorems come in the order of the book.
return function(kind, skip)
    local by_key, entries = {}, {}
    local function add(name, id, code)
        local key = kind == 'theorems' and id or sorted_by(name)
        local entry = by_key[key]
        if not entry then
            entry = { name = name, key = key, code = code, places = {} }
            by_key[key] = entry
            entries[#entries + 1] = entry
        end
        for _, known in ipairs(entry.places) do if known == id then return end end
        table.insert(entry.places, id)
    end
    if kind == 'functions' then
        for _, e in ipairs(book.manifest.exercises) do
            if e.kind ~= 'pen' then add(e.fn, e.anchor, true) end
        end
    elseif kind == 'terms' then
        of_terms(add, skip)
    elseif kind == 'theorems' then
        for id, l in pairs(book.manifest.labels) do
            if sayings[l.kind] and l.title ~= '' then add(capital(l.title), id) end
        end
    else
        return nil
    end
    for _, entry in ipairs(entries) do
        table.sort(entry.places, function(a, b) return order_of(a) == order_of(b) and a < b or order_of(a) < order_of(b) end)
    end
    table.sort(entries, function(a, b)
        if kind == 'theorems' then return order_of(a.places[1]) < order_of(b.places[1]) end
        return a.key < b.key
    end)
    return entries
end
