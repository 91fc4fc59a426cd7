/* expect.c: the expectations: compare, and fail with a sentence. */
#include "buffer.h"
#include "harness.h"

#include <stdio.h>

/* The suites see macros of these names, which note the line first. */
#undef expect_num
#undef expect_named
#undef expect_size
#undef expect_status
#undef expect_bool
#undef expect_answer
#undef expect_vec
#undef expect_mat
#undef expect_index
#undef expect_vec_tol
#undef expect_mat_tol
#undef expect
#undef expect_intact

static bool near(double got, double want, double tol)
{
    if (isnan(want))
        return isnan(got);
    if (isinf(want) || isinf(got))
        return got == want;
    return got == want || fabs(got - want) <= tol;
}

/* One digit: "3e-9". */
static void add_roughly(text *t, double x)
{
    char digits[40];
    snprintf(digits, sizeof digits, "%.1g", x);
    char *exponent = strchr(digits, 'e');
    if (exponent)
        *exponent++ = '\0';
    text_add(t, "%s", digits);
    if (exponent)
        text_add(t, "e%d", atoi(exponent));
}

/* "28, expected 32", and when they look alike by how much they differ and by how much they may. */
static void add_comparison(text *t, double got, double want, double tol)
{
    add_number(t, got);
    text_add(t, ", expected ");
    add_number(t, want);
    char one[32], two[32];
    snprintf(one, sizeof one, "%.6g", got);
    snprintf(two, sizeof two, "%.6g", want);
    if (tol == 0 || !isfinite(got) || !isfinite(want) || strcmp(one, two))
        return;
    text_add(t, " (off by ");
    add_roughly(t, fabs(got - want));
    text_add(t, "; the bound for this problem is ");
    add_roughly(t, tol);
    text_add(t, ")");
}

void expect_num(double got, double want, double tol)
{
    check_traps();
    if (near(got, want, tol))
        return;
    char said[200];
    text t = {said, sizeof said, 0};
    add_comparison(&t, got, want, tol);
    fail_call(NULL, 0, NULL, " returned %s", said);
}

void expect_named(const char *what, double got, double want, double tol)
{
    check_traps();
    if (near(got, want, tol))
        return;
    char said[200];
    text t = {said, sizeof said, 0};
    add_comparison(&t, got, want, tol);
    fail_call(NULL, 0, NULL, ": %s is %s", what, said);
}

void expect_size(size_t got, size_t want)
{
    check_traps();
    if (got == want)
        return;
    char said[80];
    text t = {said, sizeof said, 0};
    add_size(&t, got);
    text_add(&t, ", expected ");
    add_size(&t, want);
    fail_call(NULL, 0, NULL, " returned %s", said);
}

static const char *status_name(status s)
{
    switch (s) {
    case TODO:
        return "TODO";
    case OK:
        return "OK";
    case BAD_INPUT:
        return "BAD_INPUT";
    case SINGULAR:
        return "SINGULAR";
    case NOT_POSITIVE:
        return "NOT_POSITIVE";
    case NOT_CONVERGED:
        return "NOT_CONVERGED";
    case DIVERGED:
        return "DIVERGED";
    case NO_SPACE:
        return "NO_SPACE";
    }
    static char other[40];
    snprintf(other, sizeof other, "%d, which is no status", (int)s);
    return other;
}

void expect_status(status got, status want)
{
    check_traps();
    if (got != want)
        fail_call(NULL, 0, NULL, " returned %s, expected %s", status_name(got),
                  status_name(want));
}

void expect_bool(bool got, bool want)
{
    check_traps();
    if (got != want)
        fail_call(NULL, 0, NULL, " returned %s, expected %s",
                  got ? "true" : "false", want ? "true" : "false");
}

/* ------------------------------------------------------------------ entry by entry */

static const buffer *written_buffer(const void *got, bool index,
                                    const char *who)
{
    const buffer *b = find_buffer(got);
    if (!b || b->index != index)
        misuse("%s needs a buffer of this call that holds %s", who,
               index ? "indices" : "numbers");
    return b;
}

[[gnu::noreturn]] static void fail_entry(const buffer *b, size_t k,
                                         const void *want, double tol)
{
    double got = number_at(b->entries, k);
    char entry[80], said[300];
    text e = {entry, sizeof entry, 0}, s = {said, sizeof said, 0};
    add_entry(&e, b, (ptrdiff_t)k);
    if (b->role == OUTPUT && never_written(got))
        text_add(&s, " was never written (it still holds the NaN that was "
                     "there before the call)");
    else if (b->role == OUTPUT && made_of_unwritten(got))
        text_add(&s,
                 " was computed from what %s held before the call, which is "
                 "nothing (a NaN)",
                 b->name);
    else {
        text_add(&s, " is ");
        add_comparison(&s, got, number_at(want, k), tol);
    }
    fail_call(b, (ptrdiff_t)k, want, ": %s%s", entry, said);
}

/* tols: one each, or NULL, and then tol is for all. */
static void expect_entries(const buffer *b, const void *want, const void *tols,
                           double tol)
{
    check_traps();
    size_t n = b->rows * b->cols;
    for (size_t k = 0; k < n; k++) {
        double got = number_at(b->entries, k),
               bound = tols ? number_at(tols, k) : tol;
        if ((b->role == OUTPUT && never_written(got)) ||
            !near(got, number_at(want, k), bound))
            fail_entry(b, k, want, bound);
    }
}

void expect_vec(const double got[], const double want[], double tol)
{
    expect_entries(written_buffer(got, false, "expect_vec"), want, NULL, tol);
}

void expect_mat(const void *got, const void *want, double tol)
{
    expect_entries(written_buffer(got, false, "expect_mat"), want, NULL, tol);
}

void expect_vec_tol(const double got[], const double want[], const double tol[])
{
    expect_entries(written_buffer(got, false, "expect_vec_tol"), want, tol, 0);
}

void expect_mat_tol(const void *got, const void *want, const void *tol)
{
    expect_entries(written_buffer(got, false, "expect_mat_tol"), want, tol, 0);
}

void expect_index(const size_t got[], const size_t want[])
{
    const buffer *b = written_buffer(got, true, "expect_index");
    check_traps();
    size_t n = b->rows * b->cols;
    for (size_t k = 0; k < n; k++) {
        if (got[k] == want[k])
            continue;
        char said[160];
        text t = {said, sizeof said, 0};
        add_entry(&t, b, (ptrdiff_t)k);
        if (b->role == OUTPUT && got[k] == UNWRITTEN_INDEX) {
            text_add(&t, " was never written");
        } else {
            text_add(&t, " is ");
            add_size(&t, got[k]);
            text_add(&t, ", expected ");
            add_size(&t, want[k]);
        }
        fail_call(b, (ptrdiff_t)k, want, ": %s", said);
    }
}

/* ------------------------------------------------------------------ properties */

void expect(bool holds, const char *format, ...)
{
    check_traps();
    if (holds)
        return;
    static char said[16 * 1024];
    text t = {said, sizeof said, 0};
    va_list args;
    va_start(args, format);
    text_vadd(&t, format, args);
    va_end(args);
    fail_call(NULL, 0, NULL, ": %s", said);
}

void expect_answer(double got, double want, double tol, const char *check)
{
    check_traps();
    if (fabs(got - want) <= tol)
        return;
    if (check)
        because("A check: %s", check);
    fail_call(NULL, 0, NULL, " returned %s, and that is not the answer",
              num_text(got));
}

static void expect_untouched(const buffer *b)
{
    size_t n = b->rows * b->cols;
    const char *got = b->entries, *before = b->before;
    for (size_t k = 0; k < n; k++)
        if (memcmp(got + 8 * k, before + 8 * k, 8)) {
            char entry[80];
            text t = {entry, sizeof entry, 0};
            add_entry(&t, b, (ptrdiff_t)k);
            fail_call(b, (ptrdiff_t)k, b->role == IN_OUT ? before : NULL,
                      " wrote %s, and must leave %s alone here", entry,
                      b->name);
        }
}

void expect_intact(void)
{
    check_traps();
    const buffer *b;
    for (size_t i = 0; (b = buffer_number(i)); i++)
        expect_untouched(b);
}
