/* diagnose.h: what gcc said about a learner's file, its first errors, each with a sentence of explanation where there is one. */
#ifndef DIAGNOSE_H
#define DIAGNOSE_H

#include "manifest.h"

/* The first errors, in gcc's own words and then in plain ones. */
char *diagnose_errors(const char *log, const exercise *e);
/* The warnings about the file, at most `most` of them; "" when there are none. */
char *diagnose_warnings(const char *log, const exercise *e, int most);
/* Why it does not link: names that nobody defines, or two define. */
char *diagnose_link(const char *log, const exercise *e);

#endif
