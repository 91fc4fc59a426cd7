-- Runs XeLaTeX until the cross-references stand still, and says plainly what went wrong; a sign that no font can show is an error.
--
--   pandoc -f markdown -t plain -L book/filters/typeset.lua -M tex=build/tex/descent.tex -M pdf=build/book/descent.pdf -o build/tex/pages /dev/null
local function slurp(path)
    local file = io.open(path, 'rb')
    if not file then return '' end
    local text = file:read('a')
    file:close()
    return text
end

local function fail(message)
    io.stderr:write(message, '\n')
    os.exit(1)
end

-- What LaTeX remembers from one run for the next.
local function memory(stem)
    return pandoc.utils.sha1(slurp(stem .. '.aux') .. slurp(stem .. '.toc') .. slurp(stem .. '.out'))
end

-- The first error of a log, with the file that it is in (-file-line-error puts it in front).
local function first_error(log)
    local error = log:match('\n([^\n]-:%d+: .-)\n\n') or log:match('\n(! .-)\n\n')
    return error and error:gsub('\nHere is how much.*', ''):gsub('\n+', '\n    ') or 'the log ends: ' .. log:sub(-600)
end

local function missing_signs(log)
    local seen, list = {}, {}
    -- TeX breaks its log at 79 bytes, even inside a sign; max_print_line (below) keeps lines whole.
    for sign, font in log:gmatch('Missing character: There is no (.-) in font ([^!\n]*)') do
        local key = sign .. ' in ' .. font:gsub(':.*', ''):gsub('^.*/', '')
        if not seen[key] then list[#list + 1] = '    ' .. key end
        seen[key] = true
    end
    return list
end

function Pandoc(doc)
    local tex = pandoc.utils.stringify(doc.meta.tex)
    local pdf = pandoc.utils.stringify(doc.meta.pdf)
    local dir, name = tex:match('^(.*)/([^/]+)%.tex$')
    local stem = dir .. '/' .. name
    local command = string.format('max_print_line=4000 xelatex -interaction=batchmode -halt-on-error -file-line-error -output-directory=%s ', dir)
    local before, log
    for run = 1, 4 do
        before = memory(stem)
        local ok = os.execute(command .. '-no-pdf ' .. tex .. ' >/dev/null 2>&1')
        log = slurp(stem .. '.log')
        if not ok then fail('XeLaTeX stopped: ' .. first_error(log) .. '\n    The whole log: ' .. stem .. '.log') end
        if memory(stem) == before then break end
    end
    local missing = missing_signs(log)
    if #missing > 0 then
        fail('The PDF would lack these signs:\n' .. table.concat(missing, '\n')
            .. '\n    Write them otherwise, or give them a font in fallback() of book/filters/lib/weave/latex.lua.')
    end
    local lost = log:match("LaTeX Warning: Reference `([^']*)' on page")
    if lost then fail('The PDF would have ?? for the page of ' .. lost .. ': nothing in build/tex has \\label{' .. lost .. '}.') end
    if not os.execute(string.format('xdvipdfmx -q -o %s %s.xdv', pdf, stem)) then fail('xdvipdfmx could not make ' .. pdf) end
    local pages = log:match('Output written on .-%((%d+) page')
    return pandoc.Pandoc { pandoc.Plain { pandoc.Str(pages or '?') } }
end
