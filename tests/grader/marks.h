/* marks.h: from records to marks: a pure computation, the same in whatever order records came. */
#ifndef MARKS_H
#define MARKS_H

#include "course.h"
#include "recorded.h"

typedef struct {
    int number; /* 1, 2 … by time */
    gint64 submitted;
    bool said_late;
    char *folder;     /* HASH of the normalised submission */
    GPtrArray *notes; /* char *: of intake, about the whole submission */
    GHashTable *
        files; /* fn → GPtrArray of char *: what was changed in the file; the first is its name */
    GHashTable *hashes; /* fn → SHA-256 of the file */
    GPtrArray *
        records; /* record *, one a seed of the course; NULL where there is none yet */
} attempt;

typedef struct {
    char *id, *slug, *name, *email, *lms;
    bool enrolled;       /* on the roster, or there is none */
    GPtrArray *attempts; /* attempt * */
} student;

/* An exercise over all seeds: a test counts when it passed with each of them. */
typedef struct {
    const exercise *exercise;
    const judged *
        shown; /* the record to show: the first that did not pass; NULL: nothing judged */
    bool hidden; /* shown comes from a hidden seed */
    const char *seed;
    const char *verdict;
    int passed, tests;
    double points, earned;
    bool counts; /* false: the grader failed, which costs nothing */
} mark;

typedef struct {
    const assignment *assignment;
    const attempt *attempt; /* NULL: nothing was sent */
    GPtrArray *marks;       /* mark *, in the order of the assignment */
    double earned, points;  /* of what counts */
    gint64
        late; /* seconds after the deadline; 0: in time; -1: late by an unknown time */
    double factor;  /* what lateness leaves */
    double percent; /* NAN: nothing of it counts */
    bool dropped;
} marked;

typedef struct {
    const student *student;
    GPtrArray *assignments; /* marked *, in the order of the course */
    double percent;         /* of all, by weight; NAN: nothing counts */
} marks;

marks *marks_of(const course *c, const student *s);
void marks_free(marks *m);
/* The mark of an exercise in the attempt that counted for its assignment, or NULL. */
const mark *marks_exercise(const marks *m, const exercise *e);

#endif
