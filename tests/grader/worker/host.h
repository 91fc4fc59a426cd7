/* host.h: the side that compares: the suite is linked with a generated proxy in the place of the student's function.

   The proxy hands the arguments to proxy_call, which sends them to a worker, serves its callbacks and writes what came back
   into the arguments' memory. A worker that ends, is late, prints without end or breaks the rules of frame.h ends the test,
   with an outcome of its own: exit, crash, timeout, memory, output, protocol, forbidden, leak, grader;
   start when it ended before it said a word, which may be its doing or the machine's.

   Environment (of a trusted parent): DESCENT_WORKER, the worker's program; DESCENT_SANDBOX, see sandbox.h. */
#ifndef HOST_H
#define HOST_H

#include "frame.h"

typedef enum { A_VALUE, A_POINTER, A_CALLBACK, A_CONTEXT } argument_kind;

typedef struct argument argument;

struct argument {
    argument_kind kind;
    const char *name;
    void *at;    /* of a value; else the pointer or ctx itself */
    size_t size; /* of what is there */
    /* A callback: what a call of it takes and gives, and who makes it. */
    size_t in, out;
    void (*serve)(const argument *list, char *in, char *out);
    const char *const *parameters; /* their names */
    bool writable; /* a pointer, and not to const */
};

void proxy_call(const char *fn, size_t n, const argument list[], void *result,
                size_t size);

/* The next item of a payload, and the place for one. */
void *next_item(char **at, size_t size);

#endif
