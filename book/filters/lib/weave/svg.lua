-- Makes gnuplot's SVG part of the page: its fixed colours become the theme's variables, its ids stay its own, its text is the page's font.
local svg = {}

-- The colours of book/theme/figure.gp.
local palette = {
    ['26,28,32'] = 'ink', ['43,108,176'] = 'blue', ['200,85,61'] = 'vermilion', ['58,125,68'] = 'green', ['123,94,167'] = 'purple',
    ['209,143,44'] = 'orange', ['74,163,199'] = 'sky', ['138,143,152'] = 'grey', ['217,220,225'] = 'grid', ['0,0,0'] = 'ink', ['255,255,255'] = 'paper',
}
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
    body = body:gsub('([fs]%l+=["\'])#(%x%x)(%x%x)(%x%x)(["\'])', function(open, r, g, b, close)
        local name = palette[tonumber(r, 16) .. ',' .. tonumber(g, 16) .. ',' .. tonumber(b, 16)]
        return name and open .. variable(name) .. close
    end)
    body = body:gsub('(%f[%w]%l+)=(["\'])(%l+)%2', function(attribute, quote, word)
        if (attribute == 'color' or attribute == 'fill' or attribute == 'stroke' or attribute == 'flood-color') and words[word] then
            return attribute .. '=' .. quote .. variable(words[word]) .. quote
        end
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
