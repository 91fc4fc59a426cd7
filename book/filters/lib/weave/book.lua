-- What a run of the weave knows: the manifest, the chapter in hand, what programs printed; and how it complains.
local json = require 'json'
local book = { faults = {}, seen = {} }

-- Complaints are collected, so that one run shows them all; report() ends the run if there were any.
function book.fault(message, mend)
    if book.seen[message] then return end
    book.seen[message] = true
    book.faults[#book.faults + 1] = message .. (mend and '\n    ' .. mend or '')
end

function book.report()
    if #book.faults == 0 then return end
    io.stderr:write(table.concat(book.faults, '\n'), '\n')
    os.exit(1)
end

function book.stop(message, mend)
    book.fault(message, mend)
    book.report()
end

function book.slurp(path)
    local file = io.open(path, 'rb')
    if not file then return nil end
    local text = file:read('a')
    file:close()
    return text
end

-- SOURCE:LINE of the first line that holds this text: the weave reads without source positions, which would cost it half its speed.
function book.place(needle)
    book.lines = book.lines or book.slurp(book.source) or ''
    local at = book.lines:find(needle, 1, true)
    if not at then return book.source end
    local _, before = book.lines:sub(1, at):gsub('\n', '')
    return book.source .. ':' .. before + 1
end

local function by(list, key)
    local index = {}
    for _, entry in ipairs(list or {}) do index[entry[key]] = entry end
    return index
end

-- Opens the book as a whole.
function book.open_volume(meta)
    book.impl = meta.impl and pandoc.utils.stringify(meta.impl) or 'reference'
    local path = meta.manifest and pandoc.utils.stringify(meta.manifest) or 'build/manifest.json'
    local text = book.slurp(path) or book.stop(path .. ' is missing: no number in the book can be printed without it.', 'Run: make tangle')
    local read, manifest = pcall(json.decode, text)
    if not read then book.stop(path .. ': ' .. tostring(manifest), 'Run: make tangle') end
    book.manifest = manifest
    book.labels = manifest.labels or {}
    book.exercises = by(manifest.exercises, 'fn')
    book.figures = by(manifest.figures, 'id')
    book.meta = book.read_meta()
end

-- Opens the book at the source that Pandoc reads.
function book.open(meta)
    book.open_volume(meta)
    book.source = (PANDOC_STATE.input_files[1] or ''):gsub('^%./', '')
    for position, chapter in ipairs(book.manifest.chapters) do
        if chapter.source == book.source then book.position, book.chapter = position, chapter end
    end
    -- What is not in the manifest is the preface; it becomes the index page.
    book.is_preface = book.chapter == nil
    if book.is_preface and not book.source:match('preface%.md$') then
        book.stop(book.source .. ' is not in the manifest.', 'Run: make tangle')
    end
    book.page = book.chapter and book.chapter.page or 'index.html'
end

-- The metadata of the whole book; the document's own title would hide the book's if Pandoc merged the two.
function book.read_meta()
    local text = book.slurp('book/metadata.yaml') or book.stop('book/metadata.yaml is missing')
    return pandoc.read('---\n' .. text .. '\n---\n', 'markdown').meta
end

-- "01" of 01-vectors, "07r" of 07r-linear-algebra, "a" of a-services, "preface": what makes a name unique in the one-volume outputs.
function book.prefix()
    return book.chapter and (book.chapter.id or ''):match('^[^-]+') or 'preface'
end

function book.is_appendix(chapter)
    return chapter.kind == 'appendix'
end

local kinds = { chapter = 'Chapter', review = 'Review', appendix = 'Appendix' }

-- "Chapter", "Review", "Appendix"
function book.kind_name(chapter)
    return kinds[chapter.kind]
end

-- "Chapter 1", "Review R1", "Appendix A"
function book.chapter_name(chapter)
    return book.kind_name(chapter) .. ' ' .. chapter.number
end

function book.chapter_anchor(chapter)
    return 'ch-' .. (chapter.slug or chapter.id)
end

-- The label of an id, or nil and a complaint.
function book.label(id, needle)
    local label = book.labels[id]
    if not label then
        book.fault(book.place(needle or id) .. ': nothing in the book is called ' .. id .. '.',
            'Give its target {#' .. id .. '}, or mend the reference.')
    end
    return label
end

-- What a program printed in this build.
function book.output(program, needle)
    local path = 'build/' .. book.impl .. '/data/' .. program .. '/stdout.txt'
    local text = book.slurp(path)
    if not text then
        book.fault(book.place(needle) .. ': ' .. path .. ' is missing: what ' .. program .. ' prints stands on this page.',
            'Run: make reference   (or mend the name of the program)')
        return ''
    end
    return (text:gsub('%s+$', ''))
end

return book
