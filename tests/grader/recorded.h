/* recorded.h: what judging one submission with one seed found, as the judge writes it (judge.h), read back.

   Strings belong to the record; what the file leaves out is NULL or empty, and never trusted to be there. */
#ifndef RECORDED_H
#define RECORDED_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    const char *test, *verdict, *message;
} result;

typedef struct {
    const char *fn, *verdict;
    int passed, tests;
    double points, earned;
    GPtrArray *results; /* result * */
    const char *mistake, *compiler, *output, *note;
    GPtrArray *flags; /* const char * */
} judged;

typedef struct record record;
struct record {
    const char *key, *compiler, *profile, *canaries;
    char *seed;
    GPtrArray *present, *missing; /* const char *: protections */
    GPtrArray *exercises;         /* judged *, in the order of the book */
    char *text;
    struct _JsonParser *parser;
};

/* NULL with an explanation when the text is no such record. */
record *record_read(const char *text, GError **error);
void record_free(record *r);
/* The text that it was read from. */
const char *record_json(const record *r);
const judged *record_of(const record *r, const char *fn);
/* The grader itself failed on one of the exercises: to be judged again. */
bool record_unsure(const record *r);

/* Is it that verdict? */
bool verdict_is(const char *verdict, const char *name);

#endif
