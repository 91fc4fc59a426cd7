-- Which file= may stand where: the table of book/FORMAT.md.
local places = {}

-- What is wrong with chunk's file in this source, or nil.
local function misplaced(name, chunk)
    local file, within = chunk.file, chunk.within or {}
    if name.kind == "key" then
        local fn, stem = file:match("^build/key/([a-z][a-z0-9_]*)/([a-z][a-z0-9-]*)%.c$")
        if not fn then return "the answer key makes build/key/FN/solution.c and build/key/FN/NAME.c only" end
        if within.kind ~= "solution" and within.kind ~= "alternative" then
            return "it stands outside a ::: {.solution fn=…} or ::: {.alternative fn=… name=…}"
        end
        local wanted = within.kind == "solution" and "solution" or within.name
        if fn ~= within.fn or stem ~= wanted then
            return ("this %s makes build/key/%s/%s.c"):format(within.kind, within.fn, wanted)
        end
        return nil
    end
    local folder, stem = file:match("^exercises/(%d%d%-[a-z0-9-]+)/([a-z][a-z0-9_]*)%.c$")
    if folder then
        if folder ~= name.id then return "this source's stubs go to exercises/" .. name.id .. "/" end
        if within.kind ~= "exercise" and within.kind ~= "pen" then
            return "a stub stands inside its ::: {.exercise fn=" .. stem .. "} or .pen"
        end
        if stem ~= within.fn then return ("the stub of %s is exercises/%s/%s.c"):format(within.fn, name.id, within.fn) end
        return nil
    end
    if file:match("^exercises/include/[a-z][a-z0-9_]*%.h$") or file:match("^build/given/[a-z][a-z0-9_]*%.c$") then return nil end
    local program = file:match("^build/programs/([a-z][a-z0-9-]*)%.c$")
    if program then
        return program ~= chunk.id and "the program of chunk " .. chunk.id .. " is build/programs/" .. chunk.id .. ".c" or nil
    end
    local plot = file:match("^build/plots/([a-z][a-z0-9-]*)%.gp$")
    if plot then
        if within.kind ~= "figure" and within.kind ~= "wrong" then return "a script stands inside its ::: {.figure} or .wrong" end
        return plot ~= within.id and ("the script of %s is build/plots/%s.gp"):format(within.id, within.id) or nil
    end
    return "book/FORMAT.md lists the places: exercises/" .. name.id .. "/FN.c, exercises/include/NAME.h, build/given/NAME.c, "
        .. "build/programs/ID.c, build/plots/ID.gp"
end

function places.check(name, chunk, faults)
    local why = chunk.file and chunk.id and misplaced(name, chunk)
    if why then faults:add(name.source, chunk.line, "file=%s is out of place; %s", chunk.file, why) end
end

return places
