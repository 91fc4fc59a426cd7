/* gradebook.h: the gradebook in two forms: gradebook.sqlite for whoever wants to ask, gradebook.csv for whoever wants to look.

   Both are written anew from the records, in the order of the students, without a time in them: the same class gives the same
   bytes, however its grading was interrupted. */
#ifndef GRADEBOOK_H
#define GRADEBOOK_H

#include "class.h"

bool gradebook_sqlite(const class *c, const char *path, GError **error);
bool gradebook_csv(const class *c, const char *path);

#endif
