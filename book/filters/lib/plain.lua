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

-- A value that only the build knows is called by its key.
local function name_value(span)
    if span.classes:includes("value") and #span.content == 0 then return pandoc.Str(span.attributes.key or "…") end
end

-- Code blocks are left out unless they are asked for.
return function(content, with_code)
    local kept = pandoc.List()
    for _, block in ipairs(content) do
        if with_code or block.t ~= "CodeBlock" then kept:insert(block) end
    end
    local doc = pandoc.Pandoc(kept):walk {
        Span = name_value,
        Math = function(math) return pandoc.Math(math.mathtype, simpler(math.text)) end,
    }
    local text = pandoc.write(doc, "plain", { wrap_text = "none" })
    -- The thin spaces U+2000 to U+200A come out too wide or not at all.
    return (text:gsub("\xe2\x80[\x80-\x8a]", " "):gsub("^%s+", ""):gsub("%s+$", ""):gsub("_%((%w)%)", "_%1"))
end
