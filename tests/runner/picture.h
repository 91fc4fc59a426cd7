/* picture.h: one figure in one medium, drawn by gnuplot under the book's theme. */
#ifndef PICTURE_H
#define PICTURE_H

#include "manifest.h"

typedef enum { SVG, PDF, TXT, MEDIA } medium;

/* "svg", "pdf", "txt": the endings of the files. */
const char *medium_name(medium m);

typedef struct {
    const figure *what;
    const char *data;    /* the folder that the script runs in */
    const char *healthy; /* of a wrong figure: the folder of the data made by right code; else NULL */
    const char *missing; /* why it is not the learner's own, although that was asked for; else NULL */
    const char *inputs;  /* says what the script may read besides */
} picture;

/* Draws it, if it has not been drawn before, and puts it into the file. Returns NULL, or what gnuplot said, in whole lines of
   which the first names the script and a line, if it is gnuplot's; free it. */
char *picture_draw(const picture *p, medium as, const char *file);

#endif
