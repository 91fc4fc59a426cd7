-- Prints woven blocks as HTML, for the pages and (html.epub) for the EPUB.
local book = require 'weave.book'
local text = require 'weave.text'
local svg = require 'weave.svg'
local mathml = require 'weave.math'
local html = { picture_format = 'svg', pages = true, volume = false, epub = false }

html.attach, html.str = false, false

-- A page has details that open; a volume collects hints and answers at the chapter's end, for readers that fold nothing.
setmetatable(html, { __index = function(_, key) error('no printer for ' .. key, 2) end })
function html.become_epub()
    html.epub, html.pages, html.volume = true, false, true
end

local escapes = { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;' }
local function esc(s) return (tostring(s):gsub('[&<>"]', escapes)) end
html.escape = esc

local raw, inline, wrap, lead = require 'weave.around' 'html'

-- What scrolls on a page can be reached by the keyboard.
local function focus() return html.epub and '' or ' tabindex="0"' end

local function span(class, inlines) return pandoc.Span(inlines, pandoc.Attr('', { class })) end
local function id_of(id) return id and id ~= '' and ' id="' .. id .. '"' or '' end

local function stars_of(count)
    if count == 0 then return '' end
    return string.format('<span class="stars" role="img" aria-label="%d star%s">%s</span>', count, count == 1 and '' or 's', ('★'):rep(count))
end

-- ---------------------------------------------------------------- inlines

html.prepare, html.plain_math = mathml.prepare, mathml.plain
html.code = false

-- Displayed formulas wait: they may turn out to be numbered equations.
function html.math(formula)
    if formula.mathtype == 'InlineMath' then return mathml.raw(formula) end
end

-- A formula and the punctuation that touches it stay on one line; browsers would break between them.
function html.inlines(list)
    local kept, i = pandoc.List(), 1
    local changed = false
    while i <= #list do
        local one, after = list[i], list[i + 1]
        if one.t == 'RawInline' and after and after.t == 'Str' and one.text:sub(1, 5) == '<math' then
            local before, last = one.text:match('^(.*)(<math.*)$')
            kept:extend { inline(before .. '<span class="nb">' .. last), after, inline '</span>' }
            i, changed = i + 2, true
        else
            kept:insert(one)
            i = i + 1
        end
    end
    if changed then return kept end
end

-- ---------------------------------------------------------------- code

local names = { sh = 'bash', text = 'default' }
local plain = { gnuplot = true, text = true, csv = true, default = true }

-- Highlighted code; <<references>> become links to their chunks. Marks from the private-use area survive the highlighter.
local function highlighted(code, lang)
    local blocks = require 'weave.blocks'
    local found = {}
    local comment = lang == 'c'
    code = ('\n' .. code):gsub('\n([ \t]*)<<(%l[%w-]*)>>[ \t]*%f[\n\0]', function(indent, id)
        found[#found + 1] = id
        local mark = '\u{E000}' .. #found .. '\u{E001}'
        return '\n' .. indent .. (comment and '/*' .. mark .. '*/' or mark)
    end):sub(2)
    local shown
    if plain[lang] then
        shown = esc(code)
    else
        local written = pandoc.write(pandoc.Pandoc { pandoc.CodeBlock(code, pandoc.Attr('x', { names[lang] or lang })) }, 'html')
        shown = written:match('<code[^>]*>(.*)</code>')
            :gsub('<span id="x%-%d+"><a href="#x%-%d+" aria%-hidden="true" tabindex="%-1"></a>(.-)</span>%f[\n\0]', '%1')
        shown = shown:gsub('<span class="co">/%*(\u{E000}%d+\u{E001})%*/</span>', '%1')
    end
    return (shown:gsub('\u{E000}(%d+)\u{E001}', function(i)
        local id = found[tonumber(i)]
        if id == 'todo' then return '<span class="todo">⟨your code⟩</span>' end
        local title, anchor = blocks.chunk_named(id)
        if not anchor then return '<span class="chunkref">⟨' .. esc(title) .. '⟩</span>' end
        return '<a class="chunkref" href="#' .. anchor .. '">⟨' .. esc(title) .. '⟩</a>'
    end))
end

local function pre(code, lang, class)
    return string.format('<pre class="%s"%s><code class="lang-%s">%s</code></pre>', class or 'code', focus(), lang,
        highlighted(code, lang))
end

function html.listing(code, lang)
    return { raw('<div class="listing plain">' .. pre(code, lang) .. '</div>') }
end

local function captioned(class, anchor, caption, chunk)
    return { raw(string.format('<figure class="listing %s"%s><figcaption>%s</figcaption>%s</figure>', class, id_of(anchor), caption,
        pre(chunk.code, chunk.lang))) }
end

local function file_of(chunk)
    return chunk.file and '<code class="file">' .. esc(chunk.file) .. '</code>' or ''
end

function html.chunk(chunk, label)
    local title = chunk.title and '<span class="title">' .. esc(chunk.title) .. '</span> ' or ''
    if chunk.continued then
        title = string.format('<span class="title">%s</span> <a class="more" href="#%s">continued</a> ',
            esc(chunk.title or (chunk.id:gsub('%-', ' '))), chunk.first)
    elseif label then
        title = '<span class="label">Program</span> ' .. title
    elseif title == '' and not chunk.file then
        title = '<span class="title">' .. esc((chunk.id:gsub('%-', ' '))) .. '</span> '
    end
    local list = captioned(label and 'chunk demo' or 'chunk', chunk.anchor, title .. file_of(chunk), chunk)
    -- References in the text say @demo-nearest; links between chunks say chunk-01-demo-nearest. Both arrive here.
    if label then list = wrap('<div class="anchor" id="' .. chunk.id .. '">', list, '</div>') end
    return list
end

function html.contract(chunk)
    return captioned('contract', chunk.anchor, '<span class="title">The contract</span> ' .. file_of(chunk), chunk)
end

function html.stub(chunk)
    return captioned('stub', chunk.anchor, '<span class="title">Your file, as you find it</span>', chunk)
end

function html.output(output)
    return { raw('<div class="listing output"><p class="prints">prints</p>' .. pre(output, 'text', 'output') .. '</div>') }
end

-- ---------------------------------------------------------------- mathematics

function html.heading(level, id, number, inlines)
    local content = pandoc.List(inlines):clone()
    if number then
        content:insert(1, pandoc.Space())
        content:insert(1, span('number', { pandoc.Str(number) }))
    end
    return { pandoc.Header(level, content, pandoc.Attr(id)) }
end

-- A displayed formula may be wider than a phone: it scrolls within itself.
function html.displays(para)
    local content = pandoc.List()
    for _, one in ipairs(para.content) do
        if one.t == 'Math' and one.mathtype == 'DisplayMath' then
            content:extend { inline('<span class="display"' .. focus() .. '>'), mathml.raw(one), inline '</span>' }
        else
            content:insert(one)
        end
    end
    return { pandoc.Para(content) }
end

function html.equation(id, number, math)
    if not id then return html.displays(pandoc.Para { math }) end
    return {
        raw('<div class="equation" id="' .. id .. '"><div class="formula"' .. focus() .. '>'),
        pandoc.Plain { mathml.raw(math) },
        raw('</div><a class="number" href="#' .. id .. '" aria-label="Equation ' .. number .. '">(' .. number .. ')</a></div>'),
    }
end

function html.statement(s)
    local head = pandoc.List { span('label', { pandoc.Str(#s.title > 0 and s.label or s.label .. '.') }) }
    if #s.title > 0 then
        head:insert(pandoc.Space())
        local title = pandoc.List { pandoc.Str '(' }
        title:extend(s.title)
        title:insert(pandoc.Str ')')
        title:insert(pandoc.Str '.')
        head:insert(span('title', title))
    end
    return wrap(string.format('<div class="statement %s"%s>', s.kind, id_of(s.id)), lead(head, s.content), '</div>')
end

function html.proof(p)
    local head = pandoc.List { pandoc.Str 'Proof' }
    if p.of then head:extend { pandoc.Str ' of ', p.of } end
    head:insert(pandoc.Str '.')
    local content = lead({ span('label', head) }, p.content)
    local mark = inline '<span class="qed" role="img" aria-label="end of proof">∎</span>'
    local last = content[#content]
    if last.t == 'Para' or last.t == 'Plain' then
        last.content:insert(mark)
        content[#content] = last
    else
        content:insert(pandoc.Para { mark })
    end
    return wrap('<div class="proof">', content, '</div>')
end

-- ---------------------------------------------------------------- exercises and pens

-- Each hint lies inside the one before, so the next is offered only when this one is open.
local function nested_hints(hints, i)
    i = i or 1
    local content = pandoc.List(hints[i])
    if hints[i + 1] then content:extend(nested_hints(hints, i + 1)) end
    return wrap(string.format('<details class="hint"><summary>Hint %d of %d</summary>', i, #hints), content, '</details>')
end

function html.exercise(e)
    local list = pandoc.List()
    local head = string.format('<span class="label">%s</span> <code class="fn">%s</code>', esc(e.label), esc(e.fn))
    local cost = stars_of(e.stars)
    if e.minutes then cost = cost .. string.format(' <span class="minutes">%s min</span>', esc(e.minutes)) end
    local level = html.epub and 'p' or 'h3'
    list:insert(raw(string.format('<div class="exercise-head"><%s class="exercise-title">%s</%s><p class="cost">%s</p></div>', level, head, level, cost)))
    list:extend(e.asked)
    if e.kind == 'pen' and not html.epub then
        list:extend(wrap('<details class="file"><summary>Where the number goes</summary>', e.contract .. e.stub, '</details>'))
    else
        list:extend(e.contract)
        if e.kind ~= 'pen' then list:extend(e.stub) end
    end
    local copy = html.epub and '' or ' data-copy=""'
    for _, line in ipairs { { 'Write', e.file }, { 'Check', e.command } } do
        list:insert(raw(string.format('<p class="do"><span class="verb">%s</span> <code%s>%s</code></p>', line[1], copy, esc(line[2]))))
    end
    if #e.hints > 0 then
        if html.volume then
            list:insert(pandoc.Para { span('later', { pandoc.Str(#e.hints .. ' hints stand '),
                pandoc.Link({ pandoc.Str 'at the end of the chapter' }, '#hints-' .. e.id), pandoc.Str '.' }) })
        else
            list:extend(nested_hints(e.hints))
        end
    end
    return wrap(string.format('<section class="exercise %s"%s>', e.kind, id_of(e.id)), list, '</section>')
end

-- ---------------------------------------------------------------- figures

function html.figure(f)
    local classes = 'picture' .. (f.wide and ' wide' or '') .. (f.wrong and ' wrong' or '')
    local list = pandoc.List()
    if f.wrong then list:insert(raw '<p class="seen">Seen wrong</p>') end
    if html.epub then
        list:insert(pandoc.Para { pandoc.Image({ pandoc.Str(f.alt) }, f.path, '') })
    else
        list:insert(raw(svg.inline(f.data, f.id, esc(f.alt))))
    end
    local caption = lead({ span('label', { pandoc.Str(f.label .. '.') }) }, f.caption)
    if not html.epub and (#f.made > 0 or f.elsewhere) then
        local how = pandoc.List()
        local where = f.program and 'Its numbers come from <code>' .. esc(f.program) .. '</code>' or ''
        if f.wrong and f.fn then
            where = where .. ', linked with a wrong <code>' .. esc(f.fn) .. '</code>'
        end
        if f.elsewhere then where = where .. ', <a href="#' .. f.elsewhere .. '">shown here</a>' end
        if where ~= '' then how:insert(raw('<p>' .. where .. '.</p>')) end
        how:extend(f.made)
        caption:extend(wrap('<details class="made"><summary>How this figure was made</summary>', how, '</details>'))
    end
    list:extend(wrap('<figcaption>', caption, '</figcaption>'))
    return wrap(string.format('<figure class="%s"%s>', classes, id_of(f.id)), list, '</figure>')
end

-- ---------------------------------------------------------------- the rest of the day

function html.question(content) return wrap('<div class="question">', content, '</div>') end

function html.aside(content)
    return wrap('<div class="aside" role="note">', content, '</div>')
end

function html.box(b)
    if b.title then content = pandoc.List { raw('<p class="box-title">' .. b.title .. '</p>') } .. b.content end
    return wrap(string.format('<div class="box %s"%s>', b.kind, id_of(b.id)), b.title and content or b.content, '</div>')
end

function html.predict(p)
    local list = pandoc.List(p.content)
    if html.volume then
        list:insert(pandoc.Para { span('later', { pandoc.Str 'What it prints stands ',
            pandoc.Link({ pandoc.Str 'at the end of the chapter' }, '#answer-' .. p.id), pandoc.Str '.' }) })
    else
        list:extend(wrap('<details class="reveal"><summary>Turn the page</summary>', html.output(p.output), '</details>'))
    end
    return wrap('<div class="predict"><p class="box-title">Predict</p>', list, '</div>')
end

local function card(c, again)
    local list = pandoc.List(c.question)
    if html.volume then
        if not again then return list .. wrap('<div class="answer">', c.answer, '</div>') end
        list:insert(pandoc.Para { span('later', { pandoc.Str 'The answer stands ',
            pandoc.Link({ pandoc.Str 'at the end of the chapter' }, '#answer-' .. c.id), pandoc.Str '.' }) })
        return list
    end
    list:extend(wrap('<details><summary>Answer</summary>', c.answer, '</details>'))
    return list
end

-- Cards in a row that come from one chapter.
local function by_chapter(cards)
    local groups = pandoc.List()
    for _, c in ipairs(cards) do
        if #groups == 0 or groups[#groups].from ~= c.from then groups:insert { from = c.from } end
        table.insert(groups[#groups], c)
    end
    return groups
end

-- The cards of earlier chapters (today) or of this one (later).
function html.recall(cards, when)
    local today = when == 'today'
    local list = pandoc.List()
    if today then
        local id = 'recall-' .. book.prefix()
        if html.epub then
            list:insert(pandoc.Header(2, { pandoc.Str 'Recall' }, pandoc.Attr(id, { 'unnumbered' })))
        else
            list:insert(raw('<h2 id="' .. id .. '">Recall</h2>'))
        end
        list:insert(pandoc.Para { pandoc.Str 'Answer aloud or on paper before you open a card.' })
    end
    for i, group in ipairs(by_chapter(cards)) do
        local made = pandoc.List()
        for _, c in ipairs(group) do
            local from = c.from and '<p class="from">' .. esc(c.from) .. '</p>' or ''
            made:extend(wrap('<div class="card"' .. id_of(c.id) .. '>' .. from, card(c, today), '</div>'))
        end
        -- Last week's cards lie open; those of a chapter that is longer ago are one line until they are asked for.
        local folded = i > 1 and not html.volume
        list:extend(folded and wrap('<details class="earlier"><summary>Cards of ' .. esc(group.from) .. '</summary>', made, '</details>') or made)
    end
    return wrap('<section class="recall ' .. when .. '">', list, '</section>')
end

function html.table(t)
    if html.epub then return { t } end
    return { raw '<div class="table" tabindex="0">', t, raw '</div>' }
end

local hours = function(m) return require('weave.blocks').hours(m) end

function html.schedule(rows, sum)
    local lines = pandoc.List {
        '<div class="table schedule"' .. focus() .. '><table><thead><tr><th scope="col">Week</th><th scope="col">Chapter</th><th scope="col">Question</th>'
        .. '<th scope="col">Time</th><th scope="col">Functions</th><th scope="col">Stars</th></tr></thead><tbody>',
    }
    for _, row in ipairs(rows) do
        local c = row.chapter
        local title = string.format('%s %s', esc(c.number), esc(c.title))
        if html.pages then title = string.format('<a href="%s">%s</a>', esc(c.page), title) end
        lines:insert(string.format('<tr><td>%d</td><td>%s</td><td>%s</td><td>%s</td><td>%d</td><td>%d</td></tr>', row.week, title,
            esc(c.question or ''), hours(row.minutes), row.exercises, row.stars))
    end
    lines:insert(string.format('</tbody><tfoot><tr><td>%d</td><td colspan="2">all of them</td><td>%s</td><td>%d</td><td>%d</td></tr></tfoot></table></div>',
        #rows, hours(sum.minutes), sum.exercises, sum.stars))
    return { raw(table.concat(lines, '\n')) }
end

function html.index(entries)
    local items = pandoc.List()
    for _, entry in ipairs(entries) do
        local line = pandoc.List { entry.code and pandoc.Code(entry.name) or pandoc.Span(text.inlines(entry.name, html)) }
        for _, id in ipairs(entry.places) do
            line:extend { pandoc.Str ',', pandoc.Space(), text.reference(id, html) }
        end
        items:insert { pandoc.Plain(line) }
    end
    return wrap('<div class="index">', { pandoc.BulletList(items) }, '</div>')
end

-- ---------------------------------------------------------------- what a volume puts off to the chapter's end

local rungs = { 'First hints', 'Second hints', 'Third hints', 'Fourth hints', 'Fifth hints', 'Sixth hints' }

function html.endnotes(S)
    local list = pandoc.List()
    local prefix = book.prefix()
    if #S.predictions > 0 or #S.today > 0 then
        list:insert(pandoc.Header(2, { pandoc.Str 'Turned pages' }, pandoc.Attr('ch' .. prefix .. '-turned', { 'unnumbered' })))
        for _, p in ipairs(S.predictions) do
            list:extend(wrap('<div class="answer" id="answer-' .. p.id .. '"><p><a href="#' .. p.id .. '">' .. esc(p.label) .. '</a></p>',
                html.output(p.output), '</div>'))
        end
        for _, c in ipairs(S.today) do
            list:extend(wrap('<div class="answer" id="answer-' .. c.id .. '"><p><a href="#' .. c.id .. '">' .. esc(c.from) .. ', card</a></p>', c.answer, '</div>'))
        end
    end
    if #S.hints > 0 then
        list:insert(pandoc.Header(2, { pandoc.Str 'Hints' }, pandoc.Attr('ch' .. prefix .. '-hints', { 'unnumbered' })))
        for rung = 1, #rungs do
            local any = false
            for _, e in ipairs(S.hints) do
                if e.hints[rung] then
                    if not any then list:insert(pandoc.Header(3, { pandoc.Str(rungs[rung]) }, pandoc.Attr('ch' .. prefix .. '-hints-' .. rung))) end
                    any = true
                    local open = rung == 1 and '<div class="answer" id="hints-' .. e.id .. '">' or '<div class="answer">'
                    list:extend(wrap(open, lead({ pandoc.Link({ pandoc.Str(e.label) }, '#' .. e.id), pandoc.Str '.' }, e.hints[rung]), '</div>'))
                end
            end
        end
    end
    if #S.made > 0 then
        list:insert(pandoc.Header(2, { pandoc.Str 'How the figures were made' }, pandoc.Attr('ch' .. prefix .. '-made', { 'unnumbered' })))
        for _, f in ipairs(S.made) do
            list:insert(pandoc.Para { pandoc.Link({ pandoc.Str(f.label) }, '#' .. f.id) })
            list:extend(f.content)
        end
    end
    return list
end

-- The EPUB's chapter: a heading that its contents can list.
function html.open_chapter(doc)
    local meta, c = doc.meta, book.chapter
    local title = pandoc.List()
    if c then title:extend { span('number', { pandoc.Str(c.number) }), pandoc.Space() } end
    title:insert(pandoc.Str(c and c.title or pandoc.utils.stringify(meta.title)))
    local list = pandoc.List { pandoc.Header(1, title, pandoc.Attr(c and book.chapter_anchor(c) or 'preface')) }
    if meta.subtitle then list:insert(pandoc.Para { span('subtitle', pandoc.utils.blocks_to_inlines { pandoc.Plain(meta.subtitle) }) }) end
    if meta.daytotal then
        local day = {}
        for _, item in ipairs(meta.day) do day[#day + 1] = pandoc.utils.stringify(item.name) .. ' ' .. pandoc.utils.stringify(item.time) end
        list:insert(raw('<p class="day">A day of ' .. esc(pandoc.utils.stringify(meta.daytotal)) .. ': ' .. esc(table.concat(day, ' · ')) .. '</p>'))
    end
    return list
end

return html
