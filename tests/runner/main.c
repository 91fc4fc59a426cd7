/* main.c: build/bin/descent VERB [KEY=VALUE …]: runs in the project's root, as the Makefile calls it. */
#include "verbs.h"

/* A student's tree has neither of these. */
#if __has_include("../grader/teach.h")
#include "../grader/teach.h"
#include "../release/release.h"
#define TEACHING 1
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
    {"again", verb_again, "write anew what passed long ago [EX=] [CH=]"},
    {"progress", verb_progress, "what has passed, chapter by chapter"},
    {"library", verb_library,
     "build libraries: reference, mine, reference-san"},
    {"prove", verb_prove,
     "prove the suites with the answer key [CH=] [EX=] [SHOW=1] [SEEDS=100]"},
    {"draw", verb_draw, "run programs and draw figures"},
#ifdef TEACHING
    {"release", verb_release, "the students' tree: FOLDER [html pdf epub]"},
    {"scan", verb_scan, "look for the answer key in files and folders"},
    {"judge", verb_judge,
     "judge a submission: DIR OUT.json [SEED=7] [PROFILE=] [UNPROTECTED=yes]"},
#endif
};

#ifdef TEACHING
/* The grader's, with options of their own. */
static const struct {
    const char *name;
    int (*verb)(const manifest *m, const options *o);
    const char *words;
} teaching[] = {
    {"intake", verb_intake,
     "normalise submissions: SUBMISSIONS=path INTO=folder"},
    {"autograder", verb_autograder,
     "pack an autograder for Gradescope: OUT=zip"},
    {"results", verb_results,
     "judge in Gradescope's container: SUBMISSION=folder OUT=results.json"},
    {"sample-class", verb_sample_class,
     "write a class to try it with: OUT=folder STUDENTS=30 CHAPTERS=3"},
    {"grade", verb_grade,
     "grade a class: SUBMISSIONS=path OUT=folder JOBS=n HOSTS=a,b"},
};
#endif

static int help(const char *typed)
{
    if (typed)
        fprintf(stderr, "There is no verb %s.\n", typed);
    fprintf(stderr, "descent VERB [KEY=VALUE ...], in the project's root:\n");
    fprintf(stderr, "  %-14s%s\n", "menu",
            "the Makefile's verbs, and where you are");
    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
        fprintf(stderr, "  %-14s%s\n", verbs[i].name, verbs[i].words);
#ifdef TEACHING
    for (size_t i = 0; i < G_N_ELEMENTS(teaching); i++)
        fprintf(stderr, "  %-14s%s\n", teaching[i].name, teaching[i].words);
#endif
    return 2;
}

static manifest *book(void)
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
    }
    return m;
}

static int with_book(int (*verb)(const asked *a), int argc, char **argv)
{
    manifest *m = book();
    if (!m)
        return 2;
    asked a;
    int status = asked_read(&a, m, argc, argv) ? verb(&a) : 2;
    g_free(a.words);
    manifest_free(m);
    return status;
}

#ifdef TEACHING
static int teach(int (*verb)(const manifest *m, const options *o), int argc,
                 char **argv)
{
    manifest *m = book();
    int status = m ? verb(m, &(options){argc, argv}) : 2;
    manifest_free(m);
    return status;
}
#endif

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
#ifdef TEACHING
    for (size_t i = 0; i < G_N_ELEMENTS(teaching); i++)
        if (!strcmp(argv[1], teaching[i].name))
            return teach(teaching[i].verb, argc - 2, argv + 2);
#endif
    return help(argv[1]);
}
