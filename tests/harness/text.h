/* text.h: building messages. */
#ifndef TEXT_H
#define TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A growing text in a fixed space; what is too much is left out. */
typedef struct {
    char *at;
    size_t size, used;
} text;

[[gnu::format(printf, 2, 3)]] void text_add(text *t, const char *format, ...);
void text_vadd(text *t, const char *format, va_list args);
/* With the fewest digits that read back. */
void add_number(text *t, double x);
void add_size(text *t, size_t n);

/* What an output holds before the call. As a number it is a signalling NaN, which arithmetic turns into a quiet one: so a
   number never written is told from one computed out of it. */
#define UNWRITTEN UINT64_C(0x7ff0de5ce4700001)
#define UNWRITTEN_INDEX (SIZE_MAX - 1)

bool never_written(double x);
/* It is a NaN that arithmetic made of one that was never written. */
bool made_of_unwritten(double x);

#endif
