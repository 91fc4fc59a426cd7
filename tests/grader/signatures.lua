-- Reads typedefs and prototypes, one a line, from the standard input and prints each prototype's signature, or why it has none:
--
--   pandoc -f markdown -t plain -L tests/grader/signatures.lua -M list=FILE /dev/null
package.path = "book/filters/lib/?.lua;" .. package.path
local json = require "json"
local signature = require "signature"

function Pandoc(doc)
    local types, all = {}, json.list {}
    local lines, headers = {}, {}
    for line in io.lines(pandoc.utils.stringify(doc.meta.list)) do
        if line:match "^typedef" then headers[#headers + 1] = line
        elseif not line:match "^#" and not line:match "^enum" then lines[#lines + 1] = line end
    end
    types = signature.types(headers)
    for _, line in ipairs(lines) do
        local made, why = signature.read(line, types)
        all[#all + 1] = { prototype = line, signature = made or json.null, why = why or json.null }
    end
    print(json.encode(all, { "prototype", "signature", "why" }))
    return pandoc.Pandoc {}
end
