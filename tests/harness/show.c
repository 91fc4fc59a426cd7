/* show.c: an argument as a message shows it: whole when it is short, else the part that matters. */
#include "buffer.h"
#include "harness.h"

enum {
    SHOWN_NUMBERS = 8,
    SHOWN_ROWS = 6,
};

double number_at(const void *entries, size_t k)
{
    double x;
    memcpy(&x, (const char *)entries + 8 * k, sizeof x);
    return x;
}

static size_t index_at(const void *entries, size_t k)
{
    size_t n;
    memcpy(&n, (const char *)entries + 8 * k, sizeof n);
    return n;
}

void add_value(text *t, const buffer *b, const void *entries, size_t k)
{
    if (b->index)
        add_size(t, index_at(entries, k));
    else
        add_number(t, number_at(entries, k));
}

/* The first of `shown` entries out of n, so that the one at `focus` is among them. */
static size_t window(size_t n, size_t shown, size_t focus)
{
    if (n <= shown || focus < shown / 2)
        return 0;
    size_t from = focus - shown / 2;
    return from < n - shown ? from : n - shown;
}

static void add_row(text *t, const buffer *b, const void *entries, size_t row,
                    size_t limit, size_t focus)
{
    size_t n = b->cols, from = window(n, limit, focus);
    size_t to = n - from < limit ? n : from + limit;
    text_add(t, "{");
    if (from)
        text_add(t, "…, [%zu] = ", from);
    for (size_t j = from; j < to; j++) {
        text_add(t, "%s", j > from ? ", " : "");
        add_value(t, b, entries, row * n + j);
    }
    text_add(t, to < n ? ", …}" : "}");
}

/* "y before = {1, 2}", matrices row by row; around the entry `focus` if they are long. */
static void add_values(text *t, const char *before, const buffer *b,
                       const char *after, const void *entries, size_t focus)
{
    text_add(t, "    %s%s%s = ", before, b->name, after);
    if (!b->matrix) {
        add_row(t, b, entries, 0, SHOWN_NUMBERS, focus);
        if (b->cols > SHOWN_NUMBERS)
            text_add(t, " (%zu numbers)", b->cols);
        text_add(t, "\n");
        return;
    }
    size_t rows = b->rows, focus_row = b->cols ? focus / b->cols : 0;
    size_t from = window(rows, SHOWN_ROWS, focus_row);
    size_t to = rows - from < SHOWN_ROWS ? rows : from + SHOWN_ROWS;
    int margin = (int)(8 + strlen(before) + strlen(b->name) + strlen(after));
    text_add(t, "{");
    if (from)
        text_add(t, "…, [%zu] =\n%*s", from, margin, "");
    for (size_t i = from; i < to; i++) {
        if (i > from)
            text_add(t, ",\n%*s", margin, "");
        add_row(t, b, entries, i, SHOWN_ROWS, b->cols ? focus % b->cols : 0);
    }
    text_add(t, to < rows ? ", …}" : "}");
    if (rows > SHOWN_ROWS || b->cols > SHOWN_ROWS || !rows)
        text_add(t, " (%zu × %zu)", rows, b->cols);
    text_add(t, "\n");
}

static bool untouched(const buffer *b)
{
    return !memcmp(b->entries, b->before, 8 * b->rows * b->cols);
}

/* One argument; `after` the call, or as far as it is known before it. */
void add_buffer(text *t, const buffer *b, bool after, const buffer *wrong,
                size_t focus, const void *want)
{
    size_t place =
        wrong && wrong->rows == b->rows && wrong->cols == b->cols ? focus : 0;
    if (b->role == INPUT)
        add_values(t, "", b, "", b->before, place);
    if (b->role == IN_OUT)
        add_values(t, "", b, " before", b->before, place);
    if (b->role != INPUT && after && (b == wrong || !untouched(b)))
        add_values(t, "", b, b->role == IN_OUT ? " after" : "", b->entries,
                   place);
    if (want && b == wrong)
        add_values(t, "expected ", b, "", want, place);
}

void add_entry(text *t, const buffer *b, ptrdiff_t k)
{
    if (b->matrix && b->cols && k >= 0)
        text_add(t, "%s[%td][%td]", b->name, k / (ptrdiff_t)b->cols,
                 k % (ptrdiff_t)b->cols);
    else
        text_add(t, "%s[%td]%s", b->name, k,
                 b->matrix ? " (counting in one row)" : "");
}

/* "y[3], past the end of its 3 numbers" */
void add_outside(text *t, const buffer *b, ptrdiff_t k)
{
    const char *kind = b->index ? "index" : "number";
    size_t n = b->rows * b->cols;
    if (b->matrix && k < 0)
        text_add(t, "before the beginning of %s", b->name);
    else
        add_entry(t, b, k);
    if (b->matrix)
        text_add(t, "%s%zu × %zu numbers",
                 k < 0 ? ", which has " : ", past the end of its ", b->rows,
                 b->cols);
    else if (k < 0)
        text_add(t, ", before the beginning of %s", b->name);
    else if (!n)
        text_add(t, ", but %s is empty", b->name);
    else if (b->index)
        text_add(t, ", past the end of its %zu %s", n,
                 n == 1 ? kind : "indices");
    else
        text_add(t, ", past the end of its %zu %s%s", n, kind,
                 n == 1 ? "" : "s");
}
