/* items.h: what a class's marks say about its exercises, and about who worked with whom. */
#ifndef ITEMS_H
#define ITEMS_H

#include "class.h"

typedef struct {
    const exercise *exercise;
    guint sent, passed; /* students; sent: something was to be judged */
    double
        mean; /* of the share of points, over those who sent; NAN without any */
    double
        discrimination; /* correlation of that share with the marks of all other exercises; NAN when it cannot be told */
    GHashTable *verdicts; /* word → how many (guint) */
    GHashTable *mistakes; /* name → how many */
} item;

typedef struct {
    GPtrArray *items;               /* item *, in the order of the book */
    double mean, median, deviation; /* of the totals in percent */
    guint counted;
    guint tenths[10]; /* how many totals in 0–10 %, 10–20 % … */
} analysis;

analysis *items_analyse(const class *c);
void items_free(analysis *a);

/* Two students who handed in the same text, comments and spaces included, in several exercises, where it is neither the stub nor
   the answer key's and at most a handful share it. */
typedef struct {
    const student *one, *other;
    GPtrArray *exercises; /* const exercise * */
    double similarity;    /* from 0 to 1 by Dolos; NAN: not asked */
} pair;

/* pair *, those who share most first: two exercises at least. identical.c */
GPtrArray *items_identical(const class *c, const char *work);
/* The most similar pairs by Dolos (similar.c), where that is installed; NULL where it is not. */
GPtrArray *items_similar(const class *c, const char *work);

#endif
