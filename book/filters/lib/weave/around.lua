-- Raw pieces of one output format, around and before what Pandoc writes itself: local raw, inline, wrap, lead = require 'weave.around' 'html'
return function(format)
    local function raw(s) return pandoc.RawBlock(format, s) end
    local function inline(s) return pandoc.RawInline(format, s) end

    -- { opening tag, blocks…, closing tag }
    local function wrap(open, content, close)
        local list = pandoc.List { raw(open) }
        list:extend(content)
        list:insert(raw(close))
        return list
    end

    -- Puts inlines before the first paragraph's own, or into a paragraph of their own.
    local function lead(inlines, content)
        local first = content[1]
        if first and (first.t == 'Para' or first.t == 'Plain') then
            local own = pandoc.List(inlines):clone()
            own:insert(pandoc.Space())
            own:extend(first.content)
            content[1] = pandoc.Para(own)
        else
            content:insert(1, pandoc.Para(inlines))
        end
        return content
    end

    return raw, inline, wrap, lead
end
