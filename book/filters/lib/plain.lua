-- Blocks as plain text for a terminal: a line to a paragraph, mathematics in one line.

-- What Pandoc would print as raw TeX, because a terminal has no fractions and roots, in simpler TeX. {x} is a group, x a token.
local SIMPLER = {
    { "\\[,;:!]", " " }, { "\\q?quad", "  " }, { "\\[bB]igg?[lrm]?%f[%A]", "" }, { "\\left%f[%A]", "" }, { "\\right%f[%A]", "" },
    { "\\[lr]Vert%f[%A]", "‖" }, { "\\[lr]vert%f[%A]", "|" },
    { "\\operatorname{(%w+)}", "\\text{%1}" }, { "%^\\top%f[%A]", "ᵀ" }, { "%^{\\top}", "ᵀ" }, { "\\hat{?%s*(%w)}?", "%1̂" },
    { "\\[dt]?frac%s*(%w)%s*(%w)", "%1/%2" }, { "\\sqrt%s*(%w)", "√%1" }, { "\\sqrt%s*(%b{})", "√(%1)" },
    { "\\[dt]?frac%s*(%b{})%s*(%b{})", "(%1)/(%2)" }, { "\\sum_{([^{}]*)}%^{?(%w+)}?", "∑_{%1…%2}" },
}

local function simpler(tex)
    for _, rule in ipairs(SIMPLER) do tex = tex:gsub(rule[1], rule[2]) end
    return tex
end

-- A value that only the build knows is called by its key; {{program key format}} asks the reader of the manifest to put the number there.
local function name_value(asked)
    return function(span)
        if not span.classes:includes("value") or #span.content > 0 then return nil end
        local a = span.attributes
        return pandoc.Str(asked and ("{{%s %s %s}}"):format(a.of or "", a.key or "", a.fmt or "") or a.key or "…")
    end
end

-- Code blocks are left out, and values named, unless options.code or options.values asks for them.
return function(content, options)
    options = options or {}
    local kept = pandoc.List()
    for _, block in ipairs(content) do
        if options.code or block.t ~= "CodeBlock" then kept:insert(block) end
    end
    local doc = pandoc.Pandoc(kept):walk {
        Span = name_value(options.values),
        Math = function(math) return pandoc.Math(math.mathtype, simpler(math.text)) end,
    }
    local text = pandoc.write(doc, "plain", { wrap_text = "none" })
    -- The thin spaces U+2000 to U+200A come out too wide or not at all.
    return (text:gsub("\xe2\x80[\x80-\x8a]", " "):gsub("^%s+", ""):gsub("%s+$", ""):gsub("_%((%w)%)", "_%1"))
end
