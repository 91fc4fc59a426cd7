/* release.h: the verbs of a release. */
#ifndef RELEASE_H
#define RELEASE_H

#include "asked.h"

/* descent release FOLDER [html pdf epub]: the students' tree and tarball. */
int verb_release(const asked *a);
/* descent scan PATH…: is anything of the answer key in there? */
int verb_scan(const asked *a);

#endif
