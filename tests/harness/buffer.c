/* buffer.c: the guarded arguments of the running call, and the traps around them. */
#include "buffer.h"
#include "harness.h"

#include <stdio.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZER 1
#endif
#endif
#ifdef ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif

enum { BUFFERS = 32 };

static buffer buffers[BUFFERS];
static size_t buffer_count;

/* ------------------------------------------------------------------ guards */

static size_t entries_size(const buffer *b)
{
    return 8 * b->rows * b->cols;
}

static void arm(const buffer *b)
{
    ASAN_POISON_MEMORY_REGION(b->block, GUARD);
    ASAN_POISON_MEMORY_REGION(b->block + GUARD + entries_size(b), GUARD);
}

static void disarm(const buffer *b)
{
    ASAN_UNPOISON_MEMORY_REGION(b->block, GUARD);
    ASAN_UNPOISON_MEMORY_REGION(b->block + GUARD + entries_size(b), GUARD);
}

static void fill_words(unsigned char *at, uint64_t word, size_t n)
{
    for (size_t i = 0; i < n; i++)
        memcpy(at + 8 * i, &word, 8);
}

/* The changed word of a guard that is nearest to the entries, counted from the guard's end there, or NOWHERE. */
static ptrdiff_t changed_word(const unsigned char *guard, bool backwards)
{
    uint64_t word = GUARD_WORD;
    for (ptrdiff_t i = 0; i < GUARD_WORDS; i++)
        if (memcmp(guard + 8 * (backwards ? GUARD_WORDS - 1 - i : i), &word, 8))
            return i;
    return NOWHERE;
}

static void check_guards(const buffer *b)
{
    disarm(b);
    ptrdiff_t n = (ptrdiff_t)(b->rows * b->cols);
    ptrdiff_t after = changed_word(b->block + GUARD + entries_size(b), false);
    ptrdiff_t before = changed_word(b->block, true);
    arm(b);
    if (after == NOWHERE && before == NOWHERE)
        return;
    this_test->outside = true;
    char place[160];
    text t = {place, sizeof place, 0};
    add_outside(&t, b, after != NOWHERE ? n + after : -1 - before);
    fail_call(NULL, 0, NULL, " wrote %s", place);
}

static void check_input(const buffer *b)
{
    size_t n = b->rows * b->cols;
    for (size_t k = 0; k < n; k++) {
        if (!memcmp((char *)b->entries + 8 * k, (char *)b->before + 8 * k, 8))
            continue;
        char change[200];
        text t = {change, sizeof change, 0};
        add_entry(&t, b, (ptrdiff_t)k);
        text_add(&t, " was ");
        add_value(&t, b, b->before, k);
        text_add(&t, ", is ");
        add_value(&t, b, b->entries, k);
        this_test->changed = true;
        fail_call(b, (ptrdiff_t)k, NULL, " changed its input %s: %s", b->name,
                  change);
    }
}

void check_buffers(void)
{
    for (size_t i = 0; i < buffer_count; i++)
        check_guards(&buffers[i]);
    for (size_t i = 0; i < buffer_count; i++)
        if (buffers[i].role == INPUT)
            check_input(&buffers[i]);
}

/* ------------------------------------------------------------------ buffers */

static void *new_buffer(const char *name, role role, bool matrix, bool index,
                        size_t rows, size_t cols, const void *values)
{
    if (buffer_count == BUFFERS)
        misuse("more than %d buffers in one call", BUFFERS);
    buffer *b = &buffers[buffer_count];
    *b = (buffer){.role = role,
                  .matrix = matrix,
                  .index = index,
                  .rows = rows,
                  .cols = cols};
    snprintf(b->name, sizeof b->name, "%s", name);
    size_t size = entries_size(b);
    b->block = own_malloc(size + 2 * GUARD);
    b->before = own_malloc(size);
    b->entries = b->block + GUARD;
    fill_words(b->block, GUARD_WORD, GUARD_WORDS);
    fill_words(b->block + GUARD + size, GUARD_WORD, GUARD_WORDS);
    if (values && size)
        memcpy(b->entries, values, size);
    else if (!values)
        fill_words(b->entries, index ? UNWRITTEN_INDEX : UNWRITTEN,
                   rows * cols);
    if (size)
        memcpy(b->before, b->entries, size);
    buffer_count++;
    arm(b);
    show_buffer(b);
    return b->entries;
}

/* Values may be NULL when there are none. */
static const void *some(const void *values)
{
    static const double none = 0;
    return values ? values : &none;
}

void *in_vec(const char *name, size_t n, const double values[])
{
    return new_buffer(name, INPUT, false, false, 1, n, some(values));
}

void *in_index(const char *name, size_t n, const size_t values[])
{
    return new_buffer(name, INPUT, false, true, 1, n, some(values));
}

void *in_mat(const char *name, size_t m, size_t n, const double values[])
{
    return new_buffer(name, INPUT, true, false, m, n, some(values));
}

void *out_vec(const char *name, size_t n)
{
    return new_buffer(name, OUTPUT, false, false, 1, n, NULL);
}

void *out_mat(const char *name, size_t m, size_t n)
{
    return new_buffer(name, OUTPUT, true, false, m, n, NULL);
}

void *out_index(const char *name, size_t n)
{
    return new_buffer(name, OUTPUT, false, true, 1, n, NULL);
}

void *inout_vec(const char *name, size_t n, const double values[])
{
    return new_buffer(name, IN_OUT, false, false, 1, n, some(values));
}

void *inout_mat(const char *name, size_t m, size_t n, const double values[])
{
    return new_buffer(name, IN_OUT, true, false, m, n, some(values));
}

void *inout_index(const char *name, size_t n, const size_t values[])
{
    return new_buffer(name, IN_OUT, false, true, 1, n, some(values));
}

bool write_guards(const void *entries, size_t size, const void *before,
                  const void *after)
{
    const buffer *b = find_buffer(entries);
    if (!b || entries_size(b) != size)
        return false;
    disarm(b);
    memcpy(b->block, before, GUARD);
    memcpy(b->block + GUARD + size, after, GUARD);
    arm(b);
    return true;
}

const buffer *find_buffer(const void *entries)
{
    for (size_t i = 0; i < buffer_count; i++)
        if (buffers[i].entries == entries)
            return &buffers[i];
    return NULL;
}

const buffer *buffer_number(size_t i)
{
    return i < buffer_count ? &buffers[i] : NULL;
}

void free_buffers(void)
{
    for (size_t i = 0; i < buffer_count; i++) {
        disarm(&buffers[i]);
        free(buffers[i].block);
        free(buffers[i].before);
        buffers[i] = (buffer){0};
    }
    buffer_count = 0;
}

/* ------------------------------------------------------------------ AddressSanitizer, in the call's own words */

#ifdef ADDRESS_SANITIZER

void __asan_on_error(void);
void __ubsan_on_report(void);
const char *__asan_default_options(void);
const char *__ubsan_default_options(void);

/* To write a report takes half a second, mostly to find line numbers: the first of a run is enough. */
static void once(void)
{
    rescue_output();
    if (!first_report())
        _exit(SANITIZER_EXIT);
}

/* Called before a report is written. */
void __asan_on_error(void)
{
    const unsigned char *at = __asan_get_report_address();
    text t = {this_test->touched, sizeof this_test->touched, 0};
    for (size_t i = 0; at && i < buffer_count; i++) {
        const buffer *b = &buffers[i];
        const unsigned char *from = b->block,
                            *to = from + entries_size(b) + 2 * GUARD;
        if (at < from || at >= to)
            continue;
        ptrdiff_t bytes = at - (const unsigned char *)b->entries;
        text_add(&t, " %s ",
                 __asan_get_report_access_type() ? "wrote" : "read");
        add_outside(&t, b, bytes < 0 ? -((7 - bytes) / 8) : bytes / 8);
    }
    once();
}

void __ubsan_on_report(void)
{
    once();
}

/* A status that nobody hands to exit() by accident; leaks are looked for at the end of each test. */
const char *__asan_default_options(void)
{
    return "exitcode=99:leak_check_at_exit=0:allocator_may_return_null=1";
}

const char *__ubsan_default_options(void)
{
    return "exitcode=99:print_stacktrace=1";
}

#endif
