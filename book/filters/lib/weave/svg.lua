-- Makes gnuplot's SVG part of the page: its fixed colours become the theme's variables, its ids stay its own, its text is the page's font.
local svg = {}

-- The colours of book/theme/figure.gp.
local palette = {
    ['26,28,32'] = 'ink', ['43,108,176'] = 'blue', ['200,85,61'] = 'vermilion', ['58,125,68'] = 'green', ['123,94,167'] = 'purple',
    ['209,143,44'] = 'orange', ['74,163,199'] = 'sky', ['138,143,152'] = 'grey', ['217,220,225'] = 'grid', ['0,0,0'] = 'ink', ['255,255,255'] = 'paper',
}
local coloured = { color = true, fill = true, stroke = true, ['flood-color'] = true }
local words = { black = 'ink', white = 'paper', gray = 'grey', grey = 'grey' }

local function variable(name) return 'var(--fig-' .. name .. ')' end

-- data: the file; id: the figure's, put before every id in it; alt: what the picture shows, escaped.
function svg.inline(data, id, alt)
    local body = data:match('<svg.->(.*)</svg>') or ''
    local box = data:match('viewBox="([^"]*)"') or '0 0 640 400'
    body = body:gsub('<title>.-</title>%s*', ''):gsub('<desc>.-</desc>%s*', ''):gsub('<!%-%-.-%-%->', ''):gsub('<script.-</script>%s*', '')
    body = body:gsub('rgb%(%s*(%d+)%s*,%s*(%d+)%s*,%s*(%d+)%s*%)', function(r, g, b)
        local name = palette[r .. ',' .. g .. ',' .. b]
        return name and variable(name)
    end)
    -- The pixels of a picture are data: white and black among their greys stay what they are, in the short form, which the
    -- next step passes over.
    body = body:gsub("(<polygon fill = )'#ffffff'", "%1'#fff'"):gsub("(<polygon fill = )'#000000'", "%1'#000'")
    -- gnuplot writes fill = '#…' for areas, color='#…' for points, stroke="…" for lines.
    body = body:gsub('(%f[%w%-][%l%-]+)%s*=%s*(["\'])(#?%w+)%2', function(attribute, quote, said)
        if not coloured[attribute] then return nil end
        local r, g, b = said:match('^#(%x%x)(%x%x)(%x%x)$')
        local name = words[said] or r and palette[tonumber(r, 16) .. ',' .. tonumber(g, 16) .. ',' .. tonumber(b, 16)]
        return name and attribute .. '=' .. quote .. variable(name) .. quote
    end)
    local prefix = id .. '-'
    local function own(name) return name:sub(1, #prefix) == prefix and name or prefix .. name end
    body = body:gsub('%sid=(["\'])([^"\']*)%1', function(quote, name) return ' id=' .. quote .. own(name) .. quote end)
        :gsub('xlink:href=(["\'])#([^"\']*)', function(quote, name) return 'href=' .. quote .. '#' .. own(name) end)
        :gsub('url%(#([^)]*)%)', function(name) return 'url(#' .. own(name) .. ')' end)
        :gsub('xlink:href=', 'href=')
        :gsub('%sfont%-family="[^"]*"', '')
        :gsub('%sxml:space="[^"]*"', '')
        :gsub('<g [^>]*>%s*</g>%s*', '')
    return string.format('<svg class="figure" viewBox="%s" role="img" aria-label="%s">%s</svg>', box, alt, body)
end

return svg
