/* class.h: the whole class: who, what they sent, what was found, what it is worth. */
#ifndef CLASS_H
#define CLASS_H

#include "jobs.h"
#include "marks.h"

typedef struct {
    const manifest *book;
    const course *course;
    char *shape;         /* how the submissions came: "Canvas" … */
    GPtrArray *students; /* student *, by id; those of the roster too */
    GPtrArray *marks;    /* marks *, one a student, in the same order */
    GPtrArray *present,
        *missing;         /* char *: protections, of all records together */
    GPtrArray *compilers; /* char *: more than one is to be known */
    guint waiting;        /* submissions that have no certain record yet */
} class;

/* Reads WORK/roll.json and the intakes it names; the students have attempts, and no records yet. */
class *class_read(const manifest *m, const course *c, const char *work,
                  GError **error);
void class_free(class *c);

/* Asks for the jobs of all attempts. */
void class_want(class *c, jobs *j);
/* Fetches the records, and computes the marks. */
void class_judge(class *c, const jobs *j);

#endif
