# Answers questions, one a line of standard input: a folder with expression.R and a NAME.csv for each matrix (a vector is a matrix
# of one column) that it speaks of. The answer goes to answer.csv, row by row; "done", or what went wrong, to standard output.
options(digits = 17, warn = -1)
questions <- file("stdin", open = "r")
while (length(folder <- readLines(questions, n = 1)) > 0) {
    names <- list.files(folder, pattern = "[.]csv$")
    values <- lapply(file.path(folder, names), function(f) {
        m <- as.matrix(read.csv(f, header = FALSE, colClasses = "numeric"))
        dimnames(m) <- NULL
        if (ncol(m) == 1) as.vector(m) else m
    })
    names(values) <- sub("[.]csv$", "", names)
    said <- tryCatch({
        answer <- eval(parse(file.path(folder, "expression.R")), values, globalenv())
        answer <- as.matrix(answer)
        write.table(format(answer, digits = 17, trim = TRUE), file.path(folder, "answer.csv"),
            sep = ",", quote = FALSE, row.names = FALSE, col.names = FALSE)
        "done"
    }, error = function(e) gsub("\n", " ", conditionMessage(e)))
    cat(said, "\n", sep = "")
    flush(stdout())
}
