/* library.h: the libraries that everything is linked with: build/IMPL/libdescent.a, one object per function. */
#ifndef LIBRARY_H
#define LIBRARY_H

#include "build.h"
#include "manifest.h"

/* REFERENCE is the answer key's; MINE has the learner's function wherever that is started and compiles. */
typedef enum { REFERENCE, MINE } impl;

/* "reference", "mine": as in folder names. */
const char *impl_name(impl whose);

/* "", "-san", "-fast": as in folder names. */
const char *flavour_suffix(flavour how);

/* Builds the library, and build/IMPL/libdescent.a (build/IMPL-san/ when sanitized, build/IMPL-fast/ when fast); the product's
   path is in the cache. */
product library_build(const manifest *m, impl whose, flavour how);

/* A learner's function is used by MINE: its file exists, differs from its stub, compiles and defines it. */
bool library_uses_mine(const exercise *e, flavour how);

#endif
