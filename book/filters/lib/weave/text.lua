-- Inline text: @ids become links, []{.value} becomes the number a program printed.
local book = require 'weave.book'
local text = {}

local kinds = { eq = 1, sec = 1, fig = 1, wrong = 1, ex = 1, pen = 1, def = 1, thm = 1, eg = 1, demo = 1, ch = 1 }
local NBSP, MINUS = '\u{a0}', '\u{2212}'

-- Groups of three digits, with a comma between them.
local function grouped(digits)
    local whole, rest = digits:match('^(%d+)(.*)$')
    local first = #whole % 3
    local parts = first > 0 and { whole:sub(1, first) } or {}
    for i = first + 1, #whole, 3 do parts[#parts + 1] = whole:sub(i, i + 2) end
    return table.concat(parts, ',') .. rest
end

local named = {
    thousands = function(x) return grouped(string.format('%.0f', math.abs(x))) end,
    dollars = function(x) return '$' .. grouped(string.format('%.0f', math.abs(x))) end,
}

-- The number as it is read, with a true minus sign.
function text.number(raw, fmt)
    local value = tonumber(raw)
    if not value then return raw end
    local shown
    if named[fmt] then
        shown = (value < 0 and '-' or '') .. named[fmt](value)
    elseif fmt and not fmt:match('^[^%%]*%%[-+ #0]*%d*%.?%d*[diufeEgG][^%%]*$') then
        error('no format of a number')
    elseif fmt and fmt:match('%%[-+ #0]*%d*[diu]') then
        shown = string.format(fmt, math.tointeger(value) or math.floor(value + 0.5))
    else
        shown = fmt and string.format(fmt, value) or raw
    end
    return (shown:gsub('^%-', MINUS):gsub('inf', '∞'))
end

local function value(span)
    local of, key = span.attributes.of, span.attributes.key
    local needle = 'of=' .. (of or '')
    if not of or not key then
        book.fault(book.place('{.value') .. ': a .value needs of=PROGRAM and key=KEY.')
        return nil
    end
    local output = book.output(of, needle)
    if output == '' then return pandoc.Str('?') end
    for line in (output .. '\n'):gmatch('(.-)\n') do
        local name, number = line:match('^%s*(.-)%s*=%s*(.-)%s*$')
        if name == key then
            local ok, shown = pcall(text.number, number, span.attributes.fmt)
            if ok then
                -- 8e-07 is for machines
                local mantissa, exponent = shown:match('^(.-)e([-+]?%d+)$')
                if not mantissa then return pandoc.Str(shown) end
                return pandoc.Math('InlineMath', mantissa:gsub(MINUS, '-') .. ' \\cdot 10^{' .. math.tointeger(tonumber(exponent)) .. '}')
            end
            book.fault(book.place(needle) .. ': fmt=' .. span.attributes.fmt .. ' cannot print ' .. number .. '.',
                'Use one C format for a double, such as %.2f, or thousands, or dollars.')
            return pandoc.Str('?')
        end
    end
    book.fault(book.place('key=' .. key) .. ': ' .. of .. ' printed no line "' .. key .. ' = …".',
        'It printed: ' .. output:gsub('\n.*', ' …'))
    return pandoc.Str('?')
end

-- The words of a reference, linked: Equation 1.2.
function text.reference(id, out)
    local label = book.label(id, '@' .. id)
    if not label then return pandoc.Str('?') end
    return pandoc.Link({ pandoc.Str((label.text:gsub(' ', NBSP))) }, text.address(id, label.page, out), '', pandoc.Attr('', { 'ref' }))
end

-- Where an id is: on this page or another one; in one volume everything is on this page.
function text.address(id, page, out)
    if not out.pages or page == book.page then return '#' .. id end
    if id:match('^ch%-') then return page end
    return page .. '#' .. id
end

function text.weave(doc, out)
    if out.plain_math then doc = doc:walk { Math = out.plain_math } end
    if out.prepare then out.prepare(doc) end
    return doc:walk {
        Math = out.math or nil,
        Str = function(str)
            local s = str.text
            if not s:find('@', 1, true) then return out.str and out.str(str) or nil end
            local parts, last = pandoc.List(), 1
            for before, id, after in s:gmatch('()@(%l[%w-]*%w)()') do
                if kinds[id:match('^(%l+)%-')] and not s:sub(before - 1, before - 1):match('%w') then
                    if before > last then parts:insert(pandoc.Str(s:sub(last, before - 1))) end
                    parts:insert(text.reference(id, out))
                    last = after
                end
            end
            if last == 1 then return nil end
            if last <= #s then parts:insert(pandoc.Str(s:sub(last))) end
            return parts
        end,
        Span = function(span)
            if span.classes[1] == 'value' then return value(span) end
        end,
        Code = out.code or nil,
        Inlines = out.inlines or nil,
    }
end

-- Markdown in an attribute (a title) as inlines.
function text.inlines(s, out)
    if not s or s == '' then return pandoc.List() end
    if not s:find('[`$*_@\\]') then return pandoc.List { pandoc.Str(s) } end
    local doc = text.weave(pandoc.read(s .. '\n', 'commonmark_x'), out)
    return pandoc.utils.blocks_to_inlines(doc.blocks)
end

return text
