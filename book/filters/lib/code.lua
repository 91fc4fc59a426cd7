-- What the press must know of C: where a function is named, what a contract says.
local code = {}

-- The text without comments and strings, so that a word in it is a word of the program.
function code.bare(text)
    local out, i = {}, 1
    while i <= #text do
        local two, c = text:sub(i, i + 1), text:sub(i, i)
        if two == "/*" then
            i = (select(2, text:find("*/", i + 2, true)) or #text) + 1
            out[#out + 1] = " "
        elseif two == "//" then
            i = text:find("\n", i, true) or #text + 1
        elseif c == '"' or c == "'" then
            local stop = i + 1
            while stop <= #text and text:sub(stop, stop) ~= c do
                stop = stop + (text:sub(stop, stop) == "\\" and 2 or 1)
            end
            out[#out + 1] = '""'
            i = stop + 1
        else
            out[#out + 1] = c
            i = i + 1
        end
    end
    return table.concat(out)
end

-- The identifiers of a program, as a set.
function code.words(text)
    local words = {}
    for word in code.bare(text):gmatch("[%a_][%w_]*") do words[word] = true end
    return words
end

-- The functions that a text defines or declares at the outermost level, in order.
function code.functions(text)
    local names = {}
    local outer = code.bare(text):gsub("\n%s*#[^\n]*", "\n"):gsub("^%s*#[^\n]*", ""):gsub("%b{}", "{}"):gsub("%b[]", "")
    for before, name in outer:gmatch("([%w_%*%]]%s*)%f[%a_]([%a_][%w_]*)%s*%b()") do
        if before:match("[%s%*]$") then names[#names + 1] = name end
    end
    return names
end

local function flat(text)
    return (text:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end

-- Contract and prototype of fn in the text of a chunk; nil when it does not declare fn.
function code.contract(text, fn)
    local at, comment = 1, ""
    while at <= #text do
        local from, to, inside = text:find("/%*(.-)%*/%s*", at)
        local stop = text:find(";", at, true)
        if from and (not stop or from < stop) then
            comment, at = inside, to + 1
        elseif stop then
            local declaration = text:sub(at, stop - 1)
            if declaration:match("%f[%w_]" .. fn .. "%s*%(") then
                return flat(comment:gsub("\n%s*%*", "\n")):gsub("%s*%[ch%d%d%]", ""), flat(declaration)
            end
            comment, at = "", stop + 1
        else
            return nil
        end
    end
end

return code
