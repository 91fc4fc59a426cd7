-- Prints woven blocks as LaTeX: a fragment per chapter for book/theme/book.tex, which defines the commands used here.
local book = require 'weave.book'
local text = require 'weave.text'
local latex = { picture_format = 'pdf', pages = false, volume = true }
setmetatable(latex, { __index = function(_, key) error('no printer for ' .. key, 2) end })
latex.prepare, latex.plain_math, latex.math, latex.inlines = false, false, false, false

local raw, inline, wrap, lead = require 'weave.around' 'latex'

local specials = {
    ['\\'] = '\\textbackslash{}', ['{'] = '\\{', ['}'] = '\\}', ['$'] = '\\$', ['&'] = '\\&', ['%'] = '\\%', ['#'] = '\\#', ['_'] = '\\_',
    ['^'] = '\\textasciicircum{}', ['~'] = '\\textasciitilde{}',
}

-- Signs that the text font lacks, and the font that has them.
local function fallback(code)
    if code >= 0x1D00 and code <= 0x1DBF or code >= 0x2070 and code <= 0x209F then return 'symtext' end
    if code >= 0x25A0 and code <= 0x27BF then return 'symshape' end
    if code >= 0x2100 and code <= 0x2BFF then return 'symmath' end
end

local function signs(s)
    if not s:find('[\u{e1}\u{e2}]') and not s:find('\xe1', 1, true) and not s:find('\xe2', 1, true) then return s end
    return (s:gsub('\u{202f}', '\\,'):gsub(utf8.charpattern, function(c)
        if #c < 3 then return nil end
        local command = fallback(utf8.codepoint(c))
        return command and '\\' .. command .. '{' .. c .. '}'
    end))
end

-- A plain string as LaTeX text.
local function tex(s)
    return signs((tostring(s):gsub('[\\{}$&%%#_^~]', specials):gsub('\u{a0}', '~')))
end
latex.escape = tex

-- Code in running text: it may break after a separator.
local function code_text(s)
    return (tostring(s):gsub('[\\{}$&%%#_^~]', specials):gsub('([/,=(]) ?', '%0\\allowbreak{}'):gsub('\\_', '\\_\\allowbreak{}')
        :gsub('  ', ' \\ '):gsub("'", '\\textquotesingle{}'):gsub('%-', '{-}'))
end

function latex.code(code)
    return inline('\\code{' .. code_text(code.text) .. '}')
end

function latex.str(str)
    local s = str.text
    if not s:find('[\xe1\xe2]') then return nil end
    local parts, plain, found = pandoc.List(), {}, false
    for _, code in utf8.codes(s) do
        local command = fallback(code)
        local special = code == 0x202F and '\\,' or command and '\\' .. command .. '{' .. utf8.char(code) .. '}'
        if special then
            if #plain > 0 then parts:insert(pandoc.Str(table.concat(plain))) end
            plain, found = {}, true
            parts:insert(inline(special))
        else
            plain[#plain + 1] = utf8.char(code)
        end
    end
    if not found then return nil end
    if #plain > 0 then parts:insert(pandoc.Str(table.concat(plain))) end
    return parts
end

local function anchor(id) return id and id ~= '' and '\\anchor{' .. id .. '}' or '' end

-- ---------------------------------------------------------------- code

-- Inside Verbatim a hyphen is no character like others: names of chunks are spelled with dots.
local function dotted(name) return (name:gsub('%-', '.')) end

local names = { sh = 'bash', text = 'default', gnuplot = 'default', csv = 'default' }

local function highlighted(code, lang)
    local blocks = require 'weave.blocks'
    local found = {}
    local comment = lang == 'c'
    code = ('\n' .. code):gsub('\n([ \t]*)<<(%l[%w-]*)>>[ \t]*%f[\n\0]', function(indent, id)
        found[#found + 1] = id
        local mark = '\u{E000}' .. #found .. '\u{E001}'
        return '\n' .. indent .. (comment and '/*' .. mark .. '*/' or mark)
    end):sub(2)
    local written = pandoc.write(pandoc.Pandoc { pandoc.CodeBlock(code, pandoc.Attr('', { names[lang] or lang })) }, 'latex')
    local shown = written:match('(\\begin{Highlighting}.*\\end{Highlighting})') or written
    shown = shown:gsub('\\CommentTok{/%*(\u{E000}%d+\u{E001})%*/}', '%1')
    return (shown:gsub('\u{E000}(%d+)\u{E001}', function(i)
        local id = found[tonumber(i)]
        if id == 'todo' then return '\\todomark{}' end
        local title, target = blocks.chunk_named(id)
        return '\\chunkref{' .. (target and dotted(target) or '') .. '}{' .. tex(title) .. '}'
    end))
end

-- In a box of another block the code stands without a ground of its own.
local function listing(chunk, caption)
    local shown = highlighted(chunk.code, chunk.lang)
    return { raw('\\begin{listingbox}{' .. anchor(dotted(chunk.anchor)) .. caption .. '}\n' .. shown .. '\n\\end{listingbox}') }
end

local function file_of(chunk) return chunk.file and '\\listingfile{' .. code_text(chunk.file) .. '}' or '' end

function latex.listing(code, lang)
    return { raw('\\begin{plainlisting}\n' .. highlighted(code, lang) .. '\n\\end{plainlisting}') }
end

function latex.chunk(chunk, label)
    local name = chunk.title or (not chunk.file or chunk.continued) and (chunk.id:gsub('%-', ' ')) or nil
    local caption = name and '\\listingtitle{' .. tex(name) .. '}' or ''
    if chunk.continued then caption = caption .. '\\listingmore{' .. dotted(chunk.first) .. '}' end
    if label then caption = anchor(chunk.id) .. '\\listinglabel{Program}' .. caption end
    return listing(chunk, caption .. file_of(chunk))
end

function latex.contract(chunk) return listing(chunk, '\\listingtitle{The contract}' .. file_of(chunk)) end
function latex.stub(chunk) return listing(chunk, '\\listingtitle{Your file, as you find it}') end

function latex.output(output)
    return { raw('\\begin{outputbox}\n' .. highlighted(output, 'text') .. '\n\\end{outputbox}') }
end

-- ---------------------------------------------------------------- mathematics

function latex.heading(level, id, number, inlines)
    local command = level == 2 and (number and 'dsection{' .. number:match('%d+$') .. '}' or 'dsectionstar') or level == 3 and 'dsubsection' or 'dsubsubsection'
    local content = pandoc.List { inline('\\' .. command .. '{' .. id .. '}{') }
    content:extend(inlines)
    content:insert(inline '}')
    return { pandoc.Plain(content) }
end

local function trimmed(math) return (math.text:gsub('^%s+', ''):gsub('%s+$', '')) end

-- Displayed formulas join the paragraph before them, or TeX would set an empty line above.
function latex.equation(id, number, math)
    local body = trimmed(math)
    if body:match('^\\begin{align%*?}') or body:match('^\\begin{gather%*?}') then
        book.fault(book.place(body:match('^[^\n]*')) .. ': use aligned or gathered within $$ … $$.')
    end
    local tag = id and '\\tag*{' .. anchor(id) .. '\\eqnumber{' .. number .. '}}' or ''
    return { pandoc.Para { inline('\\begin{equation*}\n' .. body .. tag .. '\n\\end{equation*}\\afterdisplay') }, display = true }
end

function latex.displays(para) return { para } end

function latex.attach(woven, new)
    local last = woven[#woven]
    if last and last.t == 'Para' then
        last.content:insert(inline '\n')
        last.content:extend(new[1].content)
        woven[#woven] = last
    else
        woven:extend(new)
    end
end

local environments = { example = 'statementexample', definition = 'statementdefinition' }

-- Anchor and label stand in the first line: at the top of a box that moves to the next page they would be lost.
function latex.statement(s)
    local label = s.id and s.id ~= '' and '\\label{' .. s.id .. '}' or ''
    local head = pandoc.List { inline(anchor(s.id) .. '\\statementlabel{' .. tex(s.label) .. label .. '}{') }
    if #s.title > 0 then
        head:insert(inline ' (')
        head:extend(s.title)
        head:insert(inline ')')
    end
    head:insert(inline '}')
    local environment = environments[s.kind] or 'statementtheorem'
    return wrap('\\begin{' .. environment .. '}', lead(head, s.content), '\\end{' .. environment .. '}')
end

function latex.proof(p)
    local head = pandoc.List { inline '\\prooflabel{Proof' }
    if p.of then head:extend { pandoc.Str ' of ', p.of } end
    head:insert(inline '.}')
    local content = lead(head, p.content)
    local last = content[#content]
    if last.t == 'Para' or last.t == 'Plain' then
        last.content:insert(inline '\\qedmark')
        content[#content] = last
    else
        content:insert(raw '\\qedmark')
    end
    return wrap('\\begin{proofblock}', content, '\\end{proofblock}')
end

-- ---------------------------------------------------------------- exercises and pens

function latex.exercise(e)
    local list = pandoc.List(e.asked)
    list:extend(e.contract)
    -- A pen's file holds one number; its contract says which.
    if e.kind ~= 'pen' then list:extend(e.stub) end
    local hints = #e.hints > 0 and string.format('\\hintsline{hints-%s}{%d}', e.id, #e.hints) or ''
    list:insert(raw(string.format('\\exercisefoot{%s}{%s}{%s}', code_text(e.file), code_text(e.command), hints)))
    return wrap(string.format('\\begin{exercisebox}{%s}{%s}{%s}{%s}{%s}', e.id, tex(e.label), code_text(e.fn),
        ('★'):rep(e.stars) ~= '' and '\\symshape{' .. ('★'):rep(e.stars) .. '}' or '', e.minutes and tex(e.minutes) .. '~min' or ''), list,
        '\\end{exercisebox}')
end

-- ---------------------------------------------------------------- figures

function latex.figure(f)
    local environment = f.wrong and 'wrongfigure' or 'plainfigure'
    if f.inside then environment = environment .. 'here' end
    local list = lead({ inline('\\figurelabel{' .. tex(f.label) .. '}') }, f.caption)
    return wrap('\\begin{' .. environment .. '}{' .. f.id .. '}{' .. f.path .. '}', list, '\\end{' .. environment .. '}')
end

-- ---------------------------------------------------------------- the rest of the day

function latex.question(content) return wrap('\\begin{questionblock}', content, '\\end{questionblock}') end

function latex.aside(content, inside)
    local open = inside and '\\begin{insideaside}' or '\\begin{asidenote}'
    return wrap(open, content, inside and '\\end{insideaside}' or '\\end{asidenote}')
end

function latex.box(b)
    local environment = b.kind == 'pitfalls' and 'pitfallbox' or b.kind == 'project' and 'projectbox' or 'quietbox'
    return wrap('\\begin{' .. environment .. '}{' .. (b.title or '') .. '}' .. anchor(b.id), b.content, '\\end{' .. environment .. '}')
end

function latex.predict(p)
    local list = pandoc.List(p.content)
    list:insert(raw('\\laterline{What it prints}{answer-' .. p.id .. '}'))
    return wrap('\\begin{predictbox}', list, '\\end{predictbox}')
end

function latex.recall(cards, when)
    local today = when == 'today'
    local list = pandoc.List()
    for _, c in ipairs(cards) do
        list:insert(raw('\\recallcard{' .. (c.id or '') .. '}{' .. tex(c.from or '') .. '}'))
        list:extend(c.question)
        if today then
            list:insert(raw('\\laterline{The answer}{answer-' .. c.id .. '}'))
        else
            list:extend(wrap('\\begin{cardanswer}', c.answer, '\\end{cardanswer}'))
        end
    end
    if today then return wrap('\\begin{recalltoday}', list, '\\end{recalltoday}') end
    return wrap('\\begin{recalllater}', list, '\\end{recalllater}')
end

local columns = { AlignLeft = 'l', AlignRight = 'r', AlignCenter = 'c', AlignDefault = 'l' }

-- The measure is 124 mm. In small type a letter takes 1.8 of them, and 4.2 lie between two columns.
local MEASURE, LETTER, BETWEEN, NARROW = 124, 1.8, 4.2, 14

local function letters(cell)
    local text = pandoc.utils.stringify(pandoc.utils.blocks_to_inlines(cell))
    local rest = 0
    pandoc.walk_block(pandoc.Div(cell), {
        -- A formula's source is about twice as long as what it prints.
        Math = function(m) rest = rest - utf8.len(m.text) // 2 end,
        -- Code is TeX by now: less its commands and braces.
        RawInline = function(raw) rest = rest + #raw.text:gsub('\\%a+{', ''):gsub('[\\{}]', '') end,
    })
    return (utf8.len(text) or #text) + rest
end

-- A table wider than the measure has its narrow columns as they are; the others share what is left, by the length of their longest
-- cell, and it may go on over the page.
local function layout(simple)
    local longest, total = {}, 0
    for i in ipairs(simple.aligns) do
        longest[i] = letters(simple.headers[i])
        for _, cells in ipairs(simple.rows) do longest[i] = math.max(longest[i], letters(cells[i])) end
        total = total + longest[i] * LETTER + BETWEEN
    end
    local spec, room, shares = {}, MEASURE - BETWEEN * (#longest - 1), 0
    for i, n in ipairs(longest) do
        if n <= NARROW then room = room - n * LETTER else shares = shares + math.min(n, 60) end
    end
    for i, align in ipairs(simple.aligns) do
        spec[i] = columns[tostring(align)] or 'l'
        if total > MEASURE and longest[i] > NARROW then
            spec[i] = string.format('>{\\RaggedRight}p{%.1fmm}', room * math.min(longest[i], 60) / shares)
        end
    end
    return total > MEASURE and 'longbooktable' or 'booktable', table.concat(spec)
end

function latex.table(t)
    local simple = pandoc.utils.to_simple_table(t)
    local list = pandoc.List()
    local environment, spec = layout(simple)
    local line = pandoc.List { inline('\\begin{' .. environment .. '}{' .. spec .. '}') }
    local function row(cells, finish)
        for i, cell in ipairs(cells) do
            if i > 1 then line:insert(inline ' & ') end
            line:extend(pandoc.utils.blocks_to_inlines(cell))
        end
        line:insert(inline(' \\\\' .. (finish or '')))
    end
    row(simple.headers, '\\midrule{}')
    for _, cells in ipairs(simple.rows) do row(cells) end
    line:insert(inline('\\end{' .. environment .. '}'))
    list:insert(pandoc.Plain(line))
    return list
end

function latex.index(entries)
    local list = pandoc.List { raw '\\begin{indexcolumns}' }
    for _, entry in ipairs(entries) do
        local line = pandoc.List { inline '\\indexentry{' }
        line:extend(entry.code and { latex.code(pandoc.Code(entry.name)) } or text.inlines(entry.name, latex))
        local pages = {}
        for _, id in ipairs(entry.places) do pages[#pages + 1] = string.format('\\hyperlink{%s}{\\pageref*{%s}}', id, id) end
        line:insert(inline('}{' .. table.concat(pages, ', ') .. '}'))
        list:insert(pandoc.Plain(line))
    end
    list:insert(raw '\\end{indexcolumns}')
    return list
end

function latex.schedule(rows, sum)
    local hours = require('weave.blocks').hours
    local lines = {
        '\\begin{scheduletable}',
    }
    for _, row in ipairs(rows) do
        local c = row.chapter
        lines[#lines + 1] = string.format('%d & \\protect\\hyperlink{%s}{%s~%s} & \\textit{%s} & %s & %d & %d \\\\', row.week, book.chapter_anchor(c), tex(c.number),
            tex(c.title), tex(c.question or ''), tex(hours(row.minutes)), row.exercises, row.stars)
    end
    lines[#lines + 1] = string.format('\\midrule %d & all of them & & %s & %d & %d \\\\', #rows, tex(hours(sum.minutes)), sum.exercises, sum.stars)
    lines[#lines + 1] = '\\end{scheduletable}'
    return { raw(table.concat(lines, '\n')) }
end

-- ---------------------------------------------------------------- the chapter's end and its beginning

local rungs = { 'First hints', 'Second hints', 'Third hints', 'Fourth hints', 'Fifth hints', 'Sixth hints' }

function latex.endnotes(S)
    local list = pandoc.List()
    local prefix = 'ch' .. book.prefix()
    if #S.predictions > 0 or #S.today > 0 then
        list:insert(raw('\\closingsection{' .. prefix .. '-turned}{Turned pages}'))
        for _, p in ipairs(S.predictions) do
            list:insert(raw('\\notelabel{answer-' .. p.id .. '}{' .. p.id .. '}{' .. tex(p.label) .. '}'))
            list:extend(latex.output(p.output))
        end
        for _, c in ipairs(S.today) do
            local label = inline('\\notelabel{answer-' .. c.id .. '}{' .. c.id .. '}{' .. tex(c.from) .. '}')
            list:extend(lead({ label }, c.answer))
        end
        list:insert(raw '\\finishclosing')
    end
    if #S.hints > 0 then
        list:insert(raw('\\closingsection{' .. prefix .. '-hints}{Hints}'))
        for rung = 1, #rungs do
            local any = false
            for _, e in ipairs(S.hints) do
                if e.hints[rung] then
                    if not any then list:insert(raw('\\hintrung{' .. rungs[rung] .. '}')) end
                    any = true
                    local target = rung == 1 and 'hints-' .. e.id or ''
                    list:extend(lead({ inline('\\notelabel{' .. target .. '}{' .. e.id .. '}{' .. tex(e.label) .. '}') }, e.hints[rung]))
                end
            end
        end
        list:insert(raw '\\finishclosing')
    end
    if #S.made > 0 then
        list:insert(raw('\\closingsection{' .. prefix .. '-made}{How the figures were made}'))
        for _, f in ipairs(S.made) do
            list:insert(raw('\\madelabel{' .. f.id .. '}{' .. tex(f.label) .. '}'))
            list:extend(f.content)
        end
        list:insert(raw '\\finishclosing')
    end
    return list
end

function latex.open_chapter(doc)
    local meta = doc.meta
    local c = book.chapter
    local subtitle = meta.subtitle and tex(pandoc.utils.stringify(meta.subtitle)) or ''
    if not c then
        return { raw('\\dpreface{preface}{' .. tex(pandoc.utils.stringify(meta.title)) .. '}{' .. subtitle .. '}') }
    end
    local day = {}
    for _, item in ipairs(meta.day or {}) do
        day[#day + 1] = tex(pandoc.utils.stringify(item.name) .. ' ' .. pandoc.utils.stringify(item.time))
    end
    local line = meta.daytotal and '\\dayline{' .. tex(pandoc.utils.stringify(meta.daytotal)) .. '}{' .. table.concat(day, ' · ') .. '}' or ''
    return { raw(string.format('\\dchapter{%s}{%s}{%s}{%s}{%s}{%s}', tex(c.number), book.kind_name(c), book.chapter_anchor(c), tex(c.title),
        subtitle, line)) }
end

return latex
