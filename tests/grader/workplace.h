/* workplace.h: the folder in which a judge works: held by a lock for as long as the judge lives, and no longer.

   Other judges may work beside it: on this machine, in another container of it, or on another machine that shares the tree, so
   that a process number tells nothing. Who opens a workplace sweeps those whose lock nobody holds: their judges were killed.
   All that a judge starts has DESCENT_WORK=NAME in its environment, so that what a dead one left running is known, too. */
#ifndef WORKPLACE_H
#define WORKPLACE_H

#include <stdbool.h>

typedef struct {
    char *folder; /* build/grade/work/NAME */
    char *
        lock; /* build/grade/work/NAME.lock: a file with one line, who works there */
    int fd;
} workplace;

/* For a submission; false with *trouble. Sets DESCENT_WORK. */
bool workplace_open(workplace *w, const char *submission, char **trouble);
/* Removes it; does nothing to one that was never opened. */
void workplace_close(workplace *w);

#endif
