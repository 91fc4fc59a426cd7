-- The prototypes of the book, read by a grammar of its house style: sizes first, arrays with their shapes, callbacks with their ctx.
-- What a function is given and gives back is all that is needed to run it in another process; the manifest carries it to the grader.
local lpeg = require "lpeg"
local json = require "json"

local P, R, S, V, C = lpeg.P, lpeg.R, lpeg.S, lpeg.V, lpeg.C
local Cg, Ct, Cc, Cmt = lpeg.Cg, lpeg.Ct, lpeg.Cc, lpeg.Cmt

local signature = {}

-- ------------------------------------------------------------------ the grammar

local comment = P "/*" * (1 - P "*/") ^ 0 * P "*/"
local blank = (S " \t\r\n" + comment) ^ 0
local letter, digit = R("az", "AZ") + "_", R "09"
local edge = -(letter + digit)
local keyword = (P "const" + "struct" + "enum" + "union" + "static" + "restrict" + "volatile" + "unsigned" + "register" + "extern") * edge

local function token(text)
    return P(text) * blank
end
local name = C((letter - keyword) * (letter + digit) ^ 0 - keyword) * blank
local const = (P "const" * edge * blank * Cc(true)) + Cc(false)

-- A dimension is an expression over the parameters before it: words, numbers, members, arithmetic, comparisons, a choice.
local expression = P {
    "all",
    all = V "operand" * (V "operator" * V "operand") ^ 0,
    operand = blank * ((letter * (letter + digit) ^ 0 * (blank * "." * blank * letter * (letter + digit) ^ 0) ^ 0)
        + digit ^ 1 + P "(" * V "all" * ")") * blank,
    operator = P "<=" + ">=" + "==" + "!=" + "&&" + "||" + S "+-*/%<>?:",
}
local dims = Ct((token "[" * C(expression) * token "]") ^ 0)

-- Where the text stops being of the house style: the furthest point that any alternative came to.
local furthest
local here = Cmt(P(true), function(_, at)
    furthest = math.max(furthest, at)
    return true
end)

local parameter = Ct(here * Cg(const, "const") * here * Cg(name, "type") * here
    * Cg(C(P "*" ^ 0) * blank, "stars") * here * Cg(const, "const_pointer") * Cg(name, "name") * here * Cg(dims, "dims") * here)
local none = token "void" * #P ")" * Ct(Cc(nil))
local parameters = token "(" * here * (none + Ct(parameter * (token "," * here * parameter) ^ 0)) * token ")" * here

local prototype = blank * Ct(here * Cg(const, "const") * Cg(name, "returns") * here * Cg(C(P "*" ^ 0) * blank, "stars") * Cg(name, "name")
    * here * Cg(parameters, "parameters")) * P ";" ^ -1 * blank * -1
local attributes = (token "[[" * (1 - P "]]") ^ 0 * token "]]") ^ 0
local braces = P { "{" * ((1 - S "{}") + V(1)) ^ 0 * "}" } * blank

local callback = blank * token "typedef" * Ct(Cg(Cc(false), "const") * Cg(name, "returns") * Cg(C(P "*" ^ 0) * blank, "stars")
    * token "(" * token "*" * Cg(name, "name") * token ")" * Cg(parameters, "parameters")) * blank * -1
local struct = blank * token "typedef" * (P "struct" + "union") * edge * blank * attributes * name ^ -1 * braces * name * -1
local enum = blank * token "typedef" * P "enum" * edge * blank * attributes * (name - #braces) ^ -1 * braces * name * -1
local alias = blank * token "typedef" * name * name * -1

-- ------------------------------------------------------------------ the types of the headers

local SCALARS = {
    "void", "bool", "char", "int", "long", "float", "double", "size_t", "ptrdiff_t", "int32_t", "uint32_t", "int64_t", "uint64_t",
}

-- Statements of a header: its text without comments and directives, cut at the semicolons outside of braces.
local function statements(text)
    local bare = text:gsub("/%*.-%*/", " "):gsub("\n%s*#[^\n]*", "\n"):gsub("^%s*#[^\n]*", "")
    local all, depth, from = {}, 0, 1
    for at, c in bare:gmatch "()([{};])" do
        if c == "{" then depth = depth + 1
        elseif c == "}" then depth = depth - 1
        elseif depth == 0 then
            all[#all + 1] = bare:sub(from, at - 1)
            from = at + 1
        end
    end
    return all
end

-- What the typedefs of these headers (texts) say of each name: "scalar", "struct", or the signature of a callback.
function signature.types(headers)
    local types = { FILE = "struct" }
    for _, word in ipairs(SCALARS) do types[word] = "scalar" end
    for _, header in ipairs(headers) do
        for _, text in ipairs(statements(header)) do
            furthest = 0
            local last = text:match "([%a_][%w_]*)%s*$"
            local called = callback:match(text)
            if called then types[called.name] = called
            elseif struct:match(text) then types[last] = "struct"
            elseif enum:match(text) then types[last] = "scalar"
            elseif alias:match(text) then
                local of, new = alias:match(text)
                types[new] = types[of]
            end
        end
    end
    return types
end

-- ------------------------------------------------------------------ what the parameters are

local function kind(p, types)
    local of = types[p.type]
    if p.type == "void" then return p.stars == "*" and #p.dims == 0 and not p.const and "ctx" or nil, "void is the type of a ctx only" end
    if not of then return nil, ("no header says what a %s is"):format(p.type) end
    if type(of) == "table" then return p.stars == "" and #p.dims == 0 and "callback" or nil, "a callback is handed over as it is" end
    if #p.dims > 0 then
        return (p.stars == "" or p.type == "char") and "array" or nil, "an array of pointers has no shape"
    end
    if p.stars == "*" then return p.type == "char" and "text" or "object" end
    if p.stars ~= "" then return nil, "a pointer to a pointer has no shape" end
    return of
end

-- Every word of a dimension is a parameter that stands before it.
local function stranger(dimension, seen)
    for dot, word in dimension:gmatch "(%.?)%s*([%a_][%w_]*)" do
        if dot == "" and not seen[word] then return word end
    end
end

local function place(text, at)
    local rest = text:sub(at):match "^[^,)]*"
    return rest ~= "" and "at “" .. rest:sub(1, 40) .. "”" or "at its end"
end

local function finish(parsed, types)
    local seen, all = {}, json.list {}
    for _, p in ipairs(parsed.parameters) do
        local is, why = kind(p, types)
        if not is then return nil, ("the parameter %s: %s"):format(p.name, why) end
        if seen[p.name] then return nil, ("two parameters are called %s"):format(p.name) end
        for _, dimension in ipairs(p.dims) do
            local word = stranger(dimension, seen)
            if word then return nil, ("the shape of %s names %s, which is no parameter before it"):format(p.name, word) end
        end
        seen[p.name] = true
        all[#all + 1] = {
            name = p.name, kind = is, type = p.type .. (p.stars ~= "" and #p.dims > 0 and " " .. p.stars or ""), const = p.const,
            dims = json.list(p.dims),
        }
    end
    return { returns = (parsed.const and "const " or "") .. parsed.returns .. (parsed.stars ~= "" and " " .. parsed.stars or ""), parameters = all }
end

-- ------------------------------------------------------------------ callbacks

-- The size that a callback is called with is one of the function's own: of R^d → R the first; of R^d → R^m they are the first two, where
-- the second is the length of an input, else (a gradient) twice the first.
local function bind(callback_, parameters_)
    local sizes, inputs = {}, {}
    for _, p in ipairs(parameters_) do
        if p.kind == "scalar" and p.type == "size_t" then sizes[#sizes + 1] = p.name end
        if p.kind == "array" and p.const and #p.dims == 1 then inputs[p.dims[1]] = true end
    end
    local bound, k = json.object {}, 0
    for _, p in ipairs(callback_.parameters) do
        if p.type == "size_t" and p.kind == "scalar" then
            k = k + 1
            bound[p.name] = k > 1 and sizes[k] and inputs[sizes[k]] and sizes[k] or sizes[1]
            if not bound[p.name] then return nil, p.name end
        end
    end
    return bound
end

local function add_callbacks(made, types)
    for i, p in ipairs(made.parameters) do
        if p.kind == "callback" then
            local of, why = finish(types[p.type], types)
            if not of then return nil, ("the callback type %s: %s"):format(p.type, why) end
            local next_one = made.parameters[i + 1]
            if not next_one or next_one.kind ~= "ctx" then return nil, ("the callback %s is not followed by its void *ctx"):format(p.name) end
            local bound, size = bind(of, made.parameters)
            if not bound then return nil, ("the callback %s wants a size %s, and the function has none"):format(p.name, size) end
            p.signature, p.bind = of, bound
        end
    end
    return made
end

-- The signature of a prototype, or nil and what is wrong with it.
function signature.read(text, types)
    furthest = 1
    local parsed = prototype:match(text)
    if not parsed then return nil, "it is not of the house style " .. place(text, furthest) end
    if parsed.returns ~= "void" and not types[parsed.returns] then return nil, ("no header says what a %s is"):format(parsed.returns) end
    local made, why = finish(parsed, types)
    if not made then return nil, why end
    return add_callbacks(made, types)
end

return signature
