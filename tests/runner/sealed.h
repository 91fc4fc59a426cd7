/* sealed.h: what a student's tree has in place of the answer key. `make release` puts it into tests/reference/:

       x86_64/plain/FN.o, x86_64/sanitized/FN.o    the solutions, compiled and stripped, one folder a kind of machine
       data/ID/                                    what a program wrote and printed when the release was made: for the
                                                   wrong figure of that id, which is drawn by a mistake of the key, and
                                                   for programs that measure, whose numbers are that machine's

   FAST objects are those of PLAIN: what is built for one processor may not run on another.

   Where there is a solution, nothing of this is looked at. */
#ifndef SEALED_H
#define SEALED_H

#include "build.h"
#include "manifest.h"

#define SEALED "tests/reference"

/* The folder's name of this machine, "x86_64", or of that flavour, "sanitized". */
const char *sealed_machine(void);
const char *sealed_flavour(flavour how);

/* The solution's object, or NULL when there is none for this machine. Free it. */
char *sealed_object(const exercise *e, flavour how);
/* The folder of a wrong figure's or a program's data, or NULL. Free it. */
char *sealed_data(const char *id);
/* There are objects, but only for other machines: what to do about it, in whole lines; else NULL. Free it. */
char *sealed_trouble(void);

/* The reference can compute this function: its solution is here, or its object. */
bool reference_has(const exercise *e);

#endif
