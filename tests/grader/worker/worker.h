/* worker.h: the side that holds the student's function, in the sandbox.

   worker.c is linked with a generated file that defines the_function, with the student's object and with the reference's
   functions that this object calls. It serves calls until the host hangs up. Nothing here is trusted by anybody. */
#ifndef WORKER_H
#define WORKER_H

#include "frame.h"

typedef enum { VALUE, POINTER, CALLBACK, CONTEXT } parameter_kind;

typedef struct {
    parameter_kind kind;
    size_t size; /* of a value */
} parameter;

typedef struct {
    size_t parameters;
    const parameter *list;
    size_t result; /* bytes */
    /* Calls the function: at[i] is the address of a value, or the pointer or ctx itself. */
    void (*run)(void *const at[], void *result);
} worker_function;

extern const worker_function the_function;

/* ------------------------------------------------------------------ a callback, called: for the generated file */

/* The arguments of the running call. */
void *const *call_arguments(void);
/* Begins a call back of the callback at that place. */
void back_begin(size_t place);
/* The callback's parameter at `which` must have this value; does not return when it has another. */
void back_same(size_t which, uint64_t got, uint64_t wanted);
void back_give(const void *at, size_t size);
/* Sends what was given and waits for the answer. */
void back_ask(void);
void back_take(void *to, size_t size);

#endif
