/* tools.h: the compiler, the assembler and the linker, behind bubblewrap. */
#ifndef TOOLS_H
#define TOOLS_H

#include "../runner/run.h"
#include "cage.h"

/* What the tools find where: in the sandbox short names of ours, without one the folders themselves. */
typedef struct {
    char *in, *out, *headers, *kit;
} places;

places places_of(const cage *c, const char *folder);
void places_clear(places *p);

/* A script's first line: limits of processor time (seconds), memory and size of files, for each program that it starts. */
GString *script_begin(int cpu);
/* Runs it. For the compiler the folder's in/, the headers and out/ are there; for the linker out/ and the kit. */
run_result run_tools(const cage *c, const char *folder, const char *script,
                     bool linking, double seconds);

#endif
