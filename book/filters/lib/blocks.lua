-- The blocks of the literate format: where each may stand, and how it is labelled and counted.
local blocks = {}

-- in: the kinds of source. within: the blocks it must stand in. label: the start of its id. counter: what it counts with.
blocks.known = {
    exercise = { ["in"] = "chapter", label = "ex", counter = "exercise" },
    pen = { ["in"] = "chapter", label = "pen", counter = "pen" },
    hint = { ["in"] = "chapter", within = { "exercise", "pen" } },
    definition = { ["in"] = "text", label = "def", counter = "theorem" },
    theorem = { ["in"] = "text", label = "thm", counter = "theorem" },
    lemma = { ["in"] = "text", label = "thm", counter = "theorem" },
    corollary = { ["in"] = "text", label = "thm", counter = "theorem" },
    proposition = { ["in"] = "text", label = "thm", counter = "theorem" },
    example = { ["in"] = "text", label = "eg", counter = "theorem" },
    proof = { ["in"] = "any" },
    figure = { ["in"] = "text", label = "fig", counter = "figure" },
    wrong = { ["in"] = "text", label = "wrong", counter = "figure" },
    predict = { ["in"] = "text" },
    recall = { ["in"] = "chapter", label = "card" },
    answer = { ["in"] = "chapter", within = { "recall" } },
    question = { ["in"] = "text" },
    aside = { ["in"] = "any" },
    pitfalls = { ["in"] = "text" },
    project = { ["in"] = "text" },
    deeper = { ["in"] = "text" },
    alongside = { ["in"] = "text" },
    schedule = { ["in"] = "preface" },
    index = { ["in"] = "appendix" },
    solution = { ["in"] = "key" },
    alternative = { ["in"] = "key" },
    mistake = { ["in"] = "key" },
    instructor = { ["in"] = "key" },
}

local PLACES = {
    chapter = { chapter = true },
    text = { chapter = true, review = true, appendix = true, preface = true },
    preface = { preface = true },
    appendix = { appendix = true },
    key = { key = true },
    any = { chapter = true, review = true, appendix = true, preface = true, key = true },
}

blocks.place_names = {
    chapter = "a chapter",
    text = "a chapter, a review, an appendix or the preface",
    preface = "the preface",
    appendix = "an appendix",
    key = "the answer key",
}

function blocks.may_stand_in(class, kind)
    return PLACES[blocks.known[class]["in"]][kind] or false
end

-- How a label reads: "Equation 1.2".
blocks.words = {
    section = "Section", equation = "Equation", figure = "Figure", wrong = "Figure", exercise = "Exercise", pen = "Pen",
    definition = "Definition", theorem = "Theorem", lemma = "Lemma", corollary = "Corollary", proposition = "Proposition",
    example = "Example", chapter = "Chapter", review = "Review", appendix = "Appendix",
}

return blocks
