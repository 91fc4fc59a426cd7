/* manifest.h: what the runner knows of the book, from build/manifest.json.

   Everything here belongs to the manifest and lives as long as it does; strings that the file leaves out are NULL. */
#ifndef MANIFEST_H
#define MANIFEST_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    const char *name, *title, *text, *file;
} mistake;

typedef struct {
    const char *name, *file;
} alternative;

typedef struct {
    int recall, read, exercises, pen, figures, project;
} minutes;

typedef struct chapter chapter;

typedef struct {
    const char *fn, *number, *title, *file, *stub, *header, *prototype;
    const char *contract, *anchor, *equation_id, *equation_number;
    const char *solution; /* NULL in a student's tree */
    struct _JsonObject *signature; /* of json-glib; book/FORMAT.md */
    const chapter *chapter;
    bool pen;
    int stars, minutes;
    double points;
    GPtrArray *uses;         /* const char * */
    GPtrArray *hints;        /* const char * */
    GPtrArray *alternatives; /* alternative * */
    GPtrArray *mistakes;     /* mistake * */
} exercise;

struct chapter {
    int number;
    const char *slug, *id, *title, *subtitle, *question, *source, *suite, *page;
    minutes minutes;
    GPtrArray *exercises; /* exercise *, in the order of the book, pens last */
};

typedef struct {
    const char *id, *file;
    const char *with; /* a library that is linked where it is installed */
    const chapter *chapter;
    bool demo, fast;
} program;

typedef struct {
    const char *id, *number, *of, *script, *alt, *caption;
    const char *fn, *mistake; /* of a wrong figure; else NULL */
    const program *program;
    const chapter *chapter;
    double ratio;
    bool wide;
} figure;

typedef struct {
    GPtrArray *chapters;  /* chapter * */
    GPtrArray *exercises; /* exercise *, pens too, in the order of the book */
    GPtrArray *programs;  /* program * */
    GPtrArray *figures;   /* figure * */
    GPtrArray *given;     /* const char *: sources of given functions */
} manifest;

/* Loads build/manifest.json; NULL with an explanation when there is none, or it cannot be read. */
manifest *manifest_load(GError **error);
void manifest_free(manifest *m);

/* By name, or NULL. A chapter answers to 1, 01, vectors and 01-vectors, an exercise to its function, number and file. */
chapter *manifest_chapter(const manifest *m, const char *name);
exercise *manifest_exercise(const manifest *m, const char *name);
program *manifest_program(const manifest *m, const char *id);
figure *manifest_figure(const manifest *m, const char *id);
mistake *exercise_mistake(const exercise *e, const char *name);

#endif
