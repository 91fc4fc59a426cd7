/* buffer.h: the arguments of the running call, as harness.c keeps them and expect.c reads them. */
#ifndef BUFFER_H
#define BUFFER_H

#include "slot.h"

#include <stdint.h>

typedef enum { INPUT, OUTPUT, IN_OUT } role;

/* What an output holds before the call. As a number it is a signalling NaN, which arithmetic turns into a quiet one: so a
   number never written is told from one computed out of it. */
#define UNWRITTEN UINT64_C(0x7ff0de5ce4700001)
#define UNWRITTEN_INDEX (SIZE_MAX - 1)

typedef struct {
    char name[32];
    role role;
    bool matrix, index; /* index: size_t, else double */
    size_t rows, cols;  /* a vector is one row */
    unsigned char *block; /* guard, the entries, guard */
    void *entries, *before;
} buffer;

enum { NOWHERE = -1 };

/* The call's text, and its function's name. */
const char *call_text(void);
const char *function_text(void);

/* The buffer that begins there, or NULL. */
const buffer *find_buffer(const void *entries);
/* The i-th of the call, or NULL. */
const buffer *buffer_number(size_t i);
/* "y[3]" or "C[1][2]". */
void add_entry(text *t, const buffer *b, ptrdiff_t k);
void add_number(text *t, double x);
void add_size(text *t, size_t n);
bool never_written(double x);
/* It is a NaN that arithmetic made of one that was never written. */
bool made_of_unwritten(double x);
/* Entry k of a buffer that holds no indices. */
double number_at(const void *entries, size_t k);

/* Fails the test if a trap was sprung: a guard changed, an input changed. */
void check_traps(void);
/* Ends the test: "CALL MESSAGE", then the arguments as they are now. When the entry `at` of `wrong` is what is wrong, long
   arguments show the place, and `want` (or NULL) is shown as what was expected of it. */
[[gnu::format(printf, 4, 5)]] [[gnu::noreturn]] void fail_call(const buffer *wrong, ptrdiff_t at, const void *want,
                                                         const char *format, ...);
/* The test itself is at fault. */
[[gnu::format(printf, 1, 2)]] [[gnu::noreturn]] void misuse(const char *format, ...);

#endif
