/* roll.h: who sent what, from the shapes that Canvas, Moodle, Gradescope, GitHub Classroom, e-mail and a plain folder produce.

   plain        jane/ or jane.zip for each student
   Canvas       doejane_LATE_123_456_vec_dot.c: 123 is the student
   Moodle       Jane Doe_123_assignsubmission_file_/
   Gradescope   submission_123/ beside submission_metadata.yml
   Classroom    assignment-jane/ with a .git in it, for each student
   e-mail       any.eml: the sender is the student, every message an attempt

   A file sent.csv beside them (header: entry,student,submitted and perhaps name, email) names students and times for entries of
   any shape; two entries of one student are two attempts. */
#ifndef ROLL_H
#define ROLL_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    char *student;    /* as the system knows them: bytes */
    char *name;       /* fit to be shown */
    char *email;      /* or NULL */
    char *lms_id;     /* Canvas's or Moodle's number, or NULL */
    gint64 submitted; /* seconds since 1970; G_MININT64: nobody says */
    bool said_late;   /* the system marked it LATE */
    GPtrArray *paths; /* char *: what belongs to it */
    GPtrArray *shown; /* char *: the same, as the names in the folder */
} sent;

typedef struct {
    const char *shape; /* "Canvas" … */
    GPtrArray *all;    /* sent *, by student, then time, then entry */
} roll;

/* NULL after an explanation: no such folder, one student's own tree, a student twice without a time. */
roll *roll_call(const char *folder, GError **error);
void roll_free(roll *r);

/* Unpacks the archive that a whole class came in into a folder; regular files only, never outside of it. */
bool roll_unpack(const char *archive, const char *folder, GError **error);

#endif
