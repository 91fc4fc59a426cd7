/* library_verb.c: descent library reference | mine, either with -san or -fast behind it. */
#include "library.h"
#include "verbs.h"

#include <stdio.h>
#include <string.h>

static int make_library(const manifest *m, const char *name)
{
    bool mine = g_str_has_prefix(name, "mine");
    const char *rest = name + strlen(mine ? "mine" : "reference");
    bool known = mine || g_str_has_prefix(name, "reference");
    flavour how = PLAIN;
    while (known && how <= FAST && strcmp(rest, flavour_suffix(how)) != 0)
        how++;
    if (!known || how > FAST) {
        fprintf(stderr,
                "There is no library %s; there are reference and mine, and "
                "both with -san or -fast.\n",
                name);
        return 2;
    }
    product p = library_build(m, mine ? MINE : REFERENCE, how);
    fputs(p.log, stderr);
    int status = p.ok ? 0 : 1;
    product_clear(&p);
    return status;
}

int verb_library(const asked *a)
{
    int status = 0;
    if (!a->words[0])
        return make_library(a->book, a->impl ? a->impl : "reference");
    for (size_t i = 0; a->words[i] && !status; i++)
        status = make_library(a->book, a->words[i]);
    return status;
}
