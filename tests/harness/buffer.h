/* buffer.h: the arguments of the running call, as harness.c keeps them and expect.c reads them. */
#ifndef BUFFER_H
#define BUFFER_H

#include "slot.h"
#include "text.h"

typedef enum { INPUT, OUTPUT, IN_OUT } role;

typedef struct {
    char name[32];
    role role;
    bool matrix, index;   /* index: size_t, else double */
    size_t rows, cols;    /* a vector is one row */
    unsigned char *block; /* guard, the entries, guard */
    void *entries, *before;
} buffer;

enum {
    NOWHERE = -1,
    GUARD_WORDS =
        64, /* wide enough to tell a stride too many from a stray pointer */
    GUARD = GUARD_WORDS * 8,
};
#define GUARD_WORD UINT64_C(0x7ff0de5ce4700002)

/* ------------------------------------------------------------------ buffer.c */

/* The buffer that begins there, or NULL. */
const buffer *find_buffer(const void *entries);
/* The i-th of the call, or NULL. */
const buffer *buffer_number(size_t i);
/* Fails the test when a guard or an input has changed. */
void check_buffers(void);
void free_buffers(void);
/* Puts these GUARD bytes before and behind the buffer of that size that begins there: what was done to a copy of it elsewhere.
   False when there is no such buffer. */
bool write_guards(const void *entries, size_t size, const void *before,
                  const void *after);

/* ------------------------------------------------------------------ show.c */

/* Entry k of what holds numbers. */
double number_at(const void *entries, size_t k);
/* "y[3]" or "C[1][2]". */
void add_entry(text *t, const buffer *b, ptrdiff_t k);
/* Entry k of these entries, which are of the buffer's kind. */
void add_value(text *t, const buffer *b, const void *entries, size_t k);
/* "y[3], past the end of its 3 numbers" */
void add_outside(text *t, const buffer *b, ptrdiff_t k);
/* The buffer's lines, as far as they are known before the call, or after it. When the entry `focus` of `wrong` is what is
   wrong, long arguments show the place, and `want` (or NULL) is shown as what was expected of it. */
void add_buffer(text *t, const buffer *b, bool after, const buffer *wrong,
                size_t focus, const void *want);

/* ------------------------------------------------------------------ harness.c */

const char *call_text(void);
/* Shows the buffer with the call, from here on also after a crash. */
void show_buffer(const buffer *b);
/* How many allocations of the code under test still work, as malloc_fails_after says; SIZE_MAX: all. */
size_t mallocs_allowed(void);
/* Memory for the harness, also while malloc fails for others. */
void *own_malloc(size_t size);
/* Fails the test if a trap was sprung: a guard changed, an input changed. */
void check_traps(void);
/* Ends the test: "CALL MESSAGE", then the arguments as they are now, as in add_buffer. */
[[gnu::format(printf, 4, 5)]] [[gnu::noreturn]] void
fail_call(const buffer *wrong, ptrdiff_t at, const void *want,
          const char *format, ...);
/* The test itself is at fault. */
[[gnu::format(printf, 1, 2)]] [[gnu::noreturn]] void misuse(const char *format,
                                                            ...);

#endif
