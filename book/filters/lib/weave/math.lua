-- MathML for the pages: every formula written in one go, then five repairs to what browsers make of it.
--  * Pandoc marks every parenthesis as stretchy; browsers then set a small one with too much room. Round, square and
--    straight fences stretch only round something tall.
--  * A minus sign inside a list gets a difference's spaces.
--  * The bars of a norm come out as the relation "parallel to", with a relation's spaces.
--  * A hat or tilde over one letter is a combining character, which loses its place over a narrow letter; a spacing one keeps it.
--  * A named operator (det, max, log) gets a relation's spaces, also at the beginning of a line and before a parenthesis.
local book = require 'weave.book'
local math = { written = {} }

local tall = { '<mfrac', '<mtable', '<munder', '∑', '∏', '∫' }

local function is_tall(s)
    for _, mark in ipairs(tall) do
        if s:find(mark, 1, true) then return true end
    end
    return false
end

local function calm_fences(s)
    local open, flat = {}, {}
    for at, form, after in s:gmatch('()<mo stretchy="true" form="(%l+)">[^<]*</mo>()') do
        if form == 'prefix' then
            open[#open + 1] = { at = at, after = after }
        elseif #open > 0 then
            local from = table.remove(open)
            if not is_tall(s:sub(from.after, at - 1)) then flat[from.at], flat[at] = true, true end
        end
    end
    return (s:gsub('()<mo stretchy="true"', function(at) return flat[at] and '<mo stretchy="false"' end))
end

local function norm_bars(s)
    local count = 0
    return (s:gsub('<mo stretchy="(%l+)" form="%l+">[∥‖]+</mo>', function(stretchy)
        count = count + 1
        return string.format('<mo stretchy="%s" form="%s">‖</mo>', stretchy, count % 2 == 1 and 'prefix' or 'postfix')
    end))
end

local spacing = { ['\u{302}'] = 'ˆ', ['\u{303}'] = '˜' }

local function accents(s)
    return (s:gsub('<mover>(<mi[^>]*>[^<]*</mi>)<mo accent="true">([^<]*)</mo></mover>', function(letter, accent)
        return spacing[accent] and '<mover accent="true">' .. letter .. '<mo stretchy="false">' .. spacing[accent] .. '</mo></mover>'
    end))
end

local function names(s)
    return (s:gsub('()<mo>(%a%a+)</mo>()', function(at, name, after)
        local before = s:sub(1, at - 1):gsub('<m[su][%a]*>$', ''):match('</(m%a+)>$')
        local open = s:find('^<mrow><mo[^>]*form="prefix">', after)
        return string.format('<mo lspace="%s" rspace="%s">%s</mo>', before and before ~= 'mo' and '0.167em' or '0',
            open and '0' or '0.167em', name)
    end))
end

-- TeX that Pandoc cannot read, said otherwise: fences of a given size become fences of their content's size.
function math.plain(formula)
    formula.text = formula.text:gsub('\\[bB]igg?([lr])%f[^%a]', { l = '\\left', r = '\\right' })
    return formula
end

local function key(formula) return (formula.mathtype == 'DisplayMath' and 'D' or 'I') .. formula.text end

-- A minus after another operator or an opening fence is a sign, without the spaces of a difference.
local function signs(s)
    return (s:gsub('(<mo[^>]*>)([^<]*)</mo><mo>([^<]+)</mo>', function(open, operator, sign)
        if open:find('postfix', 1, true) or not (sign == '−' or sign == '+' or sign == '±') then return nil end
        return open .. operator .. '</mo><mo form="prefix">' .. sign .. '</mo>'
    end))
end

local breaks = {}
for sign in ('= &lt; &gt; < > ≤ ≥ ≈ ≠ ≡ ∈ → ← ⇒ ⇔ + −'):gmatch('%S+') do breaks[sign] = true end

-- A long formula in a line of text may be broken after its signs, as TeX breaks it: browsers break only between formulas, so it
-- becomes several.
local function breakable(s)
    local open, children = s:match('^(<math[^>]*>)<semantics><mrow>(.*)</mrow><annotation')
    if not open or utf8.len((children:gsub('<[^>]*>', ''))) < 16 then return s end
    local parts, depth, from = {}, 0, 1
    for at, slash, name, close, after in children:gmatch('()<(/?)(%a+)[^>]-(/?)>()') do
        if slash == '/' then
            depth = depth - 1
            if depth == 0 and name == 'mo' then
                local attributes, sign = children:sub(from, at - 1):match('<mo([^>]*)>([^<]*)$')
                -- The first sign of a part is no place to break: it has nothing before it.
                if breaks[sign] and not attributes:find('prefix', 1, true) and children:sub(from, at - 1):find('</', 1, true) then
                    parts[#parts + 1] = children:sub(from, after - 1):gsub('<mo>([^<]*)</mo>$', '<mo form="infix">%1</mo>')
                    from = after
                end
            end
        elseif close == '' then
            depth = depth + 1
        end
    end
    if #parts == 0 then return s end
    parts[#parts + 1] = children:sub(from)
    for i, part in ipairs(parts) do parts[i] = open .. '<mrow>' .. part .. '</mrow></math>' end
    return table.concat(parts, '<wbr/>')
end

-- Writes all formulas of the document.
function math.prepare(doc)
    local list, keys = pandoc.List(), {}
    doc:walk {
        Math = function(formula)
            local k = key(formula)
            if not math.written[k] then
                math.written[k] = true
                keys[#keys + 1] = k
                list:insert(pandoc.Plain { formula })
                list:insert(pandoc.RawBlock('html', '<!--§-->'))
            end
        end,
    }
    if #keys == 0 then return end
    local i = 0
    for one in pandoc.write(pandoc.Pandoc(list), 'html', { html_math_method = 'mathml' }):gmatch('(.-)<!%-%-§%-%->') do
        i = i + 1
        local formula = keys[i]:sub(2)
        if not one:find('<math', 1, true) then
            book.fault(book.place(formula:match('[^\n]*')) .. ': Pandoc cannot turn this formula into MathML: ' .. formula,
                'Say it in plainer TeX.')
        end
        local repaired = names(accents(signs(norm_bars(calm_fences((one:gsub('^%s+', ''):gsub('%s+$', '')))))))
        math.written[keys[i]] = keys[i]:sub(1, 1) == 'I' and breakable(repaired) or repaired
    end
end

-- A formula as raw MathML; one that prepare() has not seen (it came from a title) is left to Pandoc.
function math.raw(formula)
    local written = math.written[key(formula)]
    return written and pandoc.RawInline('html', written) or formula
end

return math
