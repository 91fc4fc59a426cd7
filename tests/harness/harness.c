/* harness.c: the running call: its text, its guarded arguments, and how they are shown. */
#include "harness.h"
#include "buffer.h"

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

/* The suites see macros of these names, which note the line first. */
#undef call

enum {
    BUFFERS = 32,
    ITEMS = 64,
    GUARD_WORDS = 64, /* wide enough to tell a stride too many from a stray pointer */
    GUARD = GUARD_WORDS * 8,
    SHOWN_NUMBERS = 8,
    SHOWN_ROWS = 6,
};
#define GUARD_WORD UINT64_C(0x7ff0de5ce4700002)

/* A line below the call: a buffer, or a text of its own. */
typedef struct {
    const buffer *buffer;
    bool reason;
    char text[256];
} item;

static buffer buffers[BUFFERS];
static size_t buffer_count;
static item items[ITEMS];
static size_t item_count;
static bool failing; /* malloc */
static size_t allocated; /* bytes, before the function was called */
static bool leak_suspected;

static slot nowhere; /* for calls outside of a test */
slot *this_test = &nowhere;

/* ------------------------------------------------------------------ text */

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

const char *call_text(void)
{
    return this_test->call;
}

const char *function_text(void)
{
    static char name[sizeof this_test->call];
    size_t n = strcspn(this_test->call, "(");
    memcpy(name, this_test->call, n);
    name[n] = '\0';
    return name;
}

/* ------------------------------------------------------------------ how arguments are shown */

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

static void add_value(text *t, const buffer *b, const void *entries, size_t k)
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

static void add_row(text *t, const buffer *b, const void *entries, size_t row, size_t limit, size_t focus)
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
static void add_values(text *t, const char *before, const buffer *b, const char *after, const void *entries, size_t focus)
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
static void add_buffer(text *t, const buffer *b, bool after, const buffer *wrong, size_t focus, const void *want)
{
    size_t place = wrong && wrong->rows == b->rows && wrong->cols == b->cols ? focus : 0;
    if (b->role == INPUT)
        add_values(t, "", b, "", b->before, place);
    if (b->role == IN_OUT)
        add_values(t, "", b, " before", b->before, place);
    if (b->role != INPUT && after && (b == wrong || !untouched(b)))
        add_values(t, "", b, b->role == IN_OUT ? " after" : "", b->entries, place);
    if (want && b == wrong)
        add_values(t, "expected ", b, "", want, place);
}

static void add_items(text *t, bool after, const buffer *wrong, size_t focus, const void *want)
{
    for (size_t i = 0; i < item_count; i++)
        if (items[i].buffer)
            add_buffer(t, items[i].buffer, after, wrong, focus, want);
        else if (!items[i].reason)
            text_add(t, "    %s\n", items[i].text);
    for (size_t i = 0; i < item_count; i++)
        if (items[i].reason)
            text_add(t, "  %s\n", items[i].text);
}

/* Leaves the arguments where they outlive a crash. */
static void publish(void)
{
    text t = {this_test->shown, sizeof this_test->shown, 0};
    t.at[0] = '\0';
    add_items(&t, false, NULL, 0, NULL);
}

static item *new_item(void)
{
    if (item_count == ITEMS)
        misuse("more than %d arguments in one call", ITEMS);
    items[item_count] = (item){0};
    return &items[item_count++];
}

/* ------------------------------------------------------------------ failing */

void fail_call(const buffer *wrong, ptrdiff_t at, const void *want, const char *format, ...)
{
    failing = false;
    static char message[sizeof this_test->message];
    text t = {message, sizeof message, 0};
    text_add(&t, "%s", call_text());
    va_list args;
    va_start(args, format);
    text_vadd(&t, format, args);
    va_end(args);
    text_add(&t, "\n");
    add_items(&t, true, wrong, at > 0 ? (size_t)at : 0, want);
    end_with("fail", message);
}

void misuse(const char *format, ...)
{
    failing = false;
    char message[512];
    text t = {message, sizeof message, 0};
    text_add(&t, "The suite is at fault, not the program: ");
    va_list args;
    va_start(args, format);
    text_vadd(&t, format, args);
    va_end(args);
    end_with("fail", message);
}

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

void add_entry(text *t, const buffer *b, ptrdiff_t k)
{
    if (b->matrix && b->cols && k >= 0)
        text_add(t, "%s[%td][%td]", b->name, k / (ptrdiff_t)b->cols, k % (ptrdiff_t)b->cols);
    else
        text_add(t, "%s[%td]%s", b->name, k, b->matrix ? " (counting in one row)" : "");
}

/* "y[3], past the end of its 3 numbers" */
static void add_outside(text *t, const buffer *b, ptrdiff_t k)
{
    const char *kind = b->index ? "index" : "number";
    size_t n = b->rows * b->cols;
    if (b->matrix && k < 0)
        text_add(t, "before the beginning of %s", b->name);
    else
        add_entry(t, b, k);
    if (b->matrix)
        text_add(t, "%s%zu × %zu numbers", k < 0 ? ", which has " : ", past the end of its ", b->rows, b->cols);
    else if (k < 0)
        text_add(t, ", before the beginning of %s", b->name);
    else if (!n)
        text_add(t, ", but %s is empty", b->name);
    else if (b->index)
        text_add(t, ", past the end of its %zu %s", n, n == 1 ? kind : "indices");
    else
        text_add(t, ", past the end of its %zu %s%s", n, kind, n == 1 ? "" : "s");
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
        fail_call(b, (ptrdiff_t)k, NULL, " changed its input %s: %s", b->name, change);
    }
}

void check_traps(void)
{
    failing = false;
    for (size_t i = 0; i < buffer_count; i++)
        check_guards(&buffers[i]);
    for (size_t i = 0; i < buffer_count; i++)
        if (buffers[i].role == INPUT)
            check_input(&buffers[i]);
    leak_suspected |= allocated_now() > allocated;
}

/* ------------------------------------------------------------------ buffers */

static void *own_malloc(size_t size)
{
    bool was = failing;
    failing = false;
    void *p = malloc(size ? size : 1);
    failing = was;
    if (!p)
        misuse("no memory for an argument of %zu bytes", size);
    return p;
}

/* values NULL: an output. */
static void *new_buffer(const char *name, role role, bool matrix, bool index, size_t rows, size_t cols, const void *values)
{
    if (buffer_count == BUFFERS)
        misuse("more than %d buffers in one call", BUFFERS);
    buffer *b = &buffers[buffer_count];
    *b = (buffer){.role = role, .matrix = matrix, .index = index, .rows = rows, .cols = cols};
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
        fill_words(b->entries, index ? UNWRITTEN_INDEX : UNWRITTEN, rows * cols);
    if (size)
        memcpy(b->before, b->entries, size);
    buffer_count++;
    arm(b);
    new_item()->buffer = b;
    publish();
    allocated = allocated_now();
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

static void free_buffers(void)
{
    for (size_t i = 0; i < buffer_count; i++) {
        disarm(&buffers[i]);
        free(buffers[i].block);
        free(buffers[i].before);
        buffers[i] = (buffer){0};
    }
    buffer_count = item_count = 0;
}

/* ------------------------------------------------------------------ calls */

void at_line(int line)
{
    this_test->line = line;
}

void finish_call(void)
{
    bool suspected = leak_suspected;
    check_traps();
    free_buffers();
    if (suspected)
        search_leaks();
    leak_suspected = false;
    allocated = allocated_now();
}

void call(const char *format, ...)
{
    finish_call();
    text t = {this_test->call, sizeof this_test->call, 0};
    va_list args;
    va_start(args, format);
    text_vadd(&t, format, args);
    va_end(args);
    this_test->shown[0] = '\0';
}

void show_num(const char *name, double value)
{
    item *it = new_item();
    text t = {it->text, sizeof it->text, 0};
    text_add(&t, "%s = ", name);
    add_number(&t, value);
    publish();
}

void show_size(const char *name, size_t value)
{
    item *it = new_item();
    text t = {it->text, sizeof it->text, 0};
    text_add(&t, "%s = ", name);
    add_size(&t, value);
    publish();
}

void because(const char *format, ...)
{
    item *it = new_item();
    it->reason = true;
    text t = {it->text, sizeof it->text, 0};
    va_list args;
    va_start(args, format);
    text_vadd(&t, format, args);
    va_end(args);
    publish();
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
        const unsigned char *from = b->block, *to = from + entries_size(b) + 2 * GUARD;
        if (at < from || at >= to)
            continue;
        ptrdiff_t bytes = at - (const unsigned char *)b->entries;
        text_add(&t, " %s ", __asan_get_report_access_type() ? "wrote" : "read");
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

/* ------------------------------------------------------------------ malloc that fails

   The linker sends the program's calls here: -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc. */

[[gnu::weak]] void *__real_malloc(size_t size);
[[gnu::weak]] void *__real_calloc(size_t n, size_t size);
[[gnu::weak]] void *__real_realloc(void *p, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);

void *__wrap_malloc(size_t size)
{
    return failing ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return failing ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t size)
{
    return failing ? NULL : __real_realloc(p, size);
}

void malloc_fails(bool fails)
{
    if (!__real_malloc)
        misuse("linked without -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc");
    failing = fails;
}
