/* course.h: what the instructor decides, from course.ini. A file with all there is to say:

       [course]
       name = Descent, autumn 2025
       time-zone = Europe/Berlin
       attempt = last                  # or best
       roster = roster.csv             # student,name,email: who has sent nothing is listed too

       [seeds]
       visible = 1                     # what students check with
       hidden = 20251, 7               # every test must hold for these as well

       [late]
       policy = 10 % per day           # or 1 % per hour, reject, none
       grace = 15 minutes
       at-most = 5 days                # later is worth nothing

       [assignment vectors]
       title = Vectors
       chapters = 00, 01               # or exercises = vec_dot, vec_axpy
       deadline = 2025-10-17 23:59
       weight = 2
       canvas = Vectors (1234)         # its column in Canvas's gradebook
       moodle = vectors.csv            # the grading worksheet that Moodle handed out for it

       [drop]
       lowest = 1                      # assignments, the lowest first

       [extensions]
       jane@example.org = 3 days       # of all deadlines
       jim/vectors = 2025-10-20 12:00

       [export]
       canvas = canvas.csv             # Canvas's own export of the gradebook
       autolab = vectors, matrices     # the problems of the assessment

   Files are looked for beside course.ini. Without one, every chapter is an assignment, and nothing is late. */
#ifndef COURSE_H
#define COURSE_H

#include "../runner/manifest.h"

typedef struct {
    char *id, *title;
    char *canvas, *moodle; /* or NULL */
    gint64 deadline;       /* G_MAXINT64: none */
    double weight;
    GPtrArray *exercises; /* const exercise * */
    double points;
} assignment;

typedef struct {
    char *student, *assignment; /* the latter NULL: all */
    gint64 until, more; /* a time, or so many seconds more; the other is 0 */
} extension;

typedef struct {
    char *student, *name, *email;
} enrolled;

typedef struct {
    char *name, *folder;
    GTimeZone *zone;
    bool best;
    GPtrArray *seeds; /* char *: visible ones first */
    guint visible;
    bool reject;
    double late_share; /* of the mark, lost for each unit begun */
    gint64 late_unit, grace, at_most;
    int drop;
    GPtrArray *assignments; /* assignment * */
    GPtrArray *extensions;  /* extension * */
    GPtrArray *roster;      /* enrolled *, or NULL */
    char *canvas;           /* a path, or NULL */
    char **autolab;         /* or NULL */
} course;

/* path NULL: the course without a file. Explains what is wrong with file and line. `seed` is the visible seed where the file
   names none. */
course *course_read(const manifest *m, const char *path, const char *seed,
                    GError **error);
void course_free(course *c);

/* The assignment's deadline for that student; G_MAXINT64 when there is none. */
gint64 course_deadline(const course *c, const assignment *a,
                       const char *student);
/* What is left of a mark so many seconds after the deadline: from 1 to 0. */
double course_late(const course *c, gint64 seconds);

#endif
