/* main.c: build/bin/descent VERB [KEY=VALUE …]: runs in the project's root, as the Makefile calls it. */
#include "verbs.h"

/* A student's tree has neither of these. */
#if __has_include("../release/release.h")
#include "../release/release.h"
#define RELEASES 1
#endif

#include <locale.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*verb)(const asked *a);
    const char *words;
} verbs[] = {
    {"check", verb_check,
     "judge exercises [CH=01] [EX=vec_dot] [MINE=1] [SEED=7]"},
    {"next", verb_next, "the next exercise that has not passed"},
    {"hint", verb_hint, "one more hint, EX=vec_dot"},
    {"progress", verb_progress, "what has passed, chapter by chapter"},
    {"library", verb_library,
     "build libraries: reference, mine, reference-san"},
    {"prove", verb_prove,
     "prove the suites with the answer key [CH=] [EX=] [SHOW=1] [SEEDS=100]"},
    {"draw", verb_draw, "run programs and draw figures"},
#ifdef RELEASES
    {"release", verb_release, "the students' tree: FOLDER [html pdf epub]"},
    {"scan", verb_scan, "look for the answer key in files and folders"},
#endif
#if __has_include("../grader/judge.h")
    {"judge", verb_judge,
     "judge a submission: DIR OUT.json [SEED=7] [PROFILE=] [UNPROTECTED=yes]"},
#endif
};

static int help(const char *typed)
{
    if (typed)
        fprintf(stderr, "There is no verb %s.\n", typed);
    fprintf(stderr, "descent VERB [KEY=VALUE ...], in the project's root:\n");
    fprintf(stderr, "  %-10s%s\n", "menu",
            "the Makefile's verbs, and where you are");
    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
        fprintf(stderr, "  %-10s%s\n", verbs[i].name, verbs[i].words);
    return 2;
}

static int with_book(int (*verb)(const asked *a), int argc, char **argv)
{
    GError *error = NULL;
    manifest *m = manifest_load(&error);
    if (!m) {
        fprintf(stderr,
                "The book is not tangled yet (%s).\n"
                "`make tangle` does that; `make deps book` on a fresh "
                "clone.\n",
                error->message);
        g_error_free(error);
        return 2;
    }
    asked a;
    int status = asked_read(&a, m, argc, argv) ? verb(&a) : 2;
    g_free(a.words);
    manifest_free(m);
    return status;
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    if (argc < 2)
        return help(NULL);
    if (!strcmp(argv[1], "menu")) {
        manifest *m = manifest_load(NULL);
        int status = verb_menu(m);
        manifest_free(m);
        return status;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (!strcmp(argv[1], verbs[i].name))
            return with_book(verbs[i].verb, argc - 2, argv + 2);
    return help(argv[1]);
}
