/* text.c: numbers as messages print them. */
#include "text.h"
#include "harness.h"

#include <stdio.h>

void text_vadd(text *t, const char *format, va_list args)
{
    if (t->used + 1 >= t->size)
        return;
    size_t room = t->size - t->used;
    int n = vsnprintf(t->at + t->used, room, format, args);
    if (n > 0)
        t->used += (size_t)n < room ? (size_t)n : room - 1;
}

void text_add(text *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    text_vadd(t, format, args);
    va_end(args);
}

static uint64_t bits(double x)
{
    uint64_t u;
    memcpy(&u, &x, sizeof u);
    return u;
}

bool never_written(double x)
{
    return bits(x) == UNWRITTEN;
}

bool made_of_unwritten(double x)
{
    /* the quiet bit, and perhaps the sign */
    return (bits(x) & ~(UINT64_C(1) << 63)) == (UNWRITTEN | UINT64_C(1) << 51);
}

void add_number(text *t, double x)
{
    if (isnan(x)) {
        text_add(t, never_written(x) ? "unwritten" : "NaN");
    } else if (isinf(x)) {
        text_add(t, x < 0 ? "-INFINITY" : "INFINITY");
    } else {
        char digits[40];
        for (int n = 15; n <= 17; n++) {
            snprintf(digits, sizeof digits, "%.*g", n, x);
            if (strtod(digits, NULL) == x)
                break;
        }
        text_add(t, "%s", digits);
    }
}

void add_size(text *t, size_t n)
{
    if (n == SIZE_MAX)
        text_add(t, "SIZE_MAX");
    else if (n == UNWRITTEN_INDEX)
        text_add(t, "unwritten");
    else
        text_add(t, "%zu", n);
}

const char *num_text(double x)
{
    static char kept[8][40];
    static size_t next;
    text t = {kept[next++ % 8], sizeof kept[0], 0};
    add_number(&t, x);
    return t.at;
}
