/* complaint.h: what a chapter's author is told: which chapter, which line, what is wrong there. */
#ifndef COMPLAINT_H
#define COMPLAINT_H

#include "manifest.h"

/* The line of a chapter whose fence says file=PATH; 1 when there is none. */
int complaint_line(const char *source, const char *path);
/* "chapters/00-first.md:12: SUBJECT WHAT", and further lines of WHAT below. Free it. */
char *complaint(const char *source, int line, const char *subject,
                const char *what);
/* What gnuplot said of a figure's script, with the chapter's line in place of the script's. */
char *complaint_of_script(const figure *f, const char *said);

#endif
