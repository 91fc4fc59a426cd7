-- Files: read, list, and write only what changed. Programs are run without a shell.
local files = {}

-- The whole text of a file, or nil.
function files.read(path)
    local f = io.open(path, "rb")
    if not f then return nil end
    local text = f:read("a")
    f:close()
    return text
end

-- The lines of a text whose last one may lack its newline.
function files.lines(text)
    local all = {}
    text = text:gsub("\r\n", "\n"):gsub("\n$", "")
    if text == "" then return all end
    for line in (text .. "\n"):gmatch("(.-)\n") do all[#all + 1] = line end
    return all
end

function files.folder(path)
    return path:match("^(.*)/[^/]*$") or "."
end

-- All regular files below a folder, sorted; depth 1 keeps to the folder itself. No folder, no files.
function files.list(folder, depth)
    local there = io.open(folder, "rb")
    if not there then return {} end
    there:close()
    local all = files.lines(pandoc.pipe("find", { "-H", folder, "-maxdepth", tostring(depth or 99), "-type", "f" }, ""))
    table.sort(all)
    return all
end

local made = {}

function files.make_folder(path)
    if made[path] or path == "." then return end
    pandoc.pipe("mkdir", { "-p", path }, "")
    made[path] = true
end

-- Writes a file whole, or not at all: nobody ever sees half of it.
function files.write(path, text)
    files.make_folder(files.folder(path))
    local draft = files.folder(path) .. "/." .. path:match("[^/]*$") .. ".new"
    local f = assert(io.open(draft, "wb"))
    assert(f:write(text))
    assert(f:close())
    assert(os.rename(draft, path))
end

-- Writes only when the text is another; says whether it wrote.
function files.update(path, text)
    if files.read(path) == text then return false end
    files.write(path, text)
    return true
end

return files
