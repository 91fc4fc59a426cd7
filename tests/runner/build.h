/* build.h: compiles, archives and links, each thing once.

   A product is named by a SHA-256 of everything that decides it (command line, source, headers, compiler) and kept in
   build/cache/; asking again costs a few reads and starts nothing, also when the answer is a list of errors. All functions
   may be called from several threads at once; paths are relative to the project's root. */
#ifndef BUILD_H
#define BUILD_H

#include <glib.h>
#include <stdbool.h>

#define CACHE "build/cache"

/* PLAIN is how programs and figures are built; SANITIZED, with address and undefined-behaviour sanitizers, is how learners'
   code is judged; FAST, for this machine's processor and with products and sums fused, is for programs that measure time. */
typedef enum { PLAIN, SANITIZED, FAST } flavour;

typedef struct {
    bool ok;
    char *
        path; /* of the product: build/cache/KEY.o, .a, or the program; NULL when not ok */
    char *log; /* what the compiler or linker said; "" when it was silent */
} product;

void product_clear(product *p);

/* The flags of every compilation of that flavour; NULL at the end. Free the list only. */
const char **compile_flags(flavour how);
/* The compiler's identity, and that of the flags: what a kept result depends on besides its sources. */
char *compile_identity(void);
/* The flag that chooses the fastest linker that is installed, or "". */
const char *build_linker(void);
/* Compiles one source. */
product build_object(const char *source, flavour how);
/* The same for many at once, on all cores; products[i] is that of sources[i]. */
void build_objects(size_t n, const char *const sources[n], flavour how,
                   product products[n]);
/* Puts objects into an archive. Objects and inputs are lists with NULL at the end. */
product build_archive(const char *const objects[]);
/* Links objects, archives and flags ("-lm"), in this order, into a program. Flags begin with '-'. */
product build_program(const char *const inputs[], flavour how);
/* Whether the compiler finds the library: "openblas". */
bool have_library(const char *name);

/* Makes `to` a copy of `from`, and its folders; touches nothing when they are equal already. */
bool place(const char *from, const char *to);
/* Writes text to a file, whole or not at all, and its folders; touches nothing when it holds that already. */
bool write_file(const char *path, const char *text, size_t size);

/* The SHA-256 of several texts, each with its length, as hexadecimal digits; NULL at the end. Free it. */
[[gnu::sentinel]] char *key_of(const char *first, ...);

#endif
