/* harness.c: the running call: its text, what is shown with it, and how it fails. */
#include "harness.h"
#include "buffer.h"

#include <stdio.h>

/* The suites see a macro of this name, which notes the line first. */
#undef call

enum { ITEMS = 64 };

/* A line below the call: a buffer, or a text of its own. */
typedef struct {
    const buffer *buffer;
    bool reason;
    char text[256];
} item;

static item items[ITEMS];
static size_t item_count;
static size_t allowed =
    SIZE_MAX;            /* allocations that still work; SIZE_MAX: all */
static size_t allocated; /* bytes, before the function was called */
static bool leak_suspected;

static slot nowhere; /* for calls outside of a test */
slot *this_test = &nowhere;

const char *call_text(void)
{
    return this_test->call;
}

/* ------------------------------------------------------------------ what is shown */

static void add_items(text *t, bool after, const buffer *wrong, size_t focus,
                      const void *want)
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

void show_buffer(const buffer *b)
{
    new_item()->buffer = b;
    publish();
    allocated = allocated_now();
}

/* ------------------------------------------------------------------ failing */

void fail_call(const buffer *wrong, ptrdiff_t at, const void *want,
               const char *format, ...)
{
    allowed = SIZE_MAX;
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
    allowed = SIZE_MAX;
    char message[512];
    text t = {message, sizeof message, 0};
    text_add(&t, "The suite is at fault, not the program: ");
    va_list args;
    va_start(args, format);
    text_vadd(&t, format, args);
    va_end(args);
    end_with("fail", message);
}

void check_traps(void)
{
    allowed = SIZE_MAX;
    check_buffers();
    leak_suspected |= allocated_now() > allocated;
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
    item_count = 0;
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

/* ------------------------------------------------------------------ malloc that fails

   The linker sends the program's calls here: -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc. */

[[gnu::weak]] void *__real_malloc(size_t size);
[[gnu::weak]] void *__real_calloc(size_t n, size_t size);
[[gnu::weak]] void *__real_realloc(void *p, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);

/* Counts an allocation; true when it must fail. */
static bool refused(void)
{
    if (allowed == 0 || allowed == SIZE_MAX)
        return allowed == 0;
    allowed--;
    return false;
}

void *__wrap_malloc(size_t size)
{
    return refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return refused() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t size)
{
    return refused() ? NULL : __real_realloc(p, size);
}

size_t mallocs_allowed(void)
{
    return allowed;
}

void *own_malloc(size_t size)
{
    size_t was = allowed;
    allowed = SIZE_MAX;
    void *p = malloc(size ? size : 1);
    allowed = was;
    if (!p)
        misuse("no memory for an argument of %zu bytes", size);
    return p;
}

/* values NULL: an output. */

void malloc_fails_after(size_t works)
{
    if (!__real_malloc)
        misuse("linked without -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc");
    allowed = works;
}

void malloc_fails(bool fails)
{
    malloc_fails_after(fails ? 0 : SIZE_MAX);
}
